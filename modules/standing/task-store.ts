import { randomUUID } from 'node:crypto'
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { StandingDeductionTask } from '#platform/db/schema.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { startOf, workingDue } from '#policy/standing/dues.ts'
import { deductWithin } from '#policy/standing/parameters.ts'
import { bandFor } from '#policy/standing/points.ts'
import type { Responsibility } from './responsibility-store.ts'

export type Task = Selectable<StandingDeductionTask>

/** Whoever may not see a task finds none. The version tells that somebody has decided meanwhile. */
export async function lockTask(ctx: Context, id: string, version: number): Promise<Task> {
  const task = await ctx.db
    .selectFrom('standing.deduction_task')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!task) throw notFound('deduction')
  if (task.version !== version) throw new Problem(409, 'changed-meanwhile', { detail: { version: task.version } })
  return task
}

/** The only writer of a task's row after it was given. */
export async function saveTask(ctx: Context, id: string, change: Updateable<StandingDeductionTask>): Promise<void> {
  await ctx.db
    .updateTable('standing.deduction_task')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** Gives the head of the unit the task to deduct from the officer (R126). */
export async function giveTask(
  ctx: Context,
  finding: Responsibility & { person_id: string },
  { keepsEffectiveOn, carried }: { keepsEffectiveOn?: string; carried?: Task },
): Promise<string> {
  const id = randomUUID()
  const effectiveOn = Temporal.PlainDate.from(finding.effective_on)
  const start = startOf(ctx.now, effectiveOn)
  const due = workingDue(deductWithin, start, ctx.calendar)
  const band = bandFor(finding.severity, effectiveOn)
  const decided = carried && {
    status: carried.status,
    points: carried.points,
    reason: carried.reason,
    decided_by: carried.decided_by,
    decided_at: carried.decided_at,
    carried_from: carried.id,
  }
  await ctx.db
    .insertInto('standing.deduction_task')
    .values({
      id,
      finding_id: finding.finding_id,
      unit_id: finding.unit_id,
      person_id: finding.person_id,
      created_at: ctx.now,
      start_on: start.toString(),
      due_on: due.day.toString(),
      due_provisional: due.provisional,
      due_basis: due.basis,
      min_points: band.value.min,
      max_points: band.value.max,
      band_from: band.from,
      keeps_effective_on: keepsEffectiveOn ?? null,
      ...decided,
    })
    .execute()
  return id
}

export async function lockTaskOf(ctx: Context, findingId: string): Promise<Task | undefined> {
  return ctx.db
    .selectFrom('standing.deduction_task')
    .selectAll()
    .where('finding_id', '=', findingId)
    .forUpdate()
    .executeTakeFirst()
}

/** Who may decide about this officer of this unit on a day: heads, or leaders where the head cannot (domain 6.4). */
export async function decidersOf(
  ctx: Context,
  about: { unitId: string; personId: string; on: Temporal.PlainDate },
): Promise<string[]> {
  const found = await sql<{
    ids: string[]
  }>`select standing.deciders(${about.unitId}, ${about.personId}, ${about.on.toString()}::date) as ids`.execute(ctx.db)
  return found.rows[0]?.ids ?? []
}
