import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'

// The history counts in milliseconds. China has kept +08:00 without daylight saving in all the years it touches.
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
const offset = 8 * hour
const days = new Map<number, Temporal.PlainDate>()
const epoch = Temporal.PlainDate.from('1970-01-01')

export function dateOf(ms: number): Temporal.PlainDate {
  const number = Math.floor((ms + offset) / day)
  let date = days.get(number)
  if (!date) {
    date = epoch.add({ days: number })
    days.set(number, date)
  }
  return date
}

/** The moment at so many minutes after midnight of a day. */
export function momentAt(date: Temporal.PlainDate, minutes: number): number {
  return date.toZonedDateTime('Asia/Shanghai').epochMilliseconds + minutes * minute
}

export function instantAt(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(ms))
}

export function iso(ms: number): string {
  return instantAt(ms).toString()
}

/** Working days as a list to step through: the calendar answers day by day, the past asks tens of thousands of times. */
export type WorkingDays = {
  /** The n-th working day after `date`; n = 0 gives the day itself or the next working one. */
  after(date: Temporal.PlainDate, n: number): Temporal.PlainDate
  /** The n-th working day before `date`. */
  before(date: Temporal.PlainDate, n: number): Temporal.PlainDate
  between(from: Temporal.PlainDate, until: Temporal.PlainDate): Temporal.PlainDate[]
}

export function workingDaysOf(calendar: WorkCalendar, from: Temporal.PlainDate, until: Temporal.PlainDate): WorkingDays {
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
    between: (a, b) => list.filter((date) => Temporal.PlainDate.compare(date, a) >= 0 && Temporal.PlainDate.compare(date, b) <= 0),
  }
}
