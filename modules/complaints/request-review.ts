import { randomUUID } from 'node:crypto'
import { type Context, dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { reReviewDue, reviewDue } from '#policy/complaints/clocks.ts'
import { addStep, lockCase, nextStatus, saveCase } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { noticeTexts, toldDay } from './notice-texts.ts'
import { reviewRight } from './review-state.ts'

/** Somebody who complained asks the superior to look again, inside his days (arts. 35, 36). By his code, as the system. */
export async function requestReview(
  ctx: Context,
  input: { caseId: string; submissionId: string; reason: string; askedAt: Temporal.Instant },
): Promise<{ level: 1 | 2 }> {
  const found = await lockCase(ctx, input.caseId)
  // The right is judged by the moment at which it was asked for, not by when the system took it up.
  const right = await reviewRight({ ...ctx, now: input.askedAt }, found, input.submissionId)
  if ('refused' in right) throw new Problem(409, right.refused)
  nextStatus(ctx, found, 'request_review', right.open ? ['within-review-days'] : [])
  const asked = dayOf(input.askedAt)
  const due = right.level === 1 ? reviewDue(asked, ctx.calendar) : reReviewDue(asked, ctx.calendar)

  await ctx.db
    .insertInto('complaints.review')
    .values({
      id: randomUUID(),
      case_id: found.id,
      submission_id: input.submissionId,
      level: right.level,
      reason: input.reason,
      requested_at: input.askedAt,
      due_on: due.day.toString(),
    })
    .execute()
  await saveCase(ctx, found, {})
  await addStep(ctx, found, 'review_asked', {
    text: input.reason,
    detail: { level: right.level, dueOn: due.day.toString() },
  })
  const day = toldDay(right.level === 1 ? '复查意见作出期限' : '复核意见作出期限', due)
  await issueNotices(ctx, found, 'review_accepted', noticeTexts.reviewAccepted(right.level, day), input.submissionId)
  return { level: right.level }
}
