import type { Published, Sum } from './disclosure.ts'

type Bounds = { low: number; high: number }

/** What anybody can work out: the numbers for which the published tables leave one possible value. */
export function pinned(published: Published, sums: readonly Sum[], base: number): string[] {
  const bounds = new Map<string, Bounds>()
  for (const [key, value] of published) {
    bounds.set(
      key,
      value === null
        ? { low: 0, high: Number.POSITIVE_INFINITY }
        : { low: Math.max(0, value - base + 1), high: value + base - 1 },
    )
  }
  for (let changed = true; changed; ) changed = sums.map((sum) => narrow(sum, bounds)).some(Boolean)
  return [...bounds].filter(([, { low, high }]) => low === high).map(([key]) => key)
}

/** Uses one sum in both directions; true when it told something new. */
function narrow({ whole, parts }: Sum, bounds: Map<string, Bounds>): boolean {
  const of = (key: string) => bounds.get(key) ?? { low: 0, high: Number.POSITIVE_INFINITY }
  const low = parts.reduce((sum, part) => sum + of(part).low, 0)
  const high = parts.reduce((sum, part) => sum + of(part).high, 0)
  let changed = tighten(bounds, whole, low, high)
  const total = of(whole)
  for (const part of parts) {
    const { low: least, high: most } = of(part)
    const othersHigh = Number.isFinite(high) ? high - most : Number.POSITIVE_INFINITY
    changed = tighten(bounds, part, total.low - othersHigh, total.high - (low - least)) || changed
    if (changed) return true
  }
  return changed
}

function tighten(bounds: Map<string, Bounds>, key: string, low: number, high: number): boolean {
  const now = bounds.get(key) ?? { low: 0, high: Number.POSITIVE_INFINITY }
  const next = { low: Math.max(now.low, low), high: Math.min(now.high, high) }
  if (next.low === now.low && next.high === now.high) return false
  bounds.set(key, next)
  return true
}
