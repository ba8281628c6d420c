import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { hasPassed, workingDue } from '#policy/standing/dues.ts'
import { deductWithin, serveSlipWithin } from '#policy/standing/parameters.ts'
import { reportFact } from './report-fact.ts'
import { saveSlip } from './slip-store.ts'
import { saveTask } from './task-store.ts'

const batch = 200

export type SweptStanding = {
  settled: number
  overdueDeductions: number
  unservedSlips: number
  overdueTalks: number
  /** A batch was full: call again in a new transaction. */
  more: boolean
}

/** All that time does to deductions and slips; running it twice has one effect. For the worker, as the system. */
export async function sweepStanding(ctx: Context): Promise<SweptStanding> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const swept = {
    settled: (await settleTasks(ctx)) + (await settleSlips(ctx)),
    overdueDeductions: await markOverdueTasks(ctx),
    unservedSlips: await markUnserved(ctx),
    overdueTalks: await markTalks(ctx),
  }
  return { ...swept, more: Object.values(swept).some((count) => count >= batch) }
}

/** A day that ran into a year without holiday notice is computed again when the notice is loaded. */
async function settleTasks(ctx: Context): Promise<number> {
  const tasks = await openTasks(ctx).where('due_provisional', '=', true).execute()
  let settled = 0
  for (const task of tasks) {
    const due = workingDue(deductWithin, Temporal.PlainDate.from(task.start_on), ctx.calendar)
    const day = due.day.toString()
    if (due.provisional && day === task.due_on) continue
    await saveTask(ctx, task.id, { due_on: day, due_provisional: due.provisional, due_basis: due.basis })
    settled += 1
  }
  return settled
}

async function settleSlips(ctx: Context): Promise<number> {
  const slips = await waitingSlips(ctx).where('serve_due_provisional', '=', true).execute()
  let settled = 0
  for (const slip of slips) {
    const due = workingDue(serveSlipWithin, dayOf(slip.drafted_at), ctx.calendar)
    const day = due.day.toString()
    if (due.provisional && day === slip.serve_due_on) continue
    const change = { serve_due_on: day, serve_due_provisional: due.provisional }
    await saveSlip(ctx, slip.id, { kind: 'changed', text: day }, change)
    settled += 1
  }
  return settled
}

/** The unit that let the day pass has it in the ledger; the meeting of the month sees it (R126). A provisional day makes nobody guilty. */
async function markOverdueTasks(ctx: Context): Promise<number> {
  const tasks = await openTasks(ctx)
    .where('due_provisional', '=', false)
    .where('overdue_at', 'is', null)
    .where('due_on', '<', dayOf(ctx.now).toString())
    .execute()
  for (const task of tasks) {
    await saveTask(ctx, task.id, { overdue_at: ctx.now })
    await reportFact(ctx, {
      kind: 'deduction_overdue',
      personId: null,
      unitId: task.unit_id,
      sourceKind: 'deduction_task',
      sourceId: task.id,
      occurredOn: Temporal.PlainDate.from(task.due_on).add({ days: 1 }),
      basis: 'R126',
      detail: { dueOn: task.due_on, findingId: task.finding_id, caseNo: await caseNo(ctx, task.finding_id) },
    })
  }
  return tasks.length
}

async function caseNo(ctx: Context, findingId: string): Promise<string> {
  const found = await ctx.db
    .selectFrom('standing.responsibility')
    .select('case_no')
    .where('finding_id', '=', findingId)
    .executeTakeFirstOrThrow()
  return found.case_no
}

async function markUnserved(ctx: Context): Promise<number> {
  const slips = await waitingSlips(ctx)
    .where('serve_due_provisional', '=', false)
    .where('serve_overdue_at', 'is', null)
    .where('serve_due_on', '<', dayOf(ctx.now).toString())
    .execute()
  for (const slip of slips)
    await saveSlip(ctx, slip.id, { kind: 'overdue', text: slip.serve_due_on }, { serve_overdue_at: ctx.now })
  return slips.length
}

async function markTalks(ctx: Context): Promise<number> {
  const slips = await ctx.db
    .selectFrom('standing.slip')
    .selectAll()
    .where('status', '=', 'served')
    .where('talk_overdue_at', 'is', null)
    .where('talk_due_on', '<', dayOf(ctx.now).toString())
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  const late = slips.filter((slip) => slip.talk_due_on && hasPassed(Temporal.PlainDate.from(slip.talk_due_on), ctx.now))
  for (const slip of late)
    await saveSlip(ctx, slip.id, { kind: 'talk_overdue', text: slip.talk_due_on ?? '' }, { talk_overdue_at: ctx.now })
  return late.length
}

function openTasks(ctx: Context) {
  return ctx.db
    .selectFrom('standing.deduction_task')
    .selectAll()
    .where('status', '=', 'open')
    .orderBy('due_on')
    .limit(batch)
    .forUpdate()
    .skipLocked()
}

function waitingSlips(ctx: Context) {
  return ctx.db
    .selectFrom('standing.slip')
    .selectAll()
    .where('status', 'in', ['draft', 'signed', 'refused'])
    .orderBy('serve_due_on')
    .limit(batch)
    .forUpdate()
    .skipLocked()
}
