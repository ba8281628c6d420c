import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Answers } from '#policy/registration/item.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import { type LaterGapCause, laterGapCauses } from '#policy/registration/second-notice.ts'
import { findPerson } from '#modules/directory/index.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { reportFact } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { assessMatter } from './check-materials.ts'
import { count } from './figure-count.ts'
import { lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'
import { type NoticeContent, noticeContent } from './notice-content.ts'
import { words, wordsOrNone } from './typed-text.ts'

export const supplementCauses = ['new_fact', 'changed_policy', 'officer_omission'] as const
export type SupplementCause = (typeof supplementCauses)[number]

/** The first and, if all goes well, only notice: every gap the rule found, at once, in writing (R48, R49). */
export async function issueNotice(ctx: Context, id: string, input: { version: number }): Promise<{ noticeId: string; no: string }> {
  const matter = await lockMatter(ctx, id, input.version)
  const { version, assessment } = await assessMatter(ctx, matter)
  const before = await lastNotice(ctx, id)
  const met = [...(assessment.branch === 'supplement' ? (['item', 'gaps'] as const) : (['item'] as const)), ...(before ? [] : (['no-earlier-notice'] as const))]
  const to = nextStatus(ctx, matter, 'issue-notice', met)

  const noticeId = randomUUID()
  const no = await nextNoticeNo(ctx)
  const content = await noticeContent(ctx, matter, version, assessment.gaps, { no, officerId: ctx.actor.personId as string, second: null })
  await ctx.db
    .insertInto('service_window.notice')
    .values({
      id: noticeId, matter_id: id, sequence: 1, visit_no: matter.visits, no, status: 'issued', requested_by: ctx.actor.personId as string,
      requested_at: ctx.now, issued_at: ctx.now, content: JSON.stringify(content),
    })
    .execute()
  await insertGaps(ctx, noticeId, assessment.gaps, new Set())
  await saveMatter(ctx, matter, { status: to })
  await count(ctx, 'notice_first', { unitId: matter.unit_id, itemCode: matter.item_code })
  return { noticeId, no }
}

export async function lastNotice(ctx: Context, matterId: string) {
  return ctx.db
    .selectFrom('service_window.notice')
    .selectAll()
    .where('matter_id', '=', matterId)
    .where('status', '=', 'issued')
    .orderBy('sequence', 'desc')
    .executeTakeFirst()
}

async function nextNoticeNo(ctx: Context): Promise<string> {
  const day = dayOf(ctx.now).toString().replaceAll('-', '')
  const next = await sql<{ n: number }>`select platform.next_number(${`notice.${day}`}) as n`.execute(ctx.db)
  return `GZ${day}-${String(next.rows[0]?.n).padStart(4, '0')}`
}

async function insertGaps(ctx: Context, noticeId: string, gaps: readonly Gap[], overlooked: ReadonlySet<string>): Promise<void> {
  await ctx.db
    .insertInto('service_window.notice_gap')
    .values(gaps.map((gap) => ({ notice_id: noticeId, material_code: gap.code, verdict: gap.problem, defect: gap.defect ?? null, overlooked: overlooked.has(gap.code) })))
    .execute()
}

export type GapByRecord = { code: string; cause: LaterGapCause; notice: { id: string; no: string; officerId: string } | null }

/**
 * What the record says about each gap of a later notice; in doubt the office bears it (R49). A gap is overlooked by the
 * first of the earlier notices that should have named it, and what any of them named is no addition.
 */
export async function causesByRecord(ctx: Context, matter: Matter, version: ItemVersionRow, gaps: readonly Gap[]): Promise<GapByRecord[]> {
  const earlier = await issuedNotices(ctx, matter.id)
  if (earlier.length === 0) throw new Problem(409, 'earlier-notice')
  const named = new Map(earlier.flatMap((notice) => contentOf(notice).gaps).map((gap) => [gap.code, gap]))
  const later = { content: version.content, answers: matter.answers as Answers, gaps }
  const judged = earlier.map((notice) => ({
    notice: { id: notice.id, no: notice.no as string, officerId: notice.requested_by },
    causes: laterGapCauses({ content: version.content, answers: contentOf(notice).answers, gaps: [...named.values()] }, later),
  }))
  return gaps.map((gap, at) => {
    const overlooked = judged.find(({ causes }) => causes[at]?.cause === 'officer_omission')
    return { code: gap.code, cause: overlooked ? 'officer_omission' : (judged.at(-1)?.causes[at]?.cause ?? 'officer_omission'), notice: overlooked?.notice ?? null }
  })
}

function contentOf(notice: { content: unknown }): NoticeContent {
  return notice.content as NoticeContent
}

async function issuedNotices(ctx: Context, matterId: string) {
  return ctx.db
    .selectFrom('service_window.notice')
    .selectAll()
    .where('matter_id', '=', matterId)
    .where('status', '=', 'issued')
    .orderBy('sequence')
    .execute()
}

async function refuseWhileRequested(ctx: Context, matterId: string): Promise<void> {
  const waiting = await ctx.db.selectFrom('service_window.notice').select('id').where('matter_id', '=', matterId).where('status', '=', 'requested').executeTakeFirst()
  if (waiting) throw new Problem(409, 'already-asked')
}

/** What the record shows as overlooked cannot be called a new fact. */
function refuseContradiction(cause: string | null, byRecord: readonly GapByRecord[]): void {
  if (cause !== 'officer_omission' && byRecord.some((gap) => gap.cause === 'officer_omission')) throw invalid({ cause: 'cause-contradicts-record' })
}

/** A second notice is a breach unless the window chief approves its cause; it waits until then (R49). */
export async function requestSecondNotice(ctx: Context, id: string, input: { version: number; cause: SupplementCause; note: string }): Promise<{ noticeId: string }> {
  const matter = await lockMatter(ctx, id, input.version)
  const { version, assessment } = await assessMatter(ctx, matter)
  const before = await lastNotice(ctx, id)
  nextStatus(ctx, matter, 'request-second-notice', [...(assessment.branch === 'supplement' ? (['item', 'gaps'] as const) : (['item'] as const)), ...(before ? (['earlier-notice'] as const) : [])])
  if (!supplementCauses.includes(input.cause)) throw invalid({ cause: 'choose-one' })
  const note = words('note', input.note)
  await refuseWhileRequested(ctx, id)
  const byRecord = await causesByRecord(ctx, matter, version, assessment.gaps)
  refuseContradiction(input.cause, byRecord)
  const noticeId = randomUUID()
  await ctx.db
    .insertInto('service_window.notice')
    .values({
      id: noticeId, matter_id: id, sequence: (before?.sequence ?? 0) + 1, visit_no: matter.visits, status: 'requested', cause: input.cause,
      cause_note: note, requested_by: ctx.actor.personId as string, requested_at: ctx.now,
    })
    .execute()
  await insertGaps(ctx, noticeId, assessment.gaps, overlookedIn(byRecord))
  await saveMatter(ctx, matter, {})
  return { noticeId }
}

export async function findNotice(ctx: Context, noticeId: string) {
  const notice = await ctx.db.selectFrom('service_window.notice').selectAll().where('id', '=', noticeId).executeTakeFirst()
  if (!notice) throw notFound('notice')
  return notice
}

function overlookedIn(byRecord: readonly GapByRecord[]): Set<string> {
  return new Set(byRecord.filter(({ cause }) => cause === 'officer_omission').map(({ code }) => code))
}

/**
 * The chief decides; approved by omission, a quality finding stands against whoever wrote the notice that should have
 * said it (R49). `version` is the matter's as the chief saw it, so that nobody approves what was changed meanwhile.
 */
export async function decideSecondNotice(ctx: Context, noticeId: string, input: { approve: boolean; note: string; version?: number }): Promise<{ matterId: string; no: string | null }> {
  const asked = await findNotice(ctx, noticeId)
  const matter = await lockMatter(ctx, asked.matter_id, input.version)
  if (asked.status !== 'requested') throw new Problem(409, 'already-decided')
  const to = nextStatus(ctx, matter, 'decide-second-notice', [], asked.requested_by)
  const decided = { decided_by: ctx.actor.personId, decided_at: ctx.now, decision_note: input.approve ? wordsOrNone('note', input.note) : words('note', input.note) }
  if (!input.approve) {
    await ctx.db.updateTable('service_window.notice').set({ ...decided, status: 'rejected' }).where('id', '=', noticeId).execute()
    await saveMatter(ctx, matter, {})
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
    second: { previousNo: previous?.no ?? '', cause: asked.cause as string, note: asked.cause_note ?? '', approver: approver?.name ?? '', approvedAt: ctx.now.toString() },
  })
  await ctx.db
    .updateTable('service_window.notice')
    .set({ ...decided, status: 'issued', no, issued_at: ctx.now, content: JSON.stringify(content) })
    .where('id', '=', noticeId)
    .execute()
  // The papers may have been checked again while the request waited: what is issued is what is kept.
  await ctx.db.deleteFrom('service_window.notice_gap').where('notice_id', '=', noticeId).execute()
  await insertGaps(ctx, noticeId, assessment.gaps, overlookedIn(byRecord))
  await saveMatter(ctx, matter, { status: to })
  await count(ctx, 'notice_later', { unitId: matter.unit_id, itemCode: matter.item_code })
  if (asked.cause === 'officer_omission') await reportOmission(ctx, matter, noticeId, byRecord)
  return { matterId: matter.id, no }
}

async function reportOmission(ctx: Context, matter: Matter, noticeId: string, byRecord: readonly GapByRecord[]): Promise<void> {
  const overlooked = byRecord.filter(({ cause }) => cause === 'officer_omission')
  const first = overlooked.find(({ notice }) => notice)?.notice ?? null
  await reportFact(ctx, {
    kind: 'notice_omission',
    personId: first?.officerId ?? matter.first_officer_id,
    unitId: matter.unit_id,
    sourceKind: 'notice',
    sourceId: noticeId,
    basis: 'R49',
    detail: { firstNotice: first?.no ?? null, overlooked: overlooked.map(({ code }) => code), matterNo: matter.no },
  })
}
