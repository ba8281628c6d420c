import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { StandingNomination } from '#platform/db/schema.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { type AwardKind, awardKindsOn } from '#policy/standing/award-kinds.ts'
import type { Eligibility } from '#policy/standing/eligibility.ts'
import {
  type NominationAction,
  type NominationBy,
  type NominationNeed,
  nominationStep,
} from '#policy/standing/nomination-lifecycle.ts'
import { eligibility } from './check-eligibility.ts'

export type Nomination = Selectable<StandingNomination>

/** The day whose year counts: today, or the last day of a year that is over, for an honour of that year. */
export function dayOfAward(
  kind: Pick<AwardKind, 'yearly'>,
  year: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (year === today.year) return today
  const lastYear = kind.yearly && year === today.year - 1
  return lastYear ? Temporal.PlainDate.from({ year, month: 12, day: 31 }) : null
}

/** Nominates somebody who is eligible now, and keeps the answer that was seen (domain 6.3). */
export async function nominate(
  ctx: Context,
  input: { personId: string; awardKind: string; year: number; reason: string },
): Promise<{ id: string }> {
  if (!may(ctx.actor, 'nomination.make')) throw new Problem(403, 'not-permitted')
  if (input.personId === ctx.actor.personId) throw new Problem(403, 'own-case')
  const today = dayOf(ctx.now)
  const kind = awardKindsOn(today).find(({ code }) => code === input.awardKind)
  if (!kind) throw invalid({ awardKind: 'choose-one' })
  const on = dayOfAward(kind, input.year, today)
  if (!on) throw invalid({ year: 'not-this-year' })
  const reason = words('reason', input.reason, 1000)
  const seen = await needEligible(ctx, input.personId, kind.code, on)
  const id = randomUUID()
  const made = await ctx.db
    .insertInto('standing.nomination')
    .values({
      id,
      person_id: input.personId,
      award_kind: kind.code,
      scope: kind.scope,
      year: input.year,
      reason,
      nominated_by: ctx.actor.personId as string,
      nominated_at: ctx.now,
      nominated_seen: JSON.stringify(seen),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) throw new Problem(409, 'nominated-already')
  return { id }
}

/** A leader grants, if the person is still eligible: a restriction that arose in between stops it (R127, R41). */
export async function grant(ctx: Context, id: string, input: { version: number }): Promise<void> {
  const found = await lockNomination(ctx, id, input.version)
  const kind = awardKindsOn(dayOf(found.nominated_at)).find(({ code }) => code === found.award_kind)
  const today = dayOf(ctx.now)
  const on = today.year === found.year ? today : Temporal.PlainDate.from({ year: found.year, month: 12, day: 31 })
  const seen = await eligibility(ctx, { personId: found.person_id, awardKind: kind?.code ?? found.award_kind, on })
  const status = nextStatus(ctx, found, 'grant', seen.eligible ? ['eligible'] : [], seen)
  await saveNomination(ctx, id, {
    status,
    granted_by: ctx.actor.personId,
    granted_at: ctx.now,
    granted_seen: JSON.stringify(seen),
  })
}

export async function withdrawNomination(
  ctx: Context,
  id: string,
  input: { version: number; reason: string },
): Promise<void> {
  const found = await lockNomination(ctx, id, input.version)
  const reason = words('reason', input.reason)
  const status = nextStatus(ctx, found, 'withdraw', [])
  await saveNomination(ctx, id, {
    status,
    withdrawn_by: ctx.actor.personId,
    withdrawn_at: ctx.now,
    withdraw_reason: reason,
  })
}

async function needEligible(
  ctx: Context,
  personId: string,
  awardKind: string,
  on: Temporal.PlainDate,
): Promise<Eligibility> {
  const seen = await eligibility(ctx, { personId, awardKind, on })
  if (!seen.eligible) throw new Problem(409, 'not-eligible', { detail: { seen } })
  return seen
}

/** In which capacities the actor stands to a nomination. */
export function standingToNomination(ctx: Context): NominationBy[] {
  const by: NominationBy[] = []
  if (may(ctx.actor, 'nomination.make')) by.push('nominator')
  if (may(ctx.actor, 'nomination.grant')) by.push('leader')
  return by
}

/** What holds between the actor and a nomination, whatever the facts say of the candidate. */
export function metFor(ctx: Context, found: Pick<Nomination, 'person_id' | 'nominated_by'>): NominationNeed[] {
  const met: NominationNeed[] = []
  if (found.person_id !== ctx.actor.personId) met.push('not-the-candidate')
  if (found.nominated_by !== ctx.actor.personId) met.push('other-than-nominator')
  return met
}

function nextStatus(
  ctx: Context,
  found: Nomination,
  action: NominationAction,
  met: NominationNeed[],
  seen?: Eligibility,
): Nomination['status'] {
  const next = nominationStep(found.status, action, standingToNomination(ctx), new Set([...met, ...metFor(ctx, found)]))
  if ('to' in next) return next.to
  if (next.refused === 'eligible') throw new Problem(409, 'not-eligible', { detail: { seen } })
  throw new Problem(next.refused === 'wrong-state' ? 409 : 403, next.refused)
}

async function lockNomination(ctx: Context, id: string, version: number): Promise<Nomination> {
  const found = await ctx.db
    .selectFrom('standing.nomination')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw notFound('nomination')
  if (found.version !== version) throw new Problem(409, 'changed-meanwhile')
  return found
}

async function saveNomination(ctx: Context, id: string, change: object): Promise<void> {
  await ctx.db
    .updateTable('standing.nomination')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}
