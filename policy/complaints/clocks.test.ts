import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import { chinaCalendar } from '../calendar/work-calendar.ts'
import { parameterFaults, readBasis } from '../sources.ts'
import {
  appealUntil,
  type Clock,
  extendedDue,
  extensionAllowed,
  finishDue,
  isOver,
  noticeDue,
  objectionDue,
  type Pause,
  reReviewDue,
  reReviewRequestUntil,
  reviewDue,
  reviewRequestUntil,
  statementUntil,
} from './clocks.ts'
import * as parameters from './parameters.ts'
import { whole } from './random-testing.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const pause = (from: string, until: string | null, reason: Pause['reason'] = 'hearing'): Pause => ({
  from: day(from),
  until: until === null ? null : day(until),
  reason,
})

function shown(clock: Clock | { refused: string }): string {
  if ('refused' in clock) return clock.refused
  return `${clock.day}${clock.moved ? ' moved' : ''}${clock.provisional ? ' provisional' : ''}`
}

test('received and accepted on 2 March 2026: notice by 17 March, finished by 6 May, because 1 May is a day off', () => {
  assert.equal(shown(noticeDue(day('2026-03-02'), chinaCalendar)), '2026-03-17')
  assert.equal(shown(finishDue(day('2026-03-02'), chinaCalendar)), '2026-05-06 moved')
})

test('an extension of 30 days is added to the sixty, not to the day that the holiday moved', () => {
  assert.equal(shown(extendedDue(day('2026-03-02'), 30, chinaCalendar)), '2026-06-01 moved')
  assert.equal(shown(extendedDue(day('2026-03-03'), 30, chinaCalendar)), '2026-06-01')
  assert.equal(shown(extendedDue(day('2026-03-02'), 4, chinaCalendar)), '2026-05-06 moved')
})

test('a case is extended once, by at most 30 days, with a reason, before it is due', () => {
  const accepted = day('2026-03-02')
  const wish = { days: 30, reason: '案情复杂，需等待鉴定', approvedOn: day('2026-05-06'), already: false }
  const asked = (change: Partial<typeof wish>) => extensionAllowed(accepted, { ...wish, ...change }, chinaCalendar)
  assert.deepEqual(asked({}), { allowed: true })
  assert.deepEqual(asked({ already: true }), { refused: 'already-extended' })
  for (const days of [31, 0, -1, 1.5, Number.NaN]) assert.deepEqual(asked({ days }), { refused: 'too-long' })
  assert.deepEqual(asked({ reason: ' 　' }), { refused: 'reason-required' })
  assert.deepEqual(asked({ approvedOn: day('2026-05-07') }), { refused: 'already-due' })
  assert.deepEqual(extendedDue(accepted, 31, chinaCalendar), { refused: 'too-long' })
})

test('a case sent on may be refused within five working days; over the National Day these end on 9 October', () => {
  assert.equal(shown(objectionDue(day('2026-09-24'), chinaCalendar)), '2026-10-09')
})

test('review and re-review: 30 natural days to ask, 30 to answer, each time', () => {
  for (const clock of [reviewRequestUntil, reviewDue, reReviewRequestUntil, reReviewDue]) {
    assert.equal(shown(clock(day('2026-06-01'), chinaCalendar)), '2026-07-01')
    assert.equal(shown(clock(day('2026-09-01'), chinaCalendar)), '2026-10-08 moved')
  }
})

test('an officer has five working days for his statement and ten for an appeal', () => {
  assert.equal(shown(statementUntil(day('2026-04-30'), chinaCalendar)), '2026-05-11')
  assert.equal(shown(appealUntil(day('2026-09-24'), chinaCalendar)), '2026-10-15')
})

test('a pause moves the end by its days, shared days count once, and a pause after the end counts nothing', () => {
  const due = (...pauses: Pause[]) => shown(finishDue(day('2026-06-01'), chinaCalendar, pauses))
  assert.equal(due(), '2026-07-31')
  assert.equal(due(pause('2026-06-10', '2026-06-20')), '2026-08-10')
  assert.equal(due(pause('2026-06-10', '2026-06-20'), pause('2026-06-15', '2026-06-20')), '2026-08-10')
  assert.equal(due(pause('2026-06-15', '2026-06-25'), pause('2026-06-10', '2026-06-20')), '2026-08-17 moved')
  assert.equal(due(pause('2026-08-01', '2026-08-20')), '2026-07-31')
  assert.equal(due(pause('2026-05-20', '2026-06-04')), '2026-08-03 moved')
})

