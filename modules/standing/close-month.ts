import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { canonicalJson } from '#platform/audit/canonical-json.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { notFound, Problem } from '#platform/problem.ts'

/** A month of the points ledger, e.g. 2026-11. */
export type Period = Temporal.PlainYearMonth

export type MonthText = { text: string; digest: string; postings: number; closed: boolean }

/**
 * Freezes a month that is over: it takes no more postings, what comes late stands in the next open month and says so, and its
 * digest is kept (b-14). Closing it again changes nothing.
 */
export async function closeMonth(ctx: Context, period: Period): Promise<{ digest: string; postings: number }> {
  if (!may(ctx.actor, 'month.keep')) throw new Problem(403, 'not-permitted')
  const next = period.add({ months: 1 }).toPlainDate({ day: 1 })
  if (Temporal.PlainDate.compare(dayOf(ctx.now), next) < 0) throw new Problem(409, 'month-not-over')
  // Postings under way hold the lock together; the close waits for them and then reads what they wrote.
  await sql`select standing.lock_month(${firstDay(period)}::date, true)`.execute(ctx.db)
  const before = await closedMonth(ctx, period)
  if (before) return before
  const { digest, postings } = await drawMonth(ctx, period)
  await ctx.db
    .insertInto('standing.closed_month')
    .values({ period: firstDay(period), closed_at: ctx.now, closed_by: ctx.actor.personId, postings, digest })
    .execute()
  return { digest, postings }
}

/**
 * The month's postings as canonical JSON. A closed month gives the same bytes for ever; if the rows no longer give them, that
 * is an alarm and not an answer.
 */
export async function renderMonth(ctx: Context, period: Period): Promise<MonthText> {
  const mayRead =
    may(ctx.actor, 'month.keep') || ctx.actor.kind === 'system' || ctx.actor.grants['standing.read']?.includes('*')
  if (!mayRead) throw notFound('month')
  const drawn = await drawMonth(ctx, period)
  const closed = await closedMonth(ctx, period)
  if (closed && closed.digest !== drawn.digest) throw new Problem(500, 'month-altered')
  return { ...drawn, closed: closed !== null }
}

async function closedMonth(ctx: Context, period: Period): Promise<{ digest: string; postings: number } | null> {
  const found = await ctx.db
    .selectFrom('standing.closed_month')
    .select(['digest', 'postings'])
    .where('period', '=', firstDay(period))
    .executeTakeFirst()
  return found ?? null
}

async function drawMonth(ctx: Context, period: Period) {
  const found = await sql<{
    line: Record<string, unknown>
  }>`select l as line from standing.postings_of_month(${firstDay(period)}::date) as l`.execute(ctx.db)
  const text = canonicalJson({ period: period.toString(), postings: found.rows.map(({ line }) => line) })
  return { text, digest: createHash('sha256').update(text).digest('hex'), postings: found.rows.length }
}

function firstDay(period: Period): string {
  return period.toPlainDate({ day: 1 }).toString()
}
