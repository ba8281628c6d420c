import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCalendarYear } from './calendar-year.ts'
import { chinaCalendar, chinaDay, createWorkCalendar, deadlineMoment } from './work-calendar.ts'
import { shippedYears } from './years.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

function due(start: string, n: number): string {
  const result = chinaCalendar.addWorkingDays(day(start), n)
  if ('refused' in result) return result.refused
  return `${result.day}${result.provisional ? ' provisional' : ''}`
}

function workingDays(year: number): number {
  const rows = chinaCalendar.yearDays(year)
  assert.ok(Array.isArray(rows))
  return rows.filter((row) => row.kind !== 'off').length
}

const vectors: [start: string, n: number, due: string][] = [
  ['2026-09-30', 3, '2026-10-10'],
  ['2026-09-18', 3, '2026-09-22'],
  ['2026-02-13', 3, '2026-02-25'],
  ['2026-02-14', 3, '2026-02-26'],
  ['2026-04-30', 5, '2026-05-11'],
  ['2026-09-24', 5, '2026-10-09'],
  ['2026-09-24', 10, '2026-10-15'],
  ['2026-11-20', 3, '2026-11-25'],
  ['2026-12-31', 3, '2027-01-06 provisional'],
]

for (const [start, n, expected] of vectors) {
  test(`${n} working days from ${start} end on ${expected}`, () => assert.equal(due(start, n), expected))
}

test('years have the working days their notices give', () => {
  const expected = { 2007: 249, 2008: 251, 2010: 250, 2011: 250, 2012: 249, 2013: 250, 2015: 249, 2020: 249 }
  assert.deepEqual([2024, 2025, 2026].map(workingDays), [251, 248, 248])
  for (const [year, count] of Object.entries(expected)) assert.equal(workingDays(Number(year)), count, year)
})

test('a petition received on 2 March 2026 is answered by 17 March and finished by 6 May', () => {
  assert.deepEqual(chinaCalendar.naturalDaysDue(day('2026-03-02'), 15), {
    day: day('2026-03-17'),
    provisional: false,
    moved: false,
  })
  const finish = chinaCalendar.naturalDaysDue(day('2026-03-02'), 60)
  assert.ok(!('refused' in finish))
  assert.equal(`${finish.day} ${finish.moved}`, '2026-05-06 true')
})

test('a last day on an ordinary weekend moves too, and a make-up Saturday does not', () => {
  const moved = (start: string, n: number) => {
    const result = chinaCalendar.naturalDaysDue(day(start), n)
    return 'refused' in result ? result.refused : result.day.toString()
  }
  assert.equal(moved('2026-03-06', 1), '2026-03-09')
  assert.equal(moved('2026-10-09', 1), '2026-10-10')
})

test('the kinds of day are told apart', () => {
  const kind = (text: string) => {
    const result = chinaCalendar.dayKind(day(text))
    return 'refused' in result ? result.refused : `${result.kind} ${result.status}`
  }
  assert.equal(kind('2026-10-10'), 'makeup official')
  assert.equal(kind('2026-10-11'), 'off official')
  assert.equal(kind('2026-10-01'), 'off official')
  assert.equal(kind('2026-10-12'), 'working official')
  assert.equal(kind('2027-02-05'), 'off statutory_only')
  assert.equal(kind('2027-02-09'), 'working statutory_only')
})

test('the 2027 Spring Festival is 5 to 8 February', () => {
  const row = shippedYears.find((year) => year.year === 2027)
  assert.deepEqual(
    row?.off.filter((text) => text.startsWith('2027-02')),
    ['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'],
  )
})

test('a year without a table is refused, never guessed', () => {
  const missing = { refused: 'calendar-missing', year: 2028 }
  assert.deepEqual(chinaCalendar.addWorkingDays(day('2027-12-30'), 3), missing)
  assert.deepEqual(chinaCalendar.dayKind(day('2028-01-03')), missing)
  assert.deepEqual(chinaCalendar.naturalDaysDue(day('2027-12-30'), 5), missing)
  assert.deepEqual(chinaCalendar.workingDaysBetween(day('2027-12-30'), day('2028-01-05')), missing)
  assert.deepEqual(chinaCalendar.yearDays(2028), missing)
  assert.throws(() => chinaCalendar.isWorkingDay(day('2028-01-03')), RangeError)
  assert.deepEqual(chinaCalendar.dayKind(day('2006-12-29')), { refused: 'calendar-missing', year: 2006 })
})

