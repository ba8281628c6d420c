import { sql } from 'kysely'
import { overdueDeductions } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import { sumFigures } from '#platform/figures.ts'
import { behaviours, caseClasses, channels, departments, outcomes, styleTags } from '#policy/complaints/lists.ts'

/**
 * What stood in the register when the month was frozen. Cases are those of the month (by day of receipt); findings and
 * limits are those whose day fell into it, whenever the case came in. Nobody who complained is in it.
 */
export type MonthFigures = {
  period: string
  submissions: number
  cases: number
  byClass: Record<string, number>
  /** Submissions, as they came in; one case may have come through several channels (A22). */
  byChannel: Record<string, number>
  byDepartment: Record<string, number>
  byUnit: UnitOfMonth[]
  /** Style × behaviour; `total` counts cases with any style tag (A7: the two stages are never mixed). */
  alleged: TagCounts
  confirmed: TagCounts
  findings: Record<string, number>
  timeliness: { limit: 'notice' | 'finish'; fellDue: number; onTime: number }[]
  /** Officers named in two or more cases of the calendar year so far. */
  repeats: { personId: string; unitId: string; cases: number }[]
  /** Matters served in the month: the exposure of every rate (R130). */
  served: number
  /** Deductions not made in time whose last day lay in the month, by unit: the meeting sees them (R126). */
  notDeducted: { unitId: string; tasks: number }[]
  /** What the month's findings brought, by the ledger: postings of units and officers, restrictions and slips (R125–R128). */
  consequences: { unit: number; officer: number; restrictions: number; slips: number }
}
export type UnitOfMonth = { unitId: string; cases: number; responsible: number; served: number }
export type TagCounts = { cells: Record<string, Record<string, number>>; total: number }

type Span = { period: string; from: Temporal.PlainDate; cutOff: Temporal.PlainDate }

export async function countMonth(ctx: Context, span: Span): Promise<MonthFigures> {
  const [from, until] = [span.from.toString(), span.cutOff.add({ days: 1 }).toString()]
  const of = sql`complaints.case c join complaints.month_case m on m.case_id = c.id and m.period = ${span.period}`
  const kept = sql`c.status <> 'merged'`
  const byClass = await counts(
    ctx,
    sql`select coalesce(c.class::text, 'unclassified') as key, count(*) as n from ${of} where ${kept} group by 1`,
  )
  const byDepartment = await counts(
    ctx,
    sql`select c.department::text as key, count(*) as n from ${of} where ${kept} group by 1`,
  )
  const byChannel = await counts(
    ctx,
    sql`select s.channel::text as key, count(*) as n from complaints.submission s join complaints.month_case m on m.case_id = s.first_case_id and m.period = ${span.period} group by 1`,
  )
  const units = await unitsOfMonth(ctx, { ...span, from, until })
  return {
    period: span.period,
    submissions: sum(byChannel),
    cases: sum(byDepartment),
    byClass: filled([...caseClasses, 'unclassified'], byClass),
    byChannel: filled(channels, byChannel),
    byDepartment: filled(departments, byDepartment),
    byUnit: units,
    alleged: await tagCounts(
      ctx,
      sql`
      select distinct on (g.case_id) g.case_id, g.style, g.behaviour from complaints.coding g
      join complaints.month_case m on m.case_id = g.case_id and m.period = ${span.period}
      join complaints.case c on c.id = g.case_id and ${kept}
      where g.stage = 'alleged' order by g.case_id, (g.coder_id is null), g.coded_at`,
    ),
    confirmed: await tagCounts(
      ctx,
      sql`
      select distinct on (g.case_id) g.case_id, g.style, g.behaviour from complaints.coding g
      where g.stage = 'confirmed' and g.case_id in (select f.case_id from complaints.finding f
        where f.outcome = 'responsible' and f.status in ('approved', 'appealed', 'upheld') and ${inDays(sql`f.approved_at`, from, until)})
      order by g.case_id, g.coded_at desc`,
    ),
    findings: filled(
      outcomes,
      await counts(
        ctx,
        sql`select f.outcome::text as key, count(*) as n from complaints.finding f
        where f.status in ('approved', 'appealed', 'upheld') and ${inDays(sql`f.approved_at`, from, until)} group by 1`,
      ),
    ),
    timeliness: await timeliness(ctx, from, until),
    repeats: await repeats(ctx, until),
    served: units.reduce((all, unit) => all + unit.served, 0),
    notDeducted: await notDeducted(ctx, span),
    consequences: await consequences(ctx, from, until),
  }
}

async function notDeducted(ctx: Context, span: Span): Promise<MonthFigures['notDeducted']> {
  const late = await overdueDeductions(ctx, { from: span.from, until: span.cutOff.add({ days: 1 }) })
  const units = [...new Set(late.map((task) => task.unitId))]
  return units.map((unitId) => ({ unitId, tasks: late.filter((task) => task.unitId === unitId).length }))
}

async function consequences(ctx: Context, from: string, until: string): Promise<MonthFigures['consequences']> {
  const { rows } = await sql<MonthFigures['consequences']>`select
      (select count(*) from standing.posting p where p.level = 'unit' and p.reverses is null and p.effective_on >= ${from}::date and p.effective_on < ${until}::date)::int as unit,
      (select count(*) from standing.posting p where p.level = 'officer' and p.reverses is null and p.effective_on >= ${from}::date and p.effective_on < ${until}::date)::int as officer,
      (select count(*) from standing.restriction r where r.status <> 'withdrawn' and ${inDays(sql`r.proposed_at`, from, until)})::int as restrictions,
      (select count(*) from standing.slip s where s.status <> 'withdrawn' and ${inDays(sql`s.drafted_at`, from, until)})::int as slips`.execute(
    ctx.db,
  )
  return rows[0] ?? { unit: 0, officer: 0, restrictions: 0, slips: 0 }
}

