import { type Context, dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { isOver } from '#policy/complaints/clocks.ts'
import { statementStep } from '#policy/complaints/lifecycle.ts'
import { addStep } from './case-store.ts'

const batch = 200

/** Requests whose last day has ended without a word: time given, so that the case may go on (R124). Returns how many. */
export async function sweepStatements(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const late = await ctx.db
    .selectFrom('complaints.statement')
    .select(['id', 'case_id', 'round', 'person_id', 'status', 'due_on'])
    .where('status', '=', 'requested')
    .where('due_on', '<', dayOf(ctx.now).toString())
    .orderBy('due_on')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const statement of late) {
    const over = isOver({ day: Temporal.PlainDate.from(statement.due_on) }, ctx.now)
    const next = statementStep(statement.status, 'expire', ['system'], new Set(over ? (['time-over'] as const) : []))
    if ('refused' in next) continue
    await ctx.db
      .updateTable('complaints.statement')
      .set({ status: next.to, expired_at: ctx.now })
      .where('id', '=', statement.id)
      .execute()
    await addStep(ctx, { id: statement.case_id, round: statement.round }, 'statement_expired', {
      detail: { to: statement.person_id },
    })
  }
  return late.length
}
