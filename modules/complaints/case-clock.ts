import { type Context, dayOf } from '#platform/context.ts'
import { type Clock, extendedDue, finishDue, type Pause } from '#policy/complaints/clocks.ts'
import { type Case, saveCase } from './case-store.ts'

/** Pauses that a leader approved, as the clocks read them. */
export async function pausesOf(ctx: Context, caseId: string): Promise<Pause[]> {
  const rows = await ctx.db
    .selectFrom('complaints.pause')
    .select(['kind', 'paused_on', 'resumed_on'])
    .where('case_id', '=', caseId)
    .where('approved_by', 'is not', null)
    .execute()
  return rows.map((row) => ({
    from: Temporal.PlainDate.from(row.paused_on),
    until: row.resumed_on === null ? null : Temporal.PlainDate.from(row.resumed_on),
    reason: row.kind as Pause['reason'],
  }))
}

/** The day from which the sixty days of the present round are counted. */
export async function roundStart(
  ctx: Context,
  found: Pick<Case, 'id' | 'accepted_at' | 'round'>,
): Promise<Temporal.PlainDate | null> {
  if (found.accepted_at === null) return null
  if (found.round === 1) return dayOf(found.accepted_at)
  const reopened = await ctx.db
    .selectFrom('complaints.step')
    .select('at')
    .where('case_id', '=', found.id)
    .where('round', '=', found.round)
    .where('kind', '=', 'reopened')
    .orderBy('at', 'desc')
    .executeTakeFirst()
  const { accepted_at: accepted } = found
  // A case that went back to the desk was accepted anew after it was reopened.
  if (reopened && Temporal.Instant.compare(reopened.at, accepted) > 0) return dayOf(reopened.at)
  return dayOf(accepted)
}

/** When the case has to be finished: sixty days, an approved extension, and what pauses put off (art. 34). */
export async function caseDue(ctx: Context, found: Pick<Case, 'id' | 'accepted_at' | 'round'>): Promise<Clock | null> {
  const start = await roundStart(ctx, found)
  if (!start) return null
  const pauses = await pausesOf(ctx, found.id)
  const extension = await ctx.db
    .selectFrom('complaints.extension')
    .select('days')
    .where('case_id', '=', found.id)
    .where('round', '=', found.round)
    .where('approved', '=', true)
    .executeTakeFirst()
  const extended = extension && extendedDue(start, extension.days, ctx.calendar, pauses)
  return extended && !('refused' in extended) ? extended : finishDue(start, ctx.calendar, pauses)
}

/** Computes the last day again and writes it down. Returns it. */
export async function moveDue(
  ctx: Context,
  found: Case,
  more: Parameters<typeof saveCase>[2] = {},
): Promise<Clock | null> {
  const due = await caseDue(ctx, found)
  await saveCase(ctx, found, {
    ...more,
    ...(due && { due_on: due.day.toString(), due_provisional: due.provisional, due_basis: due.basis }),
  })
  return due
}
