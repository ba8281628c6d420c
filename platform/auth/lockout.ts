import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { AuthParameters } from './parameters.ts'
import { type AuthDb, instantOf } from './tables.ts'

export type Attempt = { locked: true; until: Temporal.Instant } | { locked: false; until: Temporal.Instant | null }

export type Lockout = {
  /**
   * Counts an attempt before it is judged, so that attempts made at the same moment cannot exceed the limit.
   * `until` of an attempt that may go on is the lock that begins if it fails.
   */
  begin(number: string, now: Temporal.Instant): Promise<Attempt>
  /** The attempt was right: the count starts anew. */
  clear(number: string): Promise<void>
  /** The attempt could not be judged because something is broken: it does not count. */
  forgive(number: string): Promise<void>
  purge(now: Temporal.Instant): Promise<void>
}

/** Counts failures by what was typed, whether or not such an account exists. */
export function createLockout(db: AuthDb, secret: string, parameters: AuthParameters): Lockout {
  const key = (number: string) =>
    createHmac('sha256', secret)
      .update(`lockout:${normalNumber(number)}`)
      .digest('base64url')
  return {
    async begin(number, now) {
      const counted = await countAttempt(db, key(number), now, parameters)
      if (counted) return { locked: false, until: counted.until }
      const row = await db
        .selectFrom('auth.lockout')
        .select('locked_until')
        .where('number_hash', '=', key(number))
        .executeTakeFirst()
      return { locked: true, until: row?.locked_until ? instantOf(row.locked_until) : now }
    },
    async clear(number) {
      await db.deleteFrom('auth.lockout').where('number_hash', '=', key(number)).execute()
    },
    async forgive(number) {
      await db.deleteFrom('auth.lockout').where('number_hash', '=', key(number)).where('failures', '<=', 1).execute()
      await db
        .updateTable('auth.lockout')
        .set((e) => ({ failures: e('failures', '-', 1), locked_until: null }))
        .where('number_hash', '=', key(number))
        .execute()
    },
    async purge(now) {
      const old = now.subtract(parameters.failureMemory).toString()
      await db.deleteFrom('auth.lockout').where('last_failed_at', '<', old).execute()
    },
  }
}

/** How numbers are compared: without surrounding blanks, without regard to case or width. */
export const normalNumber = (number: string) => number.normalize('NFKC').trim().toLowerCase()

async function countAttempt(db: AuthDb, key: string, now: Temporal.Instant, parameters: AuthParameters) {
  const at = now.toString()
  const until = now.add(parameters.lock).toString()
  const forgotten = now.subtract(parameters.failureMemory).toString()
  const first = parameters.failures <= 1 ? until : null
  const failures = sql`case when l.locked_until is not null or l.last_failed_at < ${forgotten}::timestamptz
    then 1 else l.failures + 1 end`
  const { rows } = await sql<{ locked_until: unknown }>`
    insert into auth.lockout as l (number_hash, failures, last_failed_at, locked_until)
    values (${key}, 1, ${at}::timestamptz, ${first}::timestamptz)
    on conflict (number_hash) do update set
      failures = ${failures},
      last_failed_at = ${at}::timestamptz,
      locked_until = case when ${failures} >= ${parameters.failures}::int then ${until}::timestamptz end
    where l.locked_until is null or l.locked_until <= ${at}::timestamptz
    returning locked_until`.execute(db)
  const [row] = rows
  return row ? { until: row.locked_until ? instantOf(row.locked_until) : null } : null
}
