import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { ServiceWindowMatter } from '#platform/db/schema.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { type Action, type By, type Need, type Status, step } from '#policy/service-window/lifecycle.ts'

export type Matter = Selectable<ServiceWindowMatter>

export const matterColumns = [
  'id',
  'no',
  'unit_id',
  'counter_id',
  'first_officer_id',
  'received_at',
  'holder_id',
  'handling_unit_id',
  'applicant_name',
  'request',
  'phone_sealed',
  'phone_index',
  'phone_masked',
  'citizen_no_sealed',
  'citizen_no_index',
  'citizen_no_masked',
  'item_code',
  'item_version_id',
  'answers',
  'status',
  'visits',
  'query_code_hash',
  'query_code_sealed',
  'accepted_at',
  'acceptance_no',
  'due_on',
  'due_provisional',
  'due_basis',
  'extended_days',
  'finished_at',
  'finished_by',
  'finished_counter_id',
  'outcome_reason',
  'outcome_can_do',
  'receiver_name',
  'receiver_phone',
  'receiver_receipt',
  'citizen_told_at',
  'overdue_at',
  'version',
  'changed_by',
  'changed_at',
] as const satisfies readonly (keyof Matter)[]

/** Locks a matter for a change. Outside the actor's reach it is not found: its existence is not ours to confirm. */
export async function lockMatter(ctx: Context, id: string, version?: number): Promise<Matter> {
  const matter = await ctx.db
    .selectFrom('service_window.matter')
    .select(matterColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!matter) throw notFound('matter')
  // Two people editing: the second sees the conflict, nothing is overwritten.
  if (version !== undefined && version !== matter.version)
    throw new Problem(409, 'changed-meanwhile', { detail: { version: matter.version } })
  return matter as Matter
}

export async function findMatter(ctx: Context, id: string): Promise<Matter> {
  const matter = await ctx.db
    .selectFrom('service_window.matter')
    .select(matterColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!matter) throw notFound('matter')
  return matter as Matter
}

/** The only writer of a matter's row after its reception; every change moves the version and says whose it was. */
export function saveMatter(ctx: Context, matter: Matter, change: Updateable<ServiceWindowMatter>): void {
  ctx.put(
    ctx.db
      .updateTable('service_window.matter')
      .set({ ...change, version: sql`version + 1`, changed_by: ctx.actor.personId, changed_at: ctx.now })
      .where('id', '=', matter.id),
  )
}

export function insertMatter(ctx: Context, row: Insertable<ServiceWindowMatter>): void {
  ctx.put(ctx.db.insertInto('service_window.matter').values(row))
}

/** In which capacities the actor stands to a matter. */
export function standingTo(
  ctx: Context,
  matter: Pick<Matter, 'holder_id' | 'first_officer_id' | 'handling_unit_id' | 'unit_id'>,
  requestedBy?: string,
): By[] {
  const { actor } = ctx
  const by: By[] = []
  if (actor.kind === 'system') by.push('system')
  if (actor.personId && actor.personId === (matter.holder_id ?? matter.first_officer_id)) by.push('holder')
  if (may(actor, 'matter.receive')) by.push('counter')
  const decides = may(actor, 'matter.decide', matter.handling_unit_id) || may(actor, 'matter.decide', matter.unit_id)
  if (decides && actor.personId !== requestedBy) by.push('decider')
  return by
}

/** Asks the lifecycle; a refusal is a 409 with the reason as its code. */
export function nextStatus(
  ctx: Context,
  matter: Matter,
  action: Action,
  met: readonly Need[] = [],
  requestedBy?: string,
): Status {
  const answer = step(matter.status as Status, action, standingTo(ctx, matter, requestedBy), new Set(met))
  if ('refused' in answer) throw new Problem(answer.refused === 'wrong-person' ? 403 : 409, answer.refused)
  return answer.to
}
