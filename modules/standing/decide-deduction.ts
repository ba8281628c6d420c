import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { pointsAllowed } from '#policy/standing/points.ts'
import { taskStep } from '#policy/standing/task-lifecycle.ts'
import { deriveConsequences } from './derive-consequences.ts'
import { post } from './posting-store.ts'
import { findResponsibility } from './responsibility-store.ts'
import { decidersOf, lockTask, saveTask } from './task-store.ts'

/**
 * The head of the unit deducts from the officer, inside the band and never nothing (R126). Takes effect today, unless an
 * amended finding keeps its day; what it brings about for the officer's year is worked out in the same transaction.
 */
export async function decideDeduction(
  ctx: Context,
  taskId: string,
  input: { version: number; points: number; reason: string },
): Promise<void> {
  const task = await lockTask(ctx, taskId, input.version)
  const today = dayOf(ctx.now)
  const deciders = await decidersOf(ctx, { unitId: task.unit_id, personId: task.person_id, on: today })
  const decides = ctx.actor.personId !== null && deciders.includes(ctx.actor.personId)
  const reason = words('reason', input.reason)
  const band = { min: task.min_points, max: task.max_points }
  if ('refused' in pointsAllowed(input.points, band)) throw invalid({ points: 'outside-band' })
  const next = taskStep(task.status, 'decide', decides ? ['decider'] : [], new Set(['inside-band']))
  if ('refused' in next) throw new Problem(next.refused === 'wrong-person' ? 403 : 409, next.refused)

  const effectiveOn = task.keeps_effective_on ?? today.toString()
  await saveTask(ctx, task.id, {
    status: next.to,
    points: input.points,
    reason,
    decided_by: ctx.actor.personId,
    decided_at: ctx.now,
  })
  const finding = await findResponsibility(ctx, task.finding_id)
  if (!finding) throw new Error('a task without its finding')
  await post(ctx, finding, {
    level: 'officer',
    personId: task.person_id,
    points: input.points,
    effectiveOn,
    basis: 'R126',
    ruleFrom: task.band_from,
  })
  await deriveConsequences(ctx, { personId: task.person_id, year: Temporal.PlainDate.from(effectiveOn).year })
}