function inDays(column: ReturnType<typeof sql>, from: string, until: string) {
  return sql`${column} >= ${from}::date::timestamp at time zone 'Asia/Shanghai' and ${column} < ${until}::date::timestamp at time zone 'Asia/Shanghai'`
}

async function counts(ctx: Context, query: ReturnType<typeof sql>): Promise<Record<string, number>> {
  const { rows } = await (query as ReturnType<typeof sql<{ key: string; n: number }>>).execute(ctx.db)
  return Object.fromEntries(rows.map(({ key, n }) => [key, Number(n)]))
}

function filled(keys: readonly string[], found: Record<string, number>): Record<string, number> {
  return Object.fromEntries(keys.map((key) => [key, found[key] ?? 0]))
}

function sum(found: Record<string, number>): number {
  return Object.values(found).reduce((all, n) => all + n, 0)
}

async function tagCounts(ctx: Context, codings: ReturnType<typeof sql>): Promise<TagCounts> {
  const cells = await sql<{ style: string; behaviour: string; n: number }>`
    select s.style::text as style, b.behaviour::text as behaviour, count(*) as n from (${codings}) g
    cross join lateral unnest(g.style) as s(style) cross join lateral unnest(g.behaviour) as b(behaviour) group by 1, 2`.execute(
    ctx.db,
  )
  const total = await sql<{ n: number }>`select count(*) as n from (${codings}) g where g.style <> '{}'`.execute(ctx.db)
  const of = (style: string, behaviour: string) =>
    Number(cells.rows.find((row) => row.style === style && row.behaviour === behaviour)?.n ?? 0)
  return {
    cells: Object.fromEntries(
      styleTags.map((style) => [style, Object.fromEntries(behaviours.map((b) => [b, of(style, b)]))]),
    ),
    total: Number(total.rows[0]?.n ?? 0),
  }
}

/** Units with a case or a finding of the month, and what they served; an officer's case counts for his unit. */
async function unitsOfMonth(
  ctx: Context,
  span: { period: string; from: string; until: string },
): Promise<UnitOfMonth[]> {
  const cases = await counts(
    ctx,
    sql`select a.unit_id::text as key, count(distinct a.case_id) as n from complaints.accused a
    join complaints.month_case m on m.case_id = a.case_id and m.period = ${span.period}
    join complaints.case c on c.id = a.case_id and c.status <> 'merged' where a.unit_id is not null group by 1`,
  )
  const responsible = await counts(
    ctx,
    sql`select f.unit_id::text as key, count(distinct f.case_id) as n from complaints.finding f
    where f.outcome = 'responsible' and f.status in ('approved', 'appealed', 'upheld') and ${inDays(sql`f.approved_at`, span.from, span.until)} group by 1`,
  )
  const all = (await ctx.db.selectFrom('directory.unit').select('id').orderBy('code').execute()).map((unit) => unit.id)
  const served = await sumFigures(ctx, {
    from: span.from,
    until: span.until,
    unitIds: all,
    measures: ['completed', 'refused'],
  })
  const servedBy = (unit: string) =>
    served.filter((row) => row.unitId === unit).reduce((n, row) => n + Number(row.amount), 0)
  return all
    .map((unitId) => ({
      unitId,
      cases: cases[unitId] ?? 0,
      responsible: responsible[unitId] ?? 0,
      served: servedBy(unitId),
    }))
    .filter((unit) => unit.cases + unit.responsible + unit.served > 0)
}

/** Legal limits whose last day fell into the month, and how many were kept (信访工作条例 arts. 23, 34). */
async function timeliness(ctx: Context, from: string, until: string): Promise<MonthFigures['timeliness']> {
  const { rows } = await sql<{ limit: 'notice' | 'finish'; fellDue: number; onTime: number }>`
    select 'notice' as limit, count(*) as "fellDue",
      count(*) filter (where (noticed_at at time zone 'Asia/Shanghai')::date <= notice_due_on) as "onTime"
    from complaints.case c where notice_due_on >= ${from}::date and notice_due_on < ${until}::date and status <> 'merged'
      and exists (select from complaints.submission s where s.case_id = c.id and s.reachable)
    union all
    select 'finish', count(*), count(*) filter (where (coalesce(answered_at, closed_at) at time zone 'Asia/Shanghai')::date <= due_on)
    from complaints.case where due_on >= ${from}::date and due_on < ${until}::date and status not in ('merged', 'withdrawn', 'redirected', 'transferred')`.execute(
    ctx.db,
  )
  return rows.map((row) => ({ limit: row.limit, fellDue: Number(row.fellDue), onTime: Number(row.onTime) }))
}

async function repeats(ctx: Context, until: string): Promise<MonthFigures['repeats']> {
  const { rows } = await sql<{ personId: string; unitId: string; cases: number }>`
    select a.person_id as "personId", min(a.unit_id::text) as "unitId", count(distinct a.case_id) as cases
    from complaints.accused a join complaints.case c on c.id = a.case_id and c.status <> 'merged'
    where a.person_id is not null and c.received_on < ${until}::date
      and c.received_on >= date_trunc('year', (${until}::date - 1)::timestamp)::date
    group by 1 having count(distinct a.case_id) >= 2 order by 3 desc, 1`.execute(ctx.db)
  return rows.map((row) => ({ ...row, cases: Number(row.cases) }))
}