test('while a pause goes on, the day shown is the earliest and marked as not yet settled', () => {
  assert.equal(
    shown(finishDue(day('2026-06-01'), chinaCalendar, [pause('2026-06-10', null)])),
    '2026-07-31 provisional',
  )
})

test('only a hearing stops the clock of a re-review', () => {
  const asked = day('2026-06-01')
  assert.equal(
    shown(reReviewDue(asked, chinaCalendar, [pause('2026-06-10', '2026-06-20', 'parallel_proceeding')])),
    '2026-07-01',
  )
  assert.equal(shown(reReviewDue(asked, chinaCalendar, [pause('2026-06-10', '2026-06-15')])), '2026-07-06')
})

test('a year without a table is counted without moving the day, provisional, with the year named', () => {
  const clock = finishDue(day('2027-12-01'), chinaCalendar)
  assert.deepEqual([shown(clock), clock.missingYear], ['2028-01-30 provisional', 2028])
  const appeal = appealUntil(day('2027-12-30'), chinaCalendar)
  assert.deepEqual([shown(appeal), appeal.missingYear], ['2028-01-09 provisional', 2028])
})

test('an older case is judged by the regulations of its day', () => {
  assert.ok(noticeDue(day('2022-04-29'), chinaCalendar).basis.startsWith('petition-regulations-2005'))
  assert.ok(noticeDue(day('2022-05-01'), chinaCalendar).basis.startsWith('petition-regulations:23'))
})

test('a last day ends at 24:00 in China', () => {
  const clock = { day: day('2026-05-06') }
  assert.equal(isOver(clock, Temporal.Instant.from('2026-05-06T23:59:59+08:00')), false)
  assert.equal(isOver(clock, Temporal.Instant.from('2026-05-07T00:00:00+08:00')), true)
})

test('on any day and with any pauses: never earlier than without, never on a day off, basis known', () => {
  const random = randomFrom(36)
  for (let run = 0; run < 500; run += 1) {
    const start = day('2024-01-01').add({ days: whole(random, 0, 800) })
    const pauses = Array.from({ length: whole(random, 0, 4) }, () => {
      const from = start.add({ days: whole(random, -20, 90) })
      return { from, until: from.add({ days: whole(random, 0, 25) }), reason: 'hearing' as const }
    })
    const plain = finishDue(start, chinaCalendar)
    const paused = finishDue(start, chinaCalendar, pauses)
    assert.ok(Temporal.PlainDate.compare(paused.day, plain.day) >= 0)
    assert.ok(chinaCalendar.isWorkingDay(paused.day))
    assert.ok(!('refused' in readBasis(paused.basis)), paused.basis)
    const running = naiveEnd(start, 60, pauses)
    assert.ok(Temporal.PlainDate.compare(paused.day, running) >= 0)
    if (!paused.moved) assert.equal(`${paused.day}`, `${running}`, `${start} ${JSON.stringify(pauses)}`)
  }
})

/** Counts day by day, leaving out days inside a pause that began before the end. */
function naiveEnd(start: Temporal.PlainDate, days: number, pauses: readonly Pause[]): Temporal.PlainDate {
  const inside = (each: Temporal.PlainDate) =>
    pauses.some(
      ({ from, until }) =>
        until && Temporal.PlainDate.compare(from, each) <= 0 && Temporal.PlainDate.compare(each, until) < 0,
    )
  let at = start
  for (let left = days; left > 0; ) {
    at = at.add({ days: 1 })
    if (!inside(at)) left -= 1
  }
  return at
}

test('every parameter of the area is sound', () => {
  const all = Object.entries(parameters).filter(([, value]) => typeof value === 'object')
  assert.ok(all.length >= 10)
  for (const [name, parameter] of all) assert.deepEqual(parameterFaults(parameter), [], name)
})
