import { sql } from 'kysely'
import { systemActor } from '#platform/actor.ts'
import { insertAudit } from '#platform/audit/audit-entry.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import { type Difference, recountFigures } from './recount.ts'

export type RecountSpan = { from: Temporal.PlainDate; until: Temporal.PlainDate }

/**
 * Holds this and the last month's figures, and one older month a night in turn, against the matters themselves. What
 * differs is kept and repaired by nobody. Returns how many figures differ.
 */
export async function recountNightly(house: House): Promise<number> {
  const spans = await house.read(systemActor, 'recount', spansOfTonight)
  let all = 0
  for (const span of spans) {
    // Read in one snapshot: a matter counted between two statements is no difference.
    const found = await house.readSnapshot(systemActor, 'recount', (ctx) => recountFigures(ctx, span.from, span.until))
    await house.write(systemActor, 'recount', (ctx) => keep(ctx, span, found))
    all += found.length
  }
  return all
}

async function spansOfTonight(ctx: Context): Promise<RecountSpan[]> {
  const today = dayOf(ctx.now)
  const recent = today.with({ day: 1 }).subtract({ months: 1 })
  const { rows } = await sql<{
    first: string | null
  }>`select min(month)::text as first from platform.figure_month`.execute(ctx.db)
  const first = rows[0]?.first ? Temporal.PlainDate.from(rows[0].first) : recent
  const older = first.until(recent, { largestUnit: 'months' }).months
  const spans = [{ from: recent, until: today.add({ days: 1 }) }]
  if (older > 0) {
    const nights = Math.floor(today.toZonedDateTime('UTC').epochMilliseconds / 86_400_000)
    const month = first.add({ months: nights % older })
    spans.push({ from: month, until: month.add({ months: 1 }) })
  }
  return spans
}

async function keep(ctx: Context, span: RecountSpan, found: Difference[]): Promise<void> {
  const [from, until] = [span.from.toString(), span.until.toString()]
  await ctx.db
    .insertInto('platform.figure_recount')
    .values({ at: ctx.now, from_day: from, until_day: until, differences: JSON.stringify(found) })
    .execute()
  if (found.length === 0) return
  await insertAudit(ctx.db, {
    at: ctx.now,
    actorKind: 'system',
    actorId: null,
    event: 'figures.differ',
    subjectKind: 'figures',
    subjectId: `${from}/${until}`,
    unitId: null,
    outcome: 'failed',
    data: { figures: found.length },
    requestId: ctx.requestId,
  })
}
