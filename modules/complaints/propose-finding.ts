import { randomUUID } from 'node:crypto'
import { findPerson, findUnit } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import { outcomes, severities } from '#policy/complaints/lists.ts'
import { type Party, partiesOf } from './accused-parties.ts'
import { addStep, type Case, lockCase, nextStatus, saveCase } from './case-store.ts'
import { confirmTags, type Tags } from './confirm-tags.ts'
import { type EvidenceLine, type Finding, findingsOf, heard, saveFinding } from './finding-store.ts'
import { betrayalIn, nextPaperNo } from './request-statement.ts'

export type Proposal = {
  version: number
  /** The officer found about; left out: the unit, because no officer can be identified (A21). */
  personId?: string
  unitId?: string
  outcome: string
  severity?: string
  facts: string
  factLine: string
  clause?: string
  /** Files of the case, by id. */
  files?: readonly string[]
  /** Other proof, one to a line: what it is, and after ｜ what it shows. */
  otherEvidence?: string
  nobodyReason?: string
  tags: Tags
}

/**
 * What the handler finds about one officer or unit. Once there is a proposal for everybody complained of, the case
 * goes to the second reviewer. Nothing is proposed before everybody was heard (R124).
 */
export async function proposeFinding(ctx: Context, id: string, input: Proposal): Promise<{ submitted: boolean }> {
  const found = await lockCase(ctx, id, input.version)
  const isHeard = await heard(ctx, found)
  const status = nextStatus(ctx, found, 'propose_finding', isHeard ? ['officer-heard'] : [])
  const parties = await partiesOf(ctx, found.id)
  const party = await concerned(ctx, parties, input)
  const checked = await checkProposal(ctx, found, input)

  await keepDraft(ctx, found, party, checked)
  await confirmTags(ctx, found.id, input.tags)
  const drafts = await findingsOf(ctx, found)
  const submitted = parties.every((one) => drafts.some((draft) => matches(draft, one)))
  await saveCase(ctx, found, submitted ? { status } : {})
  const detail = { personId: party.personId, outcome: checked.outcome }
  await addStep(ctx, found, submitted ? 'proposed' : 'finding_drafted', { text: checked.fact_line, detail })
  return { submitted }
}

function matches(draft: Finding, party: Pick<Party, 'personId' | 'unitId'>): boolean {
  return party.personId
    ? draft.person_id === party.personId
    : draft.person_id === null && draft.unit_id === party.unitId
}

type Concerned = { personId: string | null; unitId: string }

async function concerned(ctx: Context, parties: readonly Party[], input: Proposal): Promise<Concerned> {
  if (input.personId) {
    const party = parties.find((one) => one.personId === input.personId)
    const person = party && (await findPerson(ctx, input.personId))
    if (!party || !person) throw invalid({ personId: 'choose-one' })
    return { personId: person.id, unitId: party.unitId }
  }
  const unit = input.unitId ? await findUnit(ctx, input.unitId) : undefined
  if (!unit) throw invalid({ unitId: 'choose-one' })
  // Where units are named, one of them is meant; where nobody is, the handler says which unit it was.
  if (parties.length > 0 && !parties.some((one) => one.unitId === unit.id)) throw invalid({ unitId: 'choose-one' })
  return { personId: null, unitId: unit.id }
}

async function checkProposal(ctx: Context, found: Case, input: Proposal) {
  const outcome = outcomes.find((known) => known === input.outcome)
  if (!outcome) throw invalid({ outcome: 'choose-one' })
  const responsible = outcome === 'responsible'
  const severity = responsible ? severities.find((known) => known === input.severity) : null
  if (severity === undefined) throw invalid({ severity: 'choose-one' })
  const facts = words('facts', input.facts, 8000)
  const factLine = words('factLine', input.factLine, 200)
  const clause = responsible ? words('clause', input.clause, 500) : wordsOrNone('clause', input.clause, 500)
  const nobody = responsible && !input.personId ? words('nobodyReason', input.nobodyReason, 500) : null
  const evidence = await evidenceLines(ctx, found.id, input)
  if (responsible && evidence.length === 0) throw invalid({ evidence: 'evidence-missing' })
  // The finding is served on the officer: it gives the complainant away no more than the request did.
  const betrayal = await betrayalIn(
    ctx,
    found.id,
    `${facts}\n${factLine}\n${clause}\n${evidence.map((line) => `${line.name}\n${line.shows}`).join('\n')}`,
  )
  if (betrayal.length > 0) throw new Problem(409, 'names-complainant', { fields: { facts: `betrays-${betrayal[0]}` } })
  return {
    outcome,
    severity,
    facts,
    fact_line: factLine,
    clause,
    nobody_reason: nobody,
    evidence: JSON.stringify(evidence),
  }
}

async function evidenceLines(ctx: Context, caseId: string, input: Proposal): Promise<EvidenceLine[]> {
  const wanted = input.files ?? []
  const files = await ctx.db
    .selectFrom('complaints.file')
    .select(['id', 'name', 'said'])
    .where('case_id', '=', caseId)
    .execute()
  const chosen = files.filter((file) => wanted.includes(file.id))
  if (chosen.length !== new Set(wanted).size) throw invalid({ evidence: 'choose-one' })
  const others = wordsOrNone('otherEvidence', input.otherEvidence, 4000)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return [
    ...chosen.map((file) => ({ name: file.name, kind: 'file' as const, shows: file.said, fileId: file.id })),
    ...others.map((line) => {
      const [name = '', ...shows] = line.split(/[|｜]/)
      return { name: name.trim(), kind: 'other' as const, shows: shows.join('｜').trim() }
    }),
  ]
}

async function keepDraft(
  ctx: Context,
  found: Case,
  party: Concerned,
  checked: Awaited<ReturnType<typeof checkProposal>>,
): Promise<void> {
  const me = ctx.actor.personId as string
  const before = (await findingsOf(ctx, found, true)).find((draft) => matches(draft, party))
  const proposal = { ...checked, proposed_by: me, proposed_at: ctx.now, reviewed_by: null, reviewed_at: null }
  if (before) return await saveFinding(ctx, before.id, proposal)
  await ctx.db
    .insertInto('complaints.finding')
    .values({
      id: randomUUID(),
      no: await nextPaperNo(ctx, 'finding', 'RD'),
      case_id: found.id,
      round: found.round,
      person_id: party.personId,
      unit_id: party.unitId,
      ...proposal,
    })
    .execute()
}
