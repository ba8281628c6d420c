import { valueOn } from '../parameter.ts'
import { leastForWarning, monthsRunning } from './parameters.ts'

/** What goes before complaints (R135). */
export const indicators = ['bad_ratings', 'overdue', 'second_notices'] as const
export type Indicator = (typeof indicators)[number]

/** Counts of whole months that are over, oldest first; null where a month's count is not known to the reader. */
export type MonthlyCounts = Record<Indicator, readonly (number | null)[]>

export type Warning = { indicator: Indicator; counts: number[] }

/** How many months of counts the rule looks at on `day`: the months of the rise and the one before. */
export function monthsNeeded(day: Temporal.PlainDate): number {
  return valueOn(monthsRunning, day).value + 1
}

/** The indicators that rose in each of the last months. Empty: nothing to put on the agenda. */
export function earlyWarnings(counts: MonthlyCounts, day: Temporal.PlainDate): Warning[] {
  const least = valueOn(leastForWarning, day).value
  return indicators.flatMap((indicator) => {
    const last = counts[indicator].slice(-monthsNeeded(day))
    return rises(last, monthsNeeded(day), least) ? [{ indicator, counts: last }] : []
  })
}

function rises(counts: readonly (number | null)[], needed: number, least: number): counts is number[] {
  if (counts.length < needed) return false
  return counts.every((count, at) => {
    const before = at === 0 ? -1 : counts[at - 1]
    return (
      count !== null && before !== null && before !== undefined && count > before && (at < needed - 1 || count >= least)
    )
  })
}
