import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Answers } from '#policy/registration/item.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import { laterGapCauses, type NoticeBasis } from '#policy/registration/second-notice.ts'
import { findPerson } from '#modules/directory/index.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { reportFact } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { assessMatter } from './check-materials.ts'
import { count } from './figure-count.ts'
import { lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'
import { type NoticeContent, noticeContent } from './notice-content.ts'

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

/** What the record says about each gap of a later notice; in doubt the office bears it (R49). */
export async function causesByRecord(ctx: Context, matter: Matter, version: ItemVersionRow, gaps: readonly Gap[]) {
  const first = await firstNotice(ctx, matter.id)
  if (!first) throw new Problem(409, 'earlier-notice')
  const told = first.content as unknown as NoticeContent
  const then: NoticeBasis = { content: version.content, answers: told.answers, gaps: told.gaps }
  return { first, causes: laterGapCauses(then, { content: version.content, answers: matter.answers as Answers, gaps }) }
}

async function firstNotice(ctx: Context, matterId: string) {
  return ctx.db
    .selectFrom('service_window.notice')
    .selectAll()
    .where('matter_id', '=', matterId)
    .where('sequence', '=', 1)
    .where('status', '=', 'issued')
    .executeTakeFirst()
}

/** A second notice is a breach unless the window chief approves its cause; it waits until then (R49). */
export async function requestSecondNotice(ctx: Context, id: string, input: { version: number; cause: SupplementCause; note: string }): Promise<{ noticeId: string }> {
  const matter = await lockMatter(ctx, id, input.version)
  const { version, assessment } = await assessMatter(ctx, matter)
  const before = await lastNotice(ctx, id)
  nextStatus(ctx, matter, 'request-second-notice', [...(assessment.branch === 'supplement' ? (['item', 'gaps'] as const) : (['item'] as const)), ...(before ? (['earlier-notice'] as const) : [])])
  if (!supplementCauses.includes(input.cause)) throw invalid({ cause: 'choose-one' })
  if (!input.note.trim()) throw invalid({ note: 'required' })
  const { causes } = await causesByRecord(ctx, matter, version, assessment.gaps)
  // What the record shows as overlooked cannot be called a new fact.
  if (causes.some(({ cause }) => cause === 'officer_omission') && input.cause !== 'officer_omission') throw invalid({ cause: 'cause-contradicts-record' })
  const noticeId = randomUUID()
  await ctx.db
    .insertInto('service_window.notice')
    .values({
      id: noticeId, matter_id: id, sequence: (before?.sequence ?? 0) + 1, visit_no: matter.visits, status: 'requested', cause: input.cause,
      cause_note: input.note.trim().slice(0, 500), requested_by: ctx.actor.personId as string, requested_at: ctx.now,
    })
    .execute()
  await insertGaps(ctx, noticeId, assessment.gaps, new Set(causes.filter(({ cause }) => cause === 'officer_omission').map(({ code }) => code)))
  return { noticeId }
}

export async function findNotice(ctx: Context, noticeId: string) {
  const notice = await ctx.db.selectFrom('service_window.notice').selectAll().where('id', '=', noticeId).executeTakeFirst()
  if (!notice) throw notFound('notice')
  return notice
}

/** The chief decides; approved by omission, a quality finding stands against whoever wrote the first notice (R49). */
export async function decideSecondNotice(ctx: Context, noticeId: string, input: { approve: boolean; note: string }): Promise<{ matterId: string; no: string | null }> {
  const asked = await findNotice(ctx, noticeId)
  const matter = await lockMatter(ctx, asked.matter_id)
  if (asked.status !== 'requested') throw new Problem(409, 'already-decided')
  const to = nextStatus(ctx, matter, 'decide-second-notice', [], asked.requested_by)
  const decided = { decided_by: ctx.actor.personId, decided_at: ctx.now, decision_note: input.note.trim().slice(0, 500) }
  if (!input.approve) {
    if (!input.note.trim()) throw invalid({ note: 'required' })
    await ctx.db.updateTable('service_window.notice').set({ ...decided, status: 'rejected' }).where('id', '=', noticeId).execute()
    return { matterId: matter.id, no: null }
  }
  const { version, assessment } = await assessMatter(ctx, matter)
  const { first, causes } = await causesByRecord(ctx, matter, version, assessment.gaps)
  const no = await nextNoticeNo(ctx)
  const approver = await findPerson(ctx, ctx.actor.personId as string)
  const content = await noticeContent(ctx, matter, version, assessment.gaps, {
    no,
    officerId: asked.requested_by,
    second: { previousNo: first.no as string, cause: asked.cause as string, note: asked.cause_note ?? '', approver: approver?.name ?? '', approvedAt: ctx.now.toString() },
  })
  await ctx.db
    .updateTable('service_window.notice')
    .set({ ...decided, status: 'issued', no, issued_at: ctx.now, content: JSON.stringify(content) })
    .where('id', '=', noticeId)
    .execute()
  await saveMatter(ctx, matter, { status: to })
  await count(ctx, 'notice_later', { unitId: matter.unit_id, itemCode: matter.item_code })
  if (asked.cause === 'officer_omission') await reportOmission(ctx, matter, first, noticeId, causes)
  return { matterId: matter.id, no }
}

async function reportOmission(ctx: Context, matter: Matter, first: { requested_by: string; no: string | null }, noticeId: string, causes: { code: string; cause: string }[]): Promise<void> {
  await reportFact(ctx, {
    kind: 'notice_omission',
    personId: first.requested_by,
    unitId: matter.unit_id,
    sourceKind: 'notice',
    sourceId: noticeId,
    basis: 'R49',
    detail: { firstNotice: first.no, overlooked: causes.filter(({ cause }) => cause === 'officer_omission').map(({ code }) => code), matterNo: matter.no },
  })
}
