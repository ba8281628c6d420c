import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { checkFile } from '#platform/files/check-file.ts'
import { Problem } from '#platform/problem.ts'
import { codeShownFor, draftKeptFor, onlineFiles, type Standing } from '#policy/complaints/online.ts'
import { valueOn } from '#policy/parameter.ts'
import { hashReceiptCode, newReceiptCode, openReceiptCode, sealReceiptCode } from './submission-code.ts'
import type { SubmissionInput } from './submission-input.ts'

/** What somebody typed into the site's form, as he typed it. */
export type OnlineFields = {
  standing: Standing | ''
  text: string
  occurredOn: string
  place: string
  unitId: string
  officer: string
  wish: string
  relatedMatterNo: string
  name: string
  phone: string
  address: string
  groupSize: string
  representatives: string
  lang: 'zh' | 'en'
}

export type Draft = {
  id: string
  fields: OnlineFields
  files: { id: string; name: string; size: number }[]
  /** Sent already: the form can be opened, changed and sent no more. */
  sent: boolean
}

export const onlineContext = (id: string) => `complaints.online.said.${id}`

const keyOf = (ctx: Context, token: string) => ctx.hashCode('complaint-draft', token.slice(0, 100))

export function newDraftToken(): string {
  return randomBytes(24).toString('base64url')
}

/** What a form's key opens; null where there is nothing, or no more. */
export async function openDraft(ctx: Context, token: string): Promise<Draft | null> {
  const { rows } = await sql<{
    found: { id: string; said: string | null; sentAt: string | null; files: Draft['files'] } | null
  }>`select complaints.online_by(${keyOf(ctx, token)}, ${ctx.now}) as found`.execute(ctx.db)
  const found = rows[0]?.found
  if (!found) return null
  const fields = found.said ? (JSON.parse(ctx.seal.open(found.said, onlineContext(found.id))) as OnlineFields) : null
  return { id: found.id, fields: fields ?? nothingTyped, files: found.files, sent: found.sentAt !== null }
}

export const nothingTyped: OnlineFields = {
  standing: '',
  text: '',
  occurredOn: '',
  place: '',
  unitId: '',
  officer: '',
  wish: '',
  relatedMatterNo: '',
  name: '',
  phone: '',
  address: '',
  groupSize: '',
  representatives: '',
  lang: 'zh',
}

/** Keeps what was typed, right or wrong, sealed and for a short while. */
export async function saveDraft(ctx: Context, token: string, fields: OnlineFields): Promise<void> {
  const id = (await openDraft(ctx, token))?.id ?? randomUUID()
  const sealed = ctx.seal.seal(JSON.stringify(fields), onlineContext(id))
  const until = ctx.now.add({ minutes: valueOn(draftKeptFor, dayOf(ctx.now)).value })
  await sql`select complaints.save_online(${id}, ${keyOf(ctx, token)}, ${sealed}, ${ctx.now}, ${until})`.execute(ctx.db)
}

/** Adds files to a form; those that cannot be taken are named with why, the others are kept. */
export async function addDraftFiles(
  ctx: Context,
  token: string,
  files: readonly { name: string; bytes: Buffer }[],
): Promise<{ name: string; code: string }[]> {
  const { atOnce, roomForDrafts } = valueOn(onlineFiles, dayOf(ctx.now)).value
  const refused: { name: string; code: string }[] = []
  for (const file of files) {
    const checked = checkFile(file)
    if ('refused' in checked) {
      refused.push({ name: file.name, code: checked.refused })
      continue
    }
    const { rows } = await sql<{
      said: string
    }>`select complaints.add_online_file(${keyOf(ctx, token)}, ${randomUUID()},
      ${checked.name}, ${checked.mediaType}, ${checked.bytes}, ${atOnce}, ${roomForDrafts}) as said`.execute(ctx.db)
    if (rows[0]?.said !== 'added') refused.push({ name: checked.name, code: rows[0]?.said ?? 'not-found' })
  }
  return refused
}

export async function dropDraftFile(ctx: Context, token: string, fileId: string): Promise<void> {
  await sql`select complaints.drop_online_file(${keyOf(ctx, token)}, ${fileId})`.execute(ctx.db)
}

/** The form as the use case of every channel takes it (submission-open.ts). The officer's name is read inside. */
export function submissionOf(fields: OnlineFields): Omit<SubmissionInput, 'accused' | 'files'> {
  const number = (typed: string) => (typed.trim() === '' ? undefined : Number(typed.normalize('NFKC').trim()))
  return {
    channel: 'citizen_site',
    department: 'petition_section',
    text: fields.text,
    wish: fields.wish,
    anonymous: fields.standing === 'anonymous',
    confidential: fields.standing === 'confidential',
    complainant: { name: fields.name, phone: fields.phone, address: fields.address },
    groupSize: number(fields.groupSize),
    representatives: number(fields.representatives),
    occurredOn: fields.occurredOn,
    place: fields.place,
    relatedMatterNo: fields.relatedMatterNo,
    lang: fields.lang,
  }
}

export type SentReceipt = {
  id: string
  caseNo: string
  code: string
  sentAt: Temporal.Instant
  /** What was said of it when it was sent; words and files are inside by now. */
  about: { standing: Standing | ''; files: string[] }
}

/** Sends a form, once: whoever sends it again within the half hour gets the same number and code. */
export async function sendDraft(ctx: Context, token: string): Promise<SentReceipt> {
  const draft = await openDraft(ctx, token)
  if (!draft) throw new Problem(409, 'draft-gone')
  const code = newReceiptCode()
  const about: SentReceipt['about'] = {
    standing: draft.fields.standing,
    files: draft.files.map(({ name }) => name),
  }
  const { rows } = await sql<{
    sent: SentRow | null
  }>`select complaints.send_online(${keyOf(ctx, token)}, ${hashReceiptCode(ctx, code)},
    ${sealReceiptCode(ctx, draft.id, code)}, ${JSON.stringify(about)}::jsonb, ${ctx.now}) as sent`.execute(ctx.db)
  const sent = rows[0]?.sent
  if (!sent) throw new Problem(409, 'draft-gone')
  return shown(ctx, draft.id, sent)
}

/** The receipt of a form that was sent, for as long as it may be shown. */
export async function receiptOfDraft(ctx: Context, token: string): Promise<SentReceipt> {
  const { rows } = await sql<{
    found: ({ id: string } & (SentRow | { sentAt: null })) | null
  }>`select complaints.online_by(${keyOf(ctx, token)}, ${ctx.now}) as found`.execute(ctx.db)
  const found = rows[0]?.found
  if (!found?.sentAt) throw new Problem(409, 'draft-gone')
  return shown(ctx, found.id, found)
}

type SentRow = { sentAt: string; caseNo: string; receipt: string; about: SentReceipt['about'] }

function shown(ctx: Context, id: string, sent: SentRow): SentReceipt {
  const sentAt = Temporal.Instant.from(sent.sentAt)
  const until = sentAt.add({ minutes: valueOn(codeShownFor, dayOf(ctx.now)).value })
  if (Temporal.Instant.compare(ctx.now, until) > 0) throw new Problem(409, 'code-shown-before')
  return { id, caseNo: sent.caseNo, code: openReceiptCode(ctx, id, sent.receipt), sentAt, about: sent.about }
}
