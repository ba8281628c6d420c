/** Cost of one password derivation. `memory` in KiB. */
export type ArgonCost = { memory: number; passes: number; parallelism: number }

/** OWASP's argon2id floor; for tests and for machines that cannot spare more. */
export const ARGON_FLOOR: ArgonCost = { memory: 19 * 1024, passes: 2, parallelism: 1 }

/** About 300 ms on the reference machine. */
export const ARGON_DEFAULT: ArgonCost = { memory: 64 * 1024, passes: 3, parallelism: 4 }

export type AuthParameters = {
  /** A session ends after this long without a request. GB/T 22239-2019 level 3 practice: 15 to 30 minutes. */
  idle: Temporal.Duration
  /** A session ends this long after sign-in, used or not. */
  absolute: Temporal.Duration
  /** `lastSeen` is written at most this often. */
  touchEvery: Temporal.Duration
  /** Wrong passwords in a row until the number is locked. */
  failures: number
  /** How long it stays locked. */
  lock: Temporal.Duration
  /** Failures older than this no longer count. */
  failureMemory: Temporal.Duration
  /** A password older than this has to be changed. */
  passwordAge: Temporal.Duration
  /** The last so many passwords cannot be used again. */
  passwordHistory: number
  /** How long a sign-in waits for the second factor (by the machine's clock, the library keeps it). */
  challenge: Temporal.Duration
  /** The clock may step back this far before it counts as having been turned back. */
  clockStep: Temporal.Duration
  /** Derivations that run at the same time, and that may wait for a place. */
  argonAtOnce: number
  argonWaiting: number
}

const of = (text: string) => Temporal.Duration.from(text)

export const AUTH_DEFAULTS: AuthParameters = {
  idle: of('PT20M'),
  absolute: of('PT8H'),
  touchEvery: of('PT1M'),
  failures: 5,
  lock: of('PT15M'),
  failureMemory: of('PT24H'),
  passwordAge: of('PT2160H'),
  passwordHistory: 5,
  challenge: of('PT5M'),
  clockStep: of('PT2M'),
  argonAtOnce: 2,
  argonWaiting: 60,
}
