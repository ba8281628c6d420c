import { valueOn } from '../parameter.ts'
import { informFrom, restrictionFrom, slipFrom } from './parameters.ts'

/** One live deduction from an officer in the year. `seq` orders those of one day. */
export type LiveDeduction = { id: string; caseId: string; effectiveOn: Temporal.PlainDate; seq: number }

export type Consequences = {
  /** Distinct cases: several findings in one case count once (A12). */
  cases: number
  /** `ruleOn` is the day of the deduction that made it due; `restsOn` the deductions that suffice. */
  restriction: { ruleOn: Temporal.PlainDate; basis: string; restsOn: string[] } | null
  /** One for each count from the third on; from the fourth on discipline inspection is informed too (A14). */
  slips: { nth: number; informs: boolean }[]
}

/** The first deduction of each case, in the order in which they took effect. */
export function firstOfEachCase<T extends LiveDeduction>(live: readonly T[]): T[] {
  const sorted = [...live].sort((a, b) => Temporal.PlainDate.compare(a.effectiveOn, b.effectiveOn) || a.seq - b.seq)
  const seen = new Set<string>()
  return sorted.filter(({ caseId }) => !seen.has(caseId) && seen.add(caseId))
}

/** What the live deductions of one officer in one calendar year bring about (R127, R128). Never a penalty beyond these. */
export function consequencesOf(live: readonly LiveDeduction[]): Consequences {
  const counted = firstOfEachCase(live)
  const due = counted.findIndex((one, index) => index + 1 >= valueOn(restrictionFrom, one.effectiveOn).value)
  const at = counted[due]
  return {
    cases: counted.length,
    restriction: at
      ? {
          ruleOn: at.effectiveOn,
          basis: valueOn(restrictionFrom, at.effectiveOn).basis,
          restsOn: counted.slice(0, due + 1).map((one) => one.id),
        }
      : null,
    slips: counted.flatMap((one, index) => {
      const nth = index + 1
      if (nth < valueOn(slipFrom, one.effectiveOn).value) return []
      return [{ nth, informs: nth >= valueOn(informFrom, one.effectiveOn).value }]
    }),
  }
}

/** What one more deduction would bring, told to the officer beforehand. */
export function atTheNextOne(cases: number, on: Temporal.PlainDate): 'counted' | 'restriction' | 'slip' | 'informed' {
  const next = cases + 1
  if (next >= valueOn(informFrom, on).value) return 'informed'
  if (next >= valueOn(slipFrom, on).value) return 'slip'
  return next >= valueOn(restrictionFrom, on).value ? 'restriction' : 'counted'
}
