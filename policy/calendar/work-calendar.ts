import { valueOn } from '../parameter.ts'
import type { CalendarStatus, CalendarYear } from './calendar-year.ts'
import { calendarAlarmDays, unsettledTail } from './parameters.ts'
import { shippedYears } from './years.ts'

export const zone = 'Asia/Shanghai'

export type DayKind = 'working' | 'off' | 'makeup'

/** No table is loaded for `year`, so nothing is said about it. */
export type CalendarMissing = { refused: 'calendar-missing'; year: number }

/** `provisional`: the year's notice is not loaded yet, so the day is recomputed when it is. */
export type Due = { day: Temporal.PlainDate; provisional: boolean }

export type WorkCalendar = {
  /** Years with a table, ascending, with their status and source. */
  years: readonly CalendarYear[]
  dayKind(day: Temporal.PlainDate): { kind: DayKind; status: CalendarStatus } | CalendarMissing
  /** True on working and make-up days. Throws a RangeError when the year has no table: ask `dayKind` of doubtful days. */
  isWorkingDay(day: Temporal.PlainDate): boolean
  /** The n-th working day after `start`; the start day is not counted (A9, A10, 民法典 201). n = 0 gives `start`. */
  addWorkingDays(start: Temporal.PlainDate, n: number): Due | CalendarMissing
  /** The first working day after `day`. */
  nextWorkingDay(day: Temporal.PlainDate): Due | CalendarMissing
  /** Working days after `a` up to and including `b`; negative when b lies before a. */
  workingDaysBetween(
    a: Temporal.PlainDate,
    b: Temporal.PlainDate,
  ): { days: number; provisional: boolean } | CalendarMissing
  /** `n` natural days after `start`; a last day that is off moves to the next working day (民法典 203). */
  naturalDaysDue(start: Temporal.PlainDate, n: number): (Due & { moved: boolean }) | CalendarMissing
  yearDays(year: number): CalendarDay[] | CalendarMissing
  /** Null, or the last official year and the days left in it (0 or less once it is over). */
  calendarAlarm(today: Temporal.PlainDate): { lastOfficialYear: number; daysLeft: number } | null
}

export type CalendarDay = { day: Temporal.PlainDate; kind: DayKind; status: CalendarStatus }

type Tables = Map<number, { status: CalendarStatus; off: Set<string>; makeup: Set<string> }>
type Known = { kind: DayKind; status: CalendarStatus; provisional: boolean }

/** The last instant of a deadline: 24:00 of `day` in China, which is 00:00 of the day after (A9). */
export function deadlineMoment(day: Temporal.PlainDate): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(zone).toInstant()
}

/** The day in China on which `moment` falls. */
export function chinaDay(moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO(zone).toPlainDate()
}

/**
 * A calendar over the given years; of two tables for one year the later in the list counts, so that an imported notice
 * replaces a shipped table. Nothing is ever derived from the system's own lunar calendar, which is wrong for 2027.
 */
export function createWorkCalendar(years: readonly CalendarYear[]): WorkCalendar {
  const byYear = new Map(years.map((year) => [year.year, year]))
  const kept = [...byYear.values()].sort((a, b) => a.year - b.year)
  const lastOfficial = kept.findLast((year) => year.status === 'official')
  if (!lastOfficial) throw new RangeError('a calendar needs at least one official year')
  const tables: Tables = new Map(
    kept.map((year) => [year.year, { status: year.status, off: new Set(year.off), makeup: new Set(year.makeup) }]),
  )
  const look = (day: Temporal.PlainDate) => lookUp(tables, day)
  const sums = yearSums(look)

  return {
    years: kept,
    dayKind(day) {
      const known = look(day)
      return 'refused' in known ? known : { kind: known.kind, status: known.status }
    },
    isWorkingDay(day) {
      const known = look(day)
      if ('refused' in known) throw new RangeError(`no working-day table for ${known.year}`)
      return known.kind !== 'off'
    },
    addWorkingDays: (start, n) => addWorkingDays(look, start, n),
    nextWorkingDay: (day) => addWorkingDays(look, day, 1),
    workingDaysBetween: (a, b) => workingDaysBetween(sums, a, b),
    naturalDaysDue: (start, n) => naturalDaysDue(look, start, n),
    yearDays: (year) => yearDays(tables, year),
    calendarAlarm: (today) => alarm(lastOfficial.year, today),
  }
}

/** The tables that ship with the product: 2007–2026 by notice, 2027 by the holiday measure alone. */
export const chinaCalendar: WorkCalendar = createWorkCalendar(shippedYears)

