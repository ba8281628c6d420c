import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { wordsOrNone } from '#platform/typed.ts'

export type MeritCause = {
  personId: string
  year: number
  sourceKind: 'evaluation'
  /** The finalised result. */
  sourceId: string
  basis: string
  factLine: string
}

/**
 * A finalised result below the line blocks merit evaluations of its year, and nothing else (R41, A15). By the system, once for
 * each result. Returns whether it is new.
 */
export async function proposeMeritRestriction(ctx: Context, cause: MeritCause): Promise<boolean> {
  const made = await sql<{
    id: string | null
  }>`select standing.propose_merit_restriction(${cause.personId}, ${cause.year}, ${dayOf(ctx.now).toString()}::date, ${cause.basis},
    ${cause.sourceId}, ${cause.factLine}, ${ctx.now}) as id`.execute(ctx.db)
  return made.rows[0]?.id != null
}

/** A result was annulled or corrected: its restriction goes, and no other. */
export async function withdrawMeritRestriction(
  ctx: Context,
  cause: { personId: string; year: number; sourceId: string; reason: string },
): Promise<boolean> {
  const done = await sql<{
    n: number
  }>`select standing.withdraw_restriction(${cause.personId}, ${cause.year}, ${cause.sourceId}, ${cause.reason}, ${ctx.now}) as n`.execute(
    ctx.db,
  )
  return (done.rows[0]?.n ?? 0) > 0
}

/**
 * A named person of the political department has looked at the reasons and confirms (PIPL 24): not the officer, and nobody who
 * decided what it rests on. It blocked before; from now on a person stands for it.
 */
export async function confirmRestriction(
  ctx: Context,
  id: string,
  input: { version: number; note?: string },
): Promise<void> {
  if (!may(ctx.actor, 'restriction.confirm')) throw new Problem(403, 'not-permitted')
  const found = await ctx.db
    .selectFrom('standing.restriction')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw notFound('restriction')
  if (found.version !== input.version) throw new Problem(409, 'changed-meanwhile')
  if (found.status !== 'proposed') throw new Problem(409, 'wrong-state')
  if (await hasDecided(ctx, found.person_id, found.year)) throw new Problem(409, 'decided-before')
  const note = wordsOrNone('note', input.note)
  await ctx.db
    .updateTable('standing.restriction')
    .set({
      status: 'confirmed',
      confirmed_by: ctx.actor.personId,
      confirmed_at: ctx.now,
      confirm_note: note || null,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

async function hasDecided(ctx: Context, personId: string, year: number): Promise<boolean> {
  const found = await sql`select 1 from standing.posting p join standing.responsibility r on r.finding_id = p.finding_id
      left join standing.deduction_task t on t.finding_id = p.finding_id
    where p.person_id = ${personId} and p.reverses is null and extract(year from p.effective_on) = ${year}
      and ${ctx.actor.personId}::uuid in (r.recorded_by, p.recorded_by, t.decided_by) limit 1`.execute(ctx.db)
  return found.rows.length > 0
}
