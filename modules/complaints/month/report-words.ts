import type {
  Behaviour,
  CaseClass,
  CauseCode,
  Channel,
  Department,
  Outcome,
  StyleTag,
} from '#policy/complaints/lists.ts'

/** Words of the Chinese official documents of the month; the screens have theirs in both languages. */
export const channelZh: Record<Channel, string> = {
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

export const departmentZh: Record<Department, string> = {
  command_centre: '指挥中心',
  discipline_inspection: '纪委',
  supervision_brigade: '警务督察大队',
  petition_section: '信访科',
}

export const classZh: Record<CaseClass | 'unclassified', string> = {
  suggestion: '意见建议',
  appeal: '申诉求决',
  accusation: '检举控告',
  other_path: '其他法定途径',
  unclassified: '尚未分类',
}

export const styleZh: Record<StyleTag, string> = {
  cold: '冷',
  harsh: '硬',
  overbearing: '横',
  buck_passing: '推',
  stalling: '托',
}

export const behaviourZh: Record<Behaviour, string> = {
  bad_attitude: '态度不好',
  low_efficiency: '效率不高',
  inaction: '不作为',
  wrongful_action: '乱作为',
  other: '其他',
}

export const outcomeZh: Record<Outcome, string> = {
  responsible: '有责任',
  not_responsible: '无责任',
  unfounded: '不属实',
  not_established: '无法认定',
  withdrawn: '撤回',
}

export const causeZh: Record<CauseCode, string> = {
  ability: '业务能力不足',
  attitude: '服务态度',
  process: '流程不顺',
  policy_unclear: '政策不明确',
  coordination: '协调配合不够',
  workload: '工作负荷',
  misunderstanding: '误解',
  unfounded_claim: '诉求缺乏依据',
}

export const warningZh: Record<'bad_ratings' | 'overdue' | 'second_notices', string> = {
  bad_ratings: '不满意评价连续上升',
  overdue: '超期办件连续上升',
  second_notices: '二次告知连续上升',
}

export const limitZh: Record<'notice' | 'finish', string> = { notice: '15日告知', finish: '60日办结' }
