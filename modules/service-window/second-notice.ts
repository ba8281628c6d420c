import { randomUUID } from 'node:crypto'
import { findPerson } from '#modules/directory/index.ts'
import { reportFact } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import { causesByRecord, type GapByRecord, overlookedIn } from './causes-by-record.ts'
import { assessMatter } from './check-materials.ts'
import { count } from './figure-count.ts'
import { findNotice, insertGaps, lastNotice, nextNoticeNo } from './issue-notice.ts'
import { lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'
import { noticeContent } from './notice-content.ts'

export const supplementCauses = ['new_fact', 'changed_policy', 'officer_omission'] as const
export type SupplementCause = (typeof supplementCauses)[number]

/** A second notice is a breach unless the window chief approves its cause; it waits until then (R49). */
export async function requestSecondNotice(
  ctx: Context,
  id: string,
  input: { version: number; cause: SupplementCause; note: string },
): Promise<{ noticeId: string }> {
  const matter = await lockMatter(ctx, id, input.version)
  const { version, assessment } = await assessMatter(ctx, matter)
  const before = await lastNotice(ctx, id)
  nextStatus(ctx, matter, 'request-second-notice', [
    ...(assessment.branch === 'supplement' ? (['item', 'gaps'] as const) : (['item'] as const)),
    ...(before ? (['earlier-notice'] as const) : []),
  ])
  if (!supplementCauses.includes(input.cause)) throw invalid({ cause: 'choose-one' })
  const note = words('note', input.note)
  await refuseWhileRequested(ctx, id)
  const byRecord = await causesByRecord(ctx, matter, version, assessment.gaps)
  refuseContradiction(input.cause, byRecord)
  const noticeId = randomUUID()
  await ctx.db
    .insertInto('service_window.notice')
    .values({
      id: noticeId,
      matter_id: id,
      sequence: (before?.sequence ?? 0) + 1,
      visit_no: matter.visits,
      status: 'requested',
      cause: input.cause,
      cause_note: note,
      requested_by: ctx.actor.personId as string,
      requested_at: ctx.now,
    })
    .execute()
  await insertGaps(ctx, noticeId, assessment.gaps, overlookedIn(byRecord))
  saveMatter(ctx, matter, {})
  return { noticeId }
}

async function refuseWhileRequested(ctx: Context, matterId: string): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('service_window.notice')
    .select('id')
    .where('matter_id', '=', matterId)
    .where('status', '=', 'requested')
    .executeTakeFirst()
  if (waiting) throw new Problem(409, 'already-asked')
}

/** What the record shows as overlooked cannot be called a new fact. */
function refuseContradiction(cause: string | null, byRecord: readonly GapByRecord[]): void {
  if (cause !== 'officer_omission' && byRecord.some((gap) => gap.cause === 'officer_omission'))
    throw invalid({ cause: 'cause-contradicts-record' })
}

/**
 * The chief decides; approved by omission, a quality finding stands against whoever wrote the notice that should have
 * said it (R49). `version` is the matter's as the chief saw it, so that nobody approves what was changed meanwhile.
 */
export async function decideSecondNotice(
  ctx: Context,
  noticeId: string,
  input: { approve: boolean; note: string; version?: number },
): Promise<{ matterId: string; no: string | null }> {
  const asked = await findNotice(ctx, noticeId)
  const matter = await lockMatter(ctx, asked.matter_id, input.version)
  if (asked.status !== 'requested') throw new Problem(409, 'already-decided')
  const to = nextStatus(ctx, matter, 'decide-second-notice', [], asked.requested_by)
  const decided = {
    decided_by: ctx.actor.personId,
    decided_at: ctx.now,
    decision_note: input.approve ? wordsOrNone('note', input.note) : words('note', input.note),
  }
  if (!input.approve) {
    await ctx.db
      .updateTable('service_window.notice')
      .set({ ...decided, status: 'rejected' })
      .where('id', '=', noticeId)
      .execute()
    saveMatter(ctx, matter, {})
    return { matterId: matter.id, no: null }
  }
  const { version, assessment } = await assessMatter(ctx, matter)
  if (assessment.branch !== 'supplement') throw new Problem(409, 'gaps')
  const byRecord = await causesByRecord(ctx, matter, version, assessment.gaps)
  refuseContradiction(asked.cause, byRecord)
  const previous = await lastNotice(ctx, matter.id)
  const no = await nextNoticeNo(ctx)
  const approver = await findPerson(ctx, ctx.actor.personId as string)
  const content = await noticeContent(ctx, matter, version, assessment.gaps, {
    no,
    officerId: asked.requested_by,
    second: {
      previousNo: previous?.no ?? '',
      cause: asked.cause as string,
      note: asked.cause_note ?? '',
      approver: approver?.name ?? '',
      approvedAt: ctx.now.toString(),
    },
  })
  await ctx.db
    .updateTable('service_window.notice')
    .set({ ...decided, status: 'issued', no, issued_at: ctx.now, content: JSON.stringify(content) })
    .where('id', '=', noticeId)
    .execute()
  // The papers may have been checked again while the request waited: what is issued is what is kept.
  await ctx.db.deleteFrom('service_window.notice_gap').where('notice_id', '=', noticeId).execute()
  await insertGaps(ctx, noticeId, assessment.gaps, overlookedIn(byRecord))
  saveMatter(ctx, matter, { status: to })
  count(ctx, 'notice_later', { unitId: matter.unit_id, itemCode: matter.item_code })
  if (asked.cause === 'officer_omission') await reportOmission(ctx, matter, noticeId, byRecord, previous)
  return { matterId: matter.id, no }
}

async function reportOmission(
  ctx: Context,
  matter: Matter,
  noticeId: string,
  byRecord: readonly GapByRecord[],
  previous: { requested_by: string; no: string | null } | undefined,
): Promise<void> {
  const overlooked = byRecord.filter(({ cause }) => cause === 'officer_omission')
  const first = overlooked.find(({ notice }) => notice)?.notice ?? null
  await reportFact(ctx, {
    kind: 'notice_omission',
    personId: first?.officerId ?? previous?.requested_by ?? matter.first_officer_id,
    unitId: matter.unit_id,
    sourceKind: 'notice',
    sourceId: noticeId,
    basis: 'R49',
    detail: {
      firstNotice: first?.no ?? previous?.no ?? null,
      overlooked: overlooked.map(({ code }) => code),
      matterNo: matter.no,
    },
  })
}
