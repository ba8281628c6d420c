import { randomUUID } from 'node:crypto'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { ComplaintsCase } from '#platform/db/schema.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { type Action, type By, type Need, type Status, step } from '#policy/complaints/lifecycle.ts'

export type Case = Selectable<ComplaintsCase>

/** Locks a case for a change. What the actor is kept from is not found, exactly as what is not there (b-8). */
export async function lockCase(ctx: Context, id: string, version?: number): Promise<Case> {
  const found = await ctx.db
    .selectFrom('complaints.case')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw notFound('case')
  // Two people editing: the second sees the conflict, nothing is overwritten.
  if (version !== undefined && version !== found.version)
    throw new Problem(409, 'changed-meanwhile', { detail: { version: found.version } })
  return found
}

export async function findCase(ctx: Context, id: string): Promise<Case> {
  const found = await ctx.db.selectFrom('complaints.case').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw notFound('case')
  return found
}

/** Opens a case. Nothing is returned from the row: whoever takes an accusation down may not look at it afterwards. */
export async function insertCase(ctx: Context, row: Insertable<ComplaintsCase>): Promise<void> {
  await ctx.db.insertInto('complaints.case').values(row).execute()
}

/** The only writer of a case's row after it was opened; every change moves the version. */
export async function saveCase(
  ctx: Context,
  found: Pick<Case, 'id'>,
  change: Updateable<ComplaintsCase>,
): Promise<void> {
  await ctx.db
    .updateTable('complaints.case')
    .set({ ...change, version: sql`version + 1`, changed_by: ctx.actor.personId, changed_at: ctx.now })
    .where('id', '=', found.id)
    .execute()
}

/** Adds to a case's history. `text` is what officers read; it never names the complainant. */
export async function addStep(
  ctx: Context,
  found: { id: string; round?: number },
  kind: string,
  about: { text?: string; detail?: Record<string, unknown>; round?: number } = {},
): Promise<void> {
  await ctx.db
    .insertInto('complaints.step')
    .values({
      id: randomUUID(),
      case_id: found.id,
      round: about.round ?? found.round ?? 1,
      kind,
      at: ctx.now,
      person_id: ctx.actor.personId,
      text: about.text ?? '',
      detail: JSON.stringify(about.detail ?? {}),
    })
    .execute()
}

/** XF2026-000123: the year of receipt and a number that runs on. */
export async function nextCaseNo(ctx: Context): Promise<string> {
  const next = await sql<{ n: number }>`select nextval('complaints.case_no') as n`.execute(ctx.db)
  return `XF${dayOf(ctx.now).year}-${String(next.rows[0]?.n).padStart(6, '0')}`
}

/** In which capacities the actor stands to a case that he can see (policy/complaints/lifecycle.ts). */
export function standingTo(ctx: Context, found: Pick<Case, 'handler_id'>): By[] {
  const { actor } = ctx
  // The complainant reaches a case only with the code on his receipt, through the system.
  if (actor.kind === 'system') return ['system', 'complainant']
  const me = actor.personId
  if (!me) return []
  const by: By[] = []
  if (may(actor, 'complaint.intake')) by.push('intake')
  if (me === found.handler_id && may(actor, 'complaint.work')) by.push('handler')
  if (may(actor, 'complaint.review')) by.push('second_reviewer')
  if (may(actor, 'complaint.approve')) by.push('leader')
  return by
}

/** Asks the lifecycle; a refusal is a 403 or 409 with the reason as its code. */
export function nextStatus(
  ctx: Context,
  found: Pick<Case, 'status' | 'handler_id'>,
  action: Action,
  met: readonly Need[] = [],
  beforeMerge?: Status,
): Status {
  const answer = step(found.status, action, standingTo(ctx, found), new Set(met), beforeMerge)
  if ('refused' in answer) throw new Problem(answer.refused === 'wrong-person' ? 403 : 409, answer.refused)
  return answer.to
}
