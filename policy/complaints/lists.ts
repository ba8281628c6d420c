/** The closed lists of a complaint case. Words for the screens live with the screens; only what a rule reads is here. */

/** Where complaints come from: those the article names first, then the open list (R112–R117). */
export const channels = [
  'district_website',
  'report_hotline',
  'desk_960111',
  'letter',
  'visit',
  'hotline_12345',
  'hotline_12389',
  'police_110',
  'superior_transfer',
  'citizen_site',
  'comment_book',
  'wechat',
] as const
export type Channel = (typeof channels)[number]

/** Who answers for collecting them (R111). */
export const departments = [
  'command_centre',
  'discipline_inspection',
  'supervision_brigade',
  'petition_section',
] as const
export type Department = (typeof departments)[number]

/** Reports to the Party committee and leads where nothing else is said (R111). */
export const leadDepartment: Department = 'petition_section'

/** The desk that usually takes a channel. A clerk of another department may take it all the same. */
export const usualDepartment: Record<Channel, Department> = {
  district_website: 'petition_section',
  report_hotline: 'discipline_inspection',
  desk_960111: 'command_centre',
  letter: 'petition_section',
  visit: 'petition_section',
  hotline_12345: 'command_centre',
  hotline_12389: 'supervision_brigade',
  police_110: 'command_centre',
  superior_transfer: 'petition_section',
  citizen_site: 'petition_section',
  comment_book: 'supervision_brigade',
  wechat: 'petition_section',
}

/** Channels whose complainant speaks: his words are written down faithfully (petition-regulations:19). */
export const oralChannels: readonly Channel[] = [
  'report_hotline',
  'desk_960111',
  'visit',
  'hotline_12345',
  'hotline_12389',
  'police_110',
]

/** suggestion 建议意见, appeal 申诉求决, accusation 检举控告, other_path 其他法定途径 (petition-regulations:31). */
export const caseClasses = ['suggestion', 'appeal', 'accusation', 'other_path'] as const
export type CaseClass = (typeof caseClasses)[number]

/** 「冷硬横推托」 (R107), in the order of the article. */
export const styleTags = ['cold', 'harsh', 'overbearing', 'buck_passing', 'stalling'] as const
export type StyleTag = (typeof styleTags)[number]

/** One character each, 托 as the article writes it. */
export const styleCharacter: Record<StyleTag, string> = {
  cold: '冷',
  harsh: '硬',
  overbearing: '横',
  buck_passing: '推',
  stalling: '托',
}

/** Reads 冷, 硬, 横, 推, 托; 拖 is the usual spelling of 托 and counts as the same (A7). */
export function styleTagOf(character: string): StyleTag | undefined {
  const wanted = character === '拖' ? '托' : character
  return styleTags.find((tag) => styleCharacter[tag] === wanted)
}

/** R108. */
export const behaviours = ['bad_attitude', 'low_efficiency', 'inaction', 'wrongful_action', 'other'] as const
export type Behaviour = (typeof behaviours)[number]

/** What a review may end with (R124); only the first has consequences for an officer. */
export const outcomes = ['responsible', 'not_responsible', 'unfounded', 'not_established', 'withdrawn'] as const
export type Outcome = (typeof outcomes)[number]

/** An officer whom nothing is held against is told so in writing (police-protection). */
export const clearingOutcomes: readonly Outcome[] = ['unfounded']

/** R121. */
export const causeCodes = [
  'ability',
  'attitude',
  'process',
  'policy_unclear',
  'coordination',
  'workload',
  'misunderstanding',
  'unfounded_claim',
] as const
export type CauseCode = (typeof causeCodes)[number]

export const severities = ['minor', 'medium', 'serious'] as const
export type Severity = (typeof severities)[number]

/** Accusations and hints of wrongful action are for discipline inspection alone (R108, R124; petition-regulations:30). */
export function forDiscipline(kind: { caseClass: CaseClass; behaviours: readonly Behaviour[] }): boolean {
  return kind.caseClass === 'accusation' || kind.behaviours.includes('wrongful_action')
}

/** Whose queue a case stands in: what the case is goes before how it came. */
export function departmentFor(kind: {
  channel: Channel
  caseClass: CaseClass
  behaviours: readonly Behaviour[]
}): Department {
  return forDiscipline(kind) ? 'discipline_inspection' : usualDepartment[kind.channel]
}
