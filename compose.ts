import { createApp } from '#app'
import type { Config } from '#config'
import type { Demo } from '#demo/index.ts'
import { settleProvisionalCases } from '#modules/complaints/index.ts'
import { loadActor } from '#modules/directory/index.ts'
import { recomputeProvisional } from '#modules/service-window/index.ts'
import { settleProvisional } from '#modules/supervision/index.ts'
import { systemActor } from '#platform/actor.ts'
import { alarmMetrics } from '#platform/alarms/alarm-metrics.ts'
import { insertAudit } from '#platform/audit/audit-entry.ts'
import { verifierKeys } from '#platform/audit/checkpoint.ts'
import { type Auth, createAuth, type OnAuthEvent } from '#platform/auth/index.ts'
import { type LiveCalendar, loadCalendar } from '#platform/calendar/load-calendar.ts'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { createSealProvider } from '#platform/crypto/provider.ts'
import { type DatabasePool, openPool } from '#platform/db/pools.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import { createHouse, type House } from '#platform/house.ts'
import { type Installation, openInstallation, witnessDirOf } from '#platform/installation.ts'
import { openBoss, queueOn } from '#platform/jobs/boss.ts'
import type { JobQueue } from '#platform/jobs/queue.ts'
import { createMetrics } from '#platform/metrics.ts'
import { gatewayRoutes } from '#platform/notifications/routes.ts'
import { prepareDatabase } from '#platform/prepare.ts'
import { type Bureau, bureauOf, saveBureau } from '#platform/settings.ts'
import type { Worker } from '#platform/worker.ts'
import { type Role, needsSecondFactor as roles } from '#policy/access/permissions.ts'
import { startWorker } from './worker.ts'

export type Running = { address: string; demo: Demo | null; house: House; stop(): Promise<void> }

const noQueue: JobQueue = {
  async send() {
    throw new Error('the internet side sends no jobs; the worker finds what it left')
  },
}

/** Brings up one process in its role, in the order in which things depend on one another. */
export async function compose(config: Config, log: (line: string) => void): Promise<Running> {
  const complain = (error: Error) => config.logLevel !== 'silent' && console.error(error.message)
  const installation = await openInstallation(config, complain)
  const inside = config.role !== 'public'
  if (inside) await prepare(installation, log)
  const pools = openPools(installation, inside, complain)
  // Outside the demo its code is not even loaded.
  const demo = config.demo
    ? await (await import('#demo/index.ts')).buildDemo({ adminUrl: installation.adminUrl, role: config.role })
    : null
  const clock: Clock = demo?.clock ?? systemClock
  const boss = inside ? openBoss(installation.appUrl, config.role === 'internal' ? 'send' : 'work', complain) : null
  await boss?.start()
  const calendar = await loadCalendar(pools.public)
  const base = { ...houseParts(config, installation), clock, calendar }
  const internal = createHouse({ ...base, pool: pools.internal, queueOn: boss ? queueOn(boss) : () => noQueue })
  const outside = createHouse({ ...base, pool: pools.public, queueOn: () => noQueue })
  const house: Houses = { internal, public: outside }
  const auth = inside ? openAuth(config, installation, pools.internal, internal) : null
  if (inside) await keepSiteUrl(internal, config)
  if (demo && auth && config.role === 'all') await demo.seed({ house: internal, auth, siteUrl: config.siteUrl, log })

  const works = boss && (config.role === 'all' || config.role === 'worker')
  const onError = (chore: string, error: Error) => complain(new Error(`${chore}: ${error.message}`))
  const worker = works
    ? await startWorker({
        house: internal,
        boss,
        pool: pools.internal,
        lockPool: pools.lock,
        auth,
        config,
        installation,
        demo,
        onError,
      })
    : null
  const unwatch = calendar.watch(
    60,
    () => void internal.write(systemActor, 'calendar', recompute).catch(complain),
    complain,
  )
  const site = await serve(config, { installation, pools, house, auth, demo, worker, inside, calendar })
  return {
    address: site.address,
    demo,
    house: internal,
    async stop() {
      unwatch()
      await site.stop()
      await worker?.stop()
      await boss?.stop({ graceful: true, timeout: 5000 }).catch(() => {})
      await Promise.all(Object.values(pools).map((pool) => pool.end()))
      await installation.stop()
    },
  }
}

type Houses = Record<'internal' | 'public', House>
type Pools = Record<'internal' | 'public' | 'lock', DatabasePool>
type Serving = {
  installation: Installation
  pools: Pools
  house: Houses
  auth: Auth | null
  demo: Demo | null
  worker: Worker | null
  inside: boolean
  calendar: LiveCalendar
}

async function prepare(installation: Installation, log: (line: string) => void): Promise<void> {
  const applied = await prepareDatabase(installation)
  if (applied.length > 0) log(`数据库已更新 / database brought up to date: ${applied.length} migrations`)
}

