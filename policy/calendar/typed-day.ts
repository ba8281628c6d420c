/** A typed day: 20261201, 2026-12-01, 12-1. Without its year it is the next such day from `today`, or the last one up to it. */
export function readDay(written: string, today: Temporal.PlainDate, which: 'next' | 'last'): Temporal.PlainDate | null {
  const plain = written.normalize('NFKC').trim()
  const full = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(plain)
  const short = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  const [year, month, day] = full
    ? [full[1], full[2] ?? full[4], full[3] ?? full[5]]
    : short
      ? [today.year, short[1], short[2]]
      : []
  try {
    const found = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    )
    if (!short) return found.year >= 1990 && found.year <= 2100 ? found : null
    const order = Temporal.PlainDate.compare(found, today)
    if (which === 'next' && order < 0) return found.add({ years: 1 })
    return which === 'last' && order > 0 ? found.subtract({ years: 1 }) : found
  } catch {
    return null
  }
}
