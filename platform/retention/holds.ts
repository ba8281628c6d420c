import { insertAudit } from '../audit/audit-entry.ts'
import type { Context } from '../context.ts'

export type HoldOutcome = 'held' | 'released' | 'no-such-matter' | 'held-before' | 'not-held'

/** Keeps a matter from retention until it is released: evidence in a suit, say. The system's own work, on record. */
export async function placeHold(
  ctx: Context,
  hold: { matterId: string; reason: string; by: string },
): Promise<'held' | 'held-before'> {
  if (await openHold(ctx, hold.matterId)) return 'held-before'
  const { matterId, reason, by } = hold
  await ctx.db
    .insertInto('platform.legal_hold')
    .values({ subject_kind: 'matter', subject_id: matterId, reason, placed_at: ctx.now, placed_by: by })
    .execute()
  await note(ctx, 'retention.held', matterId, { reason, by })
  return 'held'
}

export async function liftHold(
  ctx: Context,
  lift: { matterId: string; reason: string; by: string },
): Promise<'released' | 'not-held'> {
  if (!(await openHold(ctx, lift.matterId))) return 'not-held'
  await ctx.db
    .updateTable('platform.legal_hold')
    .set({ lifted_at: ctx.now, lifted_by: lift.by, lift_reason: lift.reason })
    .where('subject_id', '=', lift.matterId)
    .where('lifted_at', 'is', null)
    .execute()
  await note(ctx, 'retention.released', lift.matterId, { reason: lift.reason, by: lift.by })
  return 'released'
}

async function openHold(ctx: Context, matterId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('platform.legal_hold')
    .select('id')
    .where('subject_id', '=', matterId)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

async function note(ctx: Context, event: string, matterId: string, data: object): Promise<void> {
  await insertAudit(ctx.db, {
    at: ctx.now,
    actorKind: 'system',
    actorId: null,
    event,
    subjectKind: 'matter',
    subjectId: matterId,
    unitId: null,
    outcome: 'done',
    data,
    requestId: ctx.requestId,
  })
}
