import { type Parameter, valueOn } from '../parameter.ts'
import { type AwardScope, awardKind } from './award-kinds.ts'
import { firstOfEachCase } from './consequences.ts'
import { restrictionFrom } from './parameters.ts'

/**
 * May this person have this honour (domain 6.3, b-7)? Computed from facts alone, each with the moments from which to which
 * it stood, so that the answer of any past moment can be given again. Every cited element is needed: without it the reason
 * falls; what is not cited has no part in it.
 */
export type DeductionFact = {
  id: string
  findingId: string
  caseId: string
  effectiveOn: Temporal.PlainDate
  points: number
  seq: number
  recordedAt: Temporal.Instant
  reversedAt: Temporal.Instant | null
  findingFrom: Temporal.Instant
  findingUntil: Temporal.Instant | null
  /** Absent where the reader may not see the finding. */
  caseNo?: string
  factLine?: string
  clause?: string
}

export type RestrictionFact = {
  id: string
  year: number
  merit: boolean
  decoration: boolean
  sourceKind: 'deductions' | 'evaluation'
  /** The result of an evaluation; deductions are found by officer and year. */
  sourceId: string | null
  basis: string
  factLine: string
  ruleOn: Temporal.PlainDate
  from: Temporal.Instant
  until: Temporal.Instant | null
  confirmedAt: Temporal.Instant | null
}

export type StandingFacts = { deductions: readonly DeductionFact[]; restrictions: readonly RestrictionFact[] }

/** `on`: the day of the honour, whose calendar year counts. `asOf`: what was known at that moment. */
export type Question = { awardKind: string; on: Temporal.PlainDate; asOf: Temporal.Instant }

export type CitedDeduction = {
  id: string
  effectiveOn: string
  points: number
  findingId: string
  caseId: string
  caseNo: string | null
  factLine: string | null
  clause: string | null
}

/** One reason that suffices by itself: rule version ← restriction ← deductions ← findings ← cases, or ← result. */
export type Reason = {
  rule: { basis: string; from: string; needs: number | null }
  restriction: { id: string; year: number; merit: boolean; decoration: boolean; since: string; confirmed: boolean }
  deductions: CitedDeduction[]
  result: { sourceId: string; factLine: string } | null
}

export type Eligibility = {
  eligible: boolean
  awardKind: string
  scope: AwardScope
  year: number
  on: string
  asOf: string
  reasons: Reason[]
}

export type Rules = { restrictionFrom: Parameter<number> }

export function eligibilityFrom(
  facts: StandingFacts,
  question: Question,
  rules: Rules = { restrictionFrom },
): Eligibility | { refused: 'unknown-award' } {
  const kind = awardKind(question.awardKind)
  if (!kind) return { refused: 'unknown-award' }
  const reasons = facts.restrictions
    .filter((one) => one.year === question.on.year && one[kind.scope] && stands(one.from, one.until, question.asOf))
    .sort((a, b) => Temporal.Instant.compare(a.from, b.from) || (a.id < b.id ? -1 : 1))
    .flatMap((one) => reasonFor(one, facts, question, rules) ?? [])
  return {
    eligible: reasons.length === 0,
    awardKind: kind.code,
    scope: kind.scope,
    year: question.on.year,
    on: question.on.toString(),
    asOf: question.asOf.toString(),
    reasons,
  }
}

function stands(from: Temporal.Instant, until: Temporal.Instant | null, asOf: Temporal.Instant): boolean {
  const begun = Temporal.Instant.compare(from, asOf) <= 0
  return begun && (until === null || Temporal.Instant.compare(until, asOf) > 0)
}

/** Null when nothing bears the restriction any more: then it is no reason, whatever its row says. */
function reasonFor(
  restriction: RestrictionFact,
  facts: StandingFacts,
  { asOf }: Question,
  rules: Rules,
): Reason | null {
  const { id, year, merit, decoration, confirmedAt } = restriction
  const cited = {
    restriction: {
      id,
      year,
      merit,
      decoration,
      since: restriction.from.toString(),
      confirmed: confirmedAt !== null && Temporal.Instant.compare(confirmedAt, asOf) <= 0,
    },
  }
  if (restriction.sourceKind === 'evaluation') {
    const { sourceId, basis, factLine, ruleOn } = restriction
    if (sourceId === null) return null
    const rule = { basis, from: ruleOn.toString(), needs: null }
    return { rule, ...cited, deductions: [], result: { sourceId, factLine } }
  }
  const rule = inForce(rules.restrictionFrom, restriction.ruleOn)
  if (!rule) return null
  const live = facts.deductions.filter(
    (one) =>
      one.effectiveOn.year === year &&
      stands(one.recordedAt, one.reversedAt, asOf) &&
      stands(one.findingFrom, one.findingUntil, asOf),
  )
  const bearing = firstOfEachCase(live).slice(0, rule.needs)
  return bearing.length < rule.needs ? null : { rule, ...cited, deductions: bearing.map(citation), result: null }
}

function inForce(parameter: Parameter<number>, day: Temporal.PlainDate): (Reason['rule'] & { needs: number }) | null {
  if (!parameter.values.some(({ from }) => from <= day.toString())) return null
  const { value, basis, from } = valueOn(parameter, day)
  return { basis, from, needs: value }
}

function citation(one: DeductionFact): CitedDeduction {
  return {
    id: one.id,
    effectiveOn: one.effectiveOn.toString(),
    points: one.points,
    findingId: one.findingId,
    caseId: one.caseId,
    caseNo: one.caseNo ?? null,
    factLine: one.factLine ?? null,
    clause: one.clause ?? null,
  }
}
