/** merit 评优, decoration 立功授奖: two things, never one above the other (A15). */
export const awardScopes = ['merit', 'decoration'] as const
export type AwardScope = (typeof awardScopes)[number]

export type AwardKind = {
  code: string
  zh: string
  en: string
  scope: AwardScope
  /** An honour of a year may be decided when the year is over; the others belong to the year of the decision. */
  yearly: boolean
  from: string
  until?: string
  basis: string
  /** The bureau has to confirm that it knows this honour (A24). */
  example?: boolean
}

/** Honours as dated data (domain 3.12, 6.3). Decorations are those of the People's Police Law. */
export const awardKinds: readonly AwardKind[] = [
  merit('annual_excellent', '年度优秀', 'Yearly excellent', true),
  merit('model_officer', '标兵', 'Model officer', true, 'R40'),
  merit('model_post', '共产党员示范岗', 'Party-member model post', false, 'R104'),
  merit('advanced_individual', '先进个人', 'Advanced individual', true),
  decoration('commendation', '嘉奖', 'Commendation'),
  decoration('merit_third', '三等功', 'Third-class merit'),
  decoration('merit_second', '二等功', 'Second-class merit'),
  decoration('merit_first', '一等功', 'First-class merit'),
  decoration('honorary_title', '荣誉称号', 'Honorary title'),
]

function merit(code: string, zh: string, en: string, yearly: boolean, basis = 'R41'): AwardKind {
  return { code, zh, en, scope: 'merit', yearly, from: '2013-01-01', basis, example: true }
}

function decoration(code: string, zh: string, en: string): AwardKind {
  return { code, zh, en, scope: 'decoration', yearly: false, from: '2013-01-01', basis: 'R127, police-law:31' }
}

/** The honours known on a day. */
export function awardKindsOn(day: Temporal.PlainDate): AwardKind[] {
  const wanted = day.toString()
  return awardKinds.filter(({ from, until }) => from <= wanted && (until === undefined || wanted <= until))
}

export function awardKind(code: string): AwardKind | undefined {
  return awardKinds.find((kind) => kind.code === code)
}