type Look = (day: Temporal.PlainDate) => Known | CalendarMissing

function lookUp(tables: Tables, day: Temporal.PlainDate): Known | CalendarMissing {
  const table = tables.get(day.year)
  if (!table) return { refused: 'calendar-missing', year: day.year }
  const text = day.toString()
  const weekend = day.dayOfWeek > 5
  const kind = table.makeup.has(text) ? 'makeup' : weekend || table.off.has(text) ? 'off' : 'working'
  const provisional = table.status !== 'official' || (inTail(day) && tables.get(day.year + 1)?.status !== 'official')
  return { kind, status: table.status, provisional }
}

function inTail(day: Temporal.PlainDate): boolean {
  if (day.month !== 12) return false
  return day.day >= valueOn(unsettledTail, day).value.day
}

function addWorkingDays(look: Look, start: Temporal.PlainDate, n: number): Due | CalendarMissing {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`working days to add must be a whole number, not ${n}`)
  let day = start
  let provisional = false
  for (let left = n; left > 0; ) {
    day = day.add({ days: 1 })
    const known = look(day)
    if ('refused' in known) return known
    provisional ||= known.provisional
    if (known.kind !== 'off') left -= 1
  }
  return { day, provisional }
}

/** For each day of a year how many days up to it, the day included, are worked, and how many are provisional. */
type YearSums = { worked: number[]; provisional: number[] }
type Sums = (year: number) => YearSums | CalendarMissing

/** A list asks for hundreds of spans at once; each year is walked through only once. */
function yearSums(look: Look): Sums {
  const known = new Map<number, YearSums>()
  return (year) => {
    const before = known.get(year)
    if (before) return before
    const sums: YearSums = { worked: [0], provisional: [0] }
    for (let day = Temporal.PlainDate.from({ year, month: 1, day: 1 }); day.year === year; day = day.add({ days: 1 })) {
      const found = look(day)
      if ('refused' in found) return found
      sums.worked.push((sums.worked.at(-1) as number) + (found.kind === 'off' ? 0 : 1))
      sums.provisional.push((sums.provisional.at(-1) as number) + (found.provisional ? 1 : 0))
    }
    known.set(year, sums)
    return sums
  }
}

function workingDaysBetween(sumsOf: Sums, a: Temporal.PlainDate, b: Temporal.PlainDate) {
  const backwards = Temporal.PlainDate.compare(b, a) < 0
  const [from, to] = backwards ? [b, a] : [a, b]
  let days = 0
  let provisional = 0
  if (from.equals(to)) return { days, provisional: false }
  // The first day itself is not counted, so a span that begins on 31 December begins in the year after.
  const last = from.dayOfYear === from.daysInYear
  for (let year = last ? from.year + 1 : from.year; year <= to.year; year += 1) {
    const sums = sumsOf(year)
    if ('refused' in sums) return sums
    const first = year === from.year ? from.dayOfYear : 0
    const end = year === to.year ? to.dayOfYear : sums.worked.length - 1
    days += (sums.worked[end] as number) - (sums.worked[first] as number)
    provisional += (sums.provisional[end] as number) - (sums.provisional[first] as number)
  }
  return { days: backwards && days > 0 ? -days : days, provisional: provisional > 0 }
}

function naturalDaysDue(
  look: Look,
  start: Temporal.PlainDate,
  n: number,
): (Due & { moved: boolean }) | CalendarMissing {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`days to add must be a whole number, not ${n}`)
  const last = start.add({ days: n })
  const known = look(last)
  if ('refused' in known) return known
  if (known.kind !== 'off') return { day: last, provisional: known.provisional, moved: false }
  const next = addWorkingDays(look, last, 1)
  if ('refused' in next) return next
  return { day: next.day, provisional: known.provisional || next.provisional, moved: true }
}

function yearDays(tables: Tables, year: number): CalendarDay[] | CalendarMissing {
  const rows: CalendarDay[] = []
  for (let day = Temporal.PlainDate.from({ year, month: 1, day: 1 }); day.year === year; day = day.add({ days: 1 })) {
    const known = lookUp(tables, day)
    if ('refused' in known) return known
    rows.push({ day, kind: known.kind, status: known.status })
  }
  return rows
}

function alarm(lastOfficialYear: number, today: Temporal.PlainDate) {
  const end = Temporal.PlainDate.from({ year: lastOfficialYear, month: 12, day: 31 })
  const daysLeft = today.until(end, { largestUnit: 'days' }).days
  return daysLeft <= valueOn(calendarAlarmDays, today).value ? { lastOfficialYear, daysLeft } : null
}
