import type { Context } from '#platform/context.ts'
import { invalid, notFound } from '#platform/problem.ts'
import { type Eligibility, eligibilityFrom, type StandingFacts } from '#policy/standing/eligibility.ts'
import { factsOf } from './facts.ts'

/** `on`: the day of the honour, whose year counts. `asOf`: answer as it would have been given at that moment; now when left out. */
export type EligibilityQuestion = {
  personId: string
  awardKind: string
  on: Temporal.PlainDate
  asOf?: Temporal.Instant
}

/**
 * May this person have this honour, and if not, why: rule version ← restriction ← deductions ← findings ← cases (b-7). Case
 * number and fact are in it only where the asker may see the finding. Who may not know about the person finds nobody.
 */
export async function eligibility(ctx: Context, question: EligibilityQuestion): Promise<Eligibility> {
  const facts = (await factsOf(ctx, [question.personId])).get(question.personId)
  if (!facts) throw notFound('person')
  return answer(ctx, facts, question)
}

/** The same for many people at once: lists of candidates, model posts, a whole bureau. */
export async function eligibilityOfMany(
  ctx: Context,
  people: readonly string[],
  question: Omit<EligibilityQuestion, 'personId'>,
): Promise<Map<string, Eligibility>> {
  const facts = await factsOf(ctx, people)
  return new Map([...facts].map(([id, one]) => [id, answer(ctx, one, question)]))
}

function answer(
  ctx: Context,
  facts: StandingFacts,
  { awardKind, on, asOf }: Omit<EligibilityQuestion, 'personId'>,
): Eligibility {
  const found = eligibilityFrom(facts, { awardKind, on, asOf: asOf ?? storedMoment(ctx.now) })
  if ('refused' in found) throw invalid({ awardKind: 'choose-one' })
  return found
}

/** As the database keeps a moment: what was written in this transaction is known in it. */
export function storedMoment(now: Temporal.Instant): Temporal.Instant {
  return now.round({ smallestUnit: 'microsecond', roundingMode: 'ceil' })
}
