import type { Behaviour, Channel, StyleTag } from '#policy/complaints/lists.ts'

/** What people say and what is found about it. No name, no address: those come from the list of invented people. */
export type Scene = {
  text: string
  wish: string
  factLine: string
  facts: string
  style: StyleTag[]
  behaviour: Behaviour[]
  answer: string
}

export const scenes: readonly Scene[] = [
  {
    text: '我去户籍窗口补办身份证，问还缺什么材料，民警头也不抬，说“自己看墙上”，态度很冷淡，我站了十几分钟没人理。',
    wish: '希望民警向我说明情况，改进态度。',
    factLine: '窗口接待群众时未作答复',
    facts: '调取窗口监控，当班民警接待期间未回答群众询问，时间约九分钟。',
    style: ['cold'],
    behaviour: ['bad_attitude'],
    answer: '当班民警未按首接责任制耐心解答，已对其批评教育，窗口增设咨询引导。',
  },
  {
    text: '办理迁入，第一次说只要户口簿，第二次去又说还要房产证，第三次又要别的，来回跑了三趟，这不是推来推去吗。',
    wish: '请一次把材料说清楚，尽快给我办。',
    factLine: '补正材料未一次性告知',
    facts: '查阅告知单，首次告知未列明房屋权属证明，系承办人遗漏。',
    style: ['buck_passing'],
    behaviour: ['low_efficiency'],
    answer: '承办人首次告知遗漏一项材料，已当面致歉，当日办结。',
  },
  {
    text: '打派出所电话咨询开证明，接电话的说“这事不归我管，你打别的电话”，打了四个电话又转回来，就是推脱。',
    wish: '请明确由谁负责。',
    factLine: '电话咨询未履行首接责任',
    facts: '通话记录显示首接民警未登记、未转办。',
    style: ['buck_passing'],
    behaviour: ['inaction'],
    answer: '首接民警未按规定登记转办，已安排专人办理并回复。',
  },
  {
    text: '邻居半夜装修扰民，报警后民警来了只说“你们自己协商”，语气生硬，还说我事多。',
    wish: '希望公正处理噪音问题。',
    factLine: '处警时用语不文明',
    facts: '执法记录仪显示民警处警时使用不文明用语一处。',
    style: ['harsh'],
    behaviour: ['bad_attitude'],
    answer: '民警处警用语不当，已批评教育；社区民警已组织双方调解。',
  },
  {
    text: '车辆剐蹭后在派出所调解，办案民警不听我说完就打断，拍桌子让我签字，态度蛮横。',
    wish: '请换人处理并道歉。',
    factLine: '调解时态度蛮横',
    facts: '调解室录像显示民警打断当事人陈述并有拍桌动作。',
    style: ['overbearing', 'harsh'],
    behaviour: ['bad_attitude'],
    answer: '民警调解方式不当，已更换办案人员重新组织调解。',
  },
  {
    text: '身份证申请交了快三个月还没拿到，每次问都说再等等，一直拖着不办。',
    wish: '请告知什么时候能取证。',
    factLine: '证件办理超期未告知',
    facts: '受理后因照片质量退回，承办人未及时通知申请人重采。',
    style: ['stalling'],
    behaviour: ['low_efficiency'],
    answer: '因承办人未及时通知重采照片造成延误，已当日补采并加急制证。',
  },
  {
    text: '孩子上户口，窗口说系统坏了让明天来，第二天又说经办人休假，拖了一个星期，太不负责。',
    wish: '请尽快办理孩子落户。',
    factLine: '系统故障期间未采取替代办法',
    facts: '系统故障属实，但承办人未收件登记，也未安排顶岗。',
    style: ['stalling'],
    behaviour: ['inaction'],
    answer: '窗口未落实顶岗制度，已上门为其办结落户。',
  },
  {
    text: '老人行动不便申请上门办证，登记后一直没有回音，打电话说名单找不到了。',
    wish: '请安排上门办证。',
    factLine: '上门服务预约未登记',
    facts: '值班记录有来电，无预约登记。',
    style: ['cold', 'stalling'],
    behaviour: ['inaction'],
    answer: '预约漏登属实，已于次日上门办结。',
  },
  {
    text: '反映社区民警好几个月没见到人，打电话也不接，警务室坐班时间老是锁门。',
    wish: '希望按公示时间坐班。',
    factLine: '坐班时间未在岗',
    facts: '抽查坐班记录，两次坐班因临时抽调未公告。',
    style: ['cold'],
    behaviour: ['inaction'],
    answer: '因临时抽调未公告，已恢复坐班并公示替班安排。',
  },
  {
    text: '去派出所报失窃，民警说数额小立不了案，让我回去等，一句解释都没有。',
    wish: '请说明能不能立案。',
    factLine: '受案解释不充分',
    facts: '接警登记完整，未制作不予立案通知，解释记录不全。',
    style: ['cold'],
    behaviour: ['inaction'],
    answer: '已补发书面告知并说明理由和救济途径。',
  },
]

