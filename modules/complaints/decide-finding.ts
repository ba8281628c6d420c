import { recordResponsibility } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { words } from '#platform/typed.ts'
import { appealUntil } from '#policy/complaints/clocks.ts'
import type { FindingNeed, Need } from '#policy/complaints/lifecycle.ts'
import { addStep, type Case, lockCase, nextStatus, saveCase } from './case-store.ts'
import { type Finding, findingCapacities, findingsOf, heard, nextFindingStatus, saveFinding } from './finding-store.ts'

export type Decision = { version: number; approve: boolean; reason?: string }

/**
 * The leader in charge approves or returns (R124); never who proposed or reviewed. Approved, the finding is served on
 * the officer's page, his days to appeal begin, and "responsible" goes to the ledger in the same transaction (R125).
 */
export async function decideFinding(ctx: Context, id: string, input: Decision): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const findings = await findingsOf(ctx, found, true)
  const me = ctx.actor.personId as string
  const other =
    findings.length > 0 && findings.every((finding) => finding.proposed_by !== me && finding.reviewed_by !== me)
  const met: (Need & FindingNeed)[] = other && found.handler_id !== me ? ['other-than-reviewers'] : []
  if (!input.approve) return await giveBack(ctx, found, findings, met, input)
  if (await heard(ctx, found)) met.push('officer-heard')
  const status = nextStatus(ctx, found, 'approve', met)

  const appeal = appealUntil(dayOf(ctx.now), ctx.calendar)
  for (const finding of findings) {
    await saveFinding(ctx, finding.id, {
      status: nextFindingStatus(finding.status, 'approve', findingCapacities(ctx), met),
      approved_by: me,
      approved_at: ctx.now,
      appeal_until: appeal.day.toString(),
      appeal_basis: appeal.basis,
      appeal_provisional: appeal.provisional,
    })
    const entry = ledgerEntry(found, finding, dayOf(ctx.now))
    if (entry) await recordResponsibility(ctx, entry)
  }
  await saveCase(ctx, found, { status, decided_at: ctx.now })
  await addStep(ctx, found, 'approved', { detail: { outcomes: findings.map((finding) => finding.outcome) } })
}

async function giveBack(
  ctx: Context,
  found: Case,
  findings: Finding[],
  met: readonly (Need & FindingNeed)[],
  input: Decision,
) {
  const status = nextStatus(ctx, found, 'return', met)
  const reason = words('reason', input.reason, 2000)
  for (const finding of findings) {
    const next = nextFindingStatus(finding.status, 'return', findingCapacities(ctx), met)
    await saveFinding(ctx, finding.id, { status: next, reviewed_by: null, reviewed_at: null })
  }
  await saveCase(ctx, found, { status })
  await addStep(ctx, found, 'returned', { text: reason })
}

/** What the ledger is told of a finding; null where nobody was found responsible. It is kept there by the finding's id, once. */
export function ledgerEntry(
  found: Pick<Case, 'id' | 'no'>,
  finding: Pick<
    Finding,
    'id' | 'outcome' | 'severity' | 'fact_line' | 'clause' | 'unit_id' | 'person_id' | 'nobody_reason'
  >,
  effectiveOn: Temporal.PlainDate,
) {
  if (finding.outcome !== 'responsible' || !finding.severity) return null
  return {
    findingId: finding.id,
    caseId: found.id,
    caseNo: found.no,
    factLine: finding.fact_line,
    clause: finding.clause,
    severity: finding.severity,
    unitId: finding.unit_id,
    personId: finding.person_id,
    unitOnlyReason: finding.nobody_reason ?? undefined,
    effectiveOn,
  }
}
