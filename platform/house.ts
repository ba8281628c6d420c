import { createHmac } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'
import { type Actor, actorToken } from './actor.ts'
import type { Clock } from './clock/clock.ts'
import type { Context } from './context.ts'
import type { SealProvider } from './crypto/provider.ts'
import { kyselyOn } from './db/kysely-on.ts'
import type { DatabasePool } from './db/pools.ts'
import type { JobQueue } from './jobs/queue.ts'

export type HouseParts = {
  pool: DatabasePool
  clock: Clock
  calendar: WorkCalendar
  seal: SealProvider
  actorKey: Buffer
  codeKey: Buffer
  /** The job queue bound to the transaction's own connection. */
  queueOn(client: PoolClient): JobQueue
}

/** The one way to the database: a transaction in which exactly one actor acts. */
export type House = {
  clock: Clock
  calendar: WorkCalendar
  write<T>(actor: Actor, requestId: string, work: (ctx: Context) => Promise<T>): Promise<T>
  read<T>(actor: Actor, requestId: string, work: (ctx: Context) => Promise<T>): Promise<T>
  hashCode(kind: string, code: string): string
  seal: SealProvider
}

const tokenSeconds = 3600

export function createHouse(parts: HouseParts): House {
  const hashCode = (kind: string, code: string) =>
    createHmac('sha256', parts.codeKey).update(`${kind}\n${code}`).digest('hex')

  async function run<T>(
    begin: 'begin' | 'begin read only',
    actor: Actor,
    requestId: string,
    work: (ctx: Context) => Promise<T>,
  ): Promise<T> {
    const client = await parts.pool.connect()
    let ended: Promise<Error | undefined> | undefined
    try {
      await client.query(beginAs(begin, actor, parts.actorKey, client))
      const result = await work({
        db: kyselyOn(client),
        actor,
        now: parts.clock.now(),
        calendar: parts.calendar,
        seal: parts.seal,
        hashCode,
        queue: parts.queueOn(client),
        requestId,
      })
      // What was read needs no confirmation: the answer goes out while the transaction ends.
      if (begin === 'begin') await commit(client)
      else ended = lostIn(client.query('commit'))
      return result
    } catch (error) {
      ended = lostIn(client.query('rollback'))
      if (stalePlan(error)) ended = ended.then((lost) => lost ?? (error as Error))
      await ended
      throw error
    } finally {
      if (ended) void ended.then((lost) => client.release(lost))
      else client.release()
    }
  }

  return {
    clock: parts.clock,
    calendar: parts.calendar,
    seal: parts.seal,
    hashCode,
    write: (actor, requestId, work) => run('begin', actor, requestId, work),
    read: (actor, requestId, work) => run('begin read only', actor, requestId, work),
  }
}

/** One round trip. The token is base64 and hex, so it needs no quoting. */
function beginAs(begin: string, actor: Actor, key: Buffer, client: PoolClient): string {
  const expires = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + tokenSeconds
  return `${begin}; set local "jingmin.actor" = '${actorToken(actor, key, backendPid(client), expires)}'`
}

/**
 * Two answers to COMMIT are no error and yet no commit: ROLLBACK, after a failed statement that somebody caught, and a
 * warning, when the wait for the standby was cancelled. Neither is told as done.
 */
async function commit(client: PoolClient): Promise<void> {
  const warnings: string[] = []
  const note = (notice: { severity?: string; message?: string }) => {
    if (notice.severity === 'WARNING') warnings.push(notice.message ?? 'warning')
  }
  client.on('notice', note)
  try {
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error(`a statement of this transaction had failed: ${command}`)
    if (warnings.length > 0) throw new Error(`it is not known whether the commit will last: ${warnings.join(', ')}`)
  } finally {
    client.off('notice', note)
  }
}

/** The connection is given up when even the end of the transaction cannot be said. */
function lostIn(ending: Promise<unknown>): Promise<Error | undefined> {
  return ending.then(
    () => undefined,
    (lost: Error) => lost,
  )
}

/** A statement prepared before a migration; the connection forgets it only by being closed. */
function stalePlan(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === '0A000' && /cached plan/.test(message ?? '')
}

/** The driver keeps the server's process id from the start-up messages. */
function backendPid(client: PoolClient): number {
  return (client as PoolClient & { processID: number }).processID
}
