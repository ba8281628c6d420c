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

  async function run<T>(begin: string, actor: Actor, requestId: string, work: (ctx: Context) => Promise<T>): Promise<T> {
    const client = await parts.pool.connect()
    let broken: Error | undefined
    try {
      // One round trip. The token is base64 and hex, so it needs no quoting.
      const token = actorToken(actor, parts.actorKey, backendPid(client), Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + tokenSeconds)
      await client.query(`${begin}; set local "jingmin.actor" = '${token}'`)
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
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((lost: Error) => {
        broken = lost
      })
      throw error
    } finally {
      client.release(broken)
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

/** The driver keeps the server's process id from the start-up messages. */
function backendPid(client: PoolClient): number {
  return (client as PoolClient & { processID: number }).processID
}
