import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Responsibility } from './responsibility-store.ts'

type About = Pick<Responsibility, 'finding_id' | 'case_id' | 'unit_id'>

export type NewPosting = {
  level: 'unit' | 'officer'
  personId: string | null
  points: number
  effectiveOn: string
  basis: string
  ruleFrom: string
}

/** Posts a deduction. Which month it stands in is for the database to say: a closed one takes nothing more (b-14). */
export async function post(ctx: Context, about: About, posting: NewPosting): Promise<void> {
  await sql`insert into standing.posting (id, level, finding_id, case_id, unit_id, person_id, points, effective_on, basis, rule_from, recorded_at, recorded_by)
    values (${randomUUID()}, ${posting.level}, ${about.finding_id}, ${about.case_id}, ${about.unit_id}, ${posting.personId}, ${posting.points},
      ${posting.effectiveOn}, ${posting.basis}, ${posting.ruleFrom}, ${ctx.now}, ${ctx.actor.personId})`.execute(ctx.db)
}

/** Takes back what stands of a finding, the officer's deduction first. Returns the officer and day of what he was relieved of. */
export async function reverseAll(
  ctx: Context,
  findingId: string,
  { on, reason }: { on: Temporal.PlainDate; reason: string },
): Promise<{ personId: string; effectiveOn: string } | null> {
  const standing = await ctx.db
    .selectFrom('standing.posting as p')
    .selectAll()
    .where('finding_id', '=', findingId)
    .where('reverses', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('standing.posting as b').select('b.id').whereRef('b.reverses', '=', 'p.id'))),
    )
    .orderBy('level', 'desc')
    .execute()
  for (const one of standing) {
    await sql`insert into standing.posting (id, level, finding_id, case_id, unit_id, person_id, points, effective_on, basis, rule_from, recorded_at, recorded_by, reverses, reason)
      values (${randomUUID()}, ${one.level}, ${one.finding_id}, ${one.case_id}, ${one.unit_id}, ${one.person_id}, ${one.points}, ${on.toString()},
        ${one.basis}, ${one.rule_from}, ${ctx.now}, ${ctx.actor.personId}, ${one.id}, ${reason})`.execute(ctx.db)
  }
  const officer = standing.find((one) => one.level === 'officer')
  return officer?.person_id ? { personId: officer.person_id, effectiveOn: officer.effective_on } : null
}
