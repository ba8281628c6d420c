import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import type { ClarificationContent } from './clarify.ts'
import { type FindingRow, ownFindings, ownStatements, type StatementRow } from './finding-view.ts'

/** Under which number the officer was asked or found about; he has no sight of the case itself. */
export async function caseNumberFor(ctx: Context, of: { statementId?: string; findingId?: string }): Promise<string> {
  const table = of.statementId ? sql`complaints.statement` : sql`complaints.finding`
  const id = of.statementId ?? of.findingId
  const { rows } = await sql<{ no: string | null }>`
    select complaints.number_for_officer(t.case_id) as no from ${table} t where t.id = ${id}`.execute(ctx.db)
  return rows[0]?.no ?? ''
}

export async function ownStatement(ctx: Context, id: string): Promise<StatementRow> {
  const found = (await ownStatements(ctx)).find((one) => one.id === id)
  if (!found) throw notFound('statement')
  return found
}

export async function ownFinding(ctx: Context, id: string): Promise<FindingRow> {
  const found = (await ownFindings(ctx)).find((one) => one.id === id)
  if (!found) throw notFound('finding')
  return found
}

export type OwnFile = { id: string; name: string }

/** What the officer handed in with his statement. */
export async function statementFiles(ctx: Context, statementId: string): Promise<OwnFile[]> {
  return await ctx.db
    .selectFrom('complaints.file')
    .select(['id', 'name'])
    .where('statement_id', '=', statementId)
    .orderBy('added_at')
    .execute()
}

export type ClarificationRow = {
  findingId: string
  no: string
  content: ClarificationContent
  tellUnit: boolean
  issuedAt: Temporal.Instant
  own: boolean
}

/** Clarifications for the reader himself, and those that an officer of his unit wanted it to be told. */
export async function clarificationsFor(ctx: Context): Promise<ClarificationRow[]> {
  const { rows } = await sql<ClarificationRow>`
    select c.finding_id as "findingId", c.no, c.content, c.tell_unit as "tellUnit", c.issued_at as "issuedAt",
      exists (select from complaints.finding f where f.id = c.finding_id and f.person_id = ${ctx.actor.personId}) as own
    from complaints.clarification c
    where c.tell_unit and c.unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[])
      or exists (select from complaints.finding f where f.id = c.finding_id and f.person_id = ${ctx.actor.personId})
    order by c.issued_at desc limit 200`.execute(ctx.db)
  return rows
}

/** The clarification of one finding, for whoever may read it. */
export async function findClarification(ctx: Context, findingId: string): Promise<ClarificationContent> {
  const found = await ctx.db
    .selectFrom('complaints.clarification')
    .select('content')
    .where('finding_id', '=', findingId)
    .executeTakeFirst()
  if (!found) throw notFound('finding')
  return found.content as ClarificationContent
}
