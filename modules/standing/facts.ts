import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { DeductionFact, RestrictionFact, StandingFacts } from '#policy/standing/eligibility.ts'

type Row<T> = {
  [K in keyof T]: T[K] extends Temporal.Instant | Temporal.PlainDate
    ? string
    : T[K] extends Temporal.Instant | null
      ? string | null
      : T[K]
}

/** All that ever stood about some people, for whoever may know; others are missing from the map. */
export async function factsOf(ctx: Context, people: readonly string[]): Promise<Map<string, StandingFacts>> {
  const found = await sql<{
    id: string
    deductions: Row<DeductionFact>[]
    restrictions: Row<RestrictionFact>[]
  }>`select person_id as id, deductions, restrictions from standing.facts_of(${people as string[]}::uuid[])`.execute(
    ctx.db,
  )
  return new Map(found.rows.map(({ id, ...facts }) => [id, readFacts(facts)]))
}

function readFacts(row: { deductions: Row<DeductionFact>[]; restrictions: Row<RestrictionFact>[] }): StandingFacts {
  return {
    deductions: row.deductions.map((one) => ({
      ...one,
      effectiveOn: Temporal.PlainDate.from(one.effectiveOn),
      recordedAt: Temporal.Instant.from(one.recordedAt),
      reversedAt: moment(one.reversedAt),
      findingFrom: Temporal.Instant.from(one.findingFrom),
      findingUntil: moment(one.findingUntil),
    })),
    restrictions: row.restrictions.map((one) => ({
      ...one,
      ruleOn: Temporal.PlainDate.from(one.ruleOn),
      from: Temporal.Instant.from(one.from),
      until: moment(one.until),
      confirmedAt: moment(one.confirmedAt),
    })),
  }
}

function moment(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}
