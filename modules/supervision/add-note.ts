import type { Context } from '#platform/context.ts'
import { addStep, findOrder, nextStatus, words } from './order-store.ts'

/** A remark of the owner, or an instruction of the leader to whom the order was escalated or who issued it. */
export async function addNote(ctx: Context, id: string, input: { text: string }): Promise<void> {
  // Not locked: whom it was escalated to may read the order and add to its history, and change nothing else.
  const order = await findOrder(ctx, id)
  nextStatus(ctx, order, 'note')
  await addStep(ctx, order, 'note', { text: words('text', input.text, 2000) })
}
