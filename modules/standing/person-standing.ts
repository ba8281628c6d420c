import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import type { Slip } from './slip-store.ts'

export type DeductionLine = {
  postingId: string
  findingId: string
  caseNo: string
  factLine: string
  clause: string
  unitZh: string
  unitEn: string
  points: number
  reason: string
  effectiveOn: string
  decidedBy: string
  reversedAt: Temporal.Instant | null
  reversedReason: string | null
}

export type RestrictionRow = {
  id: string
  personId: string
  personName: string
  policeNo: string
  unitZh: string
  unitEn: string
  year: number
  merit: boolean
  decoration: boolean
  sourceKind: 'deductions' | 'evaluation'
  basis: string
  factLine: string
  ruleOn: string
  status: 'proposed' | 'confirmed' | 'withdrawn'
  proposedAt: Temporal.Instant
  confirmedBy: string | null
  confirmedAt: Temporal.Instant | null
  confirmNote: string | null
  withdrawnAt: Temporal.Instant | null
  withdrawReason: string | null
  version: number
}

export type OwnTask = { caseNo: string; factLine: string; dueOn: string }

export type OwnStanding = {
  year: number
  /** Distinct live cases of the year: what R127 and R128 count. */
  cases: number
  deductions: DeductionLine[]
  waiting: OwnTask[]
  restrictions: RestrictionRow[]
  slips: Slip[]
}

/** What stands about the reader himself in a year, with reasons: open to him from the moment it exists. */
export async function ownStanding(ctx: Context, year?: number): Promise<OwnStanding> {
  const me = ctx.actor.personId
  if (!me) throw notFound('person')
  const of = year ?? dayOf(ctx.now).year
  const deductions = await deductionsOf(ctx, me, of)
  const live = deductions.filter((one) => one.reversedAt === null)
  const counted = await sql<{
    n: number
  }>`select count(distinct case_id) as n from standing.live_deductions(${me}, ${of})`.execute(ctx.db)
  return {
    year: of,
    cases: live.length === 0 ? 0 : (counted.rows[0]?.n ?? 0),
    deductions,
    waiting: await waitingFor(ctx, me),
    restrictions: await restrictionsWhere(ctx, sql`r.person_id = ${me}::uuid and r.year = ${of}`),
    slips: await ctx.db
      .selectFrom('standing.slip')
      .selectAll()
      .where('person_id', '=', me)
      .where('year', '=', of)
      .where('signed_at', 'is not', null)
      .orderBy('nth')
      .execute(),
  }
}

export async function deductionsOf(ctx: Context, personId: string, year: number): Promise<DeductionLine[]> {
  const found =
    await sql<DeductionLine>`select p.id as "postingId", p.finding_id as "findingId", r.case_no as "caseNo", r.fact_line as "factLine", r.clause,
      u.name_zh as "unitZh", u.name_en as "unitEn", p.points, coalesce(t.reason, '') as reason, p.effective_on as "effectiveOn",
      coalesce(d.name, '') as "decidedBy", b.recorded_at as "reversedAt", b.reason as "reversedReason"
    from standing.posting p join standing.responsibility r on r.finding_id = p.finding_id join directory.unit u on u.id = p.unit_id
      left join standing.deduction_task t on t.finding_id = p.finding_id left join directory.person d on d.id = t.decided_by
      left join standing.posting b on b.reverses = p.id
    where p.person_id = ${personId}::uuid and p.reverses is null and extract(year from p.effective_on) = ${year}
    order by p.effective_on, p.seq`.execute(ctx.db)
  return found.rows
}

async function waitingFor(ctx: Context, personId: string): Promise<OwnTask[]> {
  const found = await sql<OwnTask>`select r.case_no as "caseNo", r.fact_line as "factLine", t.due_on as "dueOn"
    from standing.deduction_task t join standing.responsibility r on r.finding_id = t.finding_id
    where t.person_id = ${personId}::uuid and t.status = 'open' order by t.due_on`.execute(ctx.db)
  return found.rows
}

async function restrictionsWhere(ctx: Context, where: ReturnType<typeof sql>, most = 500): Promise<RestrictionRow[]> {
  const found =
    await sql<RestrictionRow>`select r.id, r.person_id as "personId", p.name as "personName", p.police_no as "policeNo", u.name_zh as "unitZh",
      u.name_en as "unitEn", r.year, r.merit, r.decoration, r.source_kind as "sourceKind", r.basis, r.fact_line as "factLine", r.rule_on as "ruleOn", r.status,
      r.proposed_at as "proposedAt", c.name as "confirmedBy", r.confirmed_at as "confirmedAt", r.confirm_note as "confirmNote",
      r.withdrawn_at as "withdrawnAt", r.withdraw_reason as "withdrawReason", r.version
    from standing.restriction r join directory.person p on p.id = r.person_id join directory.unit u on u.id = r.unit_id
      left join directory.person c on c.id = r.confirmed_by
    where ${where} order by (r.status = 'proposed') desc, r.proposed_at desc, r.id limit ${most}`.execute(ctx.db)
  return found.rows
}

/** Restrictions that the reader may see, those to be confirmed first. */
export async function listRestrictions(
  ctx: Context,
  filter: { status?: RestrictionRow['status'] } = {},
): Promise<RestrictionRow[]> {
  return restrictionsWhere(
    ctx,
    filter.status ? sql`r.status = ${filter.status}::standing.restriction_status` : sql`true`,
  )
}

export async function countProposed(ctx: Context): Promise<number> {
  const found = await sql<{
    n: number
  }>`select count(*) as n from standing.restriction where status = 'proposed'`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}

export async function viewRestriction(
  ctx: Context,
  id: string,
): Promise<{ restriction: RestrictionRow; deductions: DeductionLine[] }> {
  const [restriction] = await restrictionsWhere(ctx, sql`r.id = ${id}::uuid`)
  if (!restriction) throw notFound('restriction')
  return { restriction, deductions: await deductionsOf(ctx, restriction.personId, restriction.year) }
}
