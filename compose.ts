import { createApp } from '#app'
import type { Config } from '#config'
import type { Demo } from '#demo/index.ts'
import { loadActor } from '#modules/directory/index.ts'
import { systemActor } from '#platform/actor.ts'
import { insertAudit } from '#platform/audit/audit-entry.ts'
import { type Auth, createAuth, type OnAuthEvent } from '#platform/auth/index.ts'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import { dayOf } from '#platform/context.ts'
import { createSealProvider } from '#platform/crypto/provider.ts'
import { type DatabasePool, openPool } from '#platform/db/pools.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import { createHouse, type House } from '#platform/house.ts'
import { type Installation, openInstallation } from '#platform/installation.ts'
import { openBoss, queueOn } from '#platform/jobs/boss.ts'
import type { JobQueue } from '#platform/jobs/queue.ts'
import { createMetrics } from '#platform/metrics.ts'
import { gatewayRoutes } from '#platform/notifications/routes.ts'
import { prepareDatabase } from '#platform/prepare.ts'
import { bureauOf, saveBureau } from '#platform/settings.ts'
import type { Worker } from '#platform/worker.ts'
import { type Role, needsSecondFactor as roles } from '#policy/access/permissions.ts'
import { chinaCalendar } from '#policy/calendar/work-calendar.ts'
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
  if (inside) {
    const applied = await prepareDatabase(installation)
    if (applied.length > 0) log(`数据库已更新 / database brought up to date: ${applied.length} migrations`)
  }
  const base = houseParts(config, installation)
  const pools = {
    internal: openPool(installation.appUrl, 16, complain),
    public: openPool(installation.publicUrl, 8, complain),
    lock: openPool(inside ? installation.appUrl : installation.publicUrl, 8, complain),
  }
  // Outside the demo its code is not even loaded.
  const demo = config.demo ? await (await import('#demo/index.ts')).buildDemo({ adminUrl: installation.adminUrl }) : null
  const clock: Clock = demo?.clock ?? systemClock
  const boss = inside ? openBoss(installation.appUrl, config.role === 'internal' ? 'send' : 'work', complain) : null
  await boss?.start()
  const internal = createHouse({ ...base, pool: pools.internal, clock, queueOn: boss ? queueOn(boss) : () => noQueue })
  const outside = createHouse({ ...base, pool: pools.public, clock, queueOn: () => noQueue })
  const auth = inside ? openAuth(config, installation, pools.internal, internal) : null
  const documents = createDocuments({ bureauFontsDir: config.fontsDir })
  if (inside) await keepSiteUrl(internal, config)

  if (demo && auth && config.role === 'all') await demo.seed({ house: internal, auth, siteUrl: config.siteUrl, log })

  let worker: Worker | null = null
  if (boss && (config.role === 'all' || config.role === 'worker')) {
    worker = await startWorker({
      house: internal,
      boss,
      pool: pools.internal,
      lockPool: pools.lock,
      auth,
      config,
      installation,
      demo,
      onError: (chore, error) => complain(new Error(`${chore}: ${error.message}`)),
    })
  }
  const metrics = createMetrics()
  const app = await createApp({
    houses: { internal, public: outside },
    internalPool: pools.internal,
    auth,
    documents,
    role: config.role,
    demo: config.demo,
    server: {
      cookieSecret: installation.keys.current('cookie').bytes.toString('hex'),
      secure: config.secure,
      trustProxy: config.trustProxy,
      logLevel: config.logLevel,
    },
    extra: inside
      ? [
          ...gatewayRoutes({ house: internal, secrets: config.sms ? [config.sms.secret] : [] }),
          ...(demo ? demo.endpoints({ house: internal, sweepNow: async () => worker?.sweepNow() }) : []),
        ]
      : [],
    trouble: () => troubleOf(inside ? pools.internal : pools.public),
    metrics: metrics.text,
    demoSignIn: demo ? { logins: demo.signIn.logins, code: (meta) => demo.signIn.code(internal, meta) } : undefined,
  })
  metrics.watch(app)
  await app.listen({ port: config.port, host: config.host })
  const at = app.server.address()
  const port = typeof at === 'object' && at ? at.port : config.port
  return {
    address: `http://localhost:${port}`,
    demo,
    house: internal,
    async stop() {
      await app.close()
      await worker?.stop()
      await boss?.stop({ graceful: true, timeout: 5000 }).catch(() => {})
      await documents.close()
      await Promise.all(Object.values(pools).map((pool) => pool.end()))
      await installation.stop()
    },
  }
}

function houseParts(config: Config, installation: Installation) {
  return {
    calendar: chinaCalendar,
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
          at: data.at,
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
