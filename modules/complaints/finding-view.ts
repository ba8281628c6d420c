import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type {
  ComplaintsAppealDecision,
  ComplaintsFindingStatus,
  ComplaintsOutcome,
  ComplaintsSeverity,
  ComplaintsStatementStatus,
} from '#platform/db/schema.ts'
import type { EvidenceLine } from './finding-store.ts'

export type StatementRow = {
  id: string
  no: string | null
  round: number
  personId: string
  personName: string
  policeNo: string
  facts: string
  asks: string
  status: ComplaintsStatementStatus
  requestedAt: Temporal.Instant
  requestedByName: string
  dueOn: string
  dueProvisional: boolean
  readAt: Temporal.Instant | null
  answer: string | null
  answeredAt: Temporal.Instant | null
}

export type AppealRow = {
  id: string
  grounds: string
  filedAt: Temporal.Instant
  dueOn: string
  decision: ComplaintsAppealDecision | null
  decidedByName: string | null
  decidedAt: Temporal.Instant | null
  reason: string | null
}

export type FindingRow = {
  id: string
  no: string | null
  round: number
  person_id: string | null
  personName: string | null
  policeNo: string | null
  unitId: string
  unitZh: string
  unitEn: string
  outcome: ComplaintsOutcome
  severity: ComplaintsSeverity | null
  facts: string
  factLine: string
  clause: string
  evidence: EvidenceLine[]
  nobodyReason: string | null
  status: ComplaintsFindingStatus
  proposedByName: string
  proposedAt: Temporal.Instant
  reviewedByName: string | null
  reviewedAt: Temporal.Instant | null
  reviewNote: string | null
  approvedByName: string | null
  approvedAt: Temporal.Instant | null
  appealUntil: string | null
  appealProvisional: boolean
  readAt: Temporal.Instant | null
  amends: string | null
  appeal: AppealRow | null
  clarification: { no: string; tellUnit: boolean; issuedAt: string } | null
}

const findingColumns = sql`f.id, f.no, f.round, f.person_id, p.name as "personName", p.police_no as "policeNo", f.unit_id as "unitId",
  u.name_zh as "unitZh", u.name_en as "unitEn", f.outcome, f.severity, f.facts, f.fact_line as "factLine", f.clause, f.evidence,
  f.nobody_reason as "nobodyReason", f.status, pp.name as "proposedByName", f.proposed_at as "proposedAt", pr.name as "reviewedByName",
  f.reviewed_at as "reviewedAt", f.review_note as "reviewNote", pa.name as "approvedByName", f.approved_at as "approvedAt",
  f.appeal_until as "appealUntil", f.appeal_provisional as "appealProvisional", f.read_at as "readAt", f.amends,
  (select jsonb_build_object('no', c.no, 'tellUnit', c.tell_unit, 'issuedAt', c.issued_at) from complaints.clarification c where c.finding_id = f.id) as clarification`

const findingTables = sql`complaints.finding f join directory.unit u on u.id = f.unit_id left join directory.person p on p.id = f.person_id
  join directory.person pp on pp.id = f.proposed_by left join directory.person pr on pr.id = f.reviewed_by
  left join directory.person pa on pa.id = f.approved_by`

/** All that was ever found in a case, oldest first. */
export async function findingRows(ctx: Context, caseId: string): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`select ${findingColumns} from ${findingTables}
    where f.case_id = ${caseId} order by f.round, f.proposed_at, f.amends nulls first, f.id`.execute(ctx.db)
  return await withAppeals(ctx, rows)
}

/** What stands about the reader himself, newest first; he sees it once it is approved. */
export async function ownFindings(ctx: Context): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`select ${findingColumns} from ${findingTables}
    where f.person_id = ${ctx.actor.personId} and f.approved_at is not null order by f.approved_at desc, f.id`.execute(
    ctx.db,
  )
  return await withAppeals(ctx, rows)
}

async function withAppeals(ctx: Context, findings: FindingRow[]): Promise<FindingRow[]> {
  if (findings.length === 0) return findings
  const { rows } = await sql<AppealRow & { findingId: string }>`
    select a.id, a.finding_id as "findingId", a.grounds, a.filed_at as "filedAt", a.due_on as "dueOn", a.decision, p.name as "decidedByName",
      a.decided_at as "decidedAt", a.reason
    from complaints.appeal a left join directory.person p on p.id = a.decided_by
    where a.finding_id = any (${findings.map((finding) => finding.id)}::uuid[])`.execute(ctx.db)
  return findings.map((finding) => ({
    ...finding,
    appeal: rows.find((appeal) => appeal.findingId === finding.id) ?? null,
  }))
}

const statementColumns = sql`s.id, s.no, s.round, s.person_id as "personId", p.name as "personName", p.police_no as "policeNo", s.facts, s.asks,
  s.status, s.requested_at as "requestedAt", r.name as "requestedByName", s.due_on as "dueOn", s.due_provisional as "dueProvisional",
  s.read_at as "readAt", s.answer, s.answered_at as "answeredAt"
  from complaints.statement s join directory.person p on p.id = s.person_id join directory.person r on r.id = s.requested_by`

export async function statementRows(ctx: Context, caseId: string): Promise<StatementRow[]> {
  const { rows } =
    await sql<StatementRow>`select ${statementColumns} where s.case_id = ${caseId} order by s.requested_at`.execute(
      ctx.db,
    )
  return rows
}

/** What the reader himself was asked, open ones first. */
export async function ownStatements(ctx: Context): Promise<StatementRow[]> {
  const { rows } = await sql<StatementRow>`select ${statementColumns}
    where s.person_id = ${ctx.actor.personId} order by s.status = 'requested' desc, s.requested_at desc limit 200`.execute(
    ctx.db,
  )
  return rows
}
