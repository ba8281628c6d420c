import type { RetentionRule } from '#policy/retention/rules.ts'
import type { Context } from '../context.ts'

/** How one rule is carried out. Only the system actor runs it. */
export type RetentionTask = {
  rule: RetentionRule
  /** Removes at most `most` of what ended before `cutoff` and is not held; returns how many. Safe to repeat. */
  remove(ctx: Context, cutoff: Temporal.Instant, most: number): Promise<number>
  /** What ended before `cutoff` and is still there: after a round, what is held back. */
  count(ctx: Context, cutoff: Temporal.Instant): Promise<number>
}
