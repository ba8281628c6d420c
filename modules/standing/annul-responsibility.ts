import type { Context } from '#platform/context.ts'
import { words } from '#platform/typed.ts'
import { deriveConsequences } from './derive-consequences.ts'
import { post, reverseAll } from './posting-store.ts'
import { enter, named, needApprover, type ResponsibilityInput } from './record-responsibility.ts'
import { endResponsibility, findResponsibility, type Responsibility } from './responsibility-store.ts'
import { giveTask, lockTaskOf, saveTask, type Task } from './task-store.ts'

export type Annulment = { findingId: string; reason: string; annulledOn: Temporal.PlainDate }

/**
 * A finding falls on appeal or review: both deductions are reversed, an open task is cancelled, and what they had brought
 * about is worked out anew. False when it had ended before or never reached the ledger (no officer was responsible).
 */
export async function annulResponsibility(ctx: Context, about: Annulment): Promise<{ annulled: boolean }> {
  needApprover(ctx)
  const ended = await takeBack(ctx, about)
  if (!ended) return { annulled: false }
  if (ended.relieved) await deriveConsequences(ctx, { ...ended.relieved, reason: about.reason })
  return { annulled: true }
}

export type Amendment = {
  findingId: string
  reason: string
  amendedOn: Temporal.PlainDate
  /** The finding that takes its place, under an id of its own. */
  becomes: ResponsibilityInput
}

/**
 * An appeal changes a finding: what stood is reversed and the new finding is entered. Where officer, unit and severity are the
 * same, the head's decision is taken over with its day; otherwise he decides again, and for the same officer the day stays, so
 * that an appeal never moves a deduction into another year (A13).
 */
export async function amendResponsibility(
  ctx: Context,
  { findingId, reason, amendedOn, becomes }: Amendment,
): Promise<{ amended: boolean; taskId: string | null }> {
  needApprover(ctx)
  const ended = await takeBack(ctx, { findingId, reason, annulledOn: amendedOn })
  if (!ended) return { amended: false, taskId: null }
  const { row } = await enter(ctx, becomes, findingId)
  const taskId = row?.person_id && row.counts_for_person ? await again(ctx, named(row, row.person_id), ended) : null
  const years = [ended.relieved, row?.person_id && taskId ? await yearOf(ctx, taskId) : null].filter(
    (one) => one !== null,
  )
  const seen = new Set<string>()
  for (const one of years) {
    if (seen.has(`${one.personId} ${one.year}`)) continue
    seen.add(`${one.personId} ${one.year}`)
    await deriveConsequences(ctx, { ...one, reason })
  }
  return { amended: true, taskId }
}

type Ended = {
  before: Responsibility
  task: Task | undefined
  /** Whose year has one deduction less. */
  relieved: { personId: string; year: number } | null
  /** The day on which the officer's deduction had taken effect. */
  effectiveOn: string | undefined
}

// The task is locked first: so does the head who decides it, and neither waits for the other for ever.
async function takeBack(ctx: Context, { findingId, reason, annulledOn }: Annulment): Promise<Ended | null> {
  const why = words('reason', reason)
  const task = await lockTaskOf(ctx, findingId)
  if (!(await endResponsibility(ctx, findingId, { on: annulledOn, reason: why }))) return null
  const officer = await reverseAll(ctx, findingId, { on: annulledOn, reason: why })
  if (task?.status === 'open') {
    await saveTask(ctx, task.id, { status: 'cancelled', cancelled_at: ctx.now, cancel_reason: why })
  }
  return {
    before: (await findResponsibility(ctx, findingId)) as Responsibility,
    task,
    relieved: officer && { personId: officer.personId, year: Temporal.PlainDate.from(officer.effectiveOn).year },
    effectiveOn: officer?.effectiveOn,
  }
}

async function again(
  ctx: Context,
  row: Responsibility & { person_id: string },
  { before, task, effectiveOn }: Ended,
): Promise<string> {
  const sameOfficer = before.person_id === row.person_id
  const same = sameOfficer && before.unit_id === row.unit_id && before.severity === row.severity
  const carried = same && task?.status === 'decided' ? task : undefined
  const keepsEffectiveOn = sameOfficer ? effectiveOn : undefined
  const id = await giveTask(ctx, row, { carried, keepsEffectiveOn })
  if (carried?.points && keepsEffectiveOn) {
    await post(ctx, row, {
      level: 'officer',
      personId: row.person_id,
      points: carried.points,
      effectiveOn: keepsEffectiveOn,
      basis: 'R126',
      ruleFrom: carried.band_from,
    })
  }
  return id
}

async function yearOf(ctx: Context, taskId: string): Promise<{ personId: string; year: number } | null> {
  const task = await ctx.db
    .selectFrom('standing.deduction_task')
    .select(['person_id', 'keeps_effective_on', 'status'])
    .where('id', '=', taskId)
    .executeTakeFirst()
  if (task?.status !== 'decided' || !task.keeps_effective_on) return null
  return { personId: task.person_id, year: Temporal.PlainDate.from(task.keeps_effective_on).year }
}
