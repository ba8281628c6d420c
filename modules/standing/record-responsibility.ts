import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import type { Severity } from '#policy/complaints/lists.ts'
import { unitDeduction } from '#policy/standing/points.ts'
import { post } from './posting-store.ts'
import { findResponsibility, insertResponsibility, isAuxiliary, type Responsibility } from './responsibility-store.ts'
import { giveTask } from './task-store.ts'

export type ResponsibilityInput = {
  findingId: string
  caseId: string
  caseNo: string
  /** One line without the complainant; the ledger and the notice slip quote it. */
  factLine: string
  /** The clause breached. */
  clause: string
  severity: Severity
  unitId: string
  /** Null where no individual can be named; then `unitOnlyReason` says why (A21). */
  personId: string | null
  unitOnlyReason?: string
  /** Day of the finding; the unit's deduction takes effect on it. */
  effectiveOn: Temporal.PlainDate
}

export type Recorded = {
  /** False when this finding is in the ledger already: nothing was done. */
  recorded: boolean
  unitPoints: number
  /** The task of the unit's head, where an officer is deducted too. */
  taskId: string | null
}

/**
 * A finding "responsible" reaches the ledger: the bureau deducts from the unit (R125), and the unit's head gets the task to
 * deduct from the officer (R126). Called in the transaction that approves the finding. However often, it has one effect.
 */
export async function recordResponsibility(ctx: Context, input: ResponsibilityInput): Promise<Recorded> {
  needApprover(ctx)
  const { row, unitPoints } = await enter(ctx, input, null)
  if (!row) return { recorded: false, unitPoints, taskId: null }
  const taskId = row.person_id && row.counts_for_person ? await giveTask(ctx, named(row, row.person_id), {}) : null
  return { recorded: true, unitPoints, taskId }
}

export function needApprover(ctx: Context): void {
  if (!may(ctx.actor, 'complaint.approve')) throw new Problem(403, 'not-permitted')
}

export function named(row: Responsibility, personId: string): Responsibility & { person_id: string } {
  return { ...row, person_id: personId }
}

/** The finding and the unit's deduction. No row comes back when they were there already. */
export async function enter(
  ctx: Context,
  input: ResponsibilityInput,
  replaces: string | null,
): Promise<{ row: Responsibility | null; unitPoints: number }> {
  if (input.personId !== null && input.personId === ctx.actor.personId) throw new Problem(403, 'own-case')
  const auxiliary = input.personId !== null && (await isAuxiliary(ctx, input.personId))
  const counts = input.personId !== null && !auxiliary
  const fresh = await insertResponsibility(ctx, {
    finding_id: input.findingId,
    case_id: input.caseId,
    case_no: input.caseNo,
    fact_line: words('factLine', input.factLine),
    clause: words('clause', input.clause),
    severity: input.severity,
    unit_id: input.unitId,
    person_id: input.personId,
    counts_for_person: counts,
    unit_only_reason: counts ? null : auxiliary ? 'auxiliary' : words('unitOnlyReason', input.unitOnlyReason),
    effective_on: input.effectiveOn.toString(),
    replaces,
  })
  const { points, from, basis } = unitDeduction(input.severity, input.effectiveOn)
  if (!fresh) return { row: null, unitPoints: points }
  const row = (await findResponsibility(ctx, input.findingId)) as Responsibility
  await post(ctx, row, {
    level: 'unit',
    personId: null,
    points,
    effectiveOn: row.effective_on,
    basis,
    ruleFrom: from,
  })
  return { row, unitPoints: points }
}
