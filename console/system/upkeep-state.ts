import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { RetentionRule } from '#policy/retention/rules.ts'

export type RetentionLine = {
  rule: RetentionRule
  /** The last round, and what it left. */
  at: Temporal.Instant | null
  removedLast: number
  removedEver: number
  held: number
  upcoming: number
}

/** What the nights removed, rule by rule, what they held back and what falls due within 30 days. */
export async function retentionLines(ctx: Context, rules: readonly RetentionRule[]): Promise<RetentionLine[]> {
  const { rows } = await sql<Omit<RetentionLine, 'rule'> & { rule: string }>`
    with closing as (
      select distinct on (rule) rule, id, at, held, upcoming from platform.retention_run where held is not null order by rule, id desc
    )
    select c.rule, c.at, c.held, c.upcoming,
      (select coalesce(sum(r.removed), 0)::bigint from platform.retention_run r where r.rule = c.rule) as "removedEver",
      (select coalesce(sum(r.removed), 0)::bigint from platform.retention_run r where r.rule = c.rule and r.id < c.id
        and r.id > coalesce((select max(b.id) from platform.retention_run b where b.rule = c.rule and b.held is not null and b.id < c.id), 0)) as "removedLast"
    from closing c`.execute(ctx.db)
  const found = new Map(rows.map((row) => [row.rule, row]))
  return rules.map((rule) => {
    const row = found.get(rule)
    return row ? { ...row, rule } : { rule, at: null, removedLast: 0, removedEver: 0, held: 0, upcoming: 0 }
  })
}

export type RemovalDay = { day: string; rule: RetentionRule; removed: number }

/** The last removals, a line for each day and rule. */
export async function recentRemovals(ctx: Context): Promise<RemovalDay[]> {
  const { rows } =
    await sql<RemovalDay>`select (at at time zone 'Asia/Shanghai')::date as day, rule, sum(removed)::bigint as removed
    from platform.retention_run where removed > 0 group by 1, 2 order by 1 desc, 2 limit 30`.execute(ctx.db)
  return rows
}

export async function openHolds(ctx: Context): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from platform.legal_hold where lifted_at is null`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

export type RecountState = {
  at: Temporal.Instant
  from: string
  until: string
  differences: { unitId: string; unitZh: string; unitEn: string; measure: string; counted: number; recounted: number }[]
}

/** The counts of the last night. The call-back's classes are one line a unit: a class tells how somebody rated (b-24). */
export async function recountStates(ctx: Context): Promise<RecountState[]> {
  const { rows } = await sql<RecountState>`
    select r.at, r.from_day as "from", r.until_day as "until", coalesce((
      select jsonb_agg(to_jsonb(d) order by d."unitZh", d.measure) from (
        select x."unitId", coalesce(u.name_zh, '') as "unitZh", coalesce(u.name_en, '') as "unitEn",
          case when x.measure like 'callback:%' then 'callback' else x.measure end as measure,
          sum(x.counted) as counted, sum(x.recounted) as recounted
        from jsonb_to_recordset(r.differences) as x("unitId" uuid, measure text, counted bigint, recounted bigint)
        left join directory.unit u on u.id = x."unitId" group by 1, 2, 3, 4) d), '[]') as differences
    from platform.figure_recount r
    where r.at >= (select max(at) - interval '1 hour' from platform.figure_recount) order by r.from_day desc`.execute(
    ctx.db,
  )
  return rows
}
