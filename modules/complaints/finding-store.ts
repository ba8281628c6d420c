import { type Selectable, sql, type Updateable } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { ComplaintsFinding } from '#platform/db/schema.ts'
import { Problem } from '#platform/problem.ts'
import {
  type FindingAction,
  type FindingBy,
  type FindingNeed,
  type FindingStatus,
  findingStep,
  officersHeard,
} from '#policy/complaints/lifecycle.ts'
import { toBeHeard } from './accused-parties.ts'
import type { Case } from './case-store.ts'

export type Finding = Selectable<ComplaintsFinding>
export type EvidenceLine = { name: string; kind: 'file' | 'other'; shows: string; fileId?: string }

/** What is found in the present round, one for each officer or unit. */
export async function findingsOf(ctx: Context, found: Pick<Case, 'id' | 'round'>, lock = false): Promise<Finding[]> {
  let query = ctx.db
    .selectFrom('complaints.finding')
    .selectAll()
    .where('case_id', '=', found.id)
    .where('round', '=', found.round)
    .where('amends', 'is', null)
    .orderBy('proposed_at')
    .orderBy('id')
  if (lock) query = query.forUpdate()
  return await query.execute()
}

/** The only writer of a finding's row after it was drafted; every change moves the version. */
export async function saveFinding(ctx: Context, id: string, change: Updateable<ComplaintsFinding>): Promise<void> {
  await ctx.db
    .updateTable('complaints.finding')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** Everybody complained of was asked, and has answered or let his time pass (R124). */
export async function heard(ctx: Context, found: Pick<Case, 'id' | 'round'>): Promise<boolean> {
  const persons = await toBeHeard(ctx, found.id)
  const requests = await ctx.db
    .selectFrom('complaints.statement')
    .select(['person_id', 'status'])
    .where('case_id', '=', found.id)
    .where('round', '=', found.round)
    .execute()
  return officersHeard(
    persons.map((person) => person.personId),
    requests.map((request) => ({ personId: request.person_id, status: request.status })),
  )
}

/** Whoever has proposed, agreed, approved or decided an appeal in this case. */
export async function decidersOf(ctx: Context, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select unnest(array[f.proposed_by, f.reviewed_by, f.approved_by]) as id from complaints.finding f where f.case_id = ${caseId}
    union select a.decided_by from complaints.appeal a join complaints.finding f on f.id = a.finding_id where f.case_id = ${caseId}`.execute(
    ctx.db,
  )
  return rows.flatMap((row) => row.id ?? [])
}

/** Asks the finding's own lifecycle; a refusal is a 403 or 409 with the reason as its code. */
export function nextFindingStatus(
  from: Finding['status'],
  action: FindingAction,
  by: readonly FindingBy[],
  met: readonly FindingNeed[],
): FindingStatus {
  const answer = findingStep(from as FindingStatus, action, by, new Set(met))
  if ('refused' in answer) throw new Problem(answer.refused === 'wrong-person' ? 403 : 409, answer.refused)
  return answer.to
}

/** In which capacities the actor stands to a finding of a case that he sees. */
export function findingCapacities(ctx: Context): FindingBy[] {
  const by: FindingBy[] = []
  if (may(ctx.actor, 'complaint.review')) by.push('second_reviewer')
  if (may(ctx.actor, 'complaint.approve')) by.push('leader', 'appeal_body')
  return by
}
