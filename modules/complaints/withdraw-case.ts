import type { Context } from '#platform/context.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { addStep, type Case, lockCase, nextStatus, saveCase, standingTo } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { noticeTexts } from './notice-texts.ts'

/** That somebody who complained wants to let it go, in his words; it ends nothing by itself. */
export async function recordWithdrawal(
  ctx: Context,
  id: string,
  input: { version: number; submissionId: string; words: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const by = standingTo(ctx, found)
  if (!by.some((one) => one === 'handler' || one === 'intake' || one === 'system'))
    throw new Problem(403, 'wrong-person')
  const said = words('words', input.words, 1000)
  await noteWithdrawn(ctx, found, input.submissionId, said)
}

export async function noteWithdrawn(ctx: Context, found: Case, submissionId: string, said: string): Promise<void> {
  const done = await ctx.db
    .updateTable('complaints.submission')
    .set({ withdrawn_at: ctx.now })
    .where('id', '=', submissionId)
    .where('case_id', '=', found.id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw notFound('case')
  await saveCase(ctx, found, {})
  await addStep(ctx, found, 'withdrawal_asked', { text: said, detail: { submissionId } })
}

/**
 * Lets a case go because everybody who complained asked for it. Once accepted only the leader may, and an accusation
 * never ends because somebody was made to take it back.
 */
export async function withdrawCase(
  ctx: Context,
  id: string,
  input: { version: number; reason: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const left = await ctx.db
    .selectFrom('complaints.submission')
    .select('id')
    .where('case_id', '=', found.id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  const met = [
    ...(left ? [] : (['complainant-asked'] as const)),
    ...(found.class === 'accusation' ? [] : (['not-accusation'] as const)),
  ]
  const status = nextStatus(ctx, found, 'withdraw', met)
  const reason = words('reason', input.reason, 1000)
  await saveCase(ctx, found, { status })
  await addStep(ctx, found, 'withdrawn', { text: reason })
  await issueNotices(ctx, found, 'withdrawn', noticeTexts.withdrawn())
}
