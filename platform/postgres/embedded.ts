import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { clusterData, ensureCluster, superuserPassword } from './cluster.ts'
import { type Launch, launch } from './launch.ts'
import { type HeldLock, tryLock } from './lock-file.ts'
import type { EmbeddedOptions } from './options.ts'
import { placeCluster, removeCluster } from './placement.ts'
import { findPostmaster, type StopMode, stopPostmaster } from './postmaster.ts'
import { supervise } from './supervise.ts'

export type { EmbeddedOptions }

export type EmbeddedServer = {
  /** The superuser's address of a database, for migrations; the application connects as a role of its own. */
  connectionString(database?: string): string
  port: number
  user: 'postgres'
  password: string
  /**
   * `started` by us; `taken-over`: it ran on after its former process was killed; `guest`: another living process
   * looks after it, and `stop` leaves it running.
   */
  how: 'started' | 'taken-over' | 'guest'
  /** The process number of the server now. */
  pid(): number
  /** Called each time the server had died and serves again (same port). Returns a function that takes it back. */
  onRestart(listener: () => void): () => void
  /** Ends the server: `fast` rolls back what is open, `smart` waits for clients, `immediate` is a crash. */
  stop(mode?: StopMode): Promise<void>
}

/**
 * Starts the PostgreSQL that npm brought on a data folder, or finds the one that already serves it. The cluster is
 * made at the first start; a server that dies is started again within a second.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const starting = await waitForLock(join(dataDir, 'postgres-starting.json'))
  try {
    const place = placeCluster(dataDir, findBinaries(), options.durable)
    const password = superuserPassword(dataDir, existsSync(clusterData(place.home)))
    await ensureCluster(place, password, options.durable)
    const plan: Launch = { ...options, place, password, dataDir }
    const owner = tryLock(join(dataDir, 'postgres-owner.json'))
    if ('heldBy' in owner) return await visit(plan)
    return await own(plan, owner)
  } finally {
    starting.release()
  }
}

/** Deletes the database of a data folder, also where it was kept elsewhere. Refuses while its server runs. */
export function destroyEmbedded(dataDir: string): void {
  const lock = tryLock(join(resolve(dataDir), 'postgres-owner.json'))
  if ('heldBy' in lock) throw new Error(`Process ${lock.heldBy.pid} still runs the database in ${dataDir}.`)
  removeCluster(resolve(dataDir))
  lock.release()
}

async function own(plan: Launch, owner: HeldLock): Promise<EmbeddedServer> {
  try {
    const first = await launch(plan)
    const guard = supervise(plan, first)
    return {
      ...describe(plan, first.port),
      how: first.how,
      pid: () => guard.pid(),
      onRestart: guard.onRestart,
      async stop(mode = 'fast') {
        const pid = await guard.end()
        if (pid) await stopPostmaster(plan.place, pid, mode)
        owner.release()
      },
    }
  } catch (error) {
    owner.release()
    throw error
  }
}

/** Waits for the server that another process looks after; it may be starting just now. */
async function visit(plan: Launch): Promise<EmbeddedServer> {
  for (let waited = 0; waited < 60_000; waited += 25) {
    const running = findPostmaster(plan.place.home)
    if (running?.ready)
      return {
        ...describe(plan, running.port),
        how: 'guest',
        pid: () => findPostmaster(plan.place.home)?.pid ?? 0,
        onRestart: () => () => {},
        stop: async () => {},
      }
    await sleep(25)
  }
  throw new Error(`Another process looks after the database in ${plan.dataDir}, which does not become ready.`)
}

function describe(plan: Launch, port: number): Pick<EmbeddedServer, 'connectionString' | 'port' | 'user' | 'password'> {
  return {
    connectionString: (database = 'postgres') =>
      `postgres://postgres:${plan.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    port,
    user: 'postgres',
    password: plan.password,
  }
}

async function waitForLock(path: string): Promise<HeldLock> {
  for (let waited = 0; waited < 120_000; waited += 25) {
    const lock = tryLock(path)
    if (!('heldBy' in lock)) return lock
    await sleep(25)
  }
  throw new Error(`Another start on this data folder does not come to an end (${path}).`)
}
