import type { Pool, PoolClient } from 'pg'
import { idOf } from '#test/fixtures/bureau.ts'
import { insertFigures, insertMatters, insertVisits } from './matters-sql.ts'

export type Generated = { rows: number; seconds: { rows: number; indexes: number; rest: number }; megabytes: number }

const windowUnits = 20
const officersEach = 8

/** Fills the bureau with matters. Indexes that no constraint needs are made after the rows: it takes a third of the time. */
export async function generate(admin: Pool, rows: number): Promise<Generated> {
  const client = await admin.connect()
  try {
    await addUnits(client)
    const clock = stopwatch()
    // Row checks of other tables and triggers of life are not what is measured here.
    await client.query(
      `set session_replication_role = replica; set maintenance_work_mem = '512MB'; select setseed(0.42)`,
    )
    const indexes = await dropIndexes(client)
    await client.query(insertMatters, [rows])
    const forRows = clock()
    for (const definition of indexes) await client.query(definition)
    const forIndexes = clock()
    await client.query(insertVisits)
    await client.query('set session_replication_role = origin')
    await client.query(insertFigures)
    await client.query(`select setval('service_window.matter_no', $1)`, [rows * 10])
    await twentyFor(client, idOf('J100001'), idOf('99010110101'))
    await client.query('vacuum analyze')
    await client.query('checkpoint')
    const size = await client.query('select pg_database_size(current_database()) as n')
    return {
      rows,
      seconds: { rows: forRows, indexes: forIndexes, rest: clock() },
      megabytes: Math.round(Number(size.rows[0].n) / 1024 / 1024),
    }
  } finally {
    client.release(true)
  }
}

/** Stations with a window each, up to twenty windows, and eight officers for every window. */
async function addUnits(client: PoolClient): Promise<void> {
  for (let n = 3; n <= windowUnits; n += 1) {
    const code = `9901011${String(n).padStart(2, '0')}`
    for (const [unit, parent, kind] of [
      [`${code}000`, '990101000000', 'station'],
      [`${code}01`, `${code}000`, 'window_unit'],
    ] as const)
      await client.query(
        `insert into directory.unit (id, code, kind, name_zh, name_en, parent_id, is_window_unit) values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          idOf(unit),
          unit,
          kind,
          `第${n}派出所${kind === 'station' ? '' : '户籍窗口'}`,
          `Station ${n}`,
          idOf(parent),
          kind === 'window_unit',
        ],
      )
  }
  const units = await client.query('select id from directory.unit where is_window_unit order by code')
  for (const [index, { id }] of units.rows.entries())
    for (let n = 0; n < officersEach; n += 1) {
      const number = `B${String(index * officersEach + n).padStart(5, '0')}`
      await client.query(`insert into directory.person (id, police_no, name, unit_id) values ($1, $2, $3, $4)`, [
        idOf(number),
        number,
        `警员${number}`,
        id,
      ])
      await client.query(
        `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'window_officer', $2, '[2020-01-01,)')`,
        [idOf(number), id],
      )
    }
  // Somebody who reads every matter of the bureau, for the lists that are long.
  await client.query(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'unit_head', $2, '[2020-01-01,)')`,
    [idOf('J100061'), idOf('990101000000')],
  )
}

async function dropIndexes(client: PoolClient): Promise<string[]> {
  const found = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = 'service_window.matter'::regclass and not i.indisunique and not i.indisprimary`,
  )
  for (const { name } of found.rows) await client.query(`drop index ${name}`)
  return found.rows.map(({ definition }) => definition)
}

/** The officer who signs in holds twenty open matters: a full worklist of twenty rows. */
async function twentyFor(client: PoolClient, personId: string, unitId: string): Promise<void> {
  await client.query(
    `update service_window.matter set holder_id = $1 where id in (
      select id from service_window.matter where handling_unit_id = $2 and status = 'accepted' order by received_at desc limit 20)`,
    [personId, unitId],
  )
}

function stopwatch(): () => number {
  let before = performance.now()
  return () => {
    const now = performance.now()
    const seconds = Math.round((now - before) / 100) / 10
    before = now
    return seconds
  }
}
