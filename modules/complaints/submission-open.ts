import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { noticeDue } from '#policy/complaints/clocks.ts'
import { addStep, insertCase, nextCaseNo } from './case-store.ts'
import { keepProposal } from './code-case.ts'
import { keepAccused } from './name-accused.ts'
import { hashReceiptCode, newReceiptCode, sealReceiptCode } from './submission-code.ts'
import { keepComplainant, withoutComplainant } from './submission-contact.ts'
import { type CheckedSubmission, checkSubmission, longest, type SubmissionInput } from './submission-input.ts'

/** `code` is there once, when it was made. `known`: the source sent this before, and nothing was written. */
export type OpenedSubmission = {
  submissionId: string
  caseId: string
  caseNo: string
  code: string | null
  known: boolean
}

/** Number and code that a receipt names already. */
export type Promised = { submissionId: string; caseNo: string; code: string }

/**
 * Opens a case with one person's complaint, whatever the channel: the desks, the citizen's own form and imports all come
 * through here. The same reference of the same channel is the same complaint. Whom it is about is written last: whoever
 * takes down a complaint about his own unit does not see it from then on.
 */
export async function openSubmission(
  ctx: Context,
  input: SubmissionInput,
  promised?: Promised,
): Promise<OpenedSubmission> {
  const checked = checkSubmission(ctx, input)
  const known = await alreadyThere(ctx, checked)
  if (known && !known.barred) return { ...known.found, code: null, known: true }
  // For whoever is kept from the first case it is as if it did not exist.
  const submission = known ? { ...checked, sourceRef: '' } : checked

  const caseId = randomUUID()
  const submissionId = promised?.submissionId ?? randomUUID()
  const caseNo = promised?.caseNo ?? (await nextCaseNo(ctx))
  const code = promised?.code ?? newReceiptCode()
  await writeCase(ctx, caseId, caseNo, submission)
  await writeSubmission(ctx, { caseId, submissionId, code }, submission)
  await keepComplainant(ctx, submissionId, submission.complainant)
  await keepFiles(ctx, { caseId, submissionId }, submission)
  await keepProposal(ctx, caseId, submission.text)
  await addStep(ctx, { id: caseId }, 'received', {
    detail: { submissionId, channel: submission.channel, ...(known && { sourceRef: checked.sourceRef }) },
  })
  await keepAccused(ctx, caseId, submission.accused)
  return { submissionId, caseId, caseNo, code, known: false }
}

type Known = { barred: boolean; found: { submissionId: string; caseId: string; caseNo: string } }

async function alreadyThere(ctx: Context, { channel, sourceRef }: CheckedSubmission): Promise<Known | null> {
  if (sourceRef === '') return null
  // Two imports of one reference at the same moment wait for each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`complaints ${channel} ${sourceRef}`}, 0))`.execute(ctx.db)
  const found = await sql<Known['found'] & { barred: boolean }>`
    select submission_id as "submissionId", case_id as "caseId", case_no as "caseNo", barred
    from complaints.known_submission(${channel}, ${sourceRef})`.execute(ctx.db)
  const row = found.rows[0]
  return row
    ? { barred: row.barred, found: { submissionId: row.submissionId, caseId: row.caseId, caseNo: row.caseNo } }
    : null
}

async function writeCase(ctx: Context, id: string, no: string, submission: CheckedSubmission): Promise<void> {
  const received = dayOf(submission.receivedAt)
  const notice = noticeDue(received, ctx.calendar)
  await insertCase(ctx, {
    id,
    no,
    opened_at: ctx.now,
    received_on: received.toString(),
    department: submission.department,
    summary: submission.summary || line(submission),
    wish: submission.wish,
    occurred_on: submission.occurredOn,
    place: submission.place,
    related_matter_no: submission.relatedMatterNo,
    notice_due_on: notice.day.toString(),
    notice_provisional: notice.provisional,
  })
}

/** The register's line where the desk wrote none: what was said, without whoever said it. */
function line({ text, complainant }: CheckedSubmission): string {
  const plain = withoutComplainant(text, complainant).replace(/\s+/gu, ' ')
  return [...plain].slice(0, longest.summary).join('')
}

async function writeSubmission(
  ctx: Context,
  ids: { caseId: string; submissionId: string; code: string },
  submission: CheckedSubmission,
): Promise<void> {
  await ctx.db
    .insertInto('complaints.submission')
    .values({
      id: ids.submissionId,
      case_id: ids.caseId,
      first_case_id: ids.caseId,
      channel: submission.channel,
      source_ref: submission.sourceRef,
      department: submission.department,
      received_at: submission.receivedAt,
      received_by: ctx.actor.personId,
      taken_at: ctx.now,
      text: submission.text,
      oral: submission.oral,
      read_back: submission.readBack,
      anonymous: submission.anonymous,
      confidential: submission.confidential,
      reachable: submission.reachable,
      group_size: submission.groupSize,
      representatives: submission.representatives,
      receipt_hash: hashReceiptCode(ctx, ids.code),
      receipt_sealed: sealReceiptCode(ctx, ids.submissionId, ids.code),
      lang: submission.lang,
    })
    .execute()
}

async function keepFiles(
  ctx: Context,
  { caseId, submissionId }: { caseId: string; submissionId: string },
  { files }: CheckedSubmission,
): Promise<void> {
  for (const file of files)
    await ctx.db
      .insertInto('complaints.file')
      .values({
        id: randomUUID(),
        case_id: caseId,
        submission_id: submissionId,
        name: file.name,
        media_type: file.mediaType,
        size: file.bytes.length,
        sha256: createHash('sha256').update(file.bytes).digest('hex'),
        bytes: file.bytes,
        added_by: ctx.actor.personId,
        added_at: ctx.now,
      })
      .execute()
}
