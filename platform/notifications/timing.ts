import type { Context } from '../context.ts'
import { zone } from '../context.ts'

export type DeliveryTiming = {
  /** A claim older than this belongs to a process that is gone. Well above the gateway's time-out. */
  claimSeconds: number
  /** First wait after a refusal; doubled with each further one. */
  retrySeconds: number
  retryMaxSeconds: number
  /** First wait before the gateway is asked what became of a message; doubled with each question. */
  askSeconds: number
  /** Messages carried per sweep. */
  batch: number
  /** Refusals in a row after which a sweep leaves the rest for later: the gateway is down. */
  breakAfter: number
}

export const deliveryTiming: DeliveryTiming = {
  claimSeconds: 60,
  retrySeconds: 30,
  retryMaxSeconds: 1800,
  askSeconds: 20,
  batch: 200,
  breakAfter: 5,
}

/** Seconds to wait after the n-th failure (1 for the first). */
export function backOff(first: number, max: number, n: number): number {
  return Math.min(first * 2 ** Math.min(n - 1, 20), max)
}

/** Hours of the day in which a message may leave: HH:MM, the end excluded. */
export type Hours = { from: string; to: string }

/** `now` inside the hours, otherwise the next time they begin. */
export function opensAt(now: Context['now'], hours: Hours | null): Temporal.Instant {
  if (!hours) return now
  const local = now.toZonedDateTimeISO(zone)
  const time = local.toPlainTime()
  const from = Temporal.PlainTime.from(hours.from)
  if (Temporal.PlainTime.compare(time, from) < 0) return local.withPlainTime(from).toInstant()
  if (Temporal.PlainTime.compare(time, Temporal.PlainTime.from(hours.to)) < 0) return now
  return local.add({ days: 1 }).withPlainTime(from).toInstant()
}
