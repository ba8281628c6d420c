import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { ComplaintsNoticeKind, ComplaintsToldHow } from '#platform/db/schema.ts'
import { invalid, notFound } from '#platform/problem.ts'
import type { NoticeContent } from './citizen-notice-content.ts'

export type NoticeRow = {
  id: string
  submissionId: string
  kind: ComplaintsNoticeKind
  no: string
  content: NoticeContent
  issuedAt: Temporal.Instant
  issuedByName: string | null
  toldHow: ComplaintsToldHow | null
  toldAt: Temporal.Instant | null
}

/** Notices of a case, oldest first. */
export async function noticesOf(ctx: Context, caseId: string): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select n.id, n.submission_id as "submissionId", n.kind, n.no, n.content, n.issued_at as "issuedAt", p.name as "issuedByName",
      n.told_how as "toldHow", n.told_at as "toldAt"
    from complaints.citizen_notice n left join directory.person p on p.id = n.issued_by
    where n.case_id = ${caseId} order by n.issued_at, n.no`.execute(ctx.db)
  return rows
}

export async function findNotice(ctx: Context, caseId: string, noticeId: string): Promise<NoticeRow> {
  const found = (await noticesOf(ctx, caseId)).find((notice) => notice.id === noticeId)
  if (!found) throw notFound('case')
  return found
}

const otherWays = ['letter', 'in_person', 'phone'] as const

/** The paper was handed over or sent. */
export async function markTold(ctx: Context, caseId: string, noticeId: string, input: { how: string }): Promise<void> {
  const notice = await findNotice(ctx, caseId, noticeId)
  const how = otherWays.find((known) => known === input.how)
  if (!how) throw invalid({ how: 'choose-one' })
  await ctx.db
    .updateTable('complaints.citizen_notice')
    .set({ told_how: how, told_at: ctx.now })
    .where('id', '=', notice.id)
    .execute()
}
