import { Client } from 'pg'
import { REBUILT_TABLES } from './backup.ts'
import { BackupError } from './backup-error.ts'
import { readLines } from './files.ts'
import { checkKeyFiles, parseKeyLine, writeKeyFiles } from './key-files.ts'
import { loadRows } from './load-rows.ts'
import type { AppliedMigration, Manifest } from './manifest.ts'
import { emptyTarget, recreate } from './target.ts'
import { type VerifiedBackup, verifyBackup } from './verify.ts'

export type RestoreOptions = {
  /** The database to fill, as a login that may do everything in it. It need not exist yet. */
  url: string
  folder: string
  passphrase?: string
  /** Where the keys of the backup go, if it holds any. */
  keysDir?: string
  /** The migrations of this release. */
  shipped: () => Promise<AppliedMigration[]>
  /** Builds the schema of this release in an empty database: migrations, queue tables, roles and their secrets. */
  rebuild: (url: string) => Promise<unknown>
  /** Replaces a database that is not empty, and keys that differ. */
  force?: boolean
  onTable?: (table: string, rows: number) => void
}

export type RestoreReport = { madeAt: string; tables: number; rows: number; keys: number }

/**
 * Puts a backup into an empty database. Everything is verified before anything is written; the rows go in as one
 * transaction; when that fails the database is left empty again.
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const verified = await verifyBackup(options.folder, options.passphrase)
  const { manifest } = verified
  checkRelease(manifest, await options.shipped())
  const keys = await keysOf(options, verified)
  if (options.keysDir) checkKeyFiles(options.keysDir, keys, options.force ?? false)
  await emptyTarget(options.url, options.force ?? false)
  // Before the schema: its roles take their secrets from the keys.
  const aside = `before-restore-${manifest.madeAt.replaceAll(/\W/g, '')}`
  if (options.keysDir) writeKeyFiles(options.keysDir, keys, aside)
  try {
    await options.rebuild(options.url)
    await fill(options, verified)
  } catch (error) {
    await recreate(options.url).catch(() => {})
    throw error
  }
  const rows = manifest.tables.reduce((sum, one) => sum + one.rows, 0)
  return { madeAt: manifest.madeAt, tables: manifest.tables.length, rows, keys: options.keysDir ? keys.length : 0 }
}

function checkRelease(manifest: Manifest, shipped: AppliedMigration[]): void {
  const ours = new Map(shipped.map((one) => [one.name, one.sha256]))
  for (const { name, sha256 } of manifest.migrations) {
    if (ours.get(name) !== sha256) throw new BackupError('other-release', name)
    ours.delete(name)
  }
  for (const name of ours.keys()) throw new BackupError('other-release', name)
}

async function keysOf(options: RestoreOptions, { manifest, secret }: VerifiedBackup): Promise<[string, Buffer][]> {
  const files: [string, Buffer][] = []
  if (!manifest.keys) return files
  for await (const line of readLines(options.folder, manifest.keys.file, secret)) files.push(parseKeyLine(line))
  return files
}

async function fill(options: RestoreOptions, { manifest, secret }: VerifiedBackup): Promise<void> {
  const client = new Client({ connectionString: options.url })
  client.on('error', () => {})
  await client.connect()
  try {
    await loadRows(client, manifest, {
      skip: REBUILT_TABLES,
      lines: (file) => readLines(options.folder, file, secret),
      onTable: options.onTable,
    })
  } finally {
    await client.end()
  }
}
