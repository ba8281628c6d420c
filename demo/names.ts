import type { Random } from './random.ts'

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
]
const compoundSurnames = ['欧阳', '司马', '上官', '诸葛', '尉迟', '令狐']
const oldMen = [
  '建国',
  '建军',
  '国强',
  '志强',
  '永强',
  '德福',
  '文斌',
  '玉林',
  '振华',
  '学军',
  '保平',
  '守义',
  '延年',
  '兆祥',
  '福来',
  '长顺',
]
const oldWomen = [
  '秀英',
  '桂兰',
  '玉梅',
  '淑珍',
  '凤霞',
  '爱华',
  '桂香',
  '秀兰',
  '翠花',
  '素云',
  '美玲',
  '月娥',
  '春兰',
  '玉芬',
  '淑贤',
  '秋菊',
]
const men = [
  '伟',
  '强',
  '磊',
  '军',
  '勇',
  '涛',
  '鹏',
  '浩',
  '宇轩',
  '子豪',
  '俊杰',
  '一鸣',
  '思远',
  '海波',
  '晓东',
  '志远',
  '文博',
  '泽宇',
  '明轩',
  '家豪',
  '昊天',
  '永康',
  '立新',
  '振宇',
  '少华',
  '成刚',
  '宏伟',
  '景行',
  '修远',
  '世杰',
]
const women = [
  '芳',
  '敏',
  '静',
  '丽',
  '艳',
  '娟',
  '婷',
  '雪',
  '欣怡',
  '梓涵',
  '雨桐',
  '诗涵',
  '佳怡',
  '晓燕',
  '海燕',
  '慧敏',
  '美琪',
  '思雨',
  '若曦',
  '可心',
  '丹丹',
  '红梅',
  '玉洁',
  '春燕',
  '文静',
  '晓琳',
  '倩',
  '璐',
  '颖',
  '依诺',
]

/** Names that registers and printers get wrong: rare characters, long Uyghur, Tibetan and foreign names. */
export const rareNames = [
  '王㛃',
  '李𬭎',
  '张䶮',
  '陈𠮷',
  '刘喆睿',
  '赵翀',
  '周赟',
  '孙䒟',
  '吕祎',
  '郭犇',
  '阿不都热依木江·买买提依明',
  '古丽娜尔·阿不力孜',
  '迪丽热巴·艾尼瓦尔',
  '扎西次仁',
  '次旦卓玛',
  '巴特尔',
  '乌日娜',
  '朴京美',
  '玛丽亚·伊万诺娃',
] as const

/** Forty characters, as long as names on identity cards come. */
export const longestName = '阿卜杜热合曼·麦麦提图尔荪尼亚孜·阿卜杜外力·艾合买提江·吐尔逊那依·买买提依明'

/** A name for somebody born in `year`; one in sixty is of the rare kind. */
export function personName(random: Random, year: number, male: boolean): string {
  if (random.chance(1 / 60)) return random.chance(0.03) ? longestName : random.pick(rareNames)
  const surname = random.chance(0.01) ? random.pick(compoundSurnames) : random.pick(surnames)
  const old = year < 1968
  return surname + random.pick(male ? (old ? oldMen : men) : old ? oldWomen : women)
}
