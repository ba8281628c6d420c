import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import pg from 'pg'
import { chinaCalendar } from '#policy/calendar/work-calendar.ts'
import { type Actor, systemActor } from '../actor.ts'
import { fixedClock } from '../clock/clock.ts'
import type { Context } from '../context.ts'
import { loadKeyRing } from '../crypto/key-ring.ts'
import { createSealProvider } from '../crypto/provider.ts'
import { createHouse, type House } from '../house.ts'
import { prepareJobs } from '../jobs/boss.ts'
import type { JobName, JobQueue } from '../jobs/queue.ts'
import { startEmbedded } from '../postgres/embedded.ts'
import { migrate, readMigrations, type Secrets } from './migrate.ts'
import { type DatabasePool, openPool, withLogin } from './pools.ts'

/** Secrets of throw-away databases. Roles belong to the whole server, so all its test databases share them. */
export const testSecrets: Secrets = {
  appPassword: 'test-app',
  publicPassword: 'test-public',
  actorKey: Buffer.alloc(32, 7),
}

let server: Promise<{ url: string; stop(): Promise<void> }> | undefined
// Registered while the file loads, so that it runs after the file's last test and not after the first one.
after(async () => (await server)?.stop())
let keyDir: Promise<string> | undefined

/** One server for the whole run, if the runner started one; otherwise one for this file. */
async function testServer(): Promise<string> {
  const given = process.env.JINGMIN_TEST_ADMIN_URL
  if (given) return given
  server ??= startOwn()
  return (await server).url
}

async function startOwn() {
  const dataDir = await mkdtemp(join(tmpdir(), 'jingmin-test-'))
  const cluster = await startEmbedded({ dataDir, durable: false })
  const stop = async () => {
    await cluster.stop('immediate')
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: cluster.connectionString('postgres'), stop }
}

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** A migrated database that others are copied from; made once for each state of the migrations. */
export async function template(): Promise<{ server: string; name: string }> {
  const server = await testServer()
  const state = createHash('sha256')
    .update((await readMigrations()).map((m) => m.sha256).join())
    .digest('hex')
    .slice(0, 12)
  const name = `jingmin_template_${state}`
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock(4707)')
    const made = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name])
    if (made.rowCount) return
    await client.query(`drop database if exists ${name}`)
    await client.query(`create database ${name}`)
    await migrate(databaseUrl(server, name), testSecrets)
    await prepareJobs(databaseUrl(server, name))
    await client.query(`alter database ${name} is_template true`)
  })
  return { server, name }
}

export type FreshDatabase = {
  /** The migrating login: sees and may do everything. For arranging and for asserting, never for acting. */
  admin: DatabasePool
  adminUrl: string
  appUrl: string
  publicUrl: string
  house: House
  clock: ReturnType<typeof fixedClock>
  /** Jobs sent by committed and uncommitted work alike; tests of atomicity use the real queue. */
  jobs: { name: JobName; data: Record<string, unknown> }[]
  as<T>(actor: Actor, work: (ctx: Context) => Promise<T>): Promise<T>
}

/** A private database for one test, copied from the template in about a tenth of a second. */
export async function freshDatabase(t: TestContext, at = '2026-11-23T01:00:00Z'): Promise<FreshDatabase> {
  const { server, name } = await template()
  const own = `jingmin_t_${randomBytes(6).toString('hex')}`
  await onServer(server, (client) => client.query(`create database ${own} template ${name}`))
  const adminUrl = databaseUrl(server, own)
  const appUrl = withLogin(adminUrl, 'jingmin_app', testSecrets.appPassword)
  const publicUrl = withLogin(adminUrl, 'jingmin_public', testSecrets.publicPassword)
  const admin = openPool(adminUrl, 3)
  const pool = openPool(appUrl, 8)
  const clock = fixedClock(at)
  const jobs: FreshDatabase['jobs'] = []
  const queue: JobQueue = { send: async (name, data) => void jobs.push({ name, data }) }
  const house = createHouse({
    pool,
    clock,
    calendar: chinaCalendar,
    seal: createSealProvider('sm', await testKeys()),
    actorKey: testSecrets.actorKey,
    codeKey: Buffer.alloc(32, 9),
    queueOn: () => queue,
  })
  t.after(async () => {
    await Promise.all([admin.end(), pool.end()])
    await onServer(server, (client) => client.query(`drop database if exists ${own} with (force)`))
  })
  return {
    admin,
    adminUrl,
    appUrl,
    publicUrl,
    house,
    clock,
    jobs,
    as: (actor, work) => house.write(actor, 'test', work),
  }
}

/** Where the keys of this file's databases are. */
export function testKeyDir(): Promise<string> {
  keyDir ??= mkdtemp(join(tmpdir(), 'jingmin-keys-'))
  return keyDir
}

async function testKeys() {
  return loadKeyRing(await testKeyDir())
}

export { systemActor }
