import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'
import { sumFigures } from '#platform/figures.ts'
import type { Period } from './period.ts'
import { type Rate, rate } from './rate.ts'

/** Measures that the service window counts on the day of each act, for the unit that received the citizen. */
export const countedMeasures = [
  'received',
  'accepted',
  'completed',
  'refused',
  'transferred',
  'withdrawn',
  'lapsed',
  'completed_on_time',
  'completed_late',
  'overdue',
  'notice_first',
  'notice_later',
  'done_by_visit_2',
  'done_later',
] as const
export type CountedMeasure = (typeof countedMeasures)[number]
export type Counts = Record<CountedMeasure, number>

export type WindowFigures = Counts & {
  /** Finished within the limit, of all finished (R86). */
  onTime: Rate
  /** Papers complete at the second visit, of all who came again after a notice (R50). */
  secondVisit: Rate
  /** Third and later visits (R50). */
  thirdVisits: number
  /** Past the due day at this moment, whatever the period, by the unit that works on it. */
  overdueNow: number
}

/** The counter's figures of a period by unit and in sum. Units in which nothing happened have zeroes. */
export async function windowFigures(
  ctx: Context,
  about: Period & { unitIds: readonly string[] },
): Promise<{ units: Map<string, WindowFigures>; total: WindowFigures }> {
  const [from, until, ids] = [about.from.toString(), about.until.toString(), [...about.unitIds]]
  const sums = await sumFigures(ctx, { from, until, unitIds: ids, measures: countedMeasures })
  const third = await sql<{ unitId: string; n: number }>`select unit_id as "unitId", visits as n
    from service_window.third_visits(${from}::date, ${until}::date, ${ids}::uuid[])`.execute(ctx.db)
  const overdue = await sql<{ unitId: string; n: number }>`select unit_id as "unitId", matters as n
    from service_window.overdue_now(${dayOf(ctx.now)}::date, ${ids}::uuid[])`.execute(ctx.db)
  const of = (unitId: string) =>
    figuresOf(
      countsFrom(sums.filter((sum) => sum.unitId === unitId)),
      third.rows.find((row) => row.unitId === unitId)?.n ?? 0,
      overdue.rows.find((row) => row.unitId === unitId)?.n ?? 0,
    )
  return {
    units: new Map(ids.map((id) => [id, of(id)])),
    total: figuresOf(countsFrom(sums), total(third.rows), total(overdue.rows)),
  }
}

/** Sums as counts of every measure; a measure without a row is zero. */
export function countsFrom(sums: readonly { measure: string; amount: number }[]): Counts {
  const counts = Object.fromEntries(countedMeasures.map((measure) => [measure, 0])) as Counts
  for (const { measure, amount } of sums) {
    if (measure in counts) counts[measure as CountedMeasure] += amount
  }
  return counts
}

export function figuresOf(counts: Counts, thirdVisits: number, overdueNow: number): WindowFigures {
  return { ...counts, ...ratesOf(counts), thirdVisits, overdueNow }
}

export function ratesOf(counts: Counts): { onTime: Rate; secondVisit: Rate } {
  return {
    onTime: rate(counts.completed_on_time, counts.completed_on_time + counts.completed_late),
    secondVisit: rate(counts.done_by_visit_2, counts.done_by_visit_2 + counts.done_later),
  }
}

function total(rows: readonly { n: number }[]): number {
  return rows.reduce((sum, row) => sum + row.n, 0)
}
