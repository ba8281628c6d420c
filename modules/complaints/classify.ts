import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { wordsOrNone } from '#platform/typed.ts'
import { type CaseClass, caseClasses, type Department, departments } from '#policy/complaints/lists.ts'
import { addStep, lockCase, nextStatus } from './case-store.ts'

export type Classification = { version: number; caseClass: string; department?: string; reason?: string }

/**
 * Says what class a case is and in whose queue it stands. An accusation goes to discipline inspection and out of sight of
 * everybody else, also of whoever classified it: it is the last thing he does with it (petition-regulations:30).
 */
export async function classifyCase(
  ctx: Context,
  id: string,
  input: Classification,
): Promise<{ caseClass: CaseClass; department: Department }> {
  const found = await lockCase(ctx, id, input.version)
  const caseClass = caseClasses.find((known) => known === input.caseClass)
  if (!caseClass) throw invalid({ caseClass: 'choose-one' })
  const named = input.department ? departments.find((known) => known === input.department) : found.department
  if (!named) throw invalid({ department: 'choose-one' })
  if (caseClass === 'accusation' && input.department && named !== 'discipline_inspection')
    throw invalid({ department: 'accusation-to-discipline' })
  const department = caseClass === 'accusation' ? 'discipline_inspection' : named
  const status = nextStatus(ctx, found, 'classify')
  const reason = wordsOrNone('reason', input.reason, 500)
  await addStep(ctx, found, 'classified', {
    text: reason,
    detail: { class: caseClass, department, before: { class: found.class, department: found.department } },
  })
  const done = await sql<{
    done: boolean
  }>`select complaints.classify_case(${id}, ${found.version}, ${status}, ${caseClass}, ${department}, ${ctx.now}) as done`.execute(
    ctx.db,
  )
  if (!done.rows[0]?.done) throw new Problem(403, 'wrong-person')
  return { caseClass, department }
}
