import { sql } from 'kysely'
import { type CalendarYear, type CalendarYearFault, readCalendarYear } from '#policy/calendar/calendar-year.ts'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'
import { may } from '../actor.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'

export type NoticeFault =
  | CalendarYearFault
  | 'calendar-not-json'
  | 'calendar-not-official'
  | 'calendar-past-year'
  | 'calendar-no-holiday'

/** A year's official notice as typed or uploaded: the table, or what is wrong with it and on which day. */
export function readNotice(
  text: string,
  today: Temporal.PlainDate,
): CalendarYear | { refused: NoticeFault; day?: string } {
  let raw: unknown
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { refused: 'calendar-not-json' }
  }
  const year = readCalendarYear(raw)
  if ('refused' in year) return year
  if (year.status !== 'official') return { refused: 'calendar-not-official' }
  // Dates given by the table of a year that is over are history (R133).
  if (year.year < today.year) return { refused: 'calendar-past-year' }
  // The holiday measure puts New Year's Day and National Day into every year; a table without them is not a notice.
  const missing = [`${year.year}-01-01`, `${year.year}-10-01`].find((day) => !year.off.includes(day))
  return missing ? { refused: 'calendar-no-holiday', day: missing } : year
}

/** Keeps an official year. It counts from the next `refresh` of the running calendar on. */
export async function importCalendarYear(ctx: Context, year: CalendarYear): Promise<void> {
  if (!may(ctx.actor, 'system.operate')) throw new Problem(403, 'not-permitted')
  await sql`insert into platform.calendar_year (year, content, imported_at, imported_by)
    values (${year.year}, ${JSON.stringify(year)}::jsonb, ${ctx.now}, ${ctx.actor.personId})`.execute(ctx.db)
}

export type ImportedYear = {
  year: number
  at: Temporal.Instant
  by: string
  policeNo: string
  title: string
  number: string | null
}

/** Every import there was, newest first. */
export async function listImports(ctx: Context): Promise<ImportedYear[]> {
  const found = await sql<ImportedYear>`select c.year, c.imported_at as at, p.name as by, p.police_no as "policeNo",
      c.content->'source'->>'title' as title, c.content->'source'->>'number' as number
    from platform.calendar_year c join directory.person p on p.id = c.imported_by order by c.id desc limit 100`.execute(
    ctx.db,
  )
  return found.rows
}

export type DayChange = {
  day: string
  before: 'working' | 'off' | 'makeup' | 'unknown'
  after: 'working' | 'off' | 'makeup'
}

/** The days on which a table differs from the calendar now in use: what a person reads before he imports. */
export function changedDays(year: CalendarYear, calendar: WorkCalendar): DayChange[] {
  const off = new Set(year.off)
  const makeup = new Set(year.makeup)
  const changes: DayChange[] = []
  let day = Temporal.PlainDate.from({ year: year.year, month: 1, day: 1 })
  for (; day.year === year.year; day = day.add({ days: 1 })) {
    const text = day.toString()
    const after = makeup.has(text) ? 'makeup' : off.has(text) || day.dayOfWeek > 5 ? 'off' : 'working'
    const known = calendar.dayKind(day)
    const before = 'refused' in known ? 'unknown' : known.kind
    if (before !== after) changes.push({ day: text, before, after })
  }
  return changes
}
