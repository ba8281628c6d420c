import { sql } from 'kysely'
import { closeMonth } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { monthOf, periodOf } from '#policy/complaints/month.ts'
import { institutionSince } from './institution.ts'

/**
 * Opens the cycle of each month that has begun since the institution exists and has none yet: no month is left out,
 * whatever was switched off in between (R109). For the worker; safe to repeat.
 */
export async function openMonths(ctx: Context): Promise<number> {
  const today = dayOf(ctx.now)
  const since = await institutionSince(ctx)
  if (!since) return 0
  const known = new Set((await ctx.db.selectFrom('complaints.month').select('period').execute()).map((m) => m.period))
  const missing = periodsUntil(periodOf(since), periodOf(today)).filter((period) => !known.has(period))
  for (const period of missing) {
    const month = monthOf(period, ctx.calendar)
    const dues = [month.confirmBy, month.reportBy, month.meetingBy]
    await ctx.db
      .insertInto('complaints.month')
      .values({
        period,
        from_day: month.from.toString(),
        cut_off: month.cutOff.toString(),
        confirm_by: month.confirmBy.day.toString(),
        report_by: month.reportBy.day.toString(),
        meeting_by: month.meetingBy.day.toString(),
        provisional: dues.some((due) => due.provisional),
        opened_at: ctx.now,
      })
      .onConflict((oc) => oc.column('period').doNothing())
      .execute()
  }
  return missing.length
}

function periodsUntil(first: string, last: string): string[] {
  const periods: string[] = []
  let month = Temporal.PlainYearMonth.from(first)
  while (Temporal.PlainYearMonth.compare(month, Temporal.PlainYearMonth.from(last)) <= 0) {
    periods.push(month.toString())
    month = month.add({ months: 1 })
  }
  return periods
}

/** Provisional dates of open months after a year's notice was loaded (b-9). */
export async function settleMonths(ctx: Context): Promise<number> {
  const open = await ctx.db
    .selectFrom('complaints.month')
    .select('period')
    .where('provisional', '=', true)
    .where('status', '<>', 'met')
    .execute()
  for (const { period } of open) {
    const month = monthOf(period, ctx.calendar)
    await ctx.db
      .updateTable('complaints.month')
      .set({
        confirm_by: month.confirmBy.day.toString(),
        report_by: month.reportBy.day.toString(),
        meeting_by: month.meetingBy.day.toString(),
        provisional: [month.confirmBy, month.reportBy, month.meetingBy].some((due) => due.provisional),
      })
      .where('period', '=', period)
      .execute()
  }
  return open.length
}

/** The ledger of a month that was met about takes no more postings (b-14). For the worker; safe to repeat. */
export async function closeLedgers(ctx: Context): Promise<number> {
  const { rows } = await sql<{ period: string }>`select m.period from complaints.month m where m.status = 'met'
    and not exists (select from standing.closed_month c where to_char(c.period, 'YYYY-MM') = m.period) order by m.period`.execute(
    ctx.db,
  )
  for (const { period } of rows) await closeMonth(ctx, Temporal.PlainYearMonth.from(period))
  return rows.length
}
