import { type Selectable, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { StandingResponsibility } from '#platform/db/schema.ts'

export type Responsibility = Selectable<StandingResponsibility>

/** Enters a finding, once: whoever comes second waits for the first and then changes nothing. */
export async function insertResponsibility(
  ctx: Context,
  row: Omit<Responsibility, 'ended_at' | 'ended_on' | 'ended_by' | 'end_reason' | 'recorded_at' | 'recorded_by'>,
): Promise<boolean> {
  const made = await ctx.db
    .insertInto('standing.responsibility')
    .values({ ...row, recorded_at: ctx.now, recorded_by: ctx.actor.personId })
    .onConflict((conflict) => conflict.column('finding_id').doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

export async function findResponsibility(ctx: Context, findingId: string): Promise<Responsibility | undefined> {
  return ctx.db.selectFrom('standing.responsibility').selectAll().where('finding_id', '=', findingId).executeTakeFirst()
}

/** Ends a finding, once. False when somebody ended it before, or when there is none to end. */
export async function endResponsibility(
  ctx: Context,
  findingId: string,
  { on, reason }: { on: Temporal.PlainDate; reason: string },
): Promise<boolean> {
  const done = await ctx.db
    .updateTable('standing.responsibility')
    .set({ ended_at: ctx.now, ended_on: on.toString(), ended_by: ctx.actor.personId, end_reason: reason })
    .where('finding_id', '=', findingId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Whether the unit answers for this person (A30). */
export async function isAuxiliary(ctx: Context, personId: string): Promise<boolean> {
  const found = await sql<{ kind: string }>`select kind from directory.person where id = ${personId}`.execute(ctx.db)
  return found.rows[0]?.kind === 'auxiliary'
}
