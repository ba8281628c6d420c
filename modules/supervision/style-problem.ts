import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { addStep, lockOrder, standingTo, words } from './order-store.ts'

/**
 * What the desk found out about a reply is a problem of style, and the citizen agrees that it becomes a complaint (A29).
 * An order alone never does. The case is opened by the complaints area, out of sight of this desk.
 */
export async function noteStyleProblem(
  ctx: Context,
  id: string,
  input: { text: string; agreed: boolean },
): Promise<void> {
  const order = await lockOrder(ctx, id)
  if (!standingTo(ctx, order).includes('owner')) throw new Problem(403, 'wrong-person')
  if (order.source_kind !== 'callback' || order.status === 'open') throw new Problem(409, 'wrong-state')
  const text = words('style', input.text, 2000)
  if (!input.agreed || order.contact_consent !== true) throw invalid({ agreed: 'citizen-must-agree' })
  const before =
    await sql`select from supervision.step s where s.order_id = ${id} and s.detail ? 'styleProblem'`.execute(ctx.db)
  if (before.rows.length > 0) throw new Problem(409, 'already-decided')
  await addStep(ctx, order, 'note', { text, detail: { styleProblem: true, citizenAgrees: true } })
}

export type StyleProblem = {
  orderId: string
  orderNo: string
  sourceId: string
  personId: string | null
  unitId: string
  /** The citizen's words as the order holds them. */
  problem: string
  /** What the desk found out. */
  found: string
}

/** Style problems whose case has not been opened yet. For the system. */
export async function styleProblemsWithoutCase(ctx: Context, most: number): Promise<StyleProblem[]> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const { rows } = await sql<StyleProblem>`
    select o.id as "orderId", o.no as "orderNo", o.source_id as "sourceId", o.concerned_person_id as "personId", o.concerned_unit_id as "unitId",
      o.problem, s.text as found
    from supervision.step s join supervision.order o on o.id = s.order_id
    where s.kind = 'note' and s.detail ? 'styleProblem'
      and not exists (select from supervision.step d where d.order_id = o.id and d.detail ? 'complaintOpened')
    order by s.at limit ${most}`.execute(ctx.db)
  return rows
}

/** That the case is there; not which: the desk has no sight of it. */
export async function markComplaintOpened(ctx: Context, orderId: string): Promise<void> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  await addStep(ctx, { id: orderId }, 'note', { detail: { complaintOpened: true } })
}
