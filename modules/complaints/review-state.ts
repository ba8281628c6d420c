import { type Context, dayOf } from '#platform/context.ts'
import { type Clock, isOver, reReviewRequestUntil, reviewRequestUntil } from '#policy/complaints/clocks.ts'
import type { Case } from './case-store.ts'

export type ReviewRight =
  | { level: 1 | 2; until: Clock; open: boolean }
  | { refused: 'not-answered' | 'review-running' | 'exhausted' }

export type ReviewFacts = {
  status: Case['status']
  answeredAt: Temporal.Instant | null
  /** Those that this submission asked for. */
  reviews: readonly { level: number; decidedAt: Temporal.Instant | null }[]
}

/** What somebody who complained may ask the superior for, and until when (arts. 35, 36). */
export function reviewRightOf(facts: ReviewFacts, { now, calendar }: Pick<Context, 'now' | 'calendar'>): ReviewRight {
  if (facts.status !== 'answered' || !facts.answeredAt) return { refused: 'not-answered' }
  const last = facts.reviews.toSorted((a, b) => b.level - a.level)[0]
  if (last && !last.decidedAt) return { refused: 'review-running' }
  if (last && last.level === 2) return { refused: 'exhausted' }
  const until = last?.decidedAt
    ? reReviewRequestUntil(dayOf(last.decidedAt), calendar)
    : reviewRequestUntil(dayOf(facts.answeredAt), calendar)
  return { level: last ? 2 : 1, until, open: !isOver(until, now) }
}

export async function reviewRight(
  ctx: Context,
  found: Pick<Case, 'id' | 'status' | 'answered_at'>,
  submissionId: string,
): Promise<ReviewRight> {
  const reviews = await ctx.db
    .selectFrom('complaints.review')
    .select(['level', 'decided_at as decidedAt'])
    .where('submission_id', '=', submissionId)
    .execute()
  return reviewRightOf({ status: found.status, answeredAt: found.answered_at, reviews }, ctx)
}

/** The day after which nobody can ask for a review any more; null while one is running. */
export async function reviewDaysEnd(ctx: Context, found: Pick<Case, 'id' | 'answered_at'>): Promise<Clock | null> {
  if (!found.answered_at) return null
  const reviews = await ctx.db
    .selectFrom('complaints.review')
    .select(['level', 'decided_at'])
    .where('case_id', '=', found.id)
    .execute()
  if (reviews.some((review) => !review.decided_at)) return null
  const ends = [
    reviewRequestUntil(dayOf(found.answered_at), ctx.calendar),
    ...reviews.flatMap((review) =>
      review.level === 1 && review.decided_at ? [reReviewRequestUntil(dayOf(review.decided_at), ctx.calendar)] : [],
    ),
  ]
  return ends.reduce((latest, end) => (Temporal.PlainDate.compare(end.day, latest.day) > 0 ? end : latest))
}
