import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { findUnit } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { ComplaintsDepartment, ComplaintsNoticeKind } from '#platform/db/schema.ts'
import { enqueueMessage } from '#platform/notifications/enqueue-message.ts'
import { type Bureau, bureauOf } from '#platform/settings.ts'
import { allowedHours } from '#policy/callback/schedule.ts'
import { progressMessage } from '#policy/complaints/texts.ts'
import { checkPhone } from '#policy/identity/phone.ts'
import { valueOn } from '#policy/parameter.ts'
import { addStep, type Case } from './case-store.ts'
import type { NoticeContent, Said } from './citizen-notice-content.ts'
import { identityContext } from './identity.ts'

export type NoticeKind = ComplaintsNoticeKind

/**
 * Tells everybody who complained of this event and can be reached: a notice with frozen content on his page, and a
 * message without content when he left a mobile number (A22, T16). Who stayed anonymous or unreachable is owed none
 * (A23). Returns how many were told.
 */
export async function issueNotices(
  ctx: Context,
  found: Pick<Case, 'id' | 'no' | 'department' | 'accepted_at' | 'round'>,
  kind: NoticeKind,
  said: Said | ((toOne: { firstCaseId: string }) => Said),
  only?: string,
): Promise<number> {
  let submissions = ctx.db
    .selectFrom('complaints.submission')
    .select(['id', 'received_at', 'lang', 'first_case_id'])
    .where('case_id', '=', found.id)
    .where('reachable', '=', true)
    .orderBy('received_at')
  if (only) submissions = submissions.where('id', '=', only)
  const told = await submissions.execute()
  if (told.length === 0) return 0
  const about = await letterhead(ctx, found)
  for (const submission of told) {
    const id = randomUUID()
    const no = await nextNoticeNo(ctx)
    const words = typeof said === 'function' ? said({ firstCaseId: submission.first_case_id }) : said
    const content: NoticeContent = { ...about, ...words, kind, no, receivedAt: submission.received_at.toString() }
    await ctx.db
      .insertInto('complaints.citizen_notice')
      .values({
        id,
        case_id: found.id,
        submission_id: submission.id,
        kind,
        no,
        content: JSON.stringify(content),
        issued_at: ctx.now,
        issued_by: ctx.actor.personId,
      })
      .execute()
    await tell(ctx, id, submission.id, about.bureau)
  }
  await addStep(ctx, found, 'told', { detail: { kind, count: told.length } })
  return told.length
}

/** The number is opened for this one message and goes nowhere else. */
async function tell(
  ctx: Context,
  noticeId: string,
  submissionId: string,
  bureau: NoticeContent['bureau'],
): Promise<void> {
  const { rows } = await sql<{
    phone: string | null
  }>`select complaints.take_address(${noticeId}, ${ctx.now}) as phone`.execute(ctx.db)
  const sealed = rows[0]?.phone
  if (!sealed) return
  const read = checkPhone(ctx.seal.open(sealed, identityContext('phone', submissionId)))
  if ('refused' in read || read.kind !== 'mobile') return
  await enqueueMessage(ctx, {
    purpose: 'matter.progress',
    subjectId: noticeId,
    phone: read.phone,
    body: progressMessage({ bureau: bureau.zh, link: bureau.site }),
    hours: valueOn(allowedHours, dayOf(ctx.now)).value,
  })
  await ctx.db.updateTable('complaints.citizen_notice').set({ told_how: 'sms' }).where('id', '=', noticeId).execute()
}

async function nextNoticeNo(ctx: Context): Promise<string> {
  const { year } = dayOf(ctx.now)
  const next = await sql<{ n: number }>`select platform.next_number(${`complaint-notice.${year}`}) as n`.execute(ctx.db)
  return `XG${year}-${String(next.rows[0]?.n).padStart(6, '0')}`
}

type Letterhead = Pick<NoticeContent, 'bureau' | 'unit' | 'supervision' | 'caseNo' | 'acceptedAt' | 'issuedAt'>

async function letterhead(ctx: Context, found: Pick<Case, 'no' | 'department' | 'accepted_at'>): Promise<Letterhead> {
  const bureau = await bureauOf(ctx)
  const unit = await deskUnit(ctx, found.department)
  return {
    bureau: { zh: bureau.nameZh, en: bureau.nameEn, site: bureau.siteUrl },
    unit: { zh: unit?.nameZh ?? '', en: unit?.nameEn ?? '', phone: unit?.phone ?? '' },
    supervision: supervisionPhones(bureau),
    caseNo: found.no,
    acceptedAt: found.accepted_at?.toString() ?? null,
    issuedAt: ctx.now.toString(),
  }
}

export async function deskUnit(ctx: Context, department: ComplaintsDepartment) {
  const desk = await ctx.db
    .selectFrom('complaints.desk')
    .select('unit_id')
    .where('department', '=', department)
    .executeTakeFirst()
  return desk && (await findUnit(ctx, desk.unit_id))
}

function supervisionPhones({ phones }: Bureau): NoticeContent['supervision'] {
  return [
    { zh: '分局监督电话', en: 'Bureau supervision', number: phones.bureau },
    { zh: '12389 举报投诉', en: '12389 police complaints', number: phones['12389'] },
  ].filter(({ number }) => number !== '')
}
