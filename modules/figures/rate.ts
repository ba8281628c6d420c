import { type Interval, type Share, share, wilson } from '#policy/statistics/share.ts'

/** A share with its number of cases and its 95 % interval; both are null when nothing was counted. */
export type Rate = Share & { interval: Interval | null }

export function rate(x: number, n: number): Rate {
  return { ...share(x, n), interval: wilson(x, n) }
}
