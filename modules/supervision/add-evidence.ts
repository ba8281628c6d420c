import { createHash, randomUUID } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { type CheckedFile, checkFile } from '#platform/files/check-file.ts'
import { invalid, notFound } from '#platform/problem.ts'
import { addStep, lockOrder, nextStatus } from './order-store.ts'

/** Proof of what was done: PDF, PNG or JPEG of at most 10 MB, without what a camera wrote into it. */
export async function addEvidence(
  ctx: Context,
  id: string,
  file: { name: string; bytes: Buffer } | undefined,
): Promise<{ id: string; name: string }> {
  const order = await lockOrder(ctx, id)
  nextStatus(ctx, order, 'add-evidence')
  const checked = file ? checkFile(file) : ({ refused: 'file-missing' } as const)
  if ('refused' in checked) throw invalid({ file: checked.refused })
  const evidenceId = randomUUID()
  const sha256 = createHash('sha256').update(checked.bytes).digest('hex')
  await ctx.db
    .insertInto('supervision.evidence')
    .values({
      id: evidenceId,
      order_id: id,
      name: checked.name,
      media_type: checked.mediaType,
      size: checked.bytes.length,
      sha256,
      bytes: checked.bytes,
      added_by: ctx.actor.personId as string,
      added_at: ctx.now,
    })
    .execute()
  await addStep(ctx, order, 'evidence', { text: checked.name, detail: { evidenceId, sha256 } })
  return { id: evidenceId, name: checked.name }
}

/** One file of an order; 404 when either is not the actor's to see. */
export async function readEvidence(ctx: Context, orderId: string, evidenceId: string): Promise<CheckedFile> {
  const found = await ctx.db
    .selectFrom('supervision.evidence')
    .select(['name', 'media_type', 'bytes'])
    .where('id', '=', evidenceId)
    .where('order_id', '=', orderId)
    .executeTakeFirst()
  if (!found) throw notFound('order')
  return { name: found.name, mediaType: found.media_type as CheckedFile['mediaType'], bytes: found.bytes }
}
