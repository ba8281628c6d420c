import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import { statementUntil } from '#policy/complaints/clocks.ts'
import { type Betrayal, betrays } from '#policy/complaints/naming.ts'
import { toBeHeard } from './accused-parties.ts'
import { addStep, lockCase, nextStatus, saveCase } from './case-store.ts'
import { identitiesToCompare } from './identity.ts'

export type StatementAsk = { version: number; personId: string; facts: string; asks?: string }

/**
 * Puts the facts to the officer, or to the head of the accused unit, in the handler's own words and without whoever
 * complained (R124, art. 30). What would give the complainant away is refused, and the refusal is on record.
 */
export async function requestStatement(ctx: Context, id: string, input: StatementAsk): Promise<{ id: string }> {
  const found = await lockCase(ctx, id, input.version)
  const status = nextStatus(ctx, found, 'request_statement')
  const officer = (await toBeHeard(ctx, found.id)).find((asked) => asked.personId === input.personId)
  if (!officer) throw invalid({ personId: 'choose-one' })
  const facts = words('facts', input.facts, 4000)
  const asks = wordsOrNone('asks', input.asks, 2000)
  const betrayal = await betrayalIn(ctx, found.id, `${facts}\n${asks}`)
  if (betrayal.length > 0) throw new Problem(409, 'names-complainant', { fields: { facts: `betrays-${betrayal[0]}` } })

  const due = statementUntil(dayOf(ctx.now), ctx.calendar)
  const statementId = randomUUID()
  const done = await ctx.db
    .insertInto('complaints.statement')
    .values({
      id: statementId,
      no: await nextPaperNo(ctx, 'statement', 'SM'),
      case_id: found.id,
      round: found.round,
      person_id: officer.personId,
      facts,
      asks,
      requested_by: ctx.actor.personId as string,
      requested_at: ctx.now,
      due_on: due.day.toString(),
      due_provisional: due.provisional,
      due_basis: due.basis,
    })
    .onConflict((conflict) => conflict.columns(['case_id', 'round', 'person_id']).doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows === 0n) throw new Problem(409, 'already-asked')
  await saveCase(ctx, found, { status })
  await addStep(ctx, found, 'statement_requested', { detail: { to: officer.personId, dueOn: due.day.toString() } })
  return { id: statementId }
}

/** What in a text would tell the officer who complained. Compared on the server; nothing of it is shown. */
export async function betrayalIn(ctx: Context, caseId: string, text: string): Promise<Betrayal[]> {
  const who = await identitiesToCompare(ctx, caseId)
  const said = await ctx.db.selectFrom('complaints.submission').select('text').where('case_id', '=', caseId).execute()
  return betrays(
    text,
    who,
    said.map((submission) => submission.text),
    dayOf(ctx.now),
  )
}

/** SM2026-000012: kind, year, a number that runs on. */
export async function nextPaperNo(ctx: Context, series: string, letters: string): Promise<string> {
  const { year } = dayOf(ctx.now)
  const next = await sql<{ n: number }>`select platform.next_number(${`complaint-${series}.${year}`}) as n`.execute(
    ctx.db,
  )
  return `${letters}${year}-${String(next.rows[0]?.n).padStart(6, '0')}`
}
