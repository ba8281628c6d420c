import type { Context } from '#platform/context.ts'
import { addStep, lockOrder, nextStatus, words } from './order-store.ts'

/** What the owner did about it. Adding never conflicts, so it neither asks for a version nor moves it. */
export async function addMeasure(ctx: Context, id: string, input: { text: string }): Promise<void> {
  const order = await lockOrder(ctx, id)
  nextStatus(ctx, order, 'add-measure')
  await addStep(ctx, order, 'measure', { text: words('text', input.text, 2000) })
}
