import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { reportFact } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { openStatuses } from '#policy/complaints/lifecycle.ts'
import { reminderDue } from '#policy/complaints/reminders.ts'
import { moveDue } from './case-clock.ts'
import { addStep, saveCase } from './case-store.ts'
import { deskUnit } from './citizen-notice.ts'

const batch = 200
const running = openStatuses.filter((status) => status !== 'received' && status !== 'decided')

/** Cases whose last day has ended without a decision: marked, and a fact of the handler's unit (R86's like). */
export async function sweepOverdue(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const late = await ctx.db
    .selectFrom('complaints.case')
    .selectAll()
    .where('status', 'in', running)
    .where('due_on', '<', dayOf(ctx.now).toString())
    .where('overdue_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from complaints.pause p where p.case_id = "case".id and p.approved_by is not null and p.resumed_on is null)`,
    )
    .orderBy('due_on')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const found of late) {
    await saveCase(ctx, found, { overdue_at: ctx.now })
    await addStep(ctx, found, 'overdue', { detail: { dueOn: found.due_on } })
    const unit = await deskUnit(ctx, found.department)
    // A provisional day may still move; what stands in the ledger does not.
    if (!unit || found.due_provisional) continue
    await reportFact(ctx, {
      kind: 'complaint_overdue',
      personId: null,
      unitId: unit.id,
      sourceKind: 'complaint',
      // Not the case: whoever is kept from it must not find in the ledger that it exists.
      sourceId: randomUUID(),
      basis: 'petition-regulations:34',
    })
  }
  return late.length
}

/** Reminds the handler on the days that the rule names, once each. */
export async function sweepReminders(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const today = dayOf(ctx.now)
  const near = await ctx.db
    .selectFrom('complaints.case')
    .select(['id', 'round', 'due_on'])
    .where('status', 'in', running)
    .where('due_on', '>=', today.toString())
    .where('due_on', '<=', today.add({ days: 31 }).toString())
    .orderBy('due_on')
    .limit(2000)
    .execute()
  let reminded = 0
  for (const found of near) {
    const daysLeft = reminderDue(Temporal.PlainDate.from(found.due_on as string), today)
    if (daysLeft === null) continue
    const before =
      await sql`select from complaints.step s where s.case_id = ${found.id} and s.round = ${found.round} and s.kind = 'reminded'
      and s.detail->>'dueOn' = ${found.due_on} and (s.detail->>'daysLeft')::int <= ${daysLeft}`.execute(ctx.db)
    if (before.rows.length > 0) continue
    await addStep(ctx, found, 'reminded', { detail: { daysLeft, dueOn: found.due_on } })
    reminded += 1
  }
  return reminded
}

/** Dates that ran into a year without a holiday notice are computed again once it is loaded (b-9). */
export async function settleProvisionalCases(ctx: Context): Promise<number> {
  const cases = await ctx.db
    .selectFrom('complaints.case')
    .selectAll()
    .where('due_provisional', '=', true)
    .where('status', 'in', running)
    .limit(1000)
    .forUpdate()
    .skipLocked()
    .execute()
  let changed = 0
  for (const found of cases) {
    const due = await moveDue(ctx, found)
    if (!due || (due.day.toString() === found.due_on && due.provisional)) continue
    await addStep(ctx, found, 'due_moved', { detail: { dueBefore: found.due_on, dueOn: due.day.toString() } })
    changed += 1
  }
  return changed
}
