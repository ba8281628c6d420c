import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { ComplaintsNoticeKind, ComplaintsToldHow } from '#platform/db/schema.ts'
import { invalid, notFound } from '#platform/problem.ts'
import type { NoticeContent } from './citizen-notice-content.ts'
import { identityContext } from './identity.ts'

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

export type CitizenNotice = {
  id: string
  kind: ComplaintsNoticeKind
  no: string
  content: NoticeContent
  issuedAt: Temporal.Instant
}
export type IdentityLook = { viewedAt: Temporal.Instant; unitZh: string; unitEn: string; reason: string }
export type CitizenWish = {
  kind: string
  askedAt: Temporal.Instant
  takenUpAt: Temporal.Instant | null
  refused: string | null
}

/** For the citizen's page, by the hash of the code on his receipt and nothing else: what he was told. */
export async function noticesByCode(ctx: Context, codeHash: string): Promise<CitizenNotice[]> {
  const { rows } = await sql<CitizenNotice>`
    select id, kind, no, content, issued_at as "issuedAt" from complaints.notices_by(${codeHash})`.execute(ctx.db)
  return rows
}

/** Who looked at his name, when and why (T8): the unit, not the person. */
export async function looksByCode(ctx: Context, codeHash: string): Promise<IdentityLook[]> {
  const { rows } = await sql<IdentityLook>`
    select viewed_at as "viewedAt", unit_zh as "unitZh", unit_en as "unitEn", reason from complaints.looks_by(${codeHash})`.execute(
    ctx.db,
  )
  return rows
}

/** The name for his own papers. */
export async function nameByCode(ctx: Context, codeHash: string): Promise<string> {
  const { rows } = await sql<{ submission_id: string; name_sealed: string | null }>`
    select * from complaints.complainant_by(${codeHash})`.execute(ctx.db)
  const [row] = rows
  return row?.name_sealed ? ctx.seal.open(row.name_sealed, identityContext('name', row.submission_id)) : ''
}

/** Reopening, review or withdrawal asked for on the citizen's page; taken up inside within a minute. False: no such code. */
export async function askByCode(
  ctx: Context,
  codeHash: string,
  wish: { kind: 'reopen' | 'review' | 'withdraw'; text: string; newFacts: boolean },
): Promise<boolean> {
  const { rows } = await sql<{ noted: string | null }>`
    select complaints.wish_by(${codeHash}, ${wish.kind}, ${wish.text}, ${wish.newFacts}, ${ctx.now}) as noted`.execute(
    ctx.db,
  )
  return rows[0]?.noted === 'noted'
}

export async function wishesByCode(ctx: Context, codeHash: string): Promise<CitizenWish[]> {
  const { rows } = await sql<CitizenWish>`
    select kind, asked_at as "askedAt", taken_up_at as "takenUpAt", refused from complaints.wishes_by(${codeHash})`.execute(
    ctx.db,
  )
  return rows
}
