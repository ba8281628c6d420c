import { type Context, dayOf } from '#platform/context.ts'
import { sumFiguresByMonth } from '#platform/figures.ts'
import { earlyWarnings, type MonthlyCounts, monthsNeeded, type Warning } from '#policy/figures/early-warning.ts'
import { readsBureau } from './scope.ts'
import { ratedByMonth } from './trend.ts'

export type LeadIndicators = { unitId: string; warnings: Warning[]; counts: MonthlyCounts }

/**
 * Units with a lead indicator that has risen month after month (R135), most warnings first; months that are over. Only
 * for readers of the whole bureau: a count of bad ratings of one month would tell a unit too much (b-24).
 */
export async function leadIndicators(ctx: Context, unitIds: readonly string[]): Promise<LeadIndicators[]> {
  if (!readsBureau(ctx)) return []
  const today = dayOf(ctx.now)
  const until = today.with({ day: 1 })
  const months = Array.from({ length: monthsNeeded(today) }, (_, at) =>
    until.subtract({ months: monthsNeeded(today) - at }).toString(),
  )
  const span = { from: months[0]!, until: until.toString(), unitIds: [...unitIds] }
  const counted = await sumFiguresByMonth(ctx, { ...span, measures: ['overdue', 'notice_later'] })
  const rated = await ratedByMonth(ctx, span)
  const found = unitIds.map((unitId) => {
    const sums = (measure: string) =>
      months.map(
        (month) =>
          counted.find((row) => row.unitId === unitId && row.month === month && row.measure === measure)?.amount ?? 0,
      )
    const bad = months.map((month) => {
      const row = rated.find((one) => one.unitId === unitId && one.month === month)
      return row ? (row.satisfied === null ? null : row.answered - row.satisfied) : 0
    })
    const counts = { bad_ratings: bad, overdue: sums('overdue'), second_notices: sums('notice_later') }
    return { unitId, counts, warnings: earlyWarnings(counts, today) }
  })
  return found.filter((unit) => unit.warnings.length > 0).sort((a, b) => b.warnings.length - a.warnings.length)
}
