import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { JobResult, PgBoss } from 'pg-boss'
import { queueOptions } from './jobs/boss.ts'
import type { JobName } from './jobs/queue.ts'

/** Work that repeats. `everySeconds` is how long to rest after a round; a round that fails is logged and tried again. */
export type Chore = { name: string; everySeconds: number; run(): Promise<unknown> }

export type Worker = {
  /** Runs every chore once, now: after the demo's time was moved, and in tests. */
  sweepNow(): Promise<void>
  stop(): Promise<void>
}

export type WorkerParts = {
  /** Chores of two workers never run at once: each takes an advisory lock of its own on this pool. */
  lockPool: Pool
  chores: readonly Chore[]
  onError(chore: string, error: Error): void
}

export function startChores(parts: WorkerParts): Worker {
  const stopping = new AbortController()
  const running = parts.chores.map((chore, index) => repeat(parts, chore, index, stopping.signal))
  return {
    async sweepNow() {
      for (const [index, chore] of parts.chores.entries()) await once(parts, chore, index, true)
    },
    async stop() {
      stopping.abort()
      await Promise.allSettled(running)
    },
  }
}

/** After a failure a minute at most: a chore of the day must not wait for the next day. */
const restAfterFailure = 60

async function repeat(parts: WorkerParts, chore: Chore, index: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let rest = chore.everySeconds
    await once(parts, chore, index, false).catch((error: Error) => {
      rest = Math.min(rest, restAfterFailure)
      parts.onError(chore.name, error)
    })
    await sleep(rest * 1000, undefined, { signal, ref: false }).catch(() => {})
  }
}

async function once(parts: WorkerParts, chore: Chore, index: number, wait: boolean): Promise<void> {
  const client = await parts.lockPool.connect()
  let broken: Error | undefined
  try {
    const lock = await client.query(
      wait ? 'select pg_advisory_lock(4708, $1), true as got' : 'select pg_try_advisory_lock(4708, $1) as got',
      [index],
    )
    if (!lock.rows[0]?.got) return
    try {
      await chore.run()
    } finally {
      await client.query('select pg_advisory_unlock(4708, $1)', [index]).catch((error: Error) => {
        broken = error
      })
    }
  } finally {
    client.release(broken)
  }
}

/** A poll takes so many jobs, and while there are as many the next one follows at once: a backlog is not worked off by the second. */
const batchSize = 10

/** Binds handlers to the job queue; a killed worker's job runs again after the missed heartbeat. */
export async function workJobs(
  boss: PgBoss,
  handlers: Partial<Record<JobName, (data: Record<string, unknown>) => Promise<void>>>,
): Promise<void> {
  for (const [name, handle] of Object.entries(handlers)) {
    await boss.work(
      name,
      {
        pollingIntervalSeconds: 1,
        batchSize,
        burstWhenBatchFull: true,
        perJobResults: true,
        heartbeatRefreshSeconds: Math.floor(queueOptions.heartbeatSeconds / 3),
      } as const,
      async (jobs: { id: string; data: unknown }[]) => {
        const results: JobResult[] = []
        // One after another, each with its own outcome: a job that fails takes none of its neighbours along.
        for (const job of jobs) results.push(await outcomeOf(job.id, () => handle(job.data as Record<string, unknown>)))
        return results
      },
    )
  }
}

async function outcomeOf(id: string, work: () => Promise<void>): Promise<JobResult> {
  try {
    await work()
    return { id, status: 'completed' }
  } catch (error) {
    return { id, status: 'failed', output: { message: (error as Error).message } }
  }
}
