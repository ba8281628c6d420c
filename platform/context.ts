import type { CompiledQuery } from 'kysely'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'
import type { Actor } from './actor.ts'
import type { SealProvider } from './crypto/provider.ts'
import type { Db } from './db/kysely-on.ts'
import type { JobQueue } from './jobs/queue.ts'

/** Everything a use case may touch, inside one transaction of one actor. It has no other way to reach the world. */
export type Context = {
  db: Db
  /** A change whose answer nobody needs: it goes with the next statement or with the commit, in order. */
  put(query: { compile(db: Db): Pick<CompiledQuery, 'sql' | 'parameters'> }): void
  actor: Actor
  now: Temporal.Instant
  calendar: WorkCalendar
  seal: SealProvider
  /** Hash of a code that a citizen holds (query code, rating token): keyed, so that the table alone tells nothing. */
  hashCode(kind: string, code: string): string
  queue: JobQueue
  requestId: string
}

export const zone = 'Asia/Shanghai'

/** The calendar day of a moment, wherever the server stands. */
export function dayOf(moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO(zone).toPlainDate()
}
