import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { spawnAs } from './account.ts'
import { program } from './binaries.ts'
import { clusterData, clusterLog, serverEnvironment } from './cluster.ts'
import type { Placement } from './placement.ts'
import { processCommand, processMark } from './process-identity.ts'

/** What the running server wrote of itself into postmaster.pid. */
export type Postmaster = { pid: number; port: number; ready: boolean }

export type StopMode = 'smart' | 'fast' | 'immediate'

const SIGNALS = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' } as const

/** The server that runs on this cluster now; `null` when none does, whatever a left-over postmaster.pid may say. */
export function findPostmaster(home: string): Postmaster | null {
  const lines = readPidFile(home)
  const pid = Number(lines[0])
  if (!pid || processMark(pid) === null) return null
  const command = processCommand(pid)
  // The number may have been given to somebody else since.
  if (command && !command.includes(clusterData(home))) return null
  return { pid, port: Number(lines[3]) || 0, ready: lines[7]?.trim() === 'ready' }
}

/**
 * Removes a postmaster.pid whose process is gone. PostgreSQL would refuse to start if the number now belongs to another
 * process of the same user; its own guard against surviving backends is the shared memory, which stays.
 */
export function dropStalePidFile(home: string): void {
  if (readPidFile(home).length > 1 && !findPostmaster(home))
    rmSync(join(clusterData(home), 'postmaster.pid'), { force: true })
}

/** Starts the server process, in a session of its own so that Ctrl-C reaches us alone and we end it in order. */
export function spawnPostmaster(place: Placement): ChildProcess {
  const log = openSync(join(clusterLog(place.home), 'startup.log'), 'w', 0o600)
  try {
    const child = spawn(program(place.native, 'postgres'), ['-D', clusterData(place.home)], {
      ...spawnAs(place.account),
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
      detached: true,
      windowsHide: true,
    })
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

/** The last lines the server wrote before it could open its own log. */
export function startupLog(home: string): string {
  try {
    return readFileSync(join(clusterLog(home), 'startup.log'), 'utf8')
      .slice(-1500)
      .trim()
  } catch {
    return ''
  }
}

/** Asks the server to end and waits until it has; a server that does not listen for 30 s is ended at once. */
export async function stopPostmaster(place: Placement, pid: number, mode: StopMode): Promise<void> {
  const alive = () => findPostmaster(place.home)?.pid === pid
  ask(place, pid, mode)
  for (let waited = 0; alive(); waited += 10) {
    if (waited === 30_000) ask(place, pid, 'immediate')
    await sleep(10)
  }
}

function ask(place: Placement, pid: number, mode: StopMode): void {
  if (process.platform === 'win32') {
    spawnSync(program(place.native, 'pg_ctl'), ['stop', '-D', clusterData(place.home), '-m', mode, '-W'], {
      stdio: 'ignore',
    })
    return
  }
  try {
    process.kill(pid, SIGNALS[mode])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** What the server at this port answers to the superuser: its data folder and the digest of its settings. */
export async function questionServer(url: string): Promise<{ data: string; digest: string }> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const answer = await client.query<{ data: string; digest: string }>(
      `select current_setting('data_directory') as data, coalesce(current_setting('jingmin.settings', true), '') as digest`,
    )
    return answer.rows[0]!
  } finally {
    await client.end()
  }
}

/** The wanted port if it is free on this machine, otherwise one that is. */
export async function freePort(wanted: number): Promise<number> {
  return (wanted && (await tryPort(wanted))) || (await tryPort(0))
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(0))
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function readPidFile(home: string): string[] {
  try {
    return readFileSync(join(clusterData(home), 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}
