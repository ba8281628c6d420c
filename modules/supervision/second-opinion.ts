import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { orderDue } from '#policy/supervision/order-due.ts'
import { outcomeOfSecondOpinion } from '#policy/supervision/second-opinion.ts'
import { reportOrderFact } from './late-order.ts'
import { addStep, lockOrder, nextStatus, type Order, saveOrder } from './order-store.ts'

export type SecondOpinion = {
  orderId: string
  /** The round the question was about; an opinion about an earlier round changes nothing. */
  round?: number
  /** Digit of the five levels, 5 the best. */
  level: number
  /** When the citizen's words arrived: a new round's clock starts here (A9). */
  at: Temporal.Instant
}

/** The citizen's second opinion: satisfied closes, still not satisfied reopens. The same opinion twice has one effect. */
export async function recordSecondOpinion(
  ctx: Context,
  opinion: SecondOpinion,
): Promise<'closed' | 'reopened' | 'ignored'> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const outcome = outcomeOfSecondOpinion(opinion.level)
  if (typeof outcome !== 'string') throw invalid({ level: outcome.refused })
  const order = await lockOrder(ctx, opinion.orderId)
  const stale = opinion.round !== undefined && opinion.round !== order.round
  if (stale || order.status === 'open' || order.closing === 'second_opinion') return 'ignored'
  const met = order.closing === 'silence' ? (['closed-by-silence'] as const) : []
  await addStep(ctx, order, 'second_opinion', { detail: { level: opinion.level, outcome } })
  if (outcome === 'reopened') {
    nextStatus(ctx, order, 'opinion-dissatisfied', met)
    await reopen(ctx, order, opinion.at)
    return outcome
  }
  const status = nextStatus(ctx, order, 'opinion-satisfied', met)
  await saveOrder(ctx, order, { status, closing: 'second_opinion', closed_at: order.closed_at ?? ctx.now })
  await addStep(ctx, order, 'closed', { detail: { closing: 'second_opinion' } })
  return outcome
}

/** A new round with a new date. What was answered before stays in the history. */
export async function reopen(ctx: Context, order: Order, from: Temporal.Instant, text = ''): Promise<void> {
  const round = order.round + 1
  const due = orderDue(from, ctx.calendar)
  await saveOrder(ctx, order, {
    status: 'open',
    round,
    round_started_at: from,
    due_on: due.day.toString(),
    due_provisional: due.provisional,
    due_basis: due.basis,
    overdue_at: null,
    result: null,
    answer_to_citizen: null,
    answered_at: null,
    answered_by: null,
    closing: null,
    closed_at: null,
    closed_by: null,
  })
  const detail = { dueOn: due.day.toString(), provisional: due.provisional, missingYear: due.missingYear }
  const step = await addStep(ctx, order, 'reopened', { text, round, detail })
  await reportOrderFact(ctx, { ...order, round, due_on: due.day.toString() }, 'order_reopened', step)
}
