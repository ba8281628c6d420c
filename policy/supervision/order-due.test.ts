import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaCalendar, createWorkCalendar } from '../calendar/work-calendar.ts'
import { parameterFaults } from '../sources.ts'
import { isOverdue, missingYearOf, orderDue, reminderFor, silenceFrom } from './order-due.ts'
import * as parameters from './parameters.ts'

const at = (text: string) => Temporal.Instant.from(`${text}+08:00`)
const day = (text: string) => Temporal.PlainDate.from(text)

// domain.md part 7, the vectors of three working days.
const vectors: [received: string, due: string, provisional: boolean][] = [
  ['2026-09-30', '2026-10-10', false],
  ['2026-09-18', '2026-09-22', false],
  ['2026-02-13', '2026-02-25', false],
  ['2026-02-14', '2026-02-26', false],
  ['2026-11-20', '2026-11-25', false],
  ['2026-12-31', '2027-01-06', true],
]

for (const [received, due, provisional] of vectors) {
  test(`a reply of ${received} is to be solved by ${due}`, () => {
    for (const time of ['00:00:00', '12:30:00', '23:59:59']) {
      const found = orderDue(at(`${received}T${time}`), chinaCalendar)
      assert.equal(found.day.toString(), due)
      assert.equal(found.provisional, provisional)
      assert.equal(found.missingYear, null)
    }
  })
}

test('the day is the day in China, not the day in Greenwich', () => {
  assert.equal(orderDue(Temporal.Instant.from('2026-11-19T16:00:00Z'), chinaCalendar).day.toString(), '2026-11-25')
  assert.equal(orderDue(Temporal.Instant.from('2026-11-19T15:59:59Z'), chinaCalendar).day.toString(), '2026-11-24')
})

test('without a table for the year natural days are counted, never later than the right day, and the basis says so', () => {
  const untilThen = createWorkCalendar(chinaCalendar.years.filter((year) => year.year <= 2025))
  for (let moment = day('2025-12-26'); moment.year < 2027; moment = moment.add({ days: 1 })) {
    const guess = orderDue(at(`${moment}T10:00:00`), untilThen)
    const right = orderDue(at(`${moment}T10:00:00`), chinaCalendar)
    assert.ok(Temporal.PlainDate.compare(guess.day, right.day) <= 0, `${moment}: ${guess.day} after ${right.day}`)
    assert.ok(guess.provisional || right.missingYear === null)
  }
  const guess = orderDue(at('2026-02-13T10:00:00'), untilThen)
  assert.deepEqual([guess.day.toString(), guess.provisional, guess.missingYear], ['2026-02-16', true, 2026])
  assert.equal(missingYearOf(guess.basis), 2026)
  assert.equal(missingYearOf(orderDue(at('2026-02-13T10:00:00'), chinaCalendar).basis), null)
})

test('an order is overdue from 24:00 of its due day', () => {
  assert.equal(isOverdue(day('2026-11-25'), at('2026-11-25T23:59:59')), false)
  assert.equal(isOverdue(day('2026-11-25'), at('2026-11-26T00:00:00')), true)
})

test('reminders fall on the last working day before and on the due day, not on days off', () => {
  const points = ['2026-09-30', '2026-10-07', '2026-10-08', '2026-10-09', '2026-10-10', '2026-10-11']
  assert.deepEqual(
    points.map((today) => reminderFor(day('2026-10-10'), day(today), chinaCalendar)),
    [null, null, null, 1, 0, null],
  )
})

test('an answered order waits ten days for the second opinion, to the end of the last one', () => {
  assert.equal(silenceFrom(at('2026-11-25T10:00:00')).toString(), at('2026-12-06T00:00:00').toString())
})

test('every parameter names its basis', () => {
  for (const parameter of Object.values(parameters)) assert.deepEqual(parameterFaults(parameter), [])
})
