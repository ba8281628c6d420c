import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { consequencesOf, firstOfEachCase, type LiveDeduction } from '#policy/standing/consequences.ts'
import { workingDue } from '#policy/standing/dues.ts'
import { serveSlipWithin } from '#policy/standing/parameters.ts'
import { draftSlipText } from '#policy/standing/slip-text.ts'

type Live = LiveDeduction & {
  caseNo: string
  factLine: string
  clause: string
  officerPoints: number
  unitPoints: number
}

/**
 * Works out anew what an officer's live deductions of a year bring: a restriction proposed or withdrawn, slips drafted or
 * withdrawn, discipline inspection informed (R127, R128). In the transaction of each posting and each reversal; repeating
 * it changes nothing. The database refuses what the facts do not bear, and a commit that leaves them without effect.
 */
export async function deriveConsequences(
  ctx: Context,
  about: { personId: string; year: number; reason?: string },
): Promise<void> {
  const { personId, year } = about
  const live = await liveDeductions(ctx, personId, year)
  const due = consequencesOf(live)
  const why = about.reason ?? '扣分不再成立'
  if (due.restriction) {
    const { ruleOn, basis, restsOn } = due.restriction
    await sql`select standing.propose_restriction(${personId}, ${year}, ${ruleOn.toString()}::date, ${basis}, ${restsOn}::uuid[], ${ctx.now})`.execute(
      ctx.db,
    )
  } else await sql`select standing.withdraw_restriction(${personId}, ${year}, null, ${why}, ${ctx.now})`.execute(ctx.db)
  await sql`select standing.withdraw_slips(${personId}, ${year}, ${why}, ${ctx.now})`.execute(ctx.db)
  for (const { nth } of due.slips) await draftSlip(ctx, about, nth, live)
}

async function draftSlip(
  ctx: Context,
  { personId, year }: { personId: string; year: number },
  nth: number,
  live: readonly Live[],
): Promise<void> {
  const cases = firstOfEachCase(live).slice(0, nth)
  const lines = cases.map((one) => ({
    postingId: one.id,
    on: one.effectiveOn.toString(),
    caseNo: one.caseNo,
    factLine: one.factLine,
    clause: one.clause,
    unitPoints: one.unitPoints,
    officerPoints: one.officerPoints,
  }))
  const text = draftSlipText({ year, nth, cases: cases.map(({ caseNo, factLine }) => ({ no: caseNo, factLine })) })
  const due = workingDue(serveSlipWithin, dayOf(ctx.now), ctx.calendar)
  await sql`select standing.draft_slip(${randomUUID()}, ${personId}, ${year}, ${nth}, ${text}, ${JSON.stringify(lines)}::jsonb,
    ${due.day.toString()}::date, ${due.provisional}, ${ctx.now})`.execute(ctx.db)
}

async function liveDeductions(ctx: Context, personId: string, year: number): Promise<Live[]> {
  const found = await sql<
    Omit<Live, 'effectiveOn'> & { effectiveOn: string }
  >`select posting_id as id, case_id as "caseId", effective_on as "effectiveOn",
      seq, case_no as "caseNo", fact_line as "factLine", clause, officer_points as "officerPoints", unit_points as "unitPoints"
    from standing.live_deductions(${personId}, ${year})`.execute(ctx.db)
  return found.rows.map((row) => ({ ...row, effectiveOn: Temporal.PlainDate.from(row.effectiveOn) }))
}
