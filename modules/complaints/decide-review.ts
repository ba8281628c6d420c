import { annulResponsibility } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { reReviewRequestUntil } from '#policy/complaints/clocks.ts'
import { appealDecider } from '#policy/complaints/lifecycle.ts'
import { addStep, type Case, lockCase, saveCase, standingTo } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import type { NoticeContent } from './citizen-notice-content.ts'
import { decidersOf, findingCapacities, nextFindingStatus, saveFinding } from './finding-store.ts'
import { article, toldDay } from './notice-texts.ts'

export const reviewOutcomes = ['maintained', 'changed', 'revoked'] as const

export type ReviewInput = { version: number; body: string; opinion: string; outcome: string }

/** Enters what the superior has decided, in his words; only who asked for it is told. */
export async function decideReview(ctx: Context, id: string, reviewId: string, input: ReviewInput): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  if (!standingTo(ctx, found).some((by) => by === 'handler' || by === 'intake')) throw new Problem(403, 'wrong-person')
  const review = await ctx.db
    .selectFrom('complaints.review')
    .selectAll()
    .where('id', '=', reviewId)
    .where('case_id', '=', found.id)
    .forUpdate()
    .executeTakeFirst()
  if (!review) throw notFound('case')
  if (review.decided_at) throw new Problem(409, 'already-decided')
  const outcome = reviewOutcomes.find((known) => known === input.outcome)
  if (!outcome) throw invalid({ outcome: 'choose-one' })
  const body = words('body', input.body, 100)
  const opinion = words('opinion', input.opinion, 4000)

  await ctx.db
    .updateTable('complaints.review')
    .set({ body, opinion, outcome, decided_by: ctx.actor.personId, decided_at: ctx.now })
    .where('id', '=', review.id)
    .execute()
  await saveCase(ctx, found, {})
  await addStep(ctx, found, 'review_decided', { text: opinion, detail: { level: review.level, outcome } })
  const level = review.level === 2 ? 2 : 1
  const earlier = await earlierOpinion(ctx, found, review.submission_id, level)
  const further =
    level === 1 ? toldDay('提出复核请求的最后一日', reReviewRequestUntil(dayOf(ctx.now), ctx.calendar)) : undefined
  const told = {
    level,
    body,
    grounds: review.reason,
    askedAt: review.requested_at.toString(),
    outcome,
    opinion,
    further,
    ...earlier,
  } as const
  await issueNotices(
    ctx,
    found,
    'review_opinion',
    { decision: opinion, basis: article(level === 1 ? 35 : 36), review: told },
    review.submission_id,
  )
}

/** The opinion that was looked at again: the letter, or the first review of it. */
async function earlierOpinion(ctx: Context, found: Case, submissionId: string, level: 1 | 2) {
  const before = await ctx.db
    .selectFrom('complaints.citizen_notice')
    .select(['no', 'content', 'issued_at'])
    .where('case_id', '=', found.id)
    .where('submission_id', '=', submissionId)
    .where('kind', '=', level === 1 ? 'opinion' : 'review_opinion')
    .orderBy('issued_at', 'desc')
    .executeTakeFirst()
  const content = before?.content as NoticeContent | undefined
  return {
    earlierNo: before?.no ?? '',
    earlierBody: (level === 1 ? content?.bureau.zh : content?.review?.body) ?? '',
    earlierOn: dayOf(before?.issued_at ?? ctx.now).toString(),
    earlier: content?.decision ?? '',
  }
}

/** A finding that the superior's opinion does not leave standing: annulled by a leader who has had no hand in it. */
export async function annulByReview(
  ctx: Context,
  id: string,
  findingId: string,
  input: { version: number; reason: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const finding = await ctx.db
    .selectFrom('complaints.finding')
    .selectAll()
    .where('id', '=', findingId)
    .where('case_id', '=', found.id)
    .forUpdate()
    .executeTakeFirst()
  if (!finding) throw notFound('case')
  const ordered = await ctx.db
    .selectFrom('complaints.review')
    .select('id')
    .where('case_id', '=', found.id)
    .where('outcome', 'in', ['changed', 'revoked'])
    .executeTakeFirst()
  const fresh = appealDecider({
    personId: ctx.actor.personId as string,
    decided: await decidersOf(ctx, id),
    concerned: false,
  })
  const met = [
    ...('allowed' in fresh ? (['has-not-decided'] as const) : []),
    ...(ordered ? (['review-ordered'] as const) : []),
  ]
  const status = nextFindingStatus(finding.status, 'annul', findingCapacities(ctx), met)
  const reason = words('reason', input.reason, 500)

  await saveFinding(ctx, finding.id, { status })
  if (finding.outcome === 'responsible')
    await annulResponsibility(ctx, { findingId: finding.id, reason, annulledOn: dayOf(ctx.now) })
  await saveCase(ctx, found, {})
  await addStep(ctx, found, 'annulled', { text: reason, detail: { findingId: finding.id } })
}