export const suggestions: readonly { text: string; wish: string; answer: string }[] = [
  {
    text: '建议户籍窗口中午安排值班，上班族只有中午有空。',
    wish: '建议延时服务。',
    answer: '已在两个所试行午间值班，视情推广。',
  },
  {
    text: '建议在办事大厅增加填表样表和老花镜。',
    wish: '建议增设便民设施。',
    answer: '已统一配备样表、老花镜和放大镜。',
  },
  {
    text: '微信查询页面字太小，老人看不清，建议有大字版。',
    wish: '建议大字版。',
    answer: '网页已有长辈版入口，已在大厅张贴二维码。',
  },
]

export const elsewhere: readonly { text: string; wish: string; told: string }[] = [
  {
    text: '对治安处罚决定不服，认为罚重了。',
    wish: '请求撤销处罚。',
    told: '对处罚决定不服，可在收到决定书之日起六十日内申请行政复议，或者六个月内提起行政诉讼。',
  },
  {
    text: '与开发商的合同纠纷，对方拒不退款。',
    wish: '请公安帮我要回来。',
    told: '属于民事纠纷，可向人民法院起诉或者申请人民调解。',
  },
]

export const accusations: readonly { text: string; factLine: string }[] = [
  { text: '反映有民警利用职务便利帮熟人插队办证，收受购物卡。', factLine: '反映违规插队办证' },
  { text: '举报某民警与辖区娱乐场所老板来往密切，检查前通风报信。', factLine: '反映检查前通风报信' },
]

export const grounds = [
  '当时正在处理紧急警情，已请同事代为接待，并非不予答复。',
  '告知单由系统生成，该项材料当时清单未列，不属于我的遗漏。',
  '录像未包含声音，我已口头解释两次，请求重新核实。',
] as const

export const statements = [
  '当时窗口排队较长，答复比较简单，确有不到位之处，今后改进。',
  '我已按规定告知，可能群众没有听清，没有再次解释。',
  '当时系统反应慢，情绪有些急，用语不妥，愿意当面致歉。',
  '情况与反映不符，当天我不在该窗口，可查排班。',
] as const

export const clauses = [
  '《窗口单位民警礼仪规范手册》接待礼仪第六条',
  '《窗口单位民警礼仪规范手册》基本礼仪第九条',
  '首接责任制规定第三条',
  '清单式服务一次性告知规定第二条',
] as const

export const channelsByWeight: readonly (readonly [number, Channel])[] = [
  [24, 'hotline_12345'],
  [18, 'desk_960111'],
  [14, 'visit'],
  [10, 'letter'],
  [9, 'district_website'],
  [7, 'report_hotline'],
  [6, 'police_110'],
  [4, 'hotline_12389'],
  [4, 'superior_transfer'],
  [2, 'comment_book'],
  [2, 'wechat'],
]

export const measureTexts = [
  '组织窗口民警开展一次性告知专题培训',
  '对超期办件逐件核查并公示进度',
  '落实窗口顶岗制度，公布替班安排',
  '每周通报首接责任制落实情况',
  '开展处警文明用语抽查',
] as const
