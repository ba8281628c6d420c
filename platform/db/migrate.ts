import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const folder = join(import.meta.dirname, 'migrations')

export type Secrets = {
  /** Passwords of the two serving roles. */
  appPassword: string
  publicPassword: string
  /** Key that signs actor tokens (32 bytes). */
  actorKey: Buffer
}

export type Migration = { name: string; sql: string; sha256: string }

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_0-9]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Brings the database at `adminUrl` to the newest schema: forward only, one transaction each, under a lock.
 * Refuses a database whose applied migrations are not the ones shipped. Returns the names applied now.
 */
export async function migrate(adminUrl: string, secrets: Secrets): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4706)')
    await client.query(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
    const applied = await applyMissing(client)
    await setSecrets(client, secrets)
    return applied
  } finally {
    await client.end()
  }
}

async function applyMissing(client: pg.Client): Promise<string[]> {
  const known = new Map<string, string>(
    (await client.query('select name, sha256 from platform.migration')).rows.map((row) => [row.name, row.sha256]),
  )
  const shipped = await readMigrations()
  for (const name of known.keys()) {
    if (!shipped.some((m) => m.name === name))
      throw new Error(`The database knows a migration that this release does not: ${name}`)
  }
  const applied: string[] = []
  for (const migration of shipped) {
    const before = known.get(migration.name)
    if (before !== undefined) {
      if (before !== migration.sha256)
        throw new Error(`Migration ${migration.name} differs from the one applied to this database`)
      continue
    }
    await applyOne(client, migration)
    applied.push(migration.name)
  }
  return applied
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('insert into platform.migration (name, sha256) values ($1, $2)', [
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
  }
}

async function setSecrets(client: pg.Client, secrets: Secrets): Promise<void> {
  for (const [role, password] of [
    ['jingmin_app', secrets.appPassword],
    ['jingmin_public', secrets.publicPassword],
  ] as const) {
    await client.query(`alter role ${role} with login password ${pg.escapeLiteral(password)}`)
  }
  await client.query(
    `insert into platform.secret (name, value) values ('actor', $1) on conflict (name) do update set value = excluded.value`,
    [secrets.actorKey],
  )
}
