import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { eligibleOfficers } from './desk-officers.ts'
import { addStep, lockOrder, nextStatus, saveOrder } from './order-store.ts'

/** Gives an open order to an officer of the desk who stands apart from those it is about (b-12). 409 when it changed meanwhile. */
export async function assignOrder(
  ctx: Context,
  id: string,
  input: { version: number; ownerId: string },
): Promise<void> {
  if (!may(ctx.actor, 'order.assign')) throw new Problem(403, 'not-permitted')
  const order = await lockOrder(ctx, id, input.version)
  nextStatus(ctx, order, 'assign')
  const eligible = await eligibleOfficers(ctx, {
    concernedPersonId: order.concerned_person_id,
    concernedUnitId: order.concerned_unit_id,
  })
  if (!eligible.some((officer) => officer.personId === input.ownerId)) throw invalid({ ownerId: 'not-eligible' })
  if (order.owner_id === input.ownerId) throw invalid({ ownerId: 'already-owner' })
  await saveOrder(ctx, order, { owner_id: input.ownerId })
  await addStep(ctx, order, 'assigned', {
    detail: { ownerId: input.ownerId, before: order.owner_id, automatic: false },
  })
}