test('the last days of a year are provisional until the next notice is loaded', () => {
  assert.equal(due('2026-12-25', 1), '2026-12-28')
  assert.equal(due('2026-12-28', 1), '2026-12-29 provisional')
  assert.equal(due('2025-12-29', 1), '2025-12-30')
})

test('counting working days is the inverse of adding them', () => {
  for (const [start, n] of vectors.slice(0, 8)) {
    const end = chinaCalendar.addWorkingDays(day(start), n)
    assert.ok(!('refused' in end))
    assert.deepEqual(chinaCalendar.workingDaysBetween(day(start), end.day), { days: n, provisional: false })
    assert.deepEqual(chinaCalendar.workingDaysBetween(end.day, day(start)), { days: -n, provisional: false })
  }
  assert.deepEqual(chinaCalendar.workingDaysBetween(day('2026-05-01'), day('2026-05-03')), {
    days: 0,
    provisional: false,
  })
  assert.deepEqual(chinaCalendar.workingDaysBetween(day('2026-05-03'), day('2026-05-01')), {
    days: 0,
    provisional: false,
  })
})

test('zero working days end on the start day; a fraction or a negative number is a programming error', () => {
  assert.equal(due('2026-10-01', 0), '2026-10-01')
  assert.throws(() => due('2026-10-01', 1.5), RangeError)
  assert.throws(() => due('2026-10-01', -1), RangeError)
})

test('the next working day skips the holiday and stops at a make-up Sunday', () => {
  const next = (text: string) => {
    const result = chinaCalendar.nextWorkingDay(day(text))
    return 'refused' in result ? result.refused : result.day.toString()
  }
  assert.equal(next('2026-09-30'), '2026-10-08')
  assert.equal(next('2026-09-18'), '2026-09-20')
})

test('the alarm starts 60 days before the last official year ends and stays on afterwards', () => {
  assert.equal(chinaCalendar.calendarAlarm(day('2026-10-31')), null)
  assert.deepEqual(chinaCalendar.calendarAlarm(day('2026-11-01')), { lastOfficialYear: 2026, daysLeft: 60 })
  assert.deepEqual(chinaCalendar.calendarAlarm(day('2027-01-02')), { lastOfficialYear: 2026, daysLeft: -2 })
})

test('an imported notice replaces the statutory table, settles the year end and silences the alarm', () => {
  const raw = { ...shippedYears.at(-1), status: 'official', makeup: ['2027-01-30'] }
  const imported = readCalendarYear(raw)
  assert.ok(!('refused' in imported))
  const calendar = createWorkCalendar([...shippedYears, imported])
  assert.deepEqual(calendar.addWorkingDays(day('2026-12-31'), 3), { day: day('2027-01-06'), provisional: false })
  assert.deepEqual(calendar.dayKind(day('2027-01-30')), { kind: 'makeup', status: 'official' })
  assert.equal(calendar.calendarAlarm(day('2026-12-01')), null)
})

test('received a second before and after midnight differs by a day, and not otherwise', () => {
  const before = chinaDay(Temporal.Instant.from('2026-11-20T23:59:59+08:00'))
  const after = chinaDay(Temporal.Instant.from('2026-11-21T00:00:01+08:00'))
  assert.deepEqual([`${before}`, `${after}`], ['2026-11-20', '2026-11-21'])
  assert.equal(`${chinaDay(Temporal.Instant.from('2026-11-20T00:00:00+08:00'))}`, '2026-11-20')
})

test('a deadline ends at 24:00 China time', () => {
  assert.equal(deadlineMoment(day('2026-10-10')).toString(), '2026-10-10T16:00:00Z')
  assert.equal(deadlineMoment(day('2026-12-31')).toString(), '2026-12-31T16:00:00Z')
})
