import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const root = join(import.meta.dirname, '..')

export type Server = { port: number; pid: number; stop(): Promise<void> }

/** The platform as `npm start` runs it, on a database that somebody else looks after. */
export async function startPlatform(environment: Record<string, string>, port: number): Promise<Server> {
  const env = {
    ...quiet(),
    ...environment,
    PORT: String(port),
    HOST: '127.0.0.1',
    JINGMIN_MODE: 'live',
    LOG_LEVEL: 'error',
  }
  const child = spawn(process.execPath, [...tied(), ...extraFlags(), 'main.ts', 'start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await untilServes(`http://127.0.0.1:${port}/readyz`, child)
  return serverOf(child, port)
}

export async function startFloor(environment: Record<string, string>, port: number): Promise<Server> {
  const env = { ...quiet(), ...environment, FLOOR_PORT: String(port) }
  const child = spawn(process.execPath, [...tied(), 'bench/floor.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return serverOf(child, port)
}

/** BENCH_NODE_FLAGS, say --cpu-prof: given to the platform's process alone. */
function extraFlags(): string[] {
  return (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter(Boolean)
}

export const tied = () => ['--import', join(root, 'bin/tie-to-parent.mjs')]
export const quiet = () => ({
  ...process.env,
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`.trim(),
})

function serverOf(child: ChildProcess, port: number): Server {
  return {
    port,
    pid: child.pid!,
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await Promise.race([gone, sleep(10_000)])
      child.kill('SIGKILL')
    },
  }
}

export async function untilServes(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode} before it served ${url}`)
    const status = await fetch(url, { signal: AbortSignal.timeout(60_000) })
      .then((answer) => answer.arrayBuffer().then(() => answer.status))
      .catch(() => 0)
    if (status === 200) return
    await sleep(10)
  }
}

/** Processor seconds a process has used so far; null where /proc does not tell. */
export function cpuSeconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return null
  }
}

/** Processor seconds of a server's processes, those that have ended included; null where /proc does not tell. */
export function databaseSeconds(postmaster: number): number | null {
  try {
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ')
    const own = readFileSync(`/proc/${postmaster}/stat`, 'utf8').split(') ')[1]!.split(' ')
    const ended = (Number(own[13]) + Number(own[14])) / 100
    return children.reduce((sum, pid) => sum + (cpuSeconds(Number(pid)) ?? 0), ended)
  } catch {
    return null
  }
}

/** Resident megabytes of a process; null where /proc does not tell. */
export function residentMegabytes(pid: number): number | null {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return line ? Math.round(Number(line[1]) / 1024) : null
  } catch {
    return null
  }
}
