import { sql } from 'kysely'
import type { Context } from './context.ts'

/** Folds appended deltas into daily sums; returns how many were folded. Readers add both, so a fold changes no figure. */
export async function foldFigures(ctx: Context, most = 20_000): Promise<number> {
  const folded = await sql<{ n: number }>`
    with taken as (
      delete from platform.figure_delta where id in (select id from platform.figure_delta order by id limit ${most} for update skip locked)
      returning day, unit_id, item_code, measure, amount
    ), summed as (
      select day, unit_id, item_code, measure, sum(amount)::bigint as amount from taken group by 1, 2, 3, 4
    ), kept as (
      insert into platform.figure (day, unit_id, item_code, measure, amount) select day, unit_id, item_code, measure, amount from summed
      on conflict (measure, day, unit_id, item_code) do update set amount = figure.amount + excluded.amount returning 1
    ) select count(*) as n from taken`.execute(ctx.db)
  return folded.rows[0]?.n ?? 0
}

/** Days YYYY-MM-DD; `until` is not included. */
export type FigureSpan = { from: string; until: string; unitIds: readonly string[]; measures: readonly string[] }
export type FigureSum = { unitId: string; measure: string; amount: number }

function between(span: FigureSpan) {
  return sql`from platform.figures_between(${span.from}::date, ${span.until}::date)
    where unit_id = any (${[...span.unitIds]}::uuid[]) and measure = any (${[...span.measures]}::text[])`
}

/** Sums of a period by unit and measure: whole months, days at its ends, and what is still in deltas. */
export async function sumFigures(ctx: Context, span: FigureSpan): Promise<FigureSum[]> {
  const found = await sql<FigureSum>`select unit_id as "unitId", measure, sum(amount)::bigint as amount
    ${between(span)} group by unit_id, measure`.execute(ctx.db)
  return found.rows
}

/** The same, each calendar month apart; `month` is its first day. */
export async function sumFiguresByMonth(ctx: Context, span: FigureSpan): Promise<(FigureSum & { month: string })[]> {
  const found = await sql<
    FigureSum & { month: string }
  >`select unit_id as "unitId", month, measure, sum(amount)::bigint as amount
    ${between(span)} group by unit_id, month, measure`.execute(ctx.db)
  return found.rows
}

/** The same, all units together. */
export async function sumMonths(
  ctx: Context,
  span: FigureSpan,
): Promise<{ month: string; measure: string; amount: number }[]> {
  const found = await sql<{ month: string; measure: string; amount: number }>`select month, measure,
    sum(amount)::bigint as amount ${between(span)} group by month, measure`.execute(ctx.db)
  return found.rows
}

/** The same by item of the catalogue, from the days; the code is '' where none was chosen yet when it was counted. */
export async function sumFiguresByItem(
  ctx: Context,
  span: FigureSpan,
): Promise<{ itemCode: string; measure: string; amount: number }[]> {
  const where = sql`measure = any (${[...span.measures]}::text[]) and unit_id = any (${[...span.unitIds]}::uuid[])
    and day >= ${span.from}::date and day < ${span.until}::date`
  const found = await sql<{ itemCode: string; measure: string; amount: number }>`
    select item_code as "itemCode", measure, sum(amount)::bigint as amount from (
      select item_code, measure, amount from platform.figure where ${where}
      union all select item_code, measure, amount from platform.figure_delta where ${where}
    ) both_kinds group by item_code, measure order by 3 desc`.execute(ctx.db)
  return found.rows
}
