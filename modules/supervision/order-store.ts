import { randomUUID } from 'node:crypto'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { SupervisionOrder, SupervisionStepKind } from '#platform/db/schema.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { type Action, type By, type Need, type Status, step } from '#policy/supervision/lifecycle.ts'

export type Order = Selectable<SupervisionOrder>

/** Locks an order for a change. What the actor may not see is not found, exactly as what is not there (b-24). */
export async function lockOrder(ctx: Context, id: string, version?: number): Promise<Order> {
  const order = await ctx.db
    .selectFrom('supervision.order')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!order) throw notFound('order')
  // Two people editing: the second sees the conflict, nothing is overwritten.
  if (version !== undefined && version !== order.version) {
    throw new Problem(409, 'changed-meanwhile', { detail: { version: order.version } })
  }
  return order
}

export async function findOrder(ctx: Context, id: string): Promise<Order> {
  const order = await ctx.db.selectFrom('supervision.order').selectAll().where('id', '=', id).executeTakeFirst()
  if (!order) throw notFound('order')
  return order
}

/** The only writer of an order's row after it was opened; every change moves the version. */
export async function saveOrder(ctx: Context, order: Order, change: Updateable<SupervisionOrder>): Promise<void> {
  await ctx.db
    .updateTable('supervision.order')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', order.id)
    .execute()
}

export async function insertOrder(ctx: Context, row: Insertable<SupervisionOrder>): Promise<void> {
  await ctx.db.insertInto('supervision.order').values(row).execute()
}

/** Adds to an order's history. Returns the step's id, which the ledger names as the source of a fact. */
export async function addStep(
  ctx: Context,
  order: { id: string; round?: number },
  kind: SupervisionStepKind,
  about: { text?: string; detail?: Record<string, unknown>; round?: number } = {},
): Promise<string> {
  const id = randomUUID()
  await ctx.db
    .insertInto('supervision.step')
    .values({
      id,
      order_id: order.id,
      round: about.round ?? order.round ?? 1,
      kind,
      at: ctx.now,
      person_id: ctx.actor.personId,
      text: about.text ?? '',
      detail: JSON.stringify(about.detail ?? {}),
    })
    .execute()
  return id
}

type Standing = Pick<Order, 'owner_id' | 'issued_by' | 'escalated_to'>

/** In which capacities the actor stands to an order that he can see. */
export function standingTo(ctx: Context, order: Standing): By[] {
  const { actor } = ctx
  // A citizen's opinion reaches an order only through the system, which holds its proof.
  if (actor.kind === 'system') return ['system', 'citizen']
  const me = actor.personId
  if (!me) return []
  const by: By[] = []
  if (me === order.owner_id && may(actor, 'order.work')) by.push('owner')
  if (may(actor, 'order.assign')) by.push('assigner')
  if (me === order.issued_by && may(actor, 'order.issue')) by.push('issuer')
  if (me === order.escalated_to && may(actor, 'order.oversee')) by.push('leader')
  return by
}

/** Asks the lifecycle; a refusal is a 403 or 409 with the reason as its code. */
export function nextStatus(ctx: Context, order: Order, action: Action, met: readonly Need[] = []): Status {
  const answer = step(order.status, action, standingTo(ctx, order), new Set(met))
  if ('refused' in answer) throw new Problem(answer.refused === 'wrong-person' ? 403 : 409, answer.refused)
  return answer.to
}

export { words } from '#platform/typed.ts'
