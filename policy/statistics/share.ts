/** A share with what it was counted from. `share` is null when nothing was counted: no figure is not zero. */
export type Share = { x: number; n: number; share: number | null }

export type Interval = { low: number; high: number }

export type Level = 0.9 | 0.95 | 0.99

/** Two-sided normal quantiles. */
const quantiles: Record<Level, number> = { 0.9: 1.6448536269514722, 0.95: 1.959963984540054, 0.99: 2.5758293035489004 }

/** `x` of `n` as a fraction between 0 and 1. */
export function share(x: number, n: number): Share {
  checkCounts(x, n)
  return { x, n, share: n === 0 ? null : x / n }
}

/**
 * Wilson score interval for `x` of `n` (Wilson 1927), as fractions. Null when n is 0. It stays inside 0–1 and is
 * usable for the small samples of one officer, which the textbook interval is not.
 */
export function wilson(x: number, n: number, level: Level = 0.95): Interval | null {
  checkCounts(x, n)
  if (n === 0) return null
  const z = quantiles[level]
  const p = x / n
  const scale = 1 + z ** 2 / n
  const middle = (p + z ** 2 / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))
  return { low: x === 0 ? 0 : Math.max(0, middle - half), high: x === n ? 1 : Math.min(1, middle + half) }
}

export type LineVerdict = 'above' | 'below' | 'not-distinguishable' | 'nothing-counted'

/** Whether the interval of `x` of `n` lies wholly on one side of `line` (a fraction). Shown beside a result; it decides nothing. */
export function besideLine(x: number, n: number, line: number, level: Level = 0.95): LineVerdict {
  const interval = wilson(x, n, level)
  if (!interval) return 'nothing-counted'
  if (interval.low >= line) return 'above'
  return interval.high < line ? 'below' : 'not-distinguishable'
}

export type NonResponse = {
  /** Answered of sent. */
  response: Share
  /** Satisfied of answered: what is usually published. */
  amongAnswered: Share
  /** Satisfied of all who were asked: if every silent person is dissatisfied (low) or satisfied (high). */
  bounds: Interval | null
}

/** What a satisfaction figure can say when not everybody answered. A missing reply is never counted as satisfied (R52). */
export function nonResponseBounds(counts: { sent: number; answered: number; satisfied: number }): NonResponse {
  const { sent, answered, satisfied } = counts
  const response = share(answered, sent)
  const amongAnswered = share(satisfied, answered)
  const bounds = sent === 0 ? null : { low: satisfied / sent, high: (satisfied + sent - answered) / sent }
  return { response, amongAnswered, bounds }
}

function checkCounts(x: number, n: number): void {
  const whole = Number.isInteger(x) && Number.isInteger(n)
  if (!whole || x < 0 || n < x) throw new RangeError(`not a count: ${x} of ${n}`)
}
