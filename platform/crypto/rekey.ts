import type { Pool, PoolClient } from 'pg'
import type { KeyRing } from './key-ring.ts'
import type { SealProvider } from './provider.ts'
import type { SealedColumn, SealedTable } from './sealed-columns.ts'

const batchSize = 500

/** How many values stand under each version of a key. */
export type KeyUse = { purpose: 'seal' | 'blind-index'; version: number; values: number }

// Read from the values themselves, so that no list of what is done can be wrong.
const sealVersion = (column: string) => `split_part(${column}, '.', 2)::int`
const indexVersion = (column: string) =>
  `case when strpos(${column}, '.') > 0 then split_part(${column}, '.', 1)::int else 1 end`
const isSealed = (column: string) => `${column} ~ '^(sm|aes)1[.][0-9]+[.]'`
const filled = (column: string) => `${column} <> ''`

export async function keyUse(pool: Pool, tables: readonly SealedTable[]): Promise<KeyUse[]> {
  const sums = new Map<string, KeyUse>()
  const add = (purpose: KeyUse['purpose'], rows: { version: number; values: number }[]) => {
    for (const { version, values } of rows) {
      const known = sums.get(`${purpose} ${version}`) ?? { purpose, version, values: 0 }
      known.values += Number(values)
      sums.set(`${purpose} ${version}`, known)
    }
  }
  const count = async (table: string, version: string, where: string) =>
    (
      await pool.query<{ version: number; values: number }>(
        `select ${version} as version, count(*) as values from (select * from ${table} where ${where} offset 0) t group by 1`,
      )
    ).rows
  for (const { table, columns } of tables) {
    for (const { sealed, index } of columns) {
      add('seal', await count(table, sealVersion(sealed), isSealed(sealed)))
      if (index)
        add(
          'blind-index',
          await count(table, indexVersion(index.column), `${filled(index.column)} and ${isSealed(sealed)}`),
        )
    }
  }
  return [...sums.values()]
}

/**
 * Seals and indexes again whatever does not stand under the current keys, in small transactions. Killed and begun anew it
 * goes on where values are left. Needs the migrating login: some of these tables nobody else may read. Returns how many rows.
 */
export async function rekey(
  pool: Pool,
  tables: readonly SealedTable[],
  keys: { ring: KeyRing; seal: SealProvider },
  onBatch: (table: string, rows: number) => void = () => {},
): Promise<number> {
  let all = 0
  for (const table of tables) {
    let after = ''
    for (;;) {
      const batch = await inTransaction(pool, (client) => rekeyBatch(client, table, keys, after))
      if (batch.rows === 0) break
      all += batch.rows
      after = batch.last
      onBatch(table.table, batch.rows)
    }
  }
  return all
}

type Row = { id: string } & Record<string, string | null>

async function rekeyBatch(
  client: PoolClient,
  table: SealedTable,
  { ring, seal }: { ring: KeyRing; seal: SealProvider },
  after: string,
): Promise<{ rows: number; last: string }> {
  const old = table.columns.flatMap(({ sealed, index }) => [
    otherThan(sealVersion(sealed), ring.current('seal').version, isSealed(sealed)),
    ...(index
      ? [
          otherThan(
            indexVersion(index.column),
            ring.current('blind-index').version,
            `${isSealed(sealed)} and ${filled(index.column)}`,
          ),
        ]
      : []),
  ])
  const { rows } = await client.query<Row>(
    `select ${table.id}::text as id, ${table.columns.map((column) => column.sealed).join(', ')} from ${table.table}
     where (${old.join(' or ')}) and ($1 = '' or ${table.id} > $1::uuid) order by ${table.id} limit ${batchSize} for update`,
    [after],
  )
  const last = rows.at(-1)
  if (!last) return { rows: 0, last: after }
  const names = table.columns.flatMap(({ sealed, index }) => (index ? [sealed, index.column] : [sealed]))
  const columns = table.columns.flatMap((column) => resealed(column, rows, seal))
  await client.query(
    `update ${table.table} t set ${names.map((name) => `${name} = coalesce(n.${name}, t.${name})`).join(', ')}
     from unnest($1::uuid[], ${columns.map((_, at) => `$${at + 2}::text[]`).join(', ')}) as n(id, ${names.join(', ')}) where t.${table.id} = n.id`,
    [rows.map((row) => row.id), ...columns],
  )
  return { rows: rows.length, last: last.id }
}

// In a case, because the version of what is no sealed text cannot be read.
function otherThan(version: string, current: number, where: string): string {
  return `case when ${where} then ${version} <> ${current} else false end`
}

/** The new values of a column, and of its index; null where there is none to change. */
function resealed(
  { sealed, context, index }: SealedColumn,
  rows: readonly Row[],
  seal: SealProvider,
): (string | null)[][] {
  const plain = rows.map((row) =>
    /^(sm|aes)1\./.test(row[sealed] ?? '') ? seal.open(row[sealed]!, context(row.id)) : null,
  )
  const again = plain.map((value, at) => (value === null ? null : seal.seal(value, context(rows[at]!.id))))
  return index ? [again, plain.map((value) => (value === null ? null : seal.blindIndex(index.kind, value)))] : [again]
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
