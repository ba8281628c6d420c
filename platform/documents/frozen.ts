/**
 * A document's data as JSON that can be kept in a column and rendered again to the same bytes: days, months and moments are
 * tagged, everything else is itself.
 */
export function freeze(data: unknown): unknown {
  if (data instanceof Temporal.Instant) return { $moment: data.toString() }
  if (data instanceof Temporal.PlainDate) return { $day: data.toString() }
  if (data instanceof Temporal.PlainYearMonth) return { $month: data.toString() }
  if (Array.isArray(data)) return data.map(freeze)
  if (data === null || typeof data !== 'object') return data
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, freeze(value)]))
}

/** What `freeze` made, back again. The shape is the one that was frozen: whoever reads names it. */
export function thaw<T>(frozen: unknown): T {
  return thawed(frozen) as T
}

function thawed(frozen: unknown): unknown {
  if (Array.isArray(frozen)) return frozen.map(thawed)
  if (frozen === null || typeof frozen !== 'object') return frozen
  const [[key, value] = ['', null], ...more] = Object.entries(frozen)
  if (more.length === 0 && typeof value === 'string') {
    if (key === '$moment') return Temporal.Instant.from(value)
    if (key === '$day') return Temporal.PlainDate.from(value)
    if (key === '$month') return Temporal.PlainYearMonth.from(value)
  }
  return Object.fromEntries(Object.entries(frozen).map(([name, inner]) => [name, thawed(inner)]))
}
