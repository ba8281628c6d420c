import { findPerson } from '#modules/directory/index.ts'
import { reportFact } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import { leaderInCharge } from './desk-officers.ts'
import { addStep, type Order, saveOrder } from './order-store.ts'

type Late = Pick<Order, 'overdue_at' | 'late_rounds' | 'escalated_to'>

/** The due day of this round has ended without an answer: on record, to the leader in charge, into the ledger (R53). */
export async function markLate(ctx: Context, order: Order): Promise<Late> {
  const step = await addStep(ctx, order, 'overdue', {
    detail: { dueOn: order.due_on, provisional: order.due_provisional },
  })
  const leader = await escalate(ctx, order)
  const late = { overdue_at: ctx.now, late_rounds: order.late_rounds + 1, escalated_to: leader ?? order.escalated_to }
  await saveOrder(ctx, order, late)
  // A provisional day may still move; what stands in the ledger does not. The fact waits for the settled day.
  if (!order.due_provisional) await reportOrderFact(ctx, order, 'order_overdue', step)
  return late
}

/** Tells the leader in charge. Null when there is none today; the sweep tries again. */
export async function escalate(ctx: Context, order: Order): Promise<string | null> {
  const leader = await leaderInCharge(ctx, {
    concernedPersonId: order.concerned_person_id,
    concernedUnitId: order.concerned_unit_id,
  })
  if (leader) await addStep(ctx, order, 'escalated', { detail: { to: leader } })
  return leader
}

/**
 * An order's fact stands against who had to solve it and his unit. The rated unit is named in the detail only, which it
 * cannot read: an entry of its own would tell it that a citizen of those days was dissatisfied (b-24).
 */
export async function reportOrderFact(
  ctx: Context,
  order: Order,
  kind: 'order_overdue' | 'order_reopened',
  stepId: string,
): Promise<void> {
  const owner = order.owner_id ? await findPerson(ctx, order.owner_id) : undefined
  const due = Temporal.PlainDate.from(order.due_on)
  await reportFact(ctx, {
    kind,
    personId: owner?.id ?? null,
    unitId: owner?.unitId ?? (await topUnit(ctx)),
    sourceKind: 'order',
    sourceId: stepId,
    occurredOn: kind === 'order_overdue' ? due.add({ days: 1 }) : undefined,
    basis: 'R53',
    detail: {
      orderId: order.id,
      orderNo: order.no,
      round: order.round,
      dueOn: order.due_on,
      concernedUnitId: order.concerned_unit_id,
    },
  })
}

/** Nobody of the desk could own it: then the bureau answers for it. */
async function topUnit(ctx: Context): Promise<string> {
  const top = await ctx.db
    .selectFrom('directory.unit')
    .select('id')
    .where('kind', '=', 'bureau')
    .executeTakeFirstOrThrow()
  return top.id
}
