import type { Severity } from '../complaints/lists.ts'
import type { Parameter } from '../parameter.ts'

export type Band = { min: number; max: number }

/** What the bureau deducts from the unit for one finding (R125). Article and law give no amounts (A24). */
export const unitPoints: Parameter<Record<Severity, number>> = {
  description: { zh: '分局对责任单位的扣分', en: 'Points that the bureau deducts from the responsible unit' },
  unit: 'point',
  values: [{ from: '2013-01-01', value: { minor: 1, medium: 2, serious: 3 }, basis: 'R125, A24', example: true }],
}

/** Within which the unit's head chooses what he deducts from the officer; nothing is no choice (R126). */
export const officerBand: Parameter<Record<Severity, Band>> = {
  description: { zh: '责任单位对责任民警扣分的幅度', en: 'Band within which the unit deducts from the officer' },
  unit: 'point',
  values: [
    {
      from: '2013-01-01',
      value: { minor: { min: 1, max: 2 }, medium: { min: 1, max: 3 }, serious: { min: 2, max: 5 } },
      basis: 'R126, A24',
      example: true,
    },
  ],
}

export const deductWithin: Parameter<number> = {
  description: {
    zh: '单位扣分后责任单位对民警扣分的工作日数',
    en: 'Working days in which the unit deducts from the officer',
  },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 5, basis: 'R126, design' }],
}

/** Distinct cases in which the officer himself was deducted, within a calendar year (A12, A13). */
export const restrictionFrom: Parameter<number> = {
  description: {
    zh: '年度内民警被扣分达到几次取消立功授奖和评优资格',
    en: 'Deductions of an officer in a year from which honours are blocked',
  },
  unit: 'case',
  values: [{ from: '2013-01-01', value: 2, basis: 'R127, A12, A13' }],
}

export const slipFrom: Parameter<number> = {
  description: {
    zh: '年度内民警被扣分达到几次下发《提示单》',
    en: 'Deductions in a year from which a notice slip is issued',
  },
  unit: 'case',
  values: [{ from: '2013-01-01', value: 3, basis: 'R128, A12, A13' }],
}

/** From here on discipline inspection is informed of each further slip; no penalty is invented (A14). */
export const informFrom: Parameter<number> = {
  description: {
    zh: '年度内民警被扣分达到几次告知纪检部门',
    en: 'Deductions in a year from which discipline inspection is informed',
  },
  unit: 'case',
  values: [{ from: '2013-01-01', value: 4, basis: 'R128, A14' }],
}

export const serveSlipWithin: Parameter<number> = {
  description: { zh: '《提示单》签发并送达的工作日数', en: 'Working days in which a notice slip is signed and served' },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 3, basis: 'R128, design' }],
}

export const talkWithin: Parameter<number> = {
  description: { zh: '《提示单》送达后回访谈话的自然日数', en: 'Days in which the talk follows a served slip' },
  unit: 'natural-day',
  values: [{ from: '2013-01-01', value: 30, basis: 'R128, design' }],
}

/** Within which the officer may ask somebody who has not decided before to look again (R124). */
export const appealWithin: Parameter<number> = {
  description: { zh: '民警申诉的工作日数', en: 'Working days in which an officer may appeal' },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 10, basis: 'R124, design' }],
}
