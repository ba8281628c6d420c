import type { Lang } from '#platform/i18n.ts'
import type { Channel } from '#policy/complaints/lists.ts'

const zh: Record<Channel, string> = {
  district_website: '区政务网',
  report_hotline: '举报热线',
  desk_960111: '960111投诉台',
  letter: '来信',
  visit: '来访',
  hotline_12345: '12345热线',
  hotline_12389: '12389举报电话',
  police_110: '110涉警投诉',
  superior_transfer: '上级交办转送',
  citizen_site: '本平台网页',
  comment_book: '窗口意见簿',
  wechat: '微信',
}
const en: Record<Channel, string> = {
  district_website: 'District website',
  report_hotline: 'Report hotline',
  desk_960111: 'Desk 960111',
  letter: 'Letter',
  visit: 'Visit',
  hotline_12345: 'Hotline 12345',
  hotline_12389: 'Hotline 12389',
  police_110: '110, police conduct',
  superior_transfer: 'Transfer from above',
  citizen_site: 'This site',
  comment_book: 'Comment book',
  wechat: 'WeChat',
}

export function channelWords(lang: Lang): Record<Channel, string> {
  return lang === 'en' ? en : zh
}
