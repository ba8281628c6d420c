import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clusterData } from './cluster.ts'
import { type Launch, type Launched, launch } from './launch.ts'
import { processMark } from './process-identity.ts'

export type Guard = {
  pid(): number
  onRestart(listener: () => void): () => void
  /** Stops guarding; the server's process number if one still runs. */
  end(): Promise<number | null>
}

/** Watches a server and starts it again on the same port whenever it is gone. */
export function supervise(plan: Launch, first: Launched): Guard {
  const listeners = new Set<() => void>()
  const ended = new AbortController()
  let current: Launched | null = first
  let leash = tieToThisProcess(plan, first)
  const guarding = guard()

  async function guard(): Promise<void> {
    while (current && !ended.signal.aborted) {
      await lost(current, ended.signal)
      if (ended.signal.aborted) return
      leash?.kill('SIGKILL')
      const port = current.port
      current = null
      current = await again({ ...plan, keepPort: port }, ended.signal)
      if (!current) return
      leash = tieToThisProcess(plan, current)
      for (const listener of listeners) listener()
    }
  }

  return {
    pid: () => current?.pid ?? 0,
    onRestart(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async end() {
      ended.abort()
      await guarding
      leash?.kill('SIGKILL')
      return current?.pid ?? null
    },
  }
}

/** Resolves when the server's process is gone, or when nobody wants to know any more. */
async function lost(server: Launched, signal: AbortSignal): Promise<void> {
  if (server.gone) {
    const given = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    return Promise.race([server.gone, given])
  }
  // Not our child: nobody tells us, so we look.
  const mark = processMark(server.pid)
  while (!signal.aborted && mark !== null && processMark(server.pid) === mark) {
    await sleep(200, undefined, { ref: false, signal }).catch(() => {})
  }
}

async function again(plan: Launch, signal: AbortSignal): Promise<Launched | null> {
  for (let pause = 100; !signal.aborted; pause = Math.min(pause * 2, 5000)) {
    try {
      return await launch(plan)
    } catch (error) {
      plan.onTrouble?.(error as Error)
      await sleep(pause, undefined, { ref: false, signal }).catch(() => {})
    }
  }
  return null
}

/**
 * For tests: a shell that waits on a pipe from this process and ends the server when the pipe breaks, however this
 * process came to its end.
 */
function tieToThisProcess(plan: Launch, server: Launched): ChildProcess | null {
  if (plan.durable || process.platform === 'win32') return null
  const script = 'read _; [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ] && kill -QUIT "$1"'
  const pidFile = join(clusterData(plan.place.home), 'postmaster.pid')
  const child = spawn('/bin/sh', ['-c', script, 'sh', String(server.pid), pidFile], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  child.on('error', () => {})
  child.unref()
  ;(child.stdin as unknown as { unref?: () => void }).unref?.()
  return child
}
