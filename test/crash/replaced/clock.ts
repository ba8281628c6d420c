import type { Clock } from '#platform/clock/clock.ts'

export * from '#platform/clock/clock.ts'

/** The machine's clock, ahead by what the run sets at each start: questions fall due that would wait half an hour. */
export const systemClock: Clock = {
  now: () => Temporal.Now.instant().add({ milliseconds: Number(process.env.JINGMIN_CRASH_AHEAD_MS ?? 0) }),
}
