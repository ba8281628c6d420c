import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

export type CaseStep = {
  at: Temporal.Instant
  round: number
  kind: string
  personName: string | null
  /** Whom the step names: the new handler, the officer who was asked. */
  toName: string | null
  text: string
  detail: Record<string, unknown>
}

/**
 * What happened to a case, oldest first. The officer's answer and his appeal are told from their own rows: he has no
 * sight of the case and writes nothing into its history.
 */
export async function caseTimeline(ctx: Context, caseId: string): Promise<CaseStep[]> {
  const { rows } = await sql<CaseStep>`
    select e.at, e.round, e.kind, p.name as "personName", t.name as "toName", e.text, e.detail from (
      select s.at, s.round, s.kind, s.person_id, s.text, s.detail, s.seq from complaints.step s where s.case_id = ${caseId}
      union all
      select s.answered_at, s.round, 'statement_answered', s.person_id, '', '{}'::jsonb, 0 from complaints.statement s
        where s.case_id = ${caseId} and s.answered_at is not null
      union all
      select a.filed_at, f.round, 'appeal_filed', a.person_id, '', '{}'::jsonb, 0 from complaints.appeal a
        join complaints.finding f on f.id = a.finding_id where f.case_id = ${caseId}
      union all
      select v.viewed_at, 1, 'identity_viewed', v.viewed_by, v.reason, '{}'::jsonb, 0 from complaints.identity_view v where v.case_id = ${caseId}
    ) e left join directory.person p on p.id = e.person_id
    left join directory.person t on t.id::text = e.detail->>'to'
    order by e.at, e.seq`.execute(ctx.db)
  return rows
}
