import type { Context } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { isOver } from '#policy/complaints/clocks.ts'
import type { Need } from '#policy/complaints/lifecycle.ts'
import { reachable } from './answer-case.ts'
import { addStep, type Case, lockCase, nextStatus, saveCase } from './case-store.ts'
import { reviewDaysEnd } from './review-state.ts'

/** The handler closes: where nobody can be told, or once the days for a review are over. */
export async function closeCase(ctx: Context, id: string, input: { version: number }): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  await close(ctx, found)
}

async function close(ctx: Context, found: Case): Promise<void> {
  const status = nextStatus(ctx, found, 'close', await closingNeeds(ctx, found))
  await saveCase(ctx, found, { status, closed_at: ctx.now })
  await addStep(ctx, found, 'closed')
}

export async function closingNeeds(ctx: Context, found: Case): Promise<Need[]> {
  const needs: Need[] = []
  if ((await reachable(ctx, found)) === 0) needs.push('nobody-to-tell')
  const end = await reviewDaysEnd(ctx, found)
  if (end && isOver(end, ctx.now)) needs.push('review-days-over')
  return needs
}

const batch = 100

/** Answered cases whose days for a review are over close by themselves. Returns how many were looked at and closed. */
export async function sweepClosings(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const old = await ctx.db
    .selectFrom('complaints.case')
    .selectAll()
    .where('status', '=', 'answered')
    // No review can be over sooner than this; it only keeps the list short.
    .where('answered_at', '<', ctx.now.subtract({ hours: 24 * 30 }))
    .orderBy('answered_at')
    .limit(1000)
    .forUpdate()
    .skipLocked()
    .execute()
  let closed = 0
  for (const found of old) {
    if (closed >= batch) break
    if (!(await closingNeeds(ctx, found)).includes('review-days-over')) continue
    await close(ctx, found)
    closed += 1
  }
  return closed
}
