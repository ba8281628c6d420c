export const periodNames = ['month', 'last_month', 'quarter', 'year'] as const
export type PeriodName = (typeof periodNames)[number]

/** `until` is the first day that is not in it any more. */
export type Period = { from: Temporal.PlainDate; until: Temporal.PlainDate }

/** Calendar periods around `today`; the running ones to their end, so that they are whole months. */
export function periodNamed(name: PeriodName, today: Temporal.PlainDate): Period {
  const month = today.with({ day: 1 })
  if (name === 'month') return { from: month, until: month.add({ months: 1 }) }
  if (name === 'last_month') return { from: month.subtract({ months: 1 }), until: month }
  if (name === 'year') {
    const year = month.with({ month: 1 })
    return { from: year, until: year.add({ years: 1 }) }
  }
  const quarter = month.with({ month: month.month - ((month.month - 1) % 3) })
  return { from: quarter, until: quarter.add({ months: 3 }) }
}

/** The first days of the `count` months up to and with the month of `day`, oldest first. */
export function monthsUpTo(day: Temporal.PlainDate, count: number): Temporal.PlainDate[] {
  const last = day.with({ day: 1 })
  return Array.from({ length: count }, (_, at) => last.subtract({ months: count - 1 - at }))
}