function openPools(installation: Installation, inside: boolean, complain: (error: Error) => void): Pools {
  const own = inside ? installation.appUrl : installation.publicUrl
  return {
    internal: openPool(own, 16, complain),
    public: openPool(installation.publicUrl, 8, complain),
    lock: openPool(own, 12, complain),
  }
}

/** The web server of this process, and what it keeps fresh. */
async function serve(config: Config, parts: Serving): Promise<{ address: string; stop(): Promise<void> }> {
  const { installation, pools, house, auth, demo, worker, inside, calendar } = parts
  const documents = createDocuments({ bureauFontsDir: config.fontsDir })
  const bureau = await rememberedBureau(house.public)
  const metrics = createMetrics()
  if (inside) alarmMetrics(metrics, house.internal, witnessDirOf(config))
  const gateway = gatewayRoutes({ house: house.internal, secrets: config.sms ? [config.sms.secret] : [] })
  const demoPages = demo?.endpoints({ house: house.internal, sweepNow: async () => worker?.sweepNow() }) ?? []
  const app = await createApp({
    houses: house,
    internalPool: pools.internal,
    auth,
    documents,
    role: config.role,
    demo: config.demo,
    bureau: bureau.last,
    gateway: config.demo ? 'simulated' : config.sms ? 'real' : 'none',
    witness: { dir: witnessDirOf(config), publicKeys: () => verifierKeys(installation.keys) },
    calendar: { live: calendar, recompute },
    server: {
      cookieSecret: installation.keys.current('cookie').bytes.toString('hex'),
      secure: config.secure,
      trustProxy: config.trustProxy,
      logLevel: config.logLevel,
    },
    extra: inside ? [...gateway, ...demoPages] : [],
    trouble: () => troubleOf(inside ? pools.internal : pools.public),
    metrics: metrics.text,
    demoSignIn: demo?.signIn,
  })
  metrics.watch(app)
  await app.listen({ port: config.port, host: config.host })
  const at = app.server.address()
  const port = typeof at === 'object' && at ? at.port : config.port
  return {
    address: `http://localhost:${port}`,
    async stop() {
      bureau.stop()
      await app.close()
      await documents.close()
    },
  }
}

/** Provisional dates after a year's notice was loaded: matters and orders (b-9). */
async function recompute(ctx: Context): Promise<Record<string, number>> {
  return {
    matters: await recomputeProvisional(ctx),
    orders: await settleProvisional(ctx),
    cases: await settleProvisionalCases(ctx),
  }
}

/** The bureau's names and phones as last read: an error page must not need the database. */
async function rememberedBureau(house: House): Promise<{ last(): Bureau | undefined; stop(): void }> {
  let bureau: Bureau | undefined
  const read = async () => {
    bureau = await house.read(systemActor, 'remember', bureauOf).catch(() => bureau)
  }
  await read()
  const timer = setInterval(read, 60_000).unref()
  return { last: () => bureau, stop: () => clearInterval(timer) }
}

function houseParts(config: Config, installation: Installation) {
  return {
    seal: createSealProvider(config.crypto, installation.keys),
    actorKey: installation.secrets.actorKey,
    codeKey: installation.keys.current('code').bytes,
  }
}

function openAuth(config: Config, installation: Installation, pool: DatabasePool, house: House): Auth {
  const onEvent: OnAuthEvent = (event, data) =>
    house
      .write(systemActor, 'auth', (ctx) =>
        insertAudit(ctx.db, {
          // The log has one clock, that of the rules: in a demonstration it runs ahead of the machine's.
          at: ctx.now,
          actorKind: data.personId ? 'person' : 'anonymous',
          actorId: data.personId,
          event: `auth.${event}`,
          subjectKind: 'session',
          subjectId: data.sessionId ?? null,
          unitId: null,
          outcome: /fail|lock/.test(event) ? 'refused' : 'done',
          data: { reason: data.reason, ip: data.ip, userAgent: data.userAgent },
          requestId: null,
        }),
      )
      .then(() => {})
  return createAuth({
    pool,
    secret: installation.keys.current('cookie').bytes.toString('hex'),
    baseURL: config.siteUrl,
    secure: config.secure,
    onEvent,
    async needsSecondFactor(personId) {
      const actor = await loadActor(pool, personId, dayOf(house.clock.now()))
      return actor?.roles.some((role) => roles.includes(role as Role)) ?? false
    },
  })
}

/** Links in messages and QR codes follow the address that this installation was started with. */
async function keepSiteUrl(house: House, config: Config): Promise<void> {
  await house.write(systemActor, 'start', async (ctx) => {
    const bureau = await bureauOf(ctx)
    if (bureau.siteUrl !== config.siteUrl) await saveBureau(ctx, { ...bureau, siteUrl: config.siteUrl })
  })
}

async function troubleOf(pool: DatabasePool): Promise<string | null> {
  try {
    await pool.query('select 1')
    return null
  } catch {
    return 'database'
  }
}
