import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { reviewRequestUntil } from '#policy/complaints/clocks.ts'
import { addStep, type Case, lockCase, nextStatus, saveCase } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { noticeTexts, toldDay } from './notice-texts.ts'

export type AnswerInput = { version: number; facts: string; reasons: string; opinion: string; basis: string }

/** 处理意见书 to everybody who complained and can be reached: request, facts and reasons, opinion, law (art. 32). */
export async function answerCase(ctx: Context, id: string, input: AnswerInput): Promise<{ told: number }> {
  const found = await lockCase(ctx, id, input.version)
  const status = nextStatus(ctx, found, 'answer', found.class === 'suggestion' ? ['suggestion'] : [])
  if ((await reachable(ctx, found)) === 0) throw new Problem(409, 'nobody-reachable')
  const lines = (field: keyof AnswerInput & string, max: number) =>
    words(field, input[field] as string, max)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  const requests = await requestsOf(ctx, found)
  const opinion = {
    facts: lines('facts', 4000),
    reasons: lines('reasons', 4000),
    opinion: lines('opinion', 2000),
    basis: lines('basis', 1000),
    review: toldDay('提出复查请求的最后一日', reviewRequestUntil(dayOf(ctx.now), ctx.calendar)),
    reviewBody: '上一级机关',
  }

  await saveCase(ctx, found, { status, answered_at: ctx.now })
  await addStep(ctx, found, 'answered', { text: opinion.opinion.join('\n') })
  const told = await issueNotices(ctx, found, 'opinion', ({ firstCaseId }) =>
    noticeTexts.opinion({ ...opinion, request: [requests.get(firstCaseId) ?? ''] }),
  )
  return { told }
}

/** What each asked for, by the case that he opened: in a joined case nobody reads another one's words (A22). */
async function requestsOf(ctx: Context, found: Pick<Case, 'id'>): Promise<Map<string, string>> {
  const opened = await ctx.db
    .selectFrom('complaints.submission as s')
    .innerJoin('complaints.case as c', 'c.id', 's.first_case_id')
    .select(['c.id', 'c.wish', 'c.summary'])
    .where('s.case_id', '=', found.id)
    .execute()
  return new Map(opened.map(({ id, wish, summary }) => [id, wish || summary]))
}

/** How many of those who complained can be told anything (A23). */
export async function reachable(ctx: Context, found: Pick<Case, 'id'>): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from complaints.submission where case_id = ${found.id} and reachable`.execute(ctx.db)
  return rows[0]?.n ?? 0
}
