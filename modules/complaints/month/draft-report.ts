import { sql } from 'kysely'
import { leadIndicators } from '#modules/figures/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { MonthlyReport, TypicalCase } from '#platform/documents/data/official.ts'
import { freeze } from '#platform/documents/frozen.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import type { CauseCode, Department } from '#policy/complaints/lists.ts'
import { frozenFrom, reportAllowed } from '#policy/complaints/month.ts'
import { findMonth, type Month } from './confirm-month.ts'
import type { MonthFigures } from './count-month.ts'
import { reportedMeasures } from './measures.ts'
import { claimOf, frozenMonths, monthsBefore, trendUpTo } from './months-read.ts'
import { type ReportFacts, reportContent } from './report-content.ts'
import { causeZh, departmentZh } from './report-words.ts'

export type ReportWords = {
  shortcomings: string
  proposals: string
  typical: { heading: string; facts: string; outcome: string; lesson: string }[]
}

/**
 * Draws the month's report from its frozen figures (R118): allowed when all four departments have confirmed, or on its last
 * day, and then it says who has not. Drafting again takes the words as they are now; once signed nothing changes any more.
 */
export async function draftReport(ctx: Context, period: string, typed: ReportWords, version?: number): Promise<void> {
  const month = await findMonth(ctx, period)
  if (!month.figures) throw new Problem(409, 'before-cut-off')
  const before = await ctx.db
    .selectFrom('complaints.month_report')
    .select(['signed_at', 'version'])
    .where('period', '=', period)
    .forUpdate()
    .executeTakeFirst()
  if (before?.signed_at) throw new Problem(409, 'already-signed')
  if (before && version !== undefined && version !== before.version)
    throw new Problem(409, 'changed-meanwhile', { detail: { version: before.version } })
  const confirmed = await confirmationsOf(ctx, period)
  const bounds = {
    cutOff: Temporal.PlainDate.from(month.cut_off),
    reportBy: {
      day: Temporal.PlainDate.from(month.report_by),
      provisional: month.provisional,
      basis: '',
      missingYear: null,
    },
  }
  const allowed = reportAllowed(
    bounds,
    confirmed.map((one) => one.department),
    dayOf(ctx.now),
  )
  if ('refused' in allowed) throw new Problem(409, allowed.refused, { detail: { missing: allowed.missing } })

  const said = {
    shortcomings: lines('shortcomings', typed.shortcomings),
    proposals: lines('proposals', typed.proposals),
    typical: typed.typical
      .filter((one) => one.heading.trim() || one.facts.trim())
      .map(
        (one): TypicalCase => ({
          heading: words('typical', one.heading, 100),
          facts: words('typical', one.facts, 2000),
          outcome: words('typical', one.outcome, 500),
          ...(one.lesson.trim() && { lesson: words('typical', one.lesson, 500) }),
        }),
      ),
  }
  const content = reportContent(await gather(ctx, month, { confirmed, missing: allowed.missing, ...said }))
  const row = {
    content: JSON.stringify(freeze(content)),
    shortcomings: said.shortcomings,
    proposals: said.proposals,
    typical: JSON.stringify(said.typical),
    drafted_by: ctx.actor.personId as string,
    drafted_at: ctx.now,
  }
  await ctx.db
    .insertInto('complaints.month_report')
    .values({ period, ...row })
    .onConflict((oc) => oc.column('period').doUpdateSet({ ...row, version: sql`month_report.version + 1` }))
    .execute()
}

function lines(field: string, typed: string): string[] {
  return wordsOrNone(field, typed, 4000)
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
}

type Confirmed = { department: Department; result: 'complete' | 'nil'; by: string; at: Temporal.Instant }

export async function confirmationsOf(ctx: Context, period: string): Promise<Confirmed[]> {
  const { rows } = await sql<Confirmed>`select c.department, c.result, p.name as by, c.confirmed_at as at
    from complaints.month_confirmation c join directory.person p on p.id = c.confirmed_by where c.period = ${period} order by c.department`.execute(
    ctx.db,
  )
  return rows
}

type Said = {
  confirmed: Confirmed[]
  missing: Department[]
  shortcomings: string[]
  proposals: string[]
  typical: TypicalCase[]
}

