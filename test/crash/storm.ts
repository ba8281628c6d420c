import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPool } from '#platform/db/pools.ts'
import { type Clients, signedClient, startClients } from './clients.ts'
import { type CrashedDatabase, crashedDatabase } from './crashed-database.ts'
import { freePort } from './free-port.ts'
import { type Gateway, gatewaySecret, startGateway } from './gateway-process.ts'
import { type InstalledBureau, installedBureau } from './installed-bureau.ts'
import { type Broken, judge } from './judge.ts'
import { killWorkerInJob } from './killed-job.ts'
import { type PlatformProcess, platformProcess } from './platform-process.ts'
import { randomFrom } from './random.ts'

export type StormOptions = {
  kills: number
  naive: boolean
  seed: number
  clients?: number
  killedJob?: boolean
  log?: (line: string) => void
}

export type Kill = { what: 'platform' | 'postmaster' | 'backend'; recoveryMs: number }

export type StormReport = {
  kills: Kill[]
  broken: Broken
  counts: Record<string, number>
  /** The first of the steps that were refused, in the platform's words. */
  refused: string[]
  /** From the kill in the middle of a job until that job began again; null when not tried. */
  killedJobMs: number | null
}

export type Storm = {
  options: StormOptions
  house: InstalledBureau
  platform: PlatformProcess
  gateway: Gateway
  clients: Clients
  database: CrashedDatabase
  random: () => number
  /** How far ahead of the machine's clock the rules' clock is. */
  ahead: number
}

/** A platform under load whose process, database server and backends are killed at random; then the reckoning. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jingmin-crash-'))
  // The server may run as another user, who must get in.
  await chmod(dataDir, 0o711)
  const gateway = await startGateway(options.seed)
  const random = randomFrom(options.seed + 1)
  let platform: PlatformProcess | undefined
  let database: CrashedDatabase | undefined
  try {
    const house = await installedBureau(dataDir)
    database = crashedDatabase(dataDir, house.installation.adminUrl)
    const cookie = await house.signIn('officer')
    for (const key of ['desk', 'desk2'] as const) await house.signIn(key)
    await house.close()
    platform = platformProcess({
      dataDir,
      port: await freePort(),
      gatewayUrl: gateway.url,
      gatewaySecret,
      naive: options.naive,
    })
    gateway.serve(platform.url)
    const ahead = untilMorning()
    await platform.start(ahead)
    const signed = await signedClient(platform.url, cookie)
    const clients = startClients({
      url: platform.url,
      signed,
      count: options.clients ?? 6,
      pauseMs: 150,
      seed: options.seed,
    })
    const run: Storm = { options, house, platform, gateway, clients, database, random, ahead }
    const kills = await killAtRandom(run)
    options.log?.('the clients end what they are at')
    await clients.stop()
    options.log?.('until nothing is on its way')
    await settle(run)
    if (options.killedJob) options.log?.('a kill in the middle of a job')
    const killedJobMs = options.killedJob ? await killWorkerInJob(run) : null
    return { ...(await reckon(run, join(dataDir, 'witness'))), kills, killedJobMs }
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${platform?.said() ?? ''}`, { cause: error })
  } finally {
    await platform?.kill()
    await gateway.stop()
    await database?.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

const minute = 60_000

/** Half past nine tomorrow in China, so that the hours in which messages may leave last for the whole run. */
function untilMorning(): number {
  const now = Temporal.Now.zonedDateTimeISO('Asia/Shanghai')
  const morning = now.add({ days: 1 }).withPlainTime('09:30')
  return morning.epochMilliseconds - now.epochMilliseconds
}

async function killAtRandom(run: Storm): Promise<Kill[]> {
  const kills: Kill[] = []
  while (kills.length < run.options.kills) {
    await sleep(800 + run.random() * 2700)
    const what = (['platform', 'postmaster', 'platform', 'backend'] as const)[kills.length % 4]!
    const at = performance.now()
    if (what === 'platform') await killPlatform(run)
    else await run.database.kill(what, run.random())
    const recoveryMs = Math.round((await firstAckAfter(run.clients, at)) - at)
    run.options.log?.(`${kills.length + 1} ${what} killed, ${recoveryMs} ms`)
    kills.push({ what, recoveryMs })
  }
  return kills
}

/** Each life of the process is half an hour later, so that questions of the life before fall due in it. */
async function killPlatform(run: Storm): Promise<void> {
  await run.platform.kill()
  run.ahead += 31 * minute
  await run.platform.start(run.ahead)
}

/** When the first write was acknowledged that a client began after `at`. */
async function firstAckAfter(clients: Clients, at: number): Promise<number> {
  while (performance.now() - at < 60_000) {
    const times = clients.acks.filter((ack) => ack.from >= at).map((ack) => ack.at)
    if (times.length > 0) return Math.min(...times)
    await sleep(5)
  }
  throw new Error('no write was acknowledged for a minute after a kill')
}

/** Until nothing is on its way any more: messages, answers, consequences. What waits for its time gets a later life. */
async function settle(run: Storm): Promise<void> {
  for (let lives = 0; lives < 10; lives += 1) {
    await killPlatform(run)
    let before = -1
    for (let still = 0; still < 8; still += 1) {
      await sleep(300)
      const { left = 0 } = await run.database.query(leftToDo)
      run.options.log?.(`life ${lives + 1}: ${left} left`)
      if (left + run.gateway.pending() === 0) return
      if (left !== before) still = 0
      before = left
    }
  }
}

const leftToDo = `select ((select count(*) from platform.outbound_message where state in ('waiting', 'claimed', 'unknown'))
  + (select count(*) from callback.callback where state = 'scheduled') + (select count(*) from platform.inbound_message where handled_at is null)
  + (select count(*) from callback.follow_up))::int as left`

async function reckon(run: Storm, witnessDir: string): Promise<Pick<StormReport, 'broken' | 'counts' | 'refused'>> {
  const admin = openPool(run.database.url(), 2)
  try {
    const { acknowledged, refused, counts } = run.clients
    const broken = await judge({
      admin,
      keys: run.house.installation.keys,
      seal: run.house.house.seal,
      witnessDir,
      acknowledged,
      refused,
      rang: run.gateway.rang,
      answers: run.gateway.answers,
    })
    const orders = await run.database.query('select count(*)::int as orders from supervision.order')
    const audit = await run.database.query('select count(*)::int as entries from platform.audit_entry')
    return {
      broken,
      refused: refused.slice(0, 5),
      counts: {
        ...counts,
        matters: acknowledged.length,
        completed: acknowledged.filter((known) => known.completed).length,
        messages: run.gateway.rang.size,
        'answers swallowed': run.gateway.seen.swallowed,
        'messages refused': run.gateway.seen.refused,
        'citizens’ answers': run.gateway.answers.length,
        ...orders,
        'audit entries': audit.entries!,
      },
    }
  } finally {
    await admin.end()
  }
}
