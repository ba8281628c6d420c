import type { Context } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { isOverdue } from '#policy/supervision/order-due.ts'
import { markLate } from './late-order.ts'
import { addStep, lockOrder, nextStatus, saveOrder, words } from './order-store.ts'
import type { AskSecondOpinion } from './ports.ts'

export const answerResults = ['solved', 'explained'] as const
export type AnswerResult = (typeof answerResults)[number]

export type AnswerInput = { version: number; answer: string; result: string; basis?: string }

/**
 * The order is answered: solved, or explained with the law where the wish has no legal basis (R53). This stops the clock of
 * the round, and the citizen is asked again; an interim answer is a measure and stops nothing (A8).
 */
export async function answerCitizen(
  ctx: Context,
  id: string,
  input: AnswerInput,
  ports: { askSecondOpinion: AskSecondOpinion },
): Promise<{ asked: boolean }> {
  const order = await lockOrder(ctx, id, input.version)
  const status = nextStatus(ctx, order, 'answer')
  const result = answerResults.find((known) => known === input.result)
  if (!result) throw invalid({ result: 'choose-one' })
  const answer = words('answer', input.answer, 2000)
  const basis = result === 'explained' ? words('basis', input.basis ?? '', 500) : null
  if (isOverdue(Temporal.PlainDate.from(order.due_on), ctx.now) && !order.overdue_at) {
    Object.assign(order, await markLate(ctx, order))
  }
  await saveOrder(ctx, order, {
    status,
    result,
    answer_to_citizen: answer,
    answered_at: ctx.now,
    answered_by: ctx.actor.personId,
  })
  await addStep(ctx, order, 'answered', { text: answer, detail: { result, ...(basis && { basis }) } })
  if (order.source_kind !== 'callback') return { asked: false }
  await ports.askSecondOpinion(ctx, { orderId: order.id, round: order.round, sourceId: order.source_id })
  return { asked: true }
}