async function gather(ctx: Context, month: Month, said: Said): Promise<ReportFacts> {
  const { period } = month
  const [lastMonth, lastYear] = [
    await frozenMonths(ctx, monthsBefore(period, 1), monthsBefore(period, 1)),
    await frozenMonths(ctx, monthsBefore(period, 12), monthsBefore(period, 12)),
  ]
  const units = await ctx.db.selectFrom('directory.unit').select(['id', 'name_zh', 'is_window_unit']).execute()
  const people = await ctx.db
    .selectFrom('directory.person')
    .select(['id', 'name'])
    .where('id', 'in', [
      ...(month.figures?.repeats.map((one) => one.personId) ?? []),
      '00000000-0000-0000-0000-000000000000',
    ])
    .execute()
  const confirmed = await claimOf(ctx, period, 'confirmed')
  const alleged = await claimOf(ctx, period, 'alleged')
  const warnings = await leadIndicators(
    ctx,
    units.map((unit) => unit.id),
  )
  return {
    head: await headOf(ctx, period),
    cutOff: frozenFrom({ cutOff: Temporal.PlainDate.from(month.cut_off) }),
    now: month.figures as NonNullable<Month['figures']>,
    lastMonth: lastMonth[0] ?? null,
    lastYear: lastYear[0] ?? null,
    confirmations: said.confirmed.map((one) => ({ ...one, department: departmentZh[one.department] })),
    consequences: consequencesOf(month.figures as MonthFigures, lastMonth[0], lastYear[0]),
    unitNames: new Map(units.map((unit) => [unit.id, unit.name_zh])),
    personNames: new Map(people.map((person) => [person.id, person.name])),
    claim: { sentence: confirmed.sentence.zh, basis: confirmed.figures.basis },
    cautions: [
      alleged.sentence.zh,
      ...(month.figures?.notDeducted ?? []).map(
        ({ unitId, tasks }) =>
          `${units.find((unit) => unit.id === unitId)?.name_zh ?? ''}有${tasks}件应扣分事项逾期未办。`,
      ),
      ...said.missing.map((department) => `${departmentZh[department]}至本报告形成时尚未确认当月汇总。`),
    ],
    trend: await trendUpTo(ctx, period),
    warnings: warnings.map((unit) => ({
      unitId: unit.unitId,
      indicators: unit.warnings.map((warning) => warning.indicator),
    })),
    typical: said.typical,
    causes: await causesOf(ctx, period),
    shortcomings: said.shortcomings,
    lastMeasures: await reportedMeasures(ctx, dayOf(ctx.now)),
    proposals: said.proposals,
  }
}

async function headOf(ctx: Context, period: string): Promise<MonthlyReport['head']> {
  const bureau = await bureauOf(ctx)
  const month = Temporal.PlainYearMonth.from(period)
  return {
    mark: bureau.nameZh,
    number: '',
    title: [`${bureau.nameZh}`, `关于${month.year}年${month.month}月群众信访投诉情况的报告`],
    to: [`${bureau.nameZh}党委`],
    signedAs: `${bureau.nameZh}信访科`,
    date: dayOf(ctx.now),
    note: '内部资料，不得对外公开',
    imprint: {
      copiesTo: ['分局领导班子成员，各单位主要负责人'],
      office: `${bureau.nameZh}信访科`,
      printedOn: dayOf(ctx.now),
    },
  }
}

/** Deductions, restrictions and slips of the month, as the ledger had them when it was frozen (R125–R128). */
function consequencesOf(now: MonthFigures, before: MonthFigures | undefined, year: MonthFigures | undefined) {
  const names = {
    unit: '对单位扣分',
    officer: '对民警扣分',
    restrictions: '取消评优资格',
    slips: '《提示单》',
  } as const
  return (Object.keys(names) as (keyof typeof names)[]).map((key) => ({
    name: names[key],
    now: now.consequences[key],
    ...(before && { lastMonth: before.consequences[key] }),
    ...(year && { lastYear: year.consequences[key] }),
  }))
}

export async function causesOf(ctx: Context, period: string): Promise<Partial<Record<CauseCode, number>>> {
  const { rows } = await sql<{ code: CauseCode; n: number }>`select k.code, count(*) as n from complaints.case_cause k
    join complaints.month_case m on m.case_id = k.case_id where m.period = ${period} group by 1`.execute(ctx.db)
  return Object.fromEntries(rows.map((row) => [row.code, Number(row.n)]))
}

/** Names the causes of one case (R121), replacing what was named before. */
export async function nameCauses(ctx: Context, caseId: string, codes: readonly string[]): Promise<void> {
  const seen = await ctx.db.selectFrom('complaints.case').select('id').where('id', '=', caseId).executeTakeFirst()
  if (!seen) throw notFound('case')
  const known = codes.filter((code): code is CauseCode => Object.hasOwn(causeZh, code))
  await ctx.db.deleteFrom('complaints.case_cause').where('case_id', '=', caseId).execute()
  for (const code of new Set(known))
    await ctx.db
      .insertInto('complaints.case_cause')
      .values({ case_id: caseId, code, named_by: ctx.actor.personId as string, named_at: ctx.now })
      .execute()
}
