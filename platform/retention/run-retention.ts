import { cutoffOf, type RetentionRule, retentionRuleNames } from '#policy/retention/rules.ts'
import { systemActor } from '../actor.ts'
import { insertAudit } from '../audit/audit-entry.ts'
import { type Context, dayOf } from '../context.ts'
import type { House } from '../house.ts'
import type { RetentionTask } from './retention-task.ts'

const batchSize = 500
/** How far ahead the system page looks. */
const upcomingDays = 30

export type RetentionResult = { rule: RetentionRule; removed: number; held: number; upcoming: number }

/**
 * Removes what is due, rule by rule, in small transactions: each with its audit entry and its row, so that a kill between
 * two of them leaves nothing unsaid. A second run finds nothing.
 */
export async function runRetention(house: House, tasks: readonly RetentionTask[]): Promise<RetentionResult[]> {
  const today = dayOf(house.clock.now())
  const results: RetentionResult[] = []
  for (const rule of retentionRuleNames) {
    const own = tasks.filter((task) => task.rule === rule)
    if (own.length === 0) continue
    const cutoff = cutoffOf(rule, today)
    let removed = 0
    for (const task of own) removed += await removeAll(house, task, cutoff)
    const left = await house.write(systemActor, 'retention', (ctx) => closeRound(ctx, rule, own, cutoff, today))
    results.push({ rule, removed, ...left })
  }
  return results
}

async function removeAll(house: House, task: RetentionTask, cutoff: Temporal.Instant): Promise<number> {
  let all = 0
  for (;;) {
    const removed = await house.write(systemActor, 'retention', async (ctx) => {
      const count = await task.remove(ctx, cutoff, batchSize)
      if (count > 0) await record(ctx, task.rule, cutoff, count)
      return count
    })
    all += removed
    if (removed < batchSize) return all
  }
}

async function record(ctx: Context, rule: RetentionRule, cutoff: Temporal.Instant, removed: number): Promise<void> {
  await ctx.db.insertInto('platform.retention_run').values({ rule, at: ctx.now, cutoff, removed }).execute()
  await insertAudit(ctx.db, {
    at: ctx.now,
    actorKind: 'system',
    actorId: null,
    event: 'retention.removed',
    subjectKind: 'retention_rule',
    subjectId: rule,
    unitId: null,
    outcome: 'done',
    data: { removed, endedBefore: cutoff.toString() },
    requestId: ctx.requestId,
  })
}

async function closeRound(
  ctx: Context,
  rule: RetentionRule,
  tasks: readonly RetentionTask[],
  cutoff: Temporal.Instant,
  today: Temporal.PlainDate,
): Promise<{ held: number; upcoming: number }> {
  const soon = cutoffOf(rule, today.add({ days: upcomingDays }))
  let [held, all] = [0, 0]
  for (const task of tasks) {
    held += await task.count(ctx, cutoff)
    all += await task.count(ctx, soon)
  }
  const upcoming = Math.max(0, all - held)
  await ctx.db
    .insertInto('platform.retention_run')
    .values({ rule, at: ctx.now, cutoff, removed: 0, held, upcoming })
    .execute()
  return { held, upcoming }
}
