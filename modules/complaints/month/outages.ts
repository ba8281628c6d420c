import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { type Channel, channels } from '#policy/complaints/lists.ts'

export type OutageRow = { id: string; channel: Channel; from: string; until: string | null; note: string; by: string }

/** A channel was out: a fall of what came in through it is no fall (R130). */
export async function noteOutage(
  ctx: Context,
  input: { channel: string; from: string; until: string; note: string },
): Promise<void> {
  const channel = channels.find((known) => known === input.channel)
  const [from, until] = [dayTyped(input.from), input.until.trim() ? dayTyped(input.until) : null]
  const wrong = {
    ...(!channel && { channel: 'choose-one' }),
    ...(!from && { from: 'date-unclear' }),
    ...(input.until.trim() && !until && { until: 'date-unclear' }),
    ...(from && Temporal.PlainDate.compare(from, dayOf(ctx.now)) > 0 && { from: 'in-the-future' }),
    ...(from && until && Temporal.PlainDate.compare(until, from) < 0 && { until: 'before-begin' }),
  }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  await ctx.db
    .insertInto('complaints.channel_outage')
    .values({
      id: randomUUID(),
      channel: channel as Channel,
      from_day: String(from),
      until_day: until ? until.toString() : null,
      note: words('note', input.note, 500),
      noted_by: ctx.actor.personId as string,
      noted_at: ctx.now,
    })
    .execute()
}

function dayTyped(typed: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(typed.trim(), { overflow: 'reject' })
  } catch {
    return null
  }
}

export async function listOutages(ctx: Context): Promise<OutageRow[]> {
  const { rows } =
    await sql<OutageRow>`select o.id, o.channel, o.from_day as from, o.until_day as until, o.note, p.name as by
    from complaints.channel_outage o join directory.person p on p.id = o.noted_by order by o.from_day desc, o.id limit 50`.execute(
      ctx.db,
    )
  return rows
}
