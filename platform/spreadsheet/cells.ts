/** What a value of a column may be; days and moments also in ISO form, as the database gives them. */
export type CellInput =
  | string
  | number
  | Temporal.Instant
  | Temporal.PlainDate
  | Temporal.PlainDateTime
  | null
  | undefined

export type CellKind = 'text' | 'number' | 'date' | 'datetime' | 'percent'

/** `@` keeps an 18-digit number whole, and keeps `=1+1` a text even after someone has edited the cell. */
export const formats: Record<CellKind, string> = {
  text: '@',
  number: 'General',
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-dd hh:mm:ss',
  percent: '0.00%',
}

const zone = 'Asia/Shanghai'
const longest = 32_767
// Characters XML 1.0 has no way to write; a single one makes the whole workbook unreadable.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
// Excel reads _x0041_ as A. Escaping the first underline keeps what the person wrote.
const looksEscaped = /_(?=x[0-9A-Fa-f]{4}_)/g

/** Text as a cell can hold it. */
export function cellText(text: string): string {
  const clean = text.toWellFormed().replace(unwritable, '').replace(looksEscaped, '_x005F_')
  return clean.length > longest ? `${clean.slice(0, longest - 1).toWellFormed()}…` : clean
}

/** The day or moment as a spreadsheet counts: days since 1899-12-30, by the clock on the wall in Shanghai. */
function serial(local: Temporal.PlainDateTime): number {
  const start = Temporal.PlainDateTime.from('1899-12-30T00:00')
  const { days, hours, minutes, seconds } = start.until(local, { largestUnit: 'days' })
  return days + (hours * 3600 + minutes * 60 + seconds) / 86_400
}

function localTime(value: Exclude<CellInput, number | null | undefined>): Temporal.PlainDateTime {
  if (value instanceof Temporal.PlainDateTime) return value
  if (value instanceof Temporal.PlainDate) return value.toPlainDateTime()
  const instant = typeof value === 'string' ? Temporal.Instant.from(value) : value
  return instant.toZonedDateTimeISO(zone).toPlainDateTime()
}

/** The value to write for `kind`; empty stays empty. A value of another kind is a mistake of the caller and throws. */
export function cellValue(kind: CellKind, value: CellInput): string | number | null {
  if (value === null || value === undefined || value === '') return null
  if (kind === 'text') return cellText(String(value))
  if (kind === 'number' || kind === 'percent') {
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw new TypeError(`Not a number for a ${kind} column`)
  }
  if (typeof value === 'number') throw new TypeError(`Not a time for a ${kind} column`)
  if (kind === 'date' && typeof value === 'string') return serial(localTime(Temporal.PlainDate.from(value)))
  if (kind === 'date' && value instanceof Temporal.Instant) return Math.floor(serial(localTime(value)))
  return serial(localTime(value))
}
