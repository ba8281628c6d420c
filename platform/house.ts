import { createHmac } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'
import { type Actor, actorToken } from './actor.ts'
import type { AuditEntry } from './audit/audit-entry.ts'
import { auditTogether } from './audit/audit-together.ts'
import type { Clock } from './clock/clock.ts'
import type { Context } from './context.ts'
import type { SealProvider } from './crypto/provider.ts'
import { kyselyOn, plain } from './db/kysely-on.ts'
import type { DatabasePool } from './db/pools.ts'
import { prepared, readingOn, type Transaction, transactionOn } from './db/transaction.ts'
import type { JobQueue } from './jobs/queue.ts'

export type HouseParts = {
  pool: DatabasePool
  clock: Clock
  calendar: WorkCalendar
  seal: SealProvider
  actorKey: Buffer
  codeKey: Buffer
  /** The job queue bound to the transaction itself. */
  queueOn(transaction: Transaction): JobQueue
}

/** The one way to the database: a transaction in which exactly one actor acts. */
export type House = {
  clock: Clock
  calendar: WorkCalendar
  write<T>(actor: Actor, requestId: string, work: (ctx: Context) => Promise<T>): Promise<T>
  /** Each statement sees what is committed when it begins. */
  read<T>(actor: Actor, requestId: string, work: (ctx: Context) => Promise<T>): Promise<T>
  /** All statements see the same moment. */
  readSnapshot<T>(actor: Actor, requestId: string, work: (ctx: Context) => Promise<T>): Promise<T>
  /** Puts a look on record; resolves when the entry is on disk. A change's entry goes with the change (audit-entry.ts). */
  record(entry: AuditEntry): Promise<void>
  hashCode(kind: string, code: string): string
  seal: SealProvider
}

const tokenSeconds = 3600

export function createHouse(parts: HouseParts): House {
  const hashCode = (kind: string, code: string) =>
    createHmac('sha256', parts.codeKey).update(`${kind}\n${code}`).digest('hex')

  async function run<T>(
    how: 'read' | 'snapshot' | 'write',
    actor: Actor,
    requestId: string,
    work: (ctx: Context) => Promise<T>,
  ): Promise<T> {
    const client = await parts.pool.connect()
    const token = tokenFor(actor, parts.actorKey, client)
    const transaction =
      how === 'read'
        ? readingOn(client, prepared(sayReader, [token]))
        : transactionOn(client, [prepared(begins[how]), prepared(sayActor, [token])])
    const db = kyselyOn(transaction)
    let lost: Error | undefined
    try {
      const result = await work({
        db,
        actor,
        now: parts.clock.now(),
        calendar: parts.calendar,
        seal: parts.seal,
        hashCode,
        queue: parts.queueOn(transaction),
        requestId,
        put(query) {
          const { sql, parameters } = query.compile(db)
          transaction.put(sql, parameters.map(plain))
        },
      })
      if (how !== 'read') await commit(client, transaction)
      return result
    } catch (error) {
      lost = await lostIn(transaction.end('rollback'))
      if (stalePlan(error)) lost ??= error as Error
      throw error
    } finally {
      client.release(lost)
    }
  }

  return {
    clock: parts.clock,
    calendar: parts.calendar,
    seal: parts.seal,
    hashCode,
    record: auditTogether(parts.pool),
    write: (actor, requestId, work) => run('write', actor, requestId, work),
    read: (actor, requestId, work) => run('read', actor, requestId, work),
    readSnapshot: (actor, requestId, work) => run('snapshot', actor, requestId, work),
  }
}

const begins = { write: 'begin', snapshot: 'begin isolation level repeatable read read only' }
const sayActor = `select set_config('jingmin.actor', $1, true)`
const sayReader = `select set_config('transaction_read_only', 'on', true), set_config('jingmin.actor', $1, true)`

function tokenFor(actor: Actor, key: Buffer, client: PoolClient): string {
  return actorToken(actor, key, backendPid(client), Math.floor(Date.now() / 1000) + tokenSeconds)
}

/**
 * Two answers to COMMIT are no error and yet no commit: ROLLBACK, after a failed statement that somebody caught, and a
 * warning, when the wait for the standby was cancelled. Neither is told as done.
 */
async function commit(client: PoolClient, transaction: Transaction): Promise<void> {
  const warnings: string[] = []
  const note = (notice: { severity?: string; message?: string }) => {
    if (notice.severity === 'WARNING') warnings.push(notice.message ?? 'warning')
  }
  client.on('notice', note)
  try {
    const ended = await transaction.end('commit')
    if (ended && ended.command !== 'COMMIT')
      throw new Error(`a statement of this transaction had failed: ${ended.command}`)
    if (warnings.length > 0) throw new Error(`it is not known whether the commit will last: ${warnings.join(', ')}`)
  } finally {
    client.off('notice', note)
  }
}

/** The connection is given up when even the end of the transaction cannot be said. */
function lostIn(ending: Promise<unknown> | null): Promise<Error | undefined> {
  return Promise.resolve(ending).then(
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
