import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { statementStep } from '#policy/complaints/lifecycle.ts'
import { keepFile, type SentFile } from './add-evidence.ts'

/** The officer is heard: his words and, where he has them, his proofs. Late is still heard until something is decided. */
export async function answerStatement(
  ctx: Context,
  id: string,
  input: { answer: string; files: readonly SentFile[] },
): Promise<void> {
  const statement = await ctx.db
    .selectFrom('complaints.statement')
    .selectAll()
    .where('id', '=', id)
    .where('person_id', '=', ctx.actor.personId as string)
    .forUpdate()
    .executeTakeFirst()
  if (!statement) throw notFound('statement')
  const { rows } = await sql<{
    over: boolean
  }>`select complaints.decided_about(${id}) as over`.execute(ctx.db)
  const met = new Set(rows[0]?.over ? [] : (['not-decided'] as const))
  const next = statementStep(statement.status, 'answer', ['officer'], met)
  if ('refused' in next) throw new Problem(409, next.refused)
  const answer = words('answer', input.answer, 8000)

  for (const file of input.files) await keepFile(ctx, { caseId: statement.case_id, file, said: '', statementId: id })
  await ctx.db
    .updateTable('complaints.statement')
    .set({ status: next.to, answer, answered_at: ctx.now, expired_at: null })
    .where('id', '=', id)
    .execute()
}

/** Opening the request is receiving it: from then on he has read what is asked. */
export async function markStatementRead(ctx: Context, id: string): Promise<void> {
  await ctx.db
    .updateTable('complaints.statement')
    .set({ read_at: ctx.now })
    .where('id', '=', id)
    .where('person_id', '=', ctx.actor.personId as string)
    .where('read_at', 'is', null)
    .execute()
}
