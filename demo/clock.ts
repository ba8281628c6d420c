import { sql } from 'kysely'
import type { Pool } from 'pg'
import { type Clock, movableClock } from '#platform/clock/clock.ts'
import type { Context } from '#platform/context.ts'

/** A clock that visitors move ahead, and that the seeding turns back for as long as it lasts. */
export type DemoClock = Clock & {
  moveTo(moment: Temporal.Instant): void
  /** How far it stands from the machine's, in milliseconds. */
  offsetMs(): number
}

const setting = 'demo-clock'

/** The clock as the last visitor left it. */
export async function demoClock(pool: Pick<Pool, 'query'>): Promise<DemoClock> {
  const found = await pool
    .query('select value from platform.setting where name = $1', [setting])
    // Before the first migration there is no table, and nobody can have moved the clock.
    .catch((error: { code?: string }) =>
      error.code === '42P01' || error.code === '3F000' ? { rows: [] } : Promise.reject(error),
    )
  return clockFrom(Number(found.rows[0]?.value?.offsetMs ?? 0))
}

export function clockFrom(offsetMs: number): DemoClock {
  const clock = movableClock(Math.max(0, offsetMs))
  return {
    now: clock.now,
    offsetMs: clock.offsetMs,
    moveTo: (moment) => clock.setOffsetMs(moment.epochMilliseconds - Temporal.Now.instant().epochMilliseconds),
  }
}

/** Keeps how far the clock was moved, so that a restart does not turn it back. */
export async function saveClock(ctx: Pick<Context, 'db'>, clock: DemoClock): Promise<void> {
  const value = JSON.stringify({ offsetMs: clock.offsetMs() })
  await sql`insert into platform.setting (name, value, changed_at) values (${setting}, ${value}::jsonb, now())
    on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at`.execute(ctx.db)
}
