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

/** Sums of a period by unit and measure: folded days plus what is still in deltas. `until` is not included. */
export async function sumFigures(ctx: Context, about: { from: string; until: string; unitIds: readonly string[]; measures: readonly string[]; itemCode?: string }) {
  const item = about.itemCode ? sql`and item_code = ${about.itemCode}` : sql``
  const where = sql`day >= ${about.from}::date and day < ${about.until}::date and unit_id = any (${about.unitIds as string[]}::uuid[])
    and measure = any (${about.measures as string[]}::text[]) ${item}`
  const found = await sql<{ unitId: string; measure: string; amount: number }>`
    select unit_id as "unitId", measure, sum(amount)::bigint as amount from (
      select unit_id, measure, amount from platform.figure where ${where}
      union all select unit_id, measure, amount from platform.figure_delta where ${where}
    ) both_kinds group by unit_id, measure`.execute(ctx.db)
  return found.rows
}
