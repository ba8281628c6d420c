import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCalendarYear } from './calendar-year.ts'
import { shippedYears } from './years.ts'

const good = {
  year: 2030,
  status: 'official',
  source: { title: '通知', issuer: '国务院办公厅', number: null, date: null, urls: [], confidence: 'P' },
  off: ['2030-01-01'],
  makeup: ['2030-01-05'],
}

const refused = (change: object) => {
  const result = readCalendarYear({ ...good, ...change })
  return 'refused' in result ? result.refused : 'accepted'
}

test('every year from 2007 to 2027 ships once, only 2027 without its notice', () => {
  assert.deepEqual(
    shippedYears.map((year) => year.year),
    Array.from({ length: 21 }, (_, index) => 2007 + index),
  )
  assert.deepEqual(
    shippedYears.filter((year) => year.status !== 'official').map((year) => year.year),
    [2027],
  )
})

test('every official year gives the statutory holidays and pays for each extra weekday with a weekend', () => {
  for (const { year, off, makeup, status } of shippedYears) {
    if (status !== 'official') continue
    for (const fixed of ['01-01', '05-01', '10-01', '10-02', '10-03'])
      assert.ok(off.includes(`${year}-${fixed}`), `${year}-${fixed}`)
    // 10 statutory days in 2007, 11 from 2008, 13 from 2025; 2015 and 2020 had extra days by special notice.
    const statutory = year === 2007 ? 10 : year < 2025 ? 11 : 13
    // Weekdays off that a weekend of the year before paid for, or the reverse.
    const exchange =
      new Map([
        [2007, 2],
        [2011, -1],
        [2012, 1],
        [2015, 1],
        [2020, 2],
      ]).get(year) ?? 0
    const weekdaysOff = off.filter((text) => Temporal.PlainDate.from(text).dayOfWeek < 6).length
    assert.equal(weekdaysOff - makeup.length, statutory + exchange, String(year))
  }
})

test('2007 has the two make-up days around the Spring Festival that common tables lack', () => {
  const makeup = shippedYears.find((year) => year.year === 2007)?.makeup
  assert.deepEqual(makeup, [
    '2007-02-17',
    '2007-02-25',
    '2007-04-28',
    '2007-04-29',
    '2007-09-29',
    '2007-09-30',
    '2007-12-29',
  ])
})

test('a sound table is accepted', () => assert.equal(refused({}), 'accepted'))

test('an unsound table is refused with the reason', () => {
  assert.equal(refused({ year: 30 }), 'calendar-year-number')
  assert.equal(refused({ status: 'guess' }), 'calendar-status')
  assert.equal(refused({ source: { title: '' } }), 'calendar-source')
  assert.equal(refused({ off: ['2030-02-30'] }), 'calendar-date')
  assert.equal(refused({ off: ['2030-1-1'] }), 'calendar-date')
  assert.equal(refused({ off: ['2031-01-01'] }), 'calendar-date-in-other-year')
  assert.equal(refused({ off: ['2030-01-05'] }), 'calendar-date-twice')
  assert.equal(refused({ makeup: ['2030-01-04'] }), 'calendar-makeup-on-weekday')
  assert.equal(refused({ status: 'statutory_only' }), 'calendar-makeup-before-notice')
  assert.deepEqual(readCalendarYear('2030'), { refused: 'calendar-not-an-object' })
})
