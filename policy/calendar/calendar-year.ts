/**
 * One year of working-day data. `off` and `makeup` are days of that year, YYYY-MM-DD, ascending.
 * `official`: fixed by the yearly notice of the State Council General Office. `statutory_only`: the notice is not
 * loaded, so only the days the holiday measure itself names are off and every other weekday is presumed to work.
 */
export type CalendarYear = {
  year: number
  status: CalendarStatus
  source: CalendarSource
  note?: string
  off: string[]
  makeup: string[]
}

export type CalendarStatus = 'official' | 'statutory_only'

export type CalendarSource = {
  title: string
  issuer: string
  number: string | null
  date: string | null
  urls: string[]
  confidence: string
}

export type CalendarYearFault =
  | 'calendar-not-an-object'
  | 'calendar-year-number'
  | 'calendar-status'
  | 'calendar-source'
  | 'calendar-date'
  | 'calendar-date-in-other-year'
  | 'calendar-date-twice'
  | 'calendar-makeup-on-weekday'
  | 'calendar-makeup-before-notice'

const earliestYear = 1990
const latestYear = 2100

/** Checks a year's table before it is used, whether it ships with the product or is imported by the bureau. */
export function readCalendarYear(raw: unknown): CalendarYear | { refused: CalendarYearFault; day?: string } {
  if (!isRecord(raw)) return { refused: 'calendar-not-an-object' }
  const { year, status, source, note, off, makeup } = raw
  if (typeof year !== 'number' || !Number.isInteger(year) || year < earliestYear || year > latestYear) {
    return { refused: 'calendar-year-number' }
  }
  if (status !== 'official' && status !== 'statutory_only') return { refused: 'calendar-status' }
  if (!isSource(source)) return { refused: 'calendar-source' }
  if (!isTextList(off) || !isTextList(makeup)) return { refused: 'calendar-date' }
  const fault = dayFault(year, off, makeup)
  if (fault) return fault
  if (status === 'statutory_only' && makeup.length > 0) return { refused: 'calendar-makeup-before-notice' }
  const kept: CalendarYear = { year, status, source, off: [...off].sort(), makeup: [...makeup].sort() }
  return typeof note === 'string' ? { ...kept, note } : kept
}

function dayFault(year: number, off: string[], makeup: string[]): { refused: CalendarYearFault; day: string } | null {
  const seen = new Set<string>()
  for (const text of [...off, ...makeup]) {
    const day = parseDay(text)
    if (!day) return { refused: 'calendar-date', day: text }
    if (day.year !== year) return { refused: 'calendar-date-in-other-year', day: text }
    if (seen.has(text)) return { refused: 'calendar-date-twice', day: text }
    seen.add(text)
  }
  const odd = makeup.find((text) => Temporal.PlainDate.from(text).dayOfWeek < 6)
  return odd === undefined ? null : { refused: 'calendar-makeup-on-weekday', day: odd }
}

function parseDay(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isSource(value: unknown): value is CalendarSource {
  if (!isRecord(value)) return false
  const textOrNull = (part: unknown) => part === null || typeof part === 'string'
  return (
    typeof value.title === 'string' &&
    value.title.trim() !== '' &&
    typeof value.issuer === 'string' &&
    textOrNull(value.number) &&
    textOrNull(value.date) &&
    isTextList(value.urls) &&
    typeof value.confidence === 'string'
  )
}
