import { listByRole } from '#modules/directory/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'

async function nextBaton(ctx: Context, matterId: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('service_window.baton')
    .select((eb) => eb.fn.max('no').as('last'))
    .where('matter_id', '=', matterId)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

/** Whom work may be handed to: people who work at counters today, in any unit (never away from the first officer's duty). */
export async function possibleReceivers(ctx: Context) {
  const all = await listByRole(ctx, ['window_officer', 'window_chief'], dayOf(ctx.now))
  return all.filter((person) => person.id !== ctx.actor.personId)
}

/** Work is offered to a colleague; it moves only with the receiver's receipt, and responsibility does not move at all (R84). */
export async function handOver(
  ctx: Context,
  id: string,
  input: { version: number; toPersonId: string; reason: string },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  nextStatus(ctx, matter, 'hand-over')
  const reason = words('reason', input.reason)
  const receiver = (await possibleReceivers(ctx)).find((person) => person.id === input.toPersonId)
  if (!receiver) throw invalid({ toPersonId: 'choose-one' })
  const waiting = await openOffer(ctx, id)
  if (waiting) throw new Problem(409, 'offer-waiting')
  await ctx.db
    .insertInto('service_window.baton')
    .values({
      matter_id: id,
      no: await nextBaton(ctx, id),
      from_person_id: matter.holder_id,
      to_person_id: receiver.id,
      to_unit_id: receiver.unitId,
      reason,
      offered_at: ctx.now,
    })
    .execute()
  saveMatter(ctx, matter, {})
}

export async function openOffer(ctx: Context, matterId: string) {
  return ctx.db
    .selectFrom('service_window.baton')
    .selectAll()
    .where('matter_id', '=', matterId)
    .where('receipt_at', 'is', null)
    .where('declined_at', 'is', null)
    .executeTakeFirst()
}

/** The receiver signs for it, or declines with a reason and it stays where it is. */
export async function answerOffer(ctx: Context, id: string, input: { take: boolean; reason?: string }): Promise<void> {
  const matter = await lockMatter(ctx, id)
  const offer = await openOffer(ctx, id)
  if (!offer || offer.to_person_id !== ctx.actor.personId) throw new Problem(409, 'no-offer')
  const reason = input.take ? null : words('reason', input.reason)
  await ctx.db
    .updateTable('service_window.baton')
    .set(input.take ? { receipt_at: ctx.now } : { declined_at: ctx.now, decline_reason: reason })
    .where('matter_id', '=', id)
    .where('no', '=', offer.no)
    .execute()
  if (input.take) saveMatter(ctx, matter, { holder_id: ctx.actor.personId, handling_unit_id: offer.to_unit_id })
}

/** A colleague of the handling unit takes work whose holder is away; the chain shows it. */
export async function takeOver(ctx: Context, id: string, input: { version: number; reason: string }): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  if (!may(ctx.actor, 'matter.take', matter.handling_unit_id)) throw new Problem(403, 'not-permitted')
  if (matter.finished_at) throw new Problem(409, 'wrong-state')
  const reason = words('reason', input.reason)
  saveMatter(ctx, matter, await passBaton(ctx, matter, reason))
}

/** The actor becomes the holder at once, with a receipt of the same moment; nothing to do if he is already. */
export async function passBaton(ctx: Context, matter: Matter, reason: string): Promise<{ holder_id?: string }> {
  const me = ctx.actor.personId as string
  if (matter.holder_id === me) return {}
  await ctx.db
    .updateTable('service_window.baton')
    .set({ declined_at: ctx.now, decline_reason: reason })
    .where('matter_id', '=', matter.id)
    .where('receipt_at', 'is', null)
    .where('declined_at', 'is', null)
    .execute()
  await ctx.db
    .insertInto('service_window.baton')
    .values({
      matter_id: matter.id,
      no: await nextBaton(ctx, matter.id),
      from_person_id: matter.holder_id,
      to_person_id: me,
      to_unit_id: ctx.actor.unitId as string,
      reason,
      offered_at: ctx.now,
      receipt_at: ctx.now,
    })
    .execute()
  return { holder_id: me }
}
