import { Client, escapeIdentifier } from 'pg'
import { BackupError } from './backup-error.ts'
import { readTables } from './catalog.ts'

/** Makes sure that there is an empty database at the address: creates it, or with `force` replaces it. */
export async function emptyTarget(url: string, force: boolean): Promise<void> {
  const name = databaseOf(url)
  const there = await onMaintenance(url, (client) => client.query('select from pg_database where datname = $1', [name]))
  if (there.rowCount === 0) {
    await onMaintenance(url, (client) => client.query(`create database ${escapeIdentifier(name)}`))
    return
  }
  const tables = await on(url, readTables)
  if (tables.length === 0) return
  if (!force) throw new BackupError('database-not-empty', name)
  await recreate(url)
}

/** Drops the database with all that is in it and creates it again. */
export async function recreate(url: string): Promise<void> {
  const name = escapeIdentifier(databaseOf(url))
  await onMaintenance(url, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
  })
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'
}

function onMaintenance<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  return on(maintenance.href, work)
}

async function on<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
