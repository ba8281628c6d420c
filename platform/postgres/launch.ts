import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clusterData, clusterLog, writeOwned } from './cluster.ts'
import type { EmbeddedOptions } from './options.ts'
import type { Placement } from './placement.ts'
import {
  dropStalePidFile,
  findPostmaster,
  freePort,
  questionServer,
  spawnPostmaster,
  startupLog,
  stopPostmaster,
} from './postmaster.ts'
import { serverSettings, settingsText } from './settings.ts'

/** All that is needed to bring the server of a cluster up. */
export type Launch = EmbeddedOptions & {
  place: Placement
  password: string
  /** The port that clients already know; it is waited for rather than exchanged. */
  keepPort?: number
}

/** A server that answers. `gone` resolves when its process ends, if it is our child. */
export type Launched = { pid: number; port: number; how: 'started' | 'taken-over'; gone: Promise<void> | null }

/** Brings the server up: takes over one that runs on with the same settings, otherwise starts a new one. */
export async function launch(plan: Launch): Promise<Launched> {
  const found = await settled(plan)
  if (found) {
    if (await isOurs(plan, found.port)) return { ...found, how: 'taken-over', gone: null }
    await stopPostmaster(plan.place, found.pid, 'fast')
  }
  return startWithPatience(plan)
}

async function startWithPatience(plan: Launch): Promise<Launched> {
  const fixed = plan.port ?? plan.keepPort
  let port = fixed ?? (await freePort(rememberedPort(plan.place.home)))
  for (const began = Date.now(); ; ) {
    const started = await startOnce(plan, port)
    if (typeof started !== 'string') return started
    const waited = Date.now() - began
    const reason = obstacle(started)
    if (reason === 'lasting' || waited > 30_000 || (reason === 'port' && fixed && waited > 3000))
      throw new Error(`数据库无法启动 The database does not start (log: ${clusterLog(plan.place.home)}):\n${started}`)
    if (reason === 'port' && !fixed) port = await freePort(0)
    else await sleep(100)
  }
}

/** The server that runs on this cluster once it is ready; `null` when it ended, or when there is none. */
async function settled(plan: Launch): Promise<{ pid: number; port: number } | null> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    const found = findPostmaster(plan.place.home)
    if (!found) return null
    if (found.ready) return found
    await sleep(20)
  }
  const found = findPostmaster(plan.place.home)
  if (found) await stopPostmaster(plan.place, found.pid, 'immediate')
  return null
}

async function isOurs(plan: Launch, port: number): Promise<boolean> {
  try {
    const answer = await questionServer(`postgres://postgres:${plan.password}@127.0.0.1:${port}/postgres`)
    const sameData = realpathSync(answer.data) === realpathSync(clusterData(plan.place.home))
    return sameData && answer.digest === configuration(plan, port).digest
  } catch {
    return false
  }
}

/** Starts the server; answers the reason when it ends before it is ready. */
async function startOnce(plan: Launch, port: number): Promise<Launched | string> {
  const { home, account } = plan.place
  dropStalePidFile(home)
  const { settings, digest } = configuration(plan, port)
  writeOwned(
    join(clusterData(home), 'postgresql.conf'),
    `${settingsText(settings)}jingmin.settings = '${digest}'\n`,
    account,
  )
  const child = spawnPostmaster(plan.place)
  let over: string | null = null
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      over = error.message
      resolve()
    })
    child.once('exit', (code, signal) => {
      over = startupLog(home) || `ended with ${code ?? signal}`
      resolve()
    })
  })
  while (over === null) {
    const running = findPostmaster(home)
    if (running?.ready && running.pid === child.pid)
      return { pid: running.pid, port: running.port, how: 'started', gone }
    await sleep(10)
  }
  return over
}

function configuration(plan: Launch, port: number) {
  const settings = serverSettings({ ...plan, port, logDirectory: clusterLog(plan.place.home) })
  const { port: chosen, ...rest } = settings
  const counted = plan.port ? { ...rest, chosen } : rest
  return { settings, digest: createHash('sha256').update(JSON.stringify(counted)).digest('hex') }
}

/** Why the server did not start: a port that is taken, a former server that is not quite gone, or something lasting. */
function obstacle(said: string): 'port' | 'former' | 'lasting' {
  if (/could not bind|could not create any TCP\/IP sockets/.test(said)) return 'port'
  if (/pre-existing shared memory|lock file "postmaster.pid" already exists/.test(said)) return 'former'
  return 'lasting'
}

function rememberedPort(home: string): number {
  const conf = join(clusterData(home), 'postgresql.conf')
  if (!existsSync(conf)) return 0
  const text = readFileSync(conf, 'utf8')
  return text.startsWith('# Written at every start') ? Number(text.match(/^port = (\d+)$/m)?.[1] ?? 0) : 0
}
