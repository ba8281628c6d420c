import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { BackupError } from './backup-error.ts'
import { columnWords, readApplied, readSequences, readTables, steady, type TableShape } from './catalog.ts'
import { type Envelope, envelope, newDerivation } from './envelope.ts'
import { syncFolder, writeLines } from './files.ts'
import { keyLines, readKeyFiles } from './key-files.ts'
import { type Manifest, manifestText, type TableEntry } from './manifest.ts'

/** Tables whose rows the rebuilt database makes itself: the applied migrations, and secrets that come from the keys. */
export const REBUILT_TABLES: readonly string[] = ['platform.migration', 'platform.secret']

export type BackupOptions = {
  /** The database, as a login that may read every row of every table. */
  url: string
  /** An empty or new folder. */
  folder: string
  /** Encrypts everything and lets the keys come along. */
  passphrase?: string
  /** The folder of keys, taken along only when there is a passphrase. */
  keysDir?: string
  madeAt: Temporal.Instant
  onTable?: (table: string, rows: number) => void
}

export type BackupReport = { tables: number; rows: number; bytes: number; keys: number; encrypted: boolean }

/**
 * Copies a consistent snapshot of the database into a folder, over SQL alone, while it goes on serving. The folder is a
 * backup once manifest.json is in it, which is written last.
 */
export async function backup(options: BackupOptions): Promise<BackupReport> {
  const { folder } = options
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new BackupError('folder-not-empty', folder)
  mkdirSync(join(folder, 'tables'), { recursive: true, mode: 0o700 })
  const secret = options.passphrase ? envelope(options.passphrase, newDerivation()) : null
  const client = new Client({ connectionString: options.url })
  client.on('error', () => {})
  await client.connect()
  try {
    await steady(client)
    await client.query('begin isolation level repeatable read read only')
    const manifest = await copyDatabase(client, options, secret)
    await client.query('commit')
    const keys = secret && options.keysDir ? readKeyFiles(options.keysDir) : []
    const name = 'keys.jsonl.gz.enc'
    manifest.keys = keys.length > 0 ? await writeLines(folder, name, keyLines(keys), secret) : null
    finish(folder, manifestText(manifest, secret))
    return { ...total(manifest), keys: keys.length, encrypted: secret !== null }
  } finally {
    await client.end()
  }
}

async function copyDatabase(client: Client, options: BackupOptions, secret: Envelope | null): Promise<Manifest> {
  const shapes = await readTables(client)
  // Nobody may change a table's shape between here and its copying.
  if (shapes.length > 0)
    await client.query(`lock table ${shapes.map((one) => one.sql).join(', ')} in access share mode`)
  const server = await client.query<{ server_version: string }>('show server_version')
  const migrations = await readApplied(client)
  const tables: TableEntry[] = []
  for (const [index, shape] of shapes.entries()) {
    const entry = await copyTable(client, options, secret, shape, index)
    options.onTable?.(entry.table, entry.rows)
    tables.push(entry)
  }
  return {
    format: 1,
    madeAt: options.madeAt.toString(),
    server: server.rows[0]!.server_version,
    migrations,
    tables,
    // Sequences stand outside any snapshot: read last, they are never behind the rows.
    sequences: (await readSequences(client)).map(({ sql: _, ...rest }) => rest),
    keys: null,
    encryption: secret?.derivation ?? null,
  }
}

async function copyTable(
  client: Client,
  options: BackupOptions,
  secret: Envelope | null,
  shape: TableShape,
  index: number,
): Promise<TableEntry> {
  const entry: TableEntry = { table: shape.table, columns: columnWords(shape), rows: 0, content: null }
  if (REBUILT_TABLES.includes(shape.table)) return entry
  const rows = rowLines(client, shape, (count) => {
    entry.rows += count
  })
  const first = await rows.next()
  if (first.done) return entry
  const readable = shape.table.replaceAll(/[^\w.-]/g, '_').slice(0, 100)
  const file = `tables/${String(index + 1).padStart(3, '0')}-${readable}.jsonl.gz${secret ? '.enc' : ''}`
  const all = async function* () {
    yield first.value
    yield* rows
  }
  entry.content = await writeLines(options.folder, file, all(), secret)
  return entry
}

/** The rows of a table, each as the text of its composite value in a JSON string, some rows at a time. */
async function* rowLines(
  client: Client,
  shape: TableShape,
  counted: (rows: number) => void,
): AsyncGenerator<string, void> {
  // `(t.*)` is the row even where a column is called t.
  await client.query(`declare backup_rows no scroll cursor for select (t.*)::text as line from only ${shape.sql} t`)
  const heavy = shape.columns.some((column) => column.type === 'bytea')
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${heavy ? 20 : 1000} from backup_rows`)
    if (rows.length === 0) break
    counted(rows.length)
    yield rows.map((row) => `${JSON.stringify(row.line)}\n`).join('')
  }
  await client.query('close backup_rows')
}

function finish(folder: string, text: string): void {
  syncFolder(join(folder, 'tables'))
  writeFileSync(join(folder, 'manifest.json.new'), text, { mode: 0o600, flush: true })
  renameSync(join(folder, 'manifest.json.new'), join(folder, 'manifest.json'))
  syncFolder(folder)
}

function total(manifest: Manifest): { tables: number; rows: number; bytes: number } {
  const files = [...manifest.tables.map((one) => one.content), manifest.keys]
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, one) => sum + one.rows, 0),
    bytes: files.reduce((sum, file) => sum + (file?.bytes ?? 0), 0),
  }
}
