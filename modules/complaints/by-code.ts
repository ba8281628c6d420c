import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { ComplaintsNoticeKind, ComplaintsWishKind } from '#platform/db/schema.ts'
import { type CheckedFile, checkFile } from '#platform/files/check-file.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import { reviewRequestUntil } from '#policy/complaints/clocks.ts'
import { possible, type Status } from '#policy/complaints/lifecycle.ts'
import type { Department } from '#policy/complaints/lists.ts'
import { complaintRatings, onlineFiles } from '#policy/complaints/online.ts'
import { mayBeReopened } from '#policy/complaints/reopen.ts'
import { valueOn } from '#policy/parameter.ts'
import type { NoticeContent } from './citizen-notice-content.ts'
import { identityContext } from './identity.ts'
import { type ReviewRight, reviewRightOf } from './review-state.ts'
import { hashReceiptCode } from './submission-code.ts'
import { checkComplainant } from './submission-contact.ts'

/** What the code on a receipt shows: one submission, and what is common to its case. Nothing of anybody else (A22). */
export type CaseProgress = {
  submissionId: string
  no: string
  channel: string
  receivedAt: string
  text: string
  anonymous: boolean
  confidential: boolean
  reachable: boolean
  withdrawnAt: string | null
  nameKnown: boolean
  phoneKnown: boolean
  addressKnown: boolean
  status: Status
  department: Department
  round: number
  noticeDueOn: string
  noticeProvisional: boolean
  noticedAt: string | null
  acceptedAt: string | null
  dueOn: string | null
  dueProvisional: boolean
  dueBasis: string | null
  answeredAt: string | null
  closedAt: string | null
  steps: { kind: string; at: string; text: string | null }[]
  files: { name: string; size: number; at: string }[]
  notices: { id: string; no: string; kind: ComplaintsNoticeKind; at: string; content: NoticeContent }[]
  reviews: { level: number; askedAt: string; dueOn: string; decidedAt: string | null; outcome: string | null }[]
  ratings: { round: number; level: number; at: string }[]
  wishes: {
    kind: ComplaintsWishKind
    text: string
    askedAt: string
    takenUpAt: string | null
    refused: string | null
  }[]
  looks: { at: string; unitZh: string; unitEn: string }[]
  reopenedByComplainant: number
  reReviewed: boolean
}

export type ByCode = { progress: CaseProgress } | { sent: { caseNo: string; sentAt: string } } | null

/**
 * What a code opens. Whatever was typed takes the same way – normalised, hashed, asked for once – so that nobody learns
 * from an answer whether a code was almost right.
 */
export async function openByCode(ctx: Context, typed: string): Promise<ByCode> {
  const hash = hashReceiptCode(ctx, typed.slice(0, 200))
  const { rows } = await sql<{ progress: CaseProgress | null; sent: { caseNo: string; sentAt: string } | null }>`
    select complaints.progress_by(${hash}) as progress, complaints.sent_by(${hash}) as sent`.execute(ctx.db)
  const [found] = rows
  if (found?.progress) return { progress: found.progress }
  return found?.sent ? { sent: found.sent } : null
}

export async function progressOf(ctx: Context, typed: string): Promise<CaseProgress> {
  const found = await openByCode(ctx, typed)
  if (!found || !('progress' in found)) throw notFound('complaint')
  return found.progress
}

export type CitizenRights = {
  add: boolean
  withdraw: boolean
  rate: boolean
  /** Without new facts; with new facts it is allowed as soon as the case is over. */
  reopen: { plain: boolean; withNewFacts: boolean; until: Temporal.PlainDate | null }
  review: ReviewRight
}

/** What may be done now. The page shows these and the acts below ask the same. */
export function citizenRights(ctx: Pick<Context, 'now' | 'calendar'>, found: CaseProgress): CitizenRights {
  const may = possible(found.status, ['complainant'])
  const waits = (kind: ComplaintsWishKind) => found.wishes.some((wish) => wish.kind === kind && !wish.takenUpAt)
  const answered = found.answeredAt ? Temporal.Instant.from(found.answeredAt) : null
  const until = answered ? reviewRequestUntil(dayOf(answered), ctx.calendar).day : null
  const again = (newFacts: boolean) =>
    may.includes('reopen') &&
    !waits('reopen') &&
    !('refused' in mayBeReopened({ ...found, by: 'complainant', today: dayOf(ctx.now), until, newFacts }))
  const over = ['closed', 'withdrawn', 'redirected', 'transferred'].includes(found.status)
  const instant = (at: string | null) => (at ? Temporal.Instant.from(at) : null)
  const reviews = found.reviews.map(({ level, decidedAt }) => ({ level, decidedAt: instant(decidedAt) }))
  const review = reviewRightOf({ status: found.status, answeredAt: answered, reviews }, ctx)
  return {
    add: !over,
    withdraw: !over && found.status !== 'answered' && !found.withdrawnAt && !waits('withdraw'),
    rate:
      ['answered', 'closed', 'redirected', 'transferred'].includes(found.status) &&
      !found.ratings.some(({ round }) => round === found.round),
    reopen: { plain: again(false), withNewFacts: again(true), until },
    review: waits('review') ? { refused: 'review-running' } : review,
  }
}

type Sent = { code: string; attempt: string }

