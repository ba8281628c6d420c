import type { Context } from '#platform/context.ts'
import { addStep, lockOrder, nextStatus, saveOrder, words } from './order-store.ts'
import { reopen } from './second-opinion.ts'

/** Whoever issued an order by hand accepts the answer or returns it; never who answered (domain.md 6.4). */
export async function decideAnswer(
  ctx: Context,
  id: string,
  input: { version: number; accept: boolean; reason?: string },
): Promise<void> {
  const order = await lockOrder(ctx, id, input.version)
  const others = ctx.actor.personId !== order.answered_by && ctx.actor.personId !== order.owner_id
  const met = others ? (['other-than-answerer'] as const) : []
  if (!input.accept) {
    nextStatus(ctx, order, 'return-answer', met)
    await reopen(ctx, order, ctx.now, words('reason', input.reason ?? '', 1000))
    return
  }
  const status = nextStatus(ctx, order, 'accept-answer', met)
  await saveOrder(ctx, order, { status, closing: 'issuer', closed_at: ctx.now, closed_by: ctx.actor.personId })
  await addStep(ctx, order, 'closed', { detail: { closing: 'issuer' } })
}
