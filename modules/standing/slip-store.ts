import { type Selectable, sql, type Updateable } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { StandingSlip, StandingSlipStepKind } from '#platform/db/schema.ts'
import { notFound, Problem } from '#platform/problem.ts'
import {
  type SlipAction,
  type SlipBy,
  type SlipNeed,
  type SlipStatus,
  slipStep,
} from '#policy/standing/slip-lifecycle.ts'

export type Slip = Selectable<StandingSlip>

/** Locks a slip for a change; what the actor may not see is not there. */
export async function lockSlip(ctx: Context, id: string, version: number): Promise<Slip> {
  const slip = await ctx.db.selectFrom('standing.slip').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!slip) throw notFound('slip')
  if (slip.version !== version) throw new Problem(409, 'changed-meanwhile')
  return slip
}

/** The only writer of a slip's row after the database drafted it; each change is a step of its history. */
export async function saveSlip(
  ctx: Context,
  id: string,
  step: { kind: StandingSlipStepKind; text?: string },
  change: Updateable<StandingSlip>,
): Promise<void> {
  await ctx.db
    .updateTable('standing.slip')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
  await ctx.db
    .insertInto('standing.slip_step')
    .values({ slip_id: id, kind: step.kind, at: ctx.now, person_id: ctx.actor.personId, text: step.text ?? '' })
    .execute()
}

/** In which capacities the actor stands to a slip that he can see. */
export function standingToSlip(ctx: Context, slip: Pick<Slip, 'person_id' | 'unit_id'>): SlipBy[] {
  const { actor } = ctx
  if (actor.personId === slip.person_id) return ['officer']
  const by: SlipBy[] = []
  if (may(actor, 'slip.keep')) by.push('keeper')
  if (may(actor, 'slip.sign')) by.push('leader')
  if (may(actor, 'deduction.decide', slip.unit_id)) by.push('head')
  return by
}

export function nextSlipStatus(ctx: Context, slip: Slip, action: SlipAction): SlipStatus {
  const met = new Set<SlipNeed>()
  if (slip.person_id !== ctx.actor.personId) met.add('not-the-addressee')
  if (slip.refused_before !== ctx.actor.personId) met.add('other-than-first')
  const next = slipStep(slip.status, action, standingToSlip(ctx, slip), met)
  if ('to' in next) return next.to
  throw new Problem(next.refused === 'wrong-state' ? 409 : 403, next.refused)
}
