import type { Pool, PoolClient } from 'pg'
import { type CalendarYear, readCalendarYear } from '#policy/calendar/calendar-year.ts'
import { createWorkCalendar, type WorkCalendar } from '#policy/calendar/work-calendar.ts'
import { shippedYears } from '#policy/calendar/years.ts'

/** The calendar of the running house: one object for everybody, whose tables are exchanged when a year is imported. */
export type LiveCalendar = WorkCalendar & {
  /** Reads the imported years again. True when something was new, so that provisional dates are to be computed again. */
  refresh(): Promise<boolean>
  /** Refreshes every so many seconds, for processes in which nobody imports; returns what stops it. */
  watch(everySeconds: number, onChange: () => void, onError: (error: Error) => void): () => void
}

type Queryable = Pick<Pool | PoolClient, 'query'>

/** The years that were imported, the newest import of each, ascending. A row that no longer passes the check throws. */
export async function importedYears(database: Queryable): Promise<{ state: string; years: CalendarYear[] }> {
  const { rows } = await database.query<{ id: string; content: unknown }>(
    'select distinct on (year) id::text as id, content from platform.calendar_year order by year, id desc',
  )
  const years = rows.map(({ id, content }) => {
    const year = readCalendarYear(content)
    if ('refused' in year) throw new Error(`imported calendar ${id}: ${year.refused} ${year.day ?? ''}`)
    return year
  })
  return { state: rows.map(({ id }) => id).join(), years }
}

/** The shipped years overridden by the imported ones. `pool` may be that of either serving login. */
export async function loadCalendar(pool: Queryable): Promise<LiveCalendar> {
  let { state, years } = await importedYears(pool)
  let current = createWorkCalendar([...shippedYears, ...years])

  async function refresh(): Promise<boolean> {
    const found = await importedYears(pool)
    if (found.state === state) return false
    ;({ state, years } = found)
    current = createWorkCalendar([...shippedYears, ...years])
    return true
  }

  return {
    get years() {
      return current.years
    },
    dayKind: (day) => current.dayKind(day),
    isWorkingDay: (day) => current.isWorkingDay(day),
    addWorkingDays: (start, n) => current.addWorkingDays(start, n),
    nextWorkingDay: (day) => current.nextWorkingDay(day),
    workingDaysBetween: (a, b) => current.workingDaysBetween(a, b),
    naturalDaysDue: (start, n) => current.naturalDaysDue(start, n),
    yearDays: (year) => current.yearDays(year),
    calendarAlarm: (today) => current.calendarAlarm(today),
    refresh,
    watch(everySeconds, onChange, onError) {
      const look = () => refresh().then((changed) => (changed ? onChange() : undefined), onError)
      const timer = setInterval(() => void look(), everySeconds * 1000)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
