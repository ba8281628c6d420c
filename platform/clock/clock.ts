/** The clock that rules are applied by. In the demo it can be moved forward; elsewhere it is the machine's. */
export type Clock = { now(): Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** A clock that stands where a test puts it. */
export function fixedClock(at: string | Temporal.Instant): Clock & { set(to: string | Temporal.Instant): void } {
  let moment = Temporal.Instant.from(at)
  return {
    now: () => moment,
    set(to) {
      moment = Temporal.Instant.from(to)
    },
  }
}

/** A clock that runs, moved ahead by a duration that only grows. */
export function movableClock(startOffsetMs: number): Clock & { offsetMs(): number; setOffsetMs(ms: number): void } {
  let offset = startOffsetMs
  return {
    now: () => Temporal.Now.instant().add({ milliseconds: offset }),
    offsetMs: () => offset,
    setOffsetMs(ms) {
      offset = ms
    },
  }
}
