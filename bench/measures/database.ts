import { sql } from 'kysely'
import { loadActor, unitsOf } from '#modules/directory/index.ts'
import { dayOf } from '#platform/context.ts'
import { sumFigures } from '#platform/figures.ts'
import { median, timed } from '../figures.ts'
import type { Bench } from '../setup.ts'
import { fetchAs } from './fetch-as.ts'

export type TimeFigure = { name: string; target: string; ms: number; without?: number }

const measures = ['received', 'accepted', 'completed', 'refused', 'completed_on_time', 'completed_late']

/** Six months of figures by unit: from the counts kept, and, for comparison, counted from the matters. */
export async function figureFigures(bench: Bench): Promise<TimeFigure[]> {
  const { house } = bench.house
  const actor = await readerOf(bench)
  const today = dayOf(Temporal.Now.instant())
  const period = { from: today.subtract({ days: 183 }).toString(), until: today.add({ days: 1 }).toString(), measures }
  const kept = await timed(15, () =>
    house.read(actor, 'bench', async (ctx) =>
      sumFigures(ctx, { ...period, unitIds: await unitsOf(ctx, 'figures.read') }),
    ),
  )
  const between = await timed(15, () =>
    house.read(actor, 'bench', (ctx) =>
      sql`select unit_id, measure, sum(amount) from platform.figures_between(${period.from}::date, ${period.until}::date) group by 1, 2`.execute(
        ctx.db,
      ),
    ),
  )
  const counted = await timed(3, () =>
    bench.house.admin.query(
      `select unit_id, status, date_trunc('month', received_at), count(*) from service_window.matter group by 1, 2, 3`,
    ),
  )
  const page = await pageTime(bench, '/console/figures')
  return [
    { name: 'figures of six months by unit, sumFigures', target: '< 300 ms, aim 50', ms: median(kept) },
    { name: 'figures of six months by unit, figures_between', target: '< 300 ms, aim 50', ms: median(between) },
    ...(page ? [{ name: 'figures page', target: '< 300 ms', ms: page }] : []),
    { name: 'for comparison: counted from the matters', target: '–', ms: median(counted) },
  ]
}

async function pageTime(bench: Bench, path: string): Promise<number | null> {
  try {
    return median(await timed(10, () => fetchAs(bench.platform, bench.reader, path, true)))
  } catch {
    return null
  }
}

/** The same statement with row security and without: a list of 50, a count of 100,000. */
export async function rowSecurityFigures(bench: Bench): Promise<TimeFigure[]> {
  const { house, admin } = bench.house
  const actor = await readerOf(bench)
  const found = await admin.query(
    `select array_agg(handling_unit_id) as ids from (select handling_unit_id, sum(count(*)) over (order by count(*), handling_unit_id) as running
       from service_window.matter group by 1) x where running <= 110000`,
  )
  const units: string[] = found.rows[0].ids ?? []
  const list = `select * from service_window.matter order by received_at desc, id desc limit 50`
  const count = `select count(*) from service_window.matter where handling_unit_id = any ($1)`
  const one = async (name: string, target: string, text: string, values: unknown[]) => {
    const inside: number[] = []
    const outside: number[] = []
    for (let n = 0; n < 15; n += 1) {
      await house.read(actor, 'bench', async (ctx) => {
        const query = sql.raw(text.replace('$1', `'{${units.join(',')}}'::uuid[]`))
        inside.push(...(await timed(1, () => query.execute(ctx.db))))
      })
      outside.push(...(await timed(1, () => admin.query(text, values))))
    }
    return { name, target, ms: median(inside) - median(outside), without: median(outside) }
  }
  return [
    await one('row security: added to a list of 50', '≤ 5 ms, aim 1', list, []),
    await one('row security: added to a count of 100,000', '≤ 150 ms, aim 20', count, [units]),
  ]
}

async function readerOf(bench: Bench) {
  const actor = await loadActor(bench.house.admin, bench.house.bureau.people.plain.id, dayOf(Temporal.Now.instant()))
  if (!actor) throw new Error('the reader cannot sign in')
  return actor
}
