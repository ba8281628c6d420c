import type { Context } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { lockCase } from './case-store.ts'
import { reopenByCitizen } from './reopen-case.ts'
import { requestReview } from './request-review.ts'
import { noteWithdrawn } from './withdraw-case.ts'

/**
 * What was asked for with the code on a receipt: taken up, or refused with a reason that the page shows (c-3). One at a
 * time, so that one that fails holds up no other. Returns how many were taken.
 */
export async function takeUpWish(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const wish = await ctx.db
    .selectFrom('complaints.wish')
    .selectAll()
    .where('taken_up_at', 'is', null)
    .orderBy('asked_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!wish) return 0
  const submission = await ctx.db
    .selectFrom('complaints.submission')
    .select('case_id')
    .where('id', '=', wish.submission_id)
    .executeTakeFirstOrThrow()
  const about = {
    caseId: submission.case_id,
    submissionId: wish.submission_id,
    reason: wish.text,
    askedAt: wish.asked_at,
  }
  let refused: string | null = null
  try {
    if (wish.kind === 'review') await requestReview(ctx, about)
    else if (wish.kind === 'reopen') await reopenByCitizen(ctx, { ...about, newFacts: wish.new_facts })
    else await noteWithdrawn(ctx, await lockCase(ctx, about.caseId), wish.submission_id, wish.text)
  } catch (problem) {
    // Refusals come before anything is written; whatever else goes wrong undoes the whole transaction.
    if (!(problem instanceof Problem)) throw problem
    refused = problem.code
  }
  await ctx.db.updateTable('complaints.wish').set({ taken_up_at: ctx.now, refused }).where('id', '=', wish.id).execute()
  return 1
}
