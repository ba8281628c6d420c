import { systemActor } from './actor.ts'
import type { Context } from './context.ts'
import { zone } from './context.ts'
import type { House } from './house.ts'
import type { Chore } from './worker.ts'

/** When counters are closed and backups are made. */
const startsAt = '02:30'

/**
 * Work for the night. It is asked for every ten minutes and done once after half past two in China; a process that was
 * down at night does it when it is up again, and one that fails tries again ten minutes later.
 */
export function nightly(house: House, name: string, run: () => Promise<unknown>): Chore {
  return {
    name,
    everySeconds: 600,
    async run() {
      const last = await house.read(systemActor, 'nightly', (ctx) => lastNight(ctx, name))
      const now = house.clock.now()
      if (!isDue(last, now)) return
      await run()
      await house.write(systemActor, 'nightly', (ctx) => noteNight(ctx, name, now))
    },
  }
}

/** Whether half past two has passed since it was done. */
export function isDue(last: Temporal.Instant | null, now: Temporal.Instant): boolean {
  if (last === null) return true
  const local = now.toZonedDateTimeISO(zone)
  const today = local.withPlainTime(startsAt)
  const start = Temporal.ZonedDateTime.compare(local, today) < 0 ? today.subtract({ days: 1 }) : today
  return Temporal.Instant.compare(last, start.toInstant()) < 0
}

/** The next half past two. */
export function nextNight(now: Temporal.Instant): Temporal.Instant {
  const local = now.toZonedDateTimeISO(zone)
  const today = local.withPlainTime(startsAt)
  return (Temporal.ZonedDateTime.compare(local, today) < 0 ? today : today.add({ days: 1 })).toInstant()
}

/** When a night's work of this name was last finished. */
export async function lastNight(ctx: Pick<Context, 'db'>, name: string): Promise<Temporal.Instant | null> {
  const row = await ctx.db
    .selectFrom('platform.setting')
    .select('value')
    .where('name', '=', `nightly.${name}`)
    .executeTakeFirst()
  const at = (row?.value as { at?: string } | undefined)?.at
  return at ? Temporal.Instant.from(at) : null
}

async function noteNight(ctx: Context, name: string, at: Temporal.Instant): Promise<void> {
  const value = JSON.stringify({ at: at.toString() })
  await ctx.db
    .insertInto('platform.setting')
    .values({ name: `nightly.${name}`, value, changed_at: ctx.now })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value, changed_at: ctx.now }))
    .execute()
}
