import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'

// The history counts in milliseconds. China has kept +08:00 without daylight saving in all the years it touches.
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
const offset = 8 * hour
const epoch = Temporal.PlainDate.from('1970-01-01')
const midnights = new WeakMap<Temporal.PlainDate, number>()
const days = new Map<number, { date: Temporal.PlainDate; text: string }>()

function known(number: number): { date: Temporal.PlainDate; text: string } {
  let found = days.get(number)
  if (!found) {
    const date = epoch.add({ days: number })
    found = { date, text: date.toString() }
    days.set(number, found)
  }
  return found
}

export function dateOf(ms: number): Temporal.PlainDate {
  return known(Math.floor((ms + offset) / day)).date
}

/** The day as `2026-11-23`. */
export function dayText(ms: number): string {
  return known(Math.floor((ms + offset) / day)).text
}

/** The moment at so many minutes after midnight of a day. */
export function momentAt(date: Temporal.PlainDate, minutes: number): number {
  let midnight = midnights.get(date)
  if (midnight === undefined) {
    midnight = date.toZonedDateTime('Asia/Shanghai').epochMilliseconds
    midnights.set(date, midnight)
  }
  return midnight + minutes * minute
}

export function instantAt(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(ms))
}

/** As the database reads it, with our offset; written by hand because the past has a quarter of a million of them. */
export function iso(ms: number): string {
  const inDay = (Math.round(ms) + offset) % day
  const part = (unit: number, modulo: number, width = 2) =>
    String(Math.floor(inDay / unit) % modulo).padStart(width, '0')
  return `${dayText(ms)}T${part(hour, 24)}:${part(minute, 60)}:${part(1000, 60)}.${part(1, 1000, 3)}+08:00`
}

/** Working days as a list to step through: the calendar answers day by day, the past asks tens of thousands of times. */
export type WorkingDays = {
  /** The n-th working day after `date`; n = 0 gives the day itself or the next working one. */
  after(date: Temporal.PlainDate, n: number): Temporal.PlainDate
  /** The n-th working day before `date`. */
  before(date: Temporal.PlainDate, n: number): Temporal.PlainDate
  between(from: Temporal.PlainDate, until: Temporal.PlainDate): Temporal.PlainDate[]
}

export function workingDaysOf(
  calendar: WorkCalendar,
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
): WorkingDays {
  const list: Temporal.PlainDate[] = []
  for (let date = from; Temporal.PlainDate.compare(date, until) <= 0; date = date.add({ days: 1 })) {
    const known = calendar.dayKind(date)
    // Beyond the last table the past is over and the demonstration only plans; weekdays will do.
    if ('refused' in known ? date.dayOfWeek < 6 : known.kind !== 'off') list.push(date)
  }
  const place = new Map<string, number>()
  let next = 0
  for (let date = from; Temporal.PlainDate.compare(date, until) <= 0; date = date.add({ days: 1 })) {
    while (next < list.length && Temporal.PlainDate.compare(list[next] as Temporal.PlainDate, date) < 0) next += 1
    place.set(date.toString(), next)
  }
  const at = (index: number) => list[Math.max(0, Math.min(index, list.length - 1))] as Temporal.PlainDate
  const indexOf = (date: Temporal.PlainDate) => place.get(date.toString()) ?? list.length - 1
  const works = (date: Temporal.PlainDate) => at(indexOf(date)).equals(date)
  return {
    after: (date, n) => at(indexOf(date) + (works(date) ? n : Math.max(n - 1, 0))),
    before: (date, n) => at(indexOf(date) - n),
    between: (a, b) => list.slice(indexOf(a), indexOf(b) + (works(b) ? 1 : 0)),
  }
}
