import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { sumFigures } from '#platform/figures.ts'
import { countedBy, type Listable } from './counted-list.ts'

const recounted = [
  'received',
  'accepted',
  'completed',
  'completed_on_time',
  'completed_late',
  'refused',
  'transferred',
  'withdrawn',
  'lapsed',
  'notice_first',
  'notice_later',
  'done_by_visit_2',
  'done_later',
] as const satisfies readonly Listable[]

export type Difference = { unitId: string; measure: string; counted: number; recounted: number }

/**
 * Compares the figures of [from, until) with a count of the matters, notices and questions themselves. Empty: they agree. The
 * system's own work, since nobody else sees every matter; a difference is a fault of the product or of whoever wrote past it.
 */
export async function recountFigures(
  ctx: Context,
  fromDay: Temporal.PlainDate,
  untilDay = fromDay.add({ days: 1 }),
): Promise<Difference[]> {
  const [from, until] = [fromDay.toString(), untilDay.toString()]
  const units = (await ctx.db.selectFrom('directory.unit').select('id').execute()).map((row) => row.id)
  const callbacks = await recountCallbacks(ctx, from, until)
  const measures = [...recounted, 'overdue', ...new Set(callbacks.map((row) => row.measure))]
  const counted = await sumFigures(ctx, {
    from,
    until,
    unitIds: units,
    measures: [...measures, ...(await classesOf(ctx))],
  })
  const again = [...callbacks, ...(await recountOverdue(ctx, from, until))]
  for (const measure of recounted) again.push(...(await recountMatters(ctx, measure, from, until)))
  return differences(counted, again)
}

type Sum = { unitId: string; measure: string; amount: number }

function differences(counted: readonly Sum[], again: readonly Sum[]): Difference[] {
  const found = new Map<string, Difference>()
  const at = ({ unitId, measure }: Sum) => {
    const key = `${unitId} ${measure}`
    const known = found.get(key) ?? { unitId, measure, counted: 0, recounted: 0 }
    found.set(key, known)
    return known
  }
  for (const sum of counted) at(sum).counted += sum.amount
  for (const sum of again) at(sum).recounted += sum.amount
  return [...found.values()].filter((one) => one.counted !== one.recounted)
}

async function recountMatters(
  ctx: Context,
  measure: (typeof recounted)[number],
  from: string,
  until: string,
): Promise<Sum[]> {
  const { kind, where } = countedBy(ctx, measure)
  const found =
    await sql<Sum>`select m.unit_id as "unitId", ${measure}::text as measure, count(*) as amount from ${kind.from}
    where ${where} and ${kind.at} >= ${from}::timestamp at time zone 'Asia/Shanghai'
      and ${kind.at} < ${until}::timestamp at time zone 'Asia/Shanghai' group by m.unit_id`.execute(ctx.db)
  return found.rows
}

async function recountOverdue(ctx: Context, from: string, until: string): Promise<Sum[]> {
  const found =
    await sql<Sum>`select unit_id as "unitId", 'overdue' as measure, count(*) as amount from service_window.matter
    where overdue_at >= ${from}::timestamp at time zone 'Asia/Shanghai' and overdue_at < ${until}::timestamp at time zone 'Asia/Shanghai'
    group by unit_id`.execute(ctx.db)
  return found.rows
}

/** Questions that were counted when they changed; those put in behind the triggers are counted whenever they are read. */
async function recountCallbacks(ctx: Context, from: string, until: string): Promise<Sum[]> {
  const found = await sql<Sum>`select c.unit_id as "unitId",
      callback.class_of(c.state, c.closed_at is null, c.sent_at is not null, c.delivered_at is not null, r.level) as measure, count(*) as amount
    from callback.callback c left join callback.rating r on r.callback_id = c.id
    where c.purpose = 'satisfaction' and c.counted_as is not null
      and c.finished_at >= ${from}::timestamp at time zone 'Asia/Shanghai' and c.finished_at < ${until}::timestamp at time zone 'Asia/Shanghai'
    group by 1, 2`.execute(ctx.db)
  return found.rows
}

async function classesOf(ctx: Context): Promise<string[]> {
  const found = await sql<{
    measure: string
  }>`select distinct measure from platform.figure_month where measure like 'callback:%'
    union select distinct measure from platform.figure_delta where measure like 'callback:%'`.execute(ctx.db)
  return found.rows.map((row) => row.measure)
}
