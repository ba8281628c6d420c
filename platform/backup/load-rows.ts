import { type Client, escapeIdentifier } from 'pg'
import { BackupError } from './backup-error.ts'
import { columnWords, readSequences, readTables, steady, type TableShape } from './catalog.ts'
import type { Manifest, TableEntry } from './manifest.ts'

type Source = {
  skip: readonly string[]
  lines(file: string): AsyncIterable<string>
  onTable?: (table: string, rows: number) => void
}

/** Fills the tables of a rebuilt database and sets its sequences, in one transaction, with triggers and foreign keys off. */
export async function loadRows(client: Client, manifest: Manifest, source: Source): Promise<void> {
  await steady(client)
  const shapes = matched(manifest, await readTables(client))
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  for (const [entry, shape] of shapes) {
    if (source.skip.includes(entry.table)) continue
    await clearSeeds(client, shape)
    if (!entry.content) continue
    const rows = await insertAll(client, shape, source.lines(entry.content.file))
    if (rows !== entry.rows) throw new BackupError('damaged', entry.content.file)
    source.onTable?.(entry.table, rows)
  }
  await setSequences(client, manifest)
  await client.query('commit')
  await client.query('analyze')
}

/** The tables of the backup beside those of the database; both must be the same, column for column. */
function matched(manifest: Manifest, shapes: TableShape[]): [TableEntry, TableShape][] {
  const there = new Map(shapes.map((shape) => [shape.table, shape]))
  const pairs = manifest.tables.map((entry): [TableEntry, TableShape] => {
    const shape = there.get(entry.table)
    if (!shape || columnWords(shape).join() !== entry.columns.join())
      throw new BackupError('other-release', entry.table)
    there.delete(entry.table)
    return [entry, shape]
  })
  for (const name of there.keys()) throw new BackupError('other-release', name)
  return pairs
}

/** What migrations put in is in the backup too. Asked first: a table that nobody may delete from has no seeds. */
async function clearSeeds(client: Client, shape: TableShape): Promise<void> {
  const { rows } = await client.query<{ some: boolean }>(`select exists (select from only ${shape.sql}) as some`)
  if (rows[0]!.some) await client.query(`delete from only ${shape.sql}`)
}

const BATCH_ROWS = 1000
const BATCH_CHARACTERS = 4_000_000

async function insertAll(client: Client, shape: TableShape, lines: AsyncIterable<string>): Promise<number> {
  const columns = shape.columns.filter((column) => !column.generated).map((column) => escapeIdentifier(column.name))
  const values = columns.map((column) => `(q.r).${column}`)
  // `offset 0` keeps the planner from reading the text once for each column.
  const statement = `insert into ${shape.sql} (${columns}) overriding system value
    select ${values} from (select x::${shape.sql} as r from unnest($1::text[]) x offset 0) q`
  let batch: string[] = []
  let size = 0
  let rows = 0
  const flush = async () => {
    if (batch.length > 0) rows += (await client.query(statement, [batch])).rowCount ?? 0
    batch = []
    size = 0
  }
  for await (const line of lines) {
    const text = JSON.parse(line) as string
    batch.push(text)
    size += text.length
    if (batch.length >= BATCH_ROWS || size >= BATCH_CHARACTERS) await flush()
  }
  await flush()
  return rows
}

async function setSequences(client: Client, manifest: Manifest): Promise<void> {
  const there = new Map((await readSequences(client)).map((one) => [one.sequence, one.sql]))
  for (const { sequence, lastValue, isCalled } of manifest.sequences) {
    const sql = there.get(sequence)
    if (!sql) throw new BackupError('other-release', sequence)
    await client.query('select setval($1::regclass, $2, $3)', [sql, lastValue, isCalled])
  }
}
