import { randomUUID } from 'node:crypto'
import { amendResponsibility, annulResponsibility, recordResponsibility } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { appealDecider } from '#policy/complaints/lifecycle.ts'
import { outcomes, severities } from '#policy/complaints/lists.ts'
import { addStep, type Case, lockCase, standingTo } from './case-store.ts'
import { ledgerEntry } from './decide-finding.ts'
import { decidersOf, type Finding, findingCapacities, nextFindingStatus, saveFinding } from './finding-store.ts'
import { betrayalIn, nextPaperNo } from './request-statement.ts'

export const appealDecisions = ['upheld', 'annulled', 'amended'] as const
export type AppealDecision = (typeof appealDecisions)[number]

export type AppealInput = {
  decision: string
  reason: string
  /** For `amended`: what stands instead. */
  outcome?: string
  severity?: string
  facts?: string
  factLine?: string
  clause?: string
}

const actions = { upheld: 'uphold', annulled: 'annul', amended: 'amend' } as const

/**
 * Decides an appeal: a leader who has had no hand in this case (R124). What falls takes its deduction with it, what is
 * amended puts another in its place, in the same transaction.
 */
export async function decideAppeal(
  ctx: Context,
  caseId: string,
  appealId: string,
  input: AppealInput,
): Promise<{ decision: AppealDecision }> {
  const found = await lockCase(ctx, caseId)
  if (!standingTo(ctx, found).includes('leader')) throw new Problem(403, 'wrong-person')
  const appeal = await ctx.db
    .selectFrom('complaints.appeal')
    .selectAll()
    .where('id', '=', appealId)
    .forUpdate()
    .executeTakeFirst()
  const finding = appeal && (await contested(ctx, caseId, appeal.finding_id))
  if (!appeal || !finding) throw notFound('case')
  if (appeal.decided_at) throw new Problem(409, 'already-decided')
  const me = ctx.actor.personId as string
  const fresh = appealDecider({ personId: me, decided: await decidersOf(ctx, caseId), concerned: false })
  const decision = appealDecisions.find((known) => known === input.decision)
  if (!decision) throw invalid({ decision: 'choose-one' })
  const met = 'allowed' in fresh ? (['has-not-decided'] as const) : []
  const status = nextFindingStatus(finding.status, actions[decision], findingCapacities(ctx), met)
  const reason = words('reason', input.reason, 4000)

  const amended = decision === 'amended' ? await insertAmended(ctx, finding, input) : null
  await ctx.db
    .updateTable('complaints.appeal')
    .set({ decided_by: me, decided_at: ctx.now, decision, reason, amended_finding_id: amended?.id ?? null })
    .where('id', '=', appeal.id)
    .execute()
  await saveFinding(ctx, finding.id, { status })
  if (decision !== 'upheld') await changeLedger(ctx, found, finding, amended, reason)
  await addStep(ctx, found, 'appeal_decided', { text: reason, detail: { decision, findingId: finding.id } })
  return { decision }
}

type Amended = Parameters<typeof ledgerEntry>[1]

/** Deductions follow the finding: reversed, put in place of the old ones, or made for the first time. */
async function changeLedger(
  ctx: Context,
  found: Case,
  before: Finding,
  after: Amended | null,
  reason: string,
): Promise<void> {
  const today = dayOf(ctx.now)
  const why = [...reason].slice(0, 500).join('')
  const becomes = after && ledgerEntry(found, after, dayOf(before.approved_at ?? ctx.now))
  if (before.outcome !== 'responsible') {
    if (becomes) await recordResponsibility(ctx, { ...becomes, effectiveOn: today })
    return
  }
  if (becomes) await amendResponsibility(ctx, { findingId: before.id, reason: why, amendedOn: today, becomes })
  else await annulResponsibility(ctx, { findingId: before.id, reason: why, annulledOn: today })
}

function contested(ctx: Context, caseId: string, findingId: string): Promise<Finding | undefined> {
  return ctx.db
    .selectFrom('complaints.finding')
    .selectAll()
    .where('id', '=', findingId)
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst()
}

/** The finding that stands instead: of the same hands, approved by whoever decided the appeal. It is final. */
async function insertAmended(ctx: Context, before: Finding, input: AppealInput) {
  const outcome = outcomes.find((known) => known === input.outcome)
  if (!outcome) throw invalid({ outcome: 'choose-one' })
  const severity = outcome === 'responsible' ? severities.find((known) => known === input.severity) : null
  if (severity === undefined) throw invalid({ severity: 'choose-one' })
  if (outcome === before.outcome && severity === before.severity) throw invalid({ outcome: 'nothing-amended' })
  const facts = words('facts', input.facts || before.facts, 8000)
  const factLine = words('factLine', input.factLine || before.fact_line, 200)
  const clause = outcome === 'responsible' ? words('clause', input.clause || before.clause, 500) : before.clause
  const betrayal = await betrayalIn(ctx, before.case_id, `${facts}\n${factLine}\n${clause}`)
  if (betrayal.length > 0) throw new Problem(409, 'names-complainant', { fields: { facts: `betrays-${betrayal[0]}` } })
  const row = {
    id: randomUUID(),
    no: await nextPaperNo(ctx, 'finding', 'RD'),
    case_id: before.case_id,
    round: before.round,
    person_id: before.person_id,
    unit_id: before.unit_id,
    outcome,
    severity,
    facts,
    fact_line: factLine,
    clause,
    nobody_reason: before.nobody_reason,
    evidence: JSON.stringify(before.evidence),
    status: 'approved' as const,
    proposed_by: before.proposed_by,
    proposed_at: before.proposed_at,
    reviewed_by: before.reviewed_by,
    reviewed_at: before.reviewed_at,
    approved_by: ctx.actor.personId,
    approved_at: ctx.now,
    amends: before.id,
  }
  await ctx.db.insertInto('complaints.finding').values(row).execute()
  return row
}
