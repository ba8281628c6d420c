import { randomUUID } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { noticeDue } from '#policy/complaints/clocks.ts'
import { earlier, type MergeSide, survivorOf } from '#policy/complaints/merge.ts'
import { moveDue } from './case-clock.ts'
import { addStep, type Case, findCase, lockCase, nextStatus, saveCase } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { triageTexts } from './triage-texts.ts'

/**
 * Two cases tell of one event: one goes on, the other is kept whole beside it, its submissions move, and whoever is kept
 * from one of them is kept from both (A22, b-8). Returns the case that goes on.
 */
export async function mergeCases(
  ctx: Context,
  id: string,
  input: { version: number; otherId: string; reason: string },
): Promise<{ survivorId: string }> {
  const [found, other] = await lockBoth(ctx, id, input)
  const reason = words('reason', input.reason, 500)
  const chosen = survivorOf(await sideOf(ctx, found), await sideOf(ctx, other))
  if ('refused' in chosen) throw new Problem(409, `merge-${chosen.refused}`)
  const [survivor, absorbed] = chosen.survivor.id === found.id ? [found, other] : [other, found]
  const status = nextStatus(ctx, absorbed, 'merge', ['same-access-class'])

  const moved = await submissionsOf(ctx, absorbed.id)
  await ctx.db
    .updateTable('complaints.submission')
    .set({ case_id: survivor.id })
    .where('case_id', '=', absorbed.id)
    .execute()
  await ctx.db
    .insertInto('complaints.merge')
    .values({
      id: randomUUID(),
      survivor_id: survivor.id,
      absorbed_id: absorbed.id,
      reason,
      merged_by: ctx.actor.personId as string,
      merged_at: ctx.now,
      from_status: absorbed.status,
    })
    .execute()
  await saveCase(ctx, absorbed, { status, merged_into: survivor.id })
  await saveCase(ctx, survivor, {
    due_on: earlier(survivor.due_on, survivor.accepted_at && absorbed.due_on),
    notice_due_on: earlier(survivor.notice_due_on, absorbed.notice_due_on) as string,
  })
  await addStep(ctx, absorbed, 'merged', { text: reason, detail: { into: survivor.id, no: survivor.no } })
  await addStep(ctx, survivor, 'took-in', { text: reason, detail: { from: absorbed.id, no: absorbed.no } })
  for (const submission of moved) await tellMerged(ctx, survivor, submission)
  return { survivorId: survivor.id }
}

/** In one order, so that two people who merge the same pair wait for each other instead of both being stopped. */
async function lockBoth(ctx: Context, id: string, input: { version: number; otherId: string }): Promise<[Case, Case]> {
  if (id === input.otherId) throw invalid({ otherId: 'merge-same-case' })
  const locked = new Map<string, Case>()
  for (const wanted of [id, input.otherId].sort())
    locked.set(wanted, await lockCase(ctx, wanted, wanted === id ? input.version : undefined))
  const [found, other] = [locked.get(id), locked.get(input.otherId)]
  if (!found || !other) throw notFound('case')
  return [found, other]
}

async function sideOf(ctx: Context, found: Case): Promise<MergeSide> {
  const statement = await ctx.db
    .selectFrom('complaints.statement')
    .select('id')
    .where('case_id', '=', found.id)
    .executeTakeFirst()
  const taken = await ctx.db
    .selectFrom('complaints.merge')
    .select('id')
    .where('survivor_id', '=', found.id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return {
    id: found.id,
    no: found.no,
    status: found.status,
    accusation: found.class === 'accusation',
    receivedOn: found.received_on,
    dueOn: found.due_on,
    heard: statement !== undefined,
    survives: taken !== undefined,
  }
}

async function submissionsOf(ctx: Context, caseId: string): Promise<string[]> {
  const rows = await ctx.db.selectFrom('complaints.submission').select('id').where('case_id', '=', caseId).execute()
  return rows.map(({ id }) => id)
}

async function tellMerged(ctx: Context, survivor: Case, submissionId: string): Promise<void> {
  const due = survivor.due_on ? { name: '办理期限', day: survivor.due_on, provisional: survivor.due_provisional } : null
  await issueNotices(ctx, survivor, 'merged', triageTexts.merged(survivor.no, due), submissionId)
}

/** It was another event after all: the case stands again as it was, with its own submissions (`absorbedId` is the one taken in). */
export async function unmergeCase(
  ctx: Context,
  absorbedId: string,
  input: { version: number; reason: string },
): Promise<void> {
  const absorbed = await lockCase(ctx, absorbedId, input.version)
  const reason = words('reason', input.reason, 500)
  const merge = await ctx.db
    .selectFrom('complaints.merge')
    .selectAll()
    .where('absorbed_id', '=', absorbedId)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  if (!merge) throw new Problem(409, 'wrong-state')
  const survivor = await lockCase(ctx, merge.survivor_id)
  const status = nextStatus(ctx, absorbed, 'unmerge', [], merge.from_status)
  await ctx.db
    .updateTable('complaints.merge')
    .set({ undone_by: ctx.actor.personId, undone_at: ctx.now })
    .where('id', '=', merge.id)
    .execute()
  await ctx.db
    .updateTable('complaints.submission')
    .set({ case_id: absorbedId })
    .where('first_case_id', '=', absorbedId)
    .where('case_id', '=', survivor.id)
    .execute()
  await saveCase(ctx, absorbed, { status, merged_into: null })
  await addStep(ctx, absorbed, 'unmerged', { text: reason, detail: { from: survivor.id, no: survivor.no } })
  await addStep(ctx, survivor, 'gave-back', { text: reason, detail: { to: absorbed.id, no: absorbed.no } })
  await ownClocks(ctx, await findCase(ctx, survivor.id))
}

/** The last days that the case that goes on has by itself. */
async function ownClocks(ctx: Context, survivor: Case): Promise<void> {
  const others = await ctx.db
    .selectFrom('complaints.case')
    .select(['notice_due_on', 'due_on'])
    .where('merged_into', '=', survivor.id)
    .execute()
  const own = noticeDue(Temporal.PlainDate.from(survivor.received_on), ctx.calendar).day.toString()
  const notice = others.reduce((day, other) => earlier(day, other.notice_due_on) as string, own)
  const due = await moveDue(ctx, survivor, { notice_due_on: notice })
  const earliest = others.reduce((day, other) => earlier(day, other.due_on), due?.day.toString() ?? null)
  if (due && earliest !== due.day.toString()) await saveCase(ctx, survivor, { due_on: earliest })
}

/** Cases that were taken into this one and can be given back. */
export async function takenInto(
  ctx: Context,
  caseId: string,
): Promise<{ id: string; no: string; version: number; summary: string }[]> {
  return ctx.db
    .selectFrom('complaints.case')
    .select(['id', 'no', 'version', 'summary'])
    .where('merged_into', '=', caseId)
    .orderBy('no')
    .execute()
}
