import type { Pool, PoolClient } from 'pg'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { seedCatalogue } from '#modules/registration/seed-catalogue.ts'
import { systemActor } from '#platform/actor.ts'
import { insertAudit } from '#platform/audit/audit-entry.ts'
import type { Auth } from '#platform/auth/index.ts'
import type { House } from '#platform/house.ts'
import { type Bureau, saveBureau } from '#platform/settings.ts'
import { openAccounts } from './accounts.ts'
import { insertRows } from './bulk.ts'
import { bureauSetting, type InventedBureau, inventBureau } from './bureau.ts'
import type { DemoClock } from './clock.ts'
import { actComplaints } from './complaints/act-complaints.ts'
import { writePast } from './history/write-past.ts'
import { actPresent } from './present/act-present.ts'
import { createRandom } from './random.ts'

export type SeedParts = {
  house: House
  adminPool: Pool
  auth: Auth
  clock: DemoClock
  siteUrl: string
  log(line: string): void
}

const seed = 20260601
const setting = 'demo-seed'
/**
 * How far it has come. bureau: units and people. past: their history and the accounts. complaints: two years of complaints
 * are being acted. acting: the last days are being acted.
 */
type Stage = 'bureau' | 'past' | 'complaints' | 'acting' | 'done'

/**
 * Invents a bureau in an empty database and does nothing in any other. Killed in the middle, the next start goes on where
 * this one stopped: each stage is one transaction or can be repeated; only what is acted, once begun, is left as far as it came.
 */
export async function seedDemo(parts: SeedParts): Promise<void> {
  const { adminPool, house, log } = parts
  const found = await adminPool.query<{ units: number; stage: Stage | null }>(
    `select (select count(*) from directory.unit) as units, (select value #>> '{}' from platform.setting where name = $1) as stage`,
    [setting],
  )
  const { units, stage } = found.rows[0] as { units: number; stage: Stage | null }
  if (stage === 'done' || (Number(units) > 0 && stage === null)) return
  const started = performance.now()
  log('首次启动：正在生成虚构的分局 / first start: inventing a bureau …')
  const counts: Record<string, number> =
    stage === null || stage === 'bureau' ? await seedPast(parts, stage === null) : {}
  if (stage === null || stage === 'bureau' || stage === 'past') {
    await setStage(adminPool, 'complaints')
    counts['complaints.case'] = await actComplaints({ ...parts, bureau: inventBureau(createRandom(seed)) })
  }
  if (stage !== 'acting') {
    await setStage(adminPool, 'acting')
    await actPresent(parts)
  }
  await house.write(systemActor, 'demo', (ctx) =>
    insertAudit(ctx.db, {
      at: ctx.now,
      actorKind: 'system',
      actorId: null,
      event: 'demo.seeded',
      subjectKind: 'bureau',
      subjectId: null,
      unitId: null,
      outcome: 'done',
      data: { counts },
      requestId: null,
    }),
  )
  await setStage(adminPool, 'done')
  log(`虚构分局已生成 / the invented bureau is ready (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}

async function seedPast(
  { house, adminPool, auth, siteUrl }: SeedParts,
  fresh: boolean,
): Promise<Record<string, number>> {
  const bureau: Bureau = { ...bureauSetting, siteUrl }
  const random = createRandom(seed)
  const invented = inventBureau(random)
  if (fresh) {
    await house.write(systemActor, 'demo', async (ctx) => {
      await saveBureau(ctx, bureau)
      await seedCatalogue(ctx)
    })
    await inTransaction(adminPool, async (client) => {
      await writeBureau(client, invented)
      await setStage(client, 'bureau')
    })
  }
  const versions = await versionsOf(adminPool)
  // Before the past, not beside it: its foreign keys wait for accounts that are being opened, and those for it.
  await openAccounts(house, auth)
  const counts = await inTransaction(adminPool, async (client) => {
    const written = await writePast(client, {
      house,
      random,
      bureau: invented,
      setting: bureau,
      versions,
      now: house.clock.now(),
    })
    await setStage(client, 'past')
    return written
  })
  return { 'directory.unit': invented.units.length, 'directory.person': invented.people.length, ...counts }
}

async function versionsOf(pool: Pool): Promise<ItemVersionRow[]> {
  const found =
    await pool.query<ItemVersionRow>(`select id, item_code as "itemCode", number, lower(effective)::text as "from",
    upper(effective)::text as "until", content from registration.item_version where status = 'published' order by item_code, number`)
  return found.rows
}

async function writeBureau(client: PoolClient, bureau: InventedBureau): Promise<void> {
  await insertRows(client, 'directory.unit', bureau.units)
  await insertRows(client, 'directory.person', bureau.people)
  await insertRows(client, 'directory.duty', bureau.duties)
  await insertRows(
    client,
    'directory.counter',
    bureau.counters.map((counter) => ({ ...counter, active: true })),
  )
}

async function setStage(on: Pick<Pool, 'query'>, stage: Stage): Promise<void> {
  await on.query(
    `insert into platform.setting (name, value, changed_at) values ($1, to_jsonb($2::text), now())
     on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at`,
    [setting, stage],
  )
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
