import { betaPoint } from './beta.ts'
import type { Interval } from './share.ts'

/** So many events while so much was done. */
export type Rate = { count: number; exposure: number }

/** `high` is Infinity when nothing was counted before. */
export type RateRatio = { ratio: number | null; interval: Interval }

/**
 * The exact two-sided interval for `x` of `n` (clopper-pearson-1934). `x` and `n` need not be whole: counts that vary
 * more than chance explains are divided by how much more.
 */
export function exactShare(x: number, n: number, level = 0.95): Interval {
  const tail = (1 - level) / 2
  return {
    low: x <= 0 ? 0 : betaPoint(tail, x, n - x + 1),
    high: x >= n ? 1 : betaPoint(1 - tail, x + 1, n - x),
  }
}

/**
 * How the rate of `after` stands to that of `before`, with the exact conditional interval (przyborowski-1940): given
 * both counts together, the later one is binomial. `spread` is how many times the counts vary more than chance, 1 if
 * they do not. Null when neither period has a count or an exposure is missing.
 */
export function rateRatio(before: Rate, after: Rate, spread = 1, level = 0.95): RateRatio | null {
  for (const { count, exposure } of [before, after]) {
    if (!(count >= 0) || !(exposure >= 0)) throw new RangeError(`not a rate: ${count} of ${exposure}`)
  }
  const together = before.count + after.count
  if (together === 0 || before.exposure === 0 || after.exposure === 0) return null
  const { low, high } = exactShare(after.count / spread, together / spread, level)
  const scale = before.exposure / after.exposure
  const odds = (share: number) => (share >= 1 ? Number.POSITIVE_INFINITY : (share / (1 - share)) * scale)
  const ratio = before.count === 0 ? null : (after.count / before.count) * scale
  return { ratio, interval: { low: odds(low), high: odds(high) } }
}

/**
 * How many times the counts of several groups of months vary more than chance, never below 1: Pearson's statistic
 * against a constant rate within each group, by its degrees of freedom.
 */
export function spreadOf(groups: readonly (readonly Rate[])[]): number {
  let statistic = 0
  let freedom = 0
  for (const group of groups) {
    const counts = group.reduce((sum, { count }) => sum + count, 0)
    const exposure = group.reduce((sum, each) => sum + each.exposure, 0)
    if (counts === 0 || exposure === 0) continue
    const exposed = group.filter((each) => each.exposure > 0)
    for (const each of exposed) {
      const expected = (counts * each.exposure) / exposure
      statistic += (each.count - expected) ** 2 / expected
    }
    freedom += exposed.length - 1
  }
  return freedom > 0 ? Math.max(1, statistic / freedom) : 1
}
