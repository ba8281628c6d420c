import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { valueOn } from '#policy/parameter.ts'
import { isOverdue, orderDue, reminderFor, silenceFrom } from '#policy/supervision/order-due.ts'
import { secondOpinionWait } from '#policy/supervision/parameters.ts'
import { deskOfficers, leastLoaded } from './desk-officers.ts'
import { escalate, markLate, reportOrderFact } from './late-order.ts'
import { addStep, nextStatus, type Order, saveOrder } from './order-store.ts'

const batch = 200

export type Swept = {
  settled: number
  assigned: number
  reminded: number
  overdue: number
  escalated: number
  closedSilent: number
  /** A batch was full: call again in a new transaction. */
  more: boolean
}

/** All that time does to orders; running it twice has one effect. For the worker, as the system. */
export async function sweepOrders(ctx: Context): Promise<Swept> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const swept = {
    settled: await settleProvisional(ctx),
    assigned: await assignLeftOver(ctx),
    reminded: await remind(ctx),
    overdue: await markOverdue(ctx),
    escalated: await escalateLeftOver(ctx),
    closedSilent: await closeUnanswered(ctx),
  }
  return { ...swept, more: Object.values(swept).some((count) => count >= batch) }
}

/** When a year's notice has been loaded, dates that ran into that year are computed again (b-9). Returns how many changed. */
export async function settleProvisional(ctx: Context): Promise<number> {
  const orders = await ctx.db
    .selectFrom('supervision.order')
    .selectAll()
    .where('due_provisional', '=', true)
    .where('status', '<>', 'closed')
    .orderBy('due_on')
    .limit(1000)
    .forUpdate()
    .skipLocked()
    .execute()
  let changed = 0
  for (const order of orders) if (await settle(ctx, order)) changed += 1
  return changed
}

async function settle(ctx: Context, order: Order): Promise<boolean> {
  const due = orderDue(order.round_started_at, ctx.calendar)
  const day = due.day.toString()
  if (due.provisional && day === order.due_on && due.basis === order.due_basis) return false
  const late = isOverdue(due.day, order.answered_at ?? ctx.now)
  const cleared = order.overdue_at !== null && !late
  const undone = cleared ? { overdue_at: null, late_rounds: order.late_rounds - 1 } : {}
  await saveOrder(ctx, order, { due_on: day, due_provisional: due.provisional, due_basis: due.basis, ...undone })
  await addStep(ctx, order, 'note', { detail: { dueBefore: order.due_on, dueOn: day, notLate: cleared } })
  if (order.overdue_at && late && !due.provisional) await reportSettledLate(ctx, { ...order, due_on: day })
  return true
}

async function reportSettledLate(ctx: Context, order: Order): Promise<void> {
  const step = await ctx.db
    .selectFrom('supervision.step')
    .select('id')
    .where('order_id', '=', order.id)
    .where('round', '=', order.round)
    .where('kind', '=', 'overdue')
    .orderBy('at', 'desc')
    .executeTakeFirst()
  if (step) await reportOrderFact(ctx, order, 'order_overdue', step.id)
}

/** Orders that found nobody eligible when they were opened, and those whose owner has left the desk. */
async function assignLeftOver(ctx: Context): Promise<number> {
  const onDesk = (await deskOfficers(ctx)).map((officer) => officer.personId)
  const orders = await openOrders(ctx)
    .where(sql<boolean>`(owner_id is null or owner_id <> all (${onDesk}::uuid[]))`)
    .execute()
  let assigned = 0
  for (const order of orders) {
    const owner = await leastLoaded(ctx, {
      concernedPersonId: order.concerned_person_id,
      concernedUnitId: order.concerned_unit_id,
    })
    if (!owner) continue
    await saveOrder(ctx, order, { owner_id: owner.personId })
    await addStep(ctx, order, 'assigned', {
      detail: { ownerId: owner.personId, before: order.owner_id, automatic: true },
    })
    assigned += 1
  }
  return assigned
}

function openOrders(ctx: Context) {
  return ctx.db
    .selectFrom('supervision.order')
    .selectAll()
    .where('status', '=', 'open')
    .orderBy('due_on')
    .orderBy('id')
    .limit(batch)
    .forUpdate()
    .skipLocked()
}

// The longest holiday is nine days; no reminder point lies further ahead than this.
const lookAhead = 20

async function remind(ctx: Context): Promise<number> {
  const today = dayOf(ctx.now)
  let reminded = 0
  for (let ahead = 0; ahead <= lookAhead; ahead++) {
    const due = today.add({ days: ahead })
    const daysLeft = reminderFor(due, today, ctx.calendar)
    if (daysLeft === null) continue
    const orders = await openOrders(ctx)
      .where('due_on', '=', due.toString())
      .where(
        sql<boolean>`not exists (select from supervision.step s where s.order_id = "order".id and s.round = "order".round
          and s.kind = 'reminded' and s.detail->>'dueOn' = "order".due_on::text and (s.detail->>'daysLeft')::int <= ${daysLeft})`,
      )
      .execute()
    for (const order of orders) await addStep(ctx, order, 'reminded', { detail: { daysLeft, dueOn: order.due_on } })
    reminded += orders.length
  }
  return reminded
}

async function markOverdue(ctx: Context): Promise<number> {
  const orders = await openOrders(ctx)
    .where('due_on', '<', dayOf(ctx.now).toString())
    .where('overdue_at', 'is', null)
    .execute()
  for (const order of orders) await markLate(ctx, order)
  return orders.length
}

/** Orders that became overdue while no leader in charge was on duty. */
async function escalateLeftOver(ctx: Context): Promise<number> {
  const orders = await openOrders(ctx).where('overdue_at', 'is not', null).where('escalated_to', 'is', null).execute()
  let escalated = 0
  for (const order of orders) {
    const leader = await escalate(ctx, order)
    if (!leader) continue
    await saveOrder(ctx, order, { escalated_to: leader })
    escalated += 1
  }
  return escalated
}

/** No second opinion in time: closed as answered, and recorded as silence, never as satisfaction. */
export async function closeUnanswered(ctx: Context): Promise<number> {
  const wait = valueOn(secondOpinionWait, dayOf(ctx.now)).value
  const orders = await ctx.db
    .selectFrom('supervision.order')
    .selectAll()
    .where('status', '=', 'answered')
    .where('answered_at', '<', ctx.now.subtract({ hours: 24 * wait }))
    .orderBy('answered_at')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  const over = orders.filter(
    (order) => Temporal.Instant.compare(ctx.now, silenceFrom(order.answered_at as Temporal.Instant)) >= 0,
  )
  for (const order of over) {
    const status = nextStatus(ctx, order, 'close-silent', ['wait-over'])
    await saveOrder(ctx, order, { status, closing: 'silence', closed_at: ctx.now })
    await addStep(ctx, order, 'closed', { detail: { closing: 'silence' } })
  }
  return over.length
}
