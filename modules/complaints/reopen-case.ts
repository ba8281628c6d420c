import { type Context, dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { reviewRequestUntil } from '#policy/complaints/clocks.ts'
import { mayBeReopened } from '#policy/complaints/reopen.ts'
import { moveDue } from './case-clock.ts'
import { addStep, type Case, lockCase, nextStatus } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { noticeTexts, toldDay } from './notice-texts.ts'

/** A leader takes a case up again: a mistake, new facts, or the superior's opinion. */
export async function reopenCase(
  ctx: Context,
  id: string,
  input: { version: number; reason: string; newFacts?: boolean },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  await reopen(ctx, found, {
    by: 'bureau',
    reason: words('reason', input.reason, 2000),
    newFacts: input.newFacts === true,
  })
}

/** Somebody who complained comes back with his code (c-3): once inside his days, with new facts at any time. */
export async function reopenByCitizen(
  ctx: Context,
  input: { caseId: string; reason: string; newFacts: boolean; askedAt: Temporal.Instant },
): Promise<void> {
  await reopen(ctx, await lockCase(ctx, input.caseId), { by: 'complainant', ...input })
}

type Wish = { by: 'complainant' | 'bureau'; reason: string; newFacts: boolean; askedAt?: Temporal.Instant }

async function reopen(ctx: Context, found: Case, wish: Wish): Promise<void> {
  const allowed = mayBeReopened({
    status: found.status,
    by: wish.by,
    today: dayOf(wish.askedAt ?? ctx.now),
    until: found.answered_at ? reviewRequestUntil(dayOf(found.answered_at), ctx.calendar).day : null,
    newFacts: wish.newFacts,
    ...(await history(ctx, found)),
  })
  if ('refused' in allowed) throw new Problem(409, `reopen-${allowed.refused}`)
  const status = nextStatus(ctx, found, 'reopen', ['may-be-reopened'])

  const round = found.round + 1
  await addStep(ctx, found, 'reopened', { text: wish.reason, round, detail: { by: wish.by, newFacts: wish.newFacts } })
  const again = { status, round, decided_at: null, answered_at: null, closed_at: null, overdue_at: null }
  // Back at the desk nothing is decided yet, not even whether it is ours.
  const anew = status === 'received' ? { accepted_at: null, due_on: null, due_basis: null, due_provisional: false } : {}
  const due = await moveDue(
    ctx,
    { ...found, round, ...(status === 'received' && { accepted_at: null }) },
    { ...again, ...anew },
  )
  const reason = wish.by === 'complainant' ? '您提出了新的情况或者不同意见。' : '经审查，需要重新办理。'
  await issueNotices(
    ctx,
    { ...found, round },
    'reopened',
    noticeTexts.reopened(reason, due && toldDay('办理期限', due)),
  )
}

async function history(ctx: Context, found: Case): Promise<{ reopenedByComplainant: number; reReviewed: boolean }> {
  const steps = await ctx.db
    .selectFrom('complaints.step')
    .select('detail')
    .where('case_id', '=', found.id)
    .where('kind', '=', 'reopened')
    .execute()
  const again = await ctx.db
    .selectFrom('complaints.review')
    .select('id')
    .where('case_id', '=', found.id)
    .where('level', '=', 2)
    .where('decided_at', 'is not', null)
    .executeTakeFirst()
  const byCitizen = steps.filter((step) => (step.detail as { by?: string }).by === 'complainant')
  return { reopenedByComplainant: byCitizen.length, reReviewed: again !== undefined }
}
