import { type Static, Type } from 'typebox'
import { langQuery, readDay, text } from '#console/service-window/shared.ts'
import { type Period, type PeriodName, periodNamed, periodNames } from '#modules/figures/index.ts'

/** What an address of the figures may carry. Days stay as typed: a wrong one is said beside its field. */
export const figureQuery = Type.Object({
  ...langQuery,
  period: text(20),
  from: text(30),
  until: text(30),
  under: text(40),
  unit: text(40),
  after: text(400),
})
export type FigureQuery = Static<typeof figureQuery>

export type ReadPeriod = {
  period: Period
  /** Null when days were typed. */
  name: PeriodName | null
  errors: { from?: 'malformed'; until?: 'malformed' | 'order' }
}

/** The period an address means; this month when it means none. "Until" as people mean it includes the day. */
export function readPeriod(query: FigureQuery, today: Temporal.PlainDate): ReadPeriod {
  const errors: ReadPeriod['errors'] = {}
  const day = (name: 'from' | 'until') => {
    const written = query[name]?.trim()
    const found = readDay(written, today)
    if (written && !found) errors[name] = 'malformed'
    return found
  }
  const [from, last] = [day('from'), day('until')]
  if (from && last && Temporal.PlainDate.compare(last, from) < 0) errors.until = 'order'
  if ((from || last) && Object.keys(errors).length === 0) {
    const end = last ?? (Temporal.PlainDate.compare(from as Temporal.PlainDate, today) > 0 ? from : today)
    const start = from ?? (end as Temporal.PlainDate).with({ day: 1 })
    return { period: { from: start, until: (end as Temporal.PlainDate).add({ days: 1 }) }, name: null, errors }
  }
  const name = periodNames.find((one) => one === query.period) ?? 'month'
  return { period: periodNamed(name, today), name, errors }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function idOrNone(value: string | undefined): string | undefined {
  return value && uuid.test(value) ? value : undefined
}

/** An address with the values that are not empty. */
export function address(path: string, values: Record<string, string | undefined>): string {
  const kept = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path
}

/** The period as an address carries it: both days as people mean them. */
export function periodValues({ from, until }: Period): { from: string; until: string } {
  return { from: from.toString(), until: until.subtract({ days: 1 }).toString() }
}
