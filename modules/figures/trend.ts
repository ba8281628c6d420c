import { sql } from 'kysely'
import type { Withheld } from '#modules/callback/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { sumMonths } from '#platform/figures.ts'
import { monthsUpTo } from './period.ts'
import { type Rate, rate } from './rate.ts'
import { type Counts, countedMeasures, countsFrom, ratesOf } from './window-figures.ts'

export type RatedMonth = {
  asked: number
  answered: number
  /** Null where it could tell a unit who was dissatisfied; `withheld` says why (b-24). */
  satisfied: Rate | null
  withheld: Withheld | null
}

export type TrendMonth = {
  month: Temporal.PlainYearMonth
  counts: Counts
  onTime: Rate
  secondVisit: Rate
  rated: RatedMonth
}

type RatedRow = {
  unitId: string
  month: string
  asked: number
  answered: number
  satisfied: number | null
  withheld: Withheld | null
}

/** The last `count` months with the running one, oldest first. */
export async function monthlyTrend(ctx: Context, unitIds: readonly string[], count = 12): Promise<TrendMonth[]> {
  const months = monthsUpTo(dayOf(ctx.now), count)
  const span = {
    from: months[0]!.toString(),
    until: months.at(-1)!.add({ months: 1 }).toString(),
    unitIds: [...unitIds],
  }
  const sums = await sumMonths(ctx, { ...span, measures: countedMeasures })
  const rated = await ratedByMonth(ctx, span)
  return months.map((first) => {
    const counts = countsFrom(sums.filter((sum) => sum.month === first.toString()))
    const own = rated.filter((row) => row.month === first.toString())
    return { month: first.toPlainYearMonth(), counts, ...ratesOf(counts), rated: ratedMonth(own) }
  })
}

/** Answers by unit and month, each withheld on its own grounds; below five answers the database gives no level, whatever is asked. */
export async function ratedByMonth(
  ctx: Context,
  span: { from: string; until: string; unitIds: readonly string[] },
): Promise<RatedRow[]> {
  const { rows } = await sql<RatedRow>`select unit_id as "unitId", month, asked, answered, satisfied, withheld
    from callback.figures_by_month(${span.from}::date, ${span.until}::date, ${[...span.unitIds]}::uuid[],
      ${dayOf(ctx.now)}::date, 0)`.execute(ctx.db)
  return rows
}

/** A sum of which a part is withheld is withheld: else the part could be subtracted out of it. */
export function ratedMonth(rows: readonly RatedRow[]): RatedMonth {
  const withheld = rows.find((row) => row.withheld)?.withheld ?? null
  const sum = (of: (row: RatedRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const answered = sum((row) => row.answered)
  return {
    asked: sum((row) => row.asked),
    answered,
    satisfied: withheld
      ? null
      : rate(
          sum((row) => row.satisfied ?? 0),
          answered,
        ),
    withheld,
  }
}
