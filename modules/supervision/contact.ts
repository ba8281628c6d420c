import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { addStep, findOrder, standingTo, words } from './order-store.ts'
import type { RevealCitizen } from './ports.ts'

/** The citizen agreed to be contacted, refused, or took it back. Without an order it is noted by the area that asked. */
export async function noteConsent(ctx: Context, input: { sourceId: string; consent: boolean }): Promise<void> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  await ctx.db
    .updateTable('supervision.order')
    .set({ contact_consent: input.consent, version: sql`version + 1` })
    .where('source_kind', '=', 'callback')
    .where('source_id', '=', input.sourceId)
    .where('contact_consent', 'is distinct from', input.consent)
    .execute()
}

export type Revealed = { no: string; unitId: string; phone: string | null }

/**
 * The citizen's phone for the owner of the order, only with the citizen's own consent (b-12, CB06) and for a stated
 * reason, which stands in the order's history. The caller writes the audit entry.
 */
export async function revealCitizen(
  ctx: Context,
  id: string,
  reason: string,
  ports: { revealCitizen: RevealCitizen },
): Promise<Revealed> {
  const order = await findOrder(ctx, id)
  if (!standingTo(ctx, order).includes('owner')) throw new Problem(403, 'wrong-person')
  if (order.status === 'closed' || order.source_kind !== 'callback') throw new Problem(409, 'wrong-state')
  if (order.contact_consent !== true) throw new Problem(403, 'no-consent')
  const why = words('reason', reason, 200)
  const { phone } = await ports.revealCitizen(ctx, { sourceId: order.source_id })
  await addStep(ctx, order, 'note', { text: why, detail: { revealed: 'phone' } })
  return { no: order.no, unitId: order.concerned_unit_id, phone }
}