/** The id comes from the form, so that sending it again does nothing more. */
function idOfForm(attempt: string): string {
  if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(attempt)) throw invalid({ form: 'attempt-missing' })
  return attempt
}

/** More words, and files with them. Nothing is taken when one of the files cannot be. */
export async function addByCode(
  ctx: Context,
  { code, attempt }: Sent,
  input: { text: string; files: readonly { name: string; bytes: Buffer }[] },
): Promise<void> {
  const found = await progressOf(ctx, code)
  if (!citizenRights(ctx, found).add) throw new Problem(409, 'complaint-over')
  const files = input.files.map((file) => taken(file))
  const { atOnce, inAll } = valueOn(onlineFiles, dayOf(ctx.now)).value
  if (files.length > atOnce) throw invalid({ files: 'files-too-many' })
  const said = files.length > 0 ? wordsOrNone('more', input.text, 4000) : words('more', input.text, 4000)
  const hash = hashReceiptCode(ctx, code)
  const step = idOfForm(attempt)
  const { rows } = await sql<{
    said: string | null
  }>`select complaints.add_by(${hash}, ${step}, ${said}, ${ctx.now}) as said`.execute(ctx.db)
  if (rows[0]?.said === 'known') return
  if (rows[0]?.said === 'too-often') throw new Problem(429, 'too-many-requests')
  if (rows[0]?.said !== 'added') throw new Problem(409, 'complaint-over')
  for (const file of files) {
    const added = await sql<{ said: string | null }>`select complaints.add_file_by(${hash}, ${step}, ${randomUUID()},
      ${file.name}, ${file.mediaType}, ${file.bytes}, ${ctx.now}, ${inAll}) as said`.execute(ctx.db)
    if (added.rows[0]?.said !== 'added') throw invalid({ files: 'files-in-all' })
  }
}

function taken(file: { name: string; bytes: Buffer }): CheckedFile {
  const checked = checkFile(file)
  if ('refused' in checked) throw invalid({ files: checked.refused })
  return checked
}

export async function rateByCode(ctx: Context, code: string, input: { level: string; comment: string }): Promise<void> {
  const found = await progressOf(ctx, code)
  const level = complaintRatings.find((one) => String(one) === input.level)
  const comment = wordsOrNone('comment', input.comment, 2000)
  if (!level) throw invalid({ level: 'choose-one' })
  if (found.ratings.some(({ round }) => round === found.round)) return
  if (!citizenRights(ctx, found).rate) throw new Problem(409, 'not-answered')
  await sql`select complaints.rate_by(${hashReceiptCode(ctx, code)}, ${level}, ${comment}, ${ctx.now})`.execute(ctx.db)
}

/** Reopening, review or withdrawal. It is decided inside by the moment at which it was asked for. */
export async function askByCode(
  ctx: Context,
  { code, attempt }: Sent,
  wish: { kind: ComplaintsWishKind; field: string; text: string; newFacts: boolean },
): Promise<void> {
  const found = await progressOf(ctx, code)
  const id = idOfForm(attempt)
  const text = words(wish.field, wish.text, 4000)
  const rights = citizenRights(ctx, found)
  const allowed = {
    withdraw: rights.withdraw,
    review: 'open' in rights.review && rights.review.open,
    reopen: wish.newFacts ? rights.reopen.withNewFacts : rights.reopen.plain,
  }[wish.kind]
  // Sent twice: the first one stands.
  if (!allowed && found.wishes.some((one) => one.kind === wish.kind && one.text === text)) return
  if (!allowed)
    throw new Problem(409, wish.kind === 'reopen' && rights.reopen.withNewFacts ? 'only-new-facts' : 'not-now')
  await sql`select complaints.ask_by(${hashReceiptCode(ctx, code)}, ${id}, ${wish.kind}, ${text}, ${wish.newFacts}, ${ctx.now})`.execute(
    ctx.db,
  )
}

/** How he can be reached from now on; an empty phone or address is taken off. */
export async function changeContactByCode(
  ctx: Context,
  code: string,
  input: { name: string; phone: string; address: string },
): Promise<void> {
  const found = await progressOf(ctx, code)
  const fields: Record<string, string> = {}
  const who = checkComplainant(ctx, input, fields)
  if (Object.keys(fields).length > 0) throw invalid(fields)
  const seal = (column: 'name' | 'phone' | 'address', value: string | null) =>
    value && ctx.seal.seal(value, identityContext(column, found.submissionId))
  await sql`select complaints.contact_by(${hashReceiptCode(ctx, code)}, ${found.nameKnown ? null : seal('name', who.name)},
    ${seal('phone', who.phone)}, ${who.phone && ctx.seal.blindIndex('phone', who.phone)}, ${seal('address', who.address)}, ${ctx.now})`.execute(
    ctx.db,
  )
}

/** The complainant's own name, for a paper that is his; empty where he gave none. */
export async function ownNameByCode(ctx: Context, code: string): Promise<string> {
  const { rows } = await sql<{ submission_id: string; name_sealed: string | null }>`
    select * from complaints.complainant_by(${hashReceiptCode(ctx, code)})`.execute(ctx.db)
  const [who] = rows
  return who?.name_sealed ? ctx.seal.open(who.name_sealed, identityContext('name', who.submission_id)) : ''
}
