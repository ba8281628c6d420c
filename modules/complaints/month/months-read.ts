import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Trend } from '#platform/documents/data/official.ts'
import type { ClaimAnswer, ClaimKind, ClaimMonth, Outage } from '#policy/complaints/claim-check.ts'
import { checkClaim } from '#policy/complaints/claim-check.ts'
import type { Channel } from '#policy/complaints/lists.ts'
import type { MonthFigures } from './count-month.ts'
import { institutionSince } from './institution.ts'
import { perThousand } from './per-thousand.ts'

/** Frozen figures of the months from `first` to `last`, oldest first. */
export async function frozenMonths(ctx: Context, first: string, last: string): Promise<MonthFigures[]> {
  const rows = await ctx.db
    .selectFrom('complaints.month')
    .select('figures')
    .where('period', '>=', first)
    .where('period', '<=', last)
    .where('figures', 'is not', null)
    .orderBy('period')
    .execute()
  return rows.map((row) => row.figures as unknown as MonthFigures)
}

export function monthsBefore(period: string, n: number): string {
  return Temporal.PlainYearMonth.from(period).subtract({ months: n }).toString()
}

/** The line of the last `count` months with the rate per 1,000 matters and its interval, and where the institution began (R134). */
export async function trendUpTo(ctx: Context, period: string, count = 13): Promise<Trend | undefined> {
  const months = await frozenMonths(ctx, monthsBefore(period, count - 1), period)
  if (months.length < 2) return undefined
  const since = await institutionSince(ctx)
  return {
    months: months.map((figures) => {
      const rate = perThousand(figures.confirmed.total, figures.served)
      return {
        month: Temporal.PlainYearMonth.from(figures.period),
        alleged: figures.cases,
        confirmed: figures.confirmed.total,
        ...(rate && { rate }),
      }
    }),
    ...(since && { since: since.toPlainYearMonth() }),
  }
}

/** May 「总量明显下降」 be said of the year so far against the same months of last year (b-19, R130)? */
export async function claimOf(ctx: Context, period: string, kind: ClaimKind): Promise<ClaimAnswer> {
  const first = `${period.slice(0, 4)}-01`
  const after = await frozenMonths(ctx, first, period)
  const before = await frozenMonths(ctx, monthsBefore(first, 12), monthsBefore(period, 12))
  const decided = kind === 'confirmed' ? await decidedByMonth(ctx, [...before, ...after]) : null
  const counted = (figures: MonthFigures): ClaimMonth => ({
    month: figures.period,
    count: decided ? (decided.get(figures.period)?.confirmed ?? 0) : figures.cases,
    served: figures.served,
    undecided: decided?.get(figures.period)?.undecided ?? 0,
  })
  const day = Temporal.PlainYearMonth.from(period).toPlainDate({ day: 1 })
  return checkClaim({ kind, before: before.map(counted), after: after.map(counted), outages: await outages(ctx) }, day)
}

/**
 * The cases of each month as they stand today, by the month in which they came in: with a confirmed style tag and a live
 * finding, and of which nobody has decided yet. A month's own frozen count is of what was decided in it, which is another thing.
 */
async function decidedByMonth(
  ctx: Context,
  months: readonly MonthFigures[],
): Promise<Map<string, { confirmed: number; undecided: number }>> {
  const { rows } = await sql<{ period: string; confirmed: number; undecided: number }>`
    select m.period,
      count(*) filter (where exists (select from complaints.finding f where f.case_id = c.id and f.outcome = 'responsible'
          and f.status in ('approved', 'appealed', 'upheld'))
        and exists (select from complaints.coding g where g.case_id = c.id and g.stage = 'confirmed' and g.style <> '{}')) as confirmed,
      count(*) filter (where c.status in ('received', 'accepted', 'investigating', 'proposed', 'reviewed')) as undecided
    from complaints.month_case m join complaints.case c on c.id = m.case_id
    where m.period = any (${months.map((month) => month.period)}::text[]) group by 1`.execute(ctx.db)
  return new Map(
    rows.map((row) => [row.period, { confirmed: Number(row.confirmed), undecided: Number(row.undecided) }]),
  )
}

export async function outages(ctx: Context): Promise<Outage[]> {
  const today = ctx.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const rows = await ctx.db.selectFrom('complaints.channel_outage').selectAll().execute()
  return rows.map((row) => ({
    channel: row.channel as Channel,
    from: Temporal.PlainDate.from(row.from_day),
    until: row.until_day ? Temporal.PlainDate.from(row.until_day) : today,
  }))
}
