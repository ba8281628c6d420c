import { createHash, randomUUID } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { type CheckedFile, checkFile } from '#platform/files/check-file.ts'
import { invalid, notFound } from '#platform/problem.ts'
import { wordsOrNone } from '#platform/typed.ts'
import { addStep, lockCase, nextStatus } from './case-store.ts'

export type SentFile = { name: string; bytes: Buffer }

/** Proof that the handler found: a file as it is, without what a camera wrote into it, and what it shows. */
export async function addEvidence(
  ctx: Context,
  id: string,
  input: { file: SentFile | undefined; said?: string },
): Promise<{ id: string; name: string }> {
  const found = await lockCase(ctx, id)
  nextStatus(ctx, found, 'add_evidence')
  const kept = await keepFile(ctx, { caseId: found.id, file: input.file, said: wordsOrNone('said', input.said, 500) })
  await addStep(ctx, found, 'evidence', { text: kept.name, detail: { fileId: kept.id, sha256: kept.sha256 } })
  return kept
}

/** Stores one checked file with a case. Which rows may be written is decided by the database. */
export async function keepFile(
  ctx: Context,
  about: { caseId: string; file: SentFile | undefined; said: string; statementId?: string },
): Promise<{ id: string; name: string; sha256: string }> {
  const checked = about.file ? checkFile(about.file) : ({ refused: 'file-missing' } as const)
  if ('refused' in checked) throw invalid({ file: checked.refused })
  const id = randomUUID()
  const sha256 = createHash('sha256').update(checked.bytes).digest('hex')
  await ctx.db
    .insertInto('complaints.file')
    .values({
      id,
      case_id: about.caseId,
      statement_id: about.statementId ?? null,
      name: checked.name,
      media_type: checked.mediaType,
      size: checked.bytes.length,
      sha256,
      bytes: checked.bytes,
      said: about.said,
      added_by: ctx.actor.personId,
      added_at: ctx.now,
    })
    .execute()
  return { id, name: checked.name, sha256 }
}

/** One file, for whoever sees the case or handed it in with his statement; 404 for everybody else. */
export async function readFile(
  ctx: Context,
  fileId: string,
  of: { caseId?: string; statementId?: string },
): Promise<CheckedFile> {
  let query = ctx.db.selectFrom('complaints.file').select(['name', 'media_type', 'bytes']).where('id', '=', fileId)
  if (of.caseId) query = query.where('case_id', '=', of.caseId)
  if (of.statementId) query = query.where('statement_id', '=', of.statementId)
  const found = await query.executeTakeFirst()
  if (!found) throw notFound('case')
  return { name: found.name, mediaType: found.media_type as CheckedFile['mediaType'], bytes: found.bytes }
}
