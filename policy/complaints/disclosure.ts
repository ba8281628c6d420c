import { valueOn } from '../parameter.ts'
import { pinned } from './disclosure-bounds.ts'
import { disclosureLine } from './parameters.ts'

/**
 * One number that would be published. `cases` is a fingerprint of the cases counted in it, the same for the same set of
 * cases and not to be guessed from outside, such as the exclusive or of hashed case ids. It decides how the number is
 * rounded: the same cases give the same number in every table, today and next year, so that nothing is gained by
 * asking again.
 */
export type Cell = { key: string; count: number; cases: string }

/** In the published tables `whole` is the sum of `parts`. Everybody knows that, and can subtract. */
export type Sum = { whole: string; parts: readonly string[] }

/** A number to show; null: withheld. */
export type Published = Map<string, number | null>

/**
 * A count as it is published: the multiple of 5 below or above it, by chance, so that it is right on average (b-22).
 * Rounding to the nearest one is not enough: sums of numbers known to within 2 pin small cells down.
 */
export function publishedCount({ count, cases }: Pick<Cell, 'count' | 'cases'>, day: Temporal.PlainDate): number {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a count: ${count}`)
  const { base } = valueOn(disclosureLine, day).value
  const over = count % base
  return chance(cases) * base < over ? count - over + base : count - over
}

/**
 * All numbers of the tables that are published together. Should the sums between them leave a single possible value for
 * any number, which rounding by chance makes rare and not impossible, totals are withheld until none is left.
 */
export function publishedTables(cells: readonly Cell[], sums: readonly Sum[], day: Temporal.PlainDate): Published {
  const { base } = valueOn(disclosureLine, day).value
  const published: Published = new Map(cells.map((cell) => [cell.key, publishedCount(cell, day)]))
  for (let known = pinned(published, sums, base); known.length > 0; known = pinned(published, sums, base)) {
    const first = sums.find(
      ({ whole, parts }) =>
        published.get(whole) != null && (known.includes(whole) || parts.some((p) => known.includes(p))),
    )
    // Without a total that touches it nothing can pin a number: each end of a chain of sums is one.
    const next = first ?? sums.find(({ whole }) => published.get(whole) != null)
    if (!next) break
    published.set(next.whole, null)
  }
  return published
}

/** A mean to one decimal, or null where too few are behind it. */
export function publishedMean(sum: number, n: number, day: Temporal.PlainDate): number | null {
  if (n < valueOn(disclosureLine, day).value.leastForMean) return null
  return Math.round((sum / n) * 10) / 10
}

/** A share is computed from published numbers only, so that it tells nothing they do not; null where they are too small. */
export function publishedShare(part: number | null, whole: number | null, day: Temporal.PlainDate): number | null {
  if (part === null || whole === null || whole < valueOn(disclosureLine, day).value.leastForMean) return null
  return part > whole ? null : part / whole
}

/** A number from 0 up to 1 that a text always gives and nobody can tell without it (FNV-1a, then a finaliser). */
function chance(text: string): number {
  let high = 0x811c9dc5
  let low = 0x9e3779b9
  for (let place = 0; place < text.length; place += 1) {
    high = Math.imul(high ^ text.charCodeAt(place), 0x01000193)
    low = Math.imul(low ^ text.charCodeAt(place), 0x85ebca6b)
    low ^= low >>> 13
  }
  let mixed = high ^ Math.imul(low ^ (low >>> 16), 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296
}
