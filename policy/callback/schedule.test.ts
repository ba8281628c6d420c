import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaCalendar } from '../calendar/work-calendar.ts'
import { parameterFaults } from '../sources.ts'
import * as schedule from './schedule.ts'

const at = (text: string) => Temporal.Instant.from(`${text}+08:00`)
const china = (moment: Temporal.Instant | null) =>
  moment?.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString({ smallestUnit: 'second' })

function sent(finished: string): (string | undefined | boolean)[] {
  const { at: moment, latest, provisional } = schedule.sendMoment(at(finished), chinaCalendar)
  return [china(moment), china(latest), provisional]
}

test('a matter finished in the day is asked about half an hour later', () => {
  assert.deepEqual(sent('2026-11-20T10:00:00'), ['2026-11-20T10:30:00', '2026-11-23T20:00:00', false])
})

test('a matter finished late is asked about at nine the next morning, even on a Saturday', () => {
  assert.deepEqual(sent('2026-11-20T19:30:00'), ['2026-11-21T09:00:00', '2026-11-23T20:00:00', false])
  assert.deepEqual(sent('2026-11-20T19:29:59'), ['2026-11-20T19:59:59', '2026-11-23T20:00:00', false])
  assert.deepEqual(sent('2026-11-20T23:50:00'), ['2026-11-21T09:00:00', '2026-11-23T20:00:00', false])
})

test('before a long holiday the limit is the first working day after it, the message goes out at once', () => {
  assert.deepEqual(sent('2026-09-30T17:00:00'), ['2026-09-30T17:30:00', '2026-10-08T20:00:00', false])
  assert.deepEqual(sent('2026-09-19T10:00:00'), ['2026-09-19T10:30:00', '2026-09-20T20:00:00', false])
})

test('an unknown calendar leaves the limit open and does not stop the message', () => {
  assert.deepEqual(sent('2027-12-31T10:00:00'), ['2027-12-31T10:30:00', undefined, true])
  assert.deepEqual(sent('2026-12-31T10:00:00'), ['2026-12-31T10:30:00', '2027-01-04T20:00:00', true])
})

test('quiet hours begin at 20:00 sharp and end at 09:00 sharp', () => {
  const quiet = (text: string) => schedule.isQuiet(at(text))
  assert.deepEqual(
    ['2026-11-20T08:59:59', '2026-11-20T09:00:00', '2026-11-20T19:59:59', '2026-11-20T20:00:00'].map(quiet),
    [true, false, false, true],
  )
  assert.equal(china(schedule.nextAllowedMoment(at('2026-11-20T20:00:00'))), '2026-11-21T09:00:00')
  assert.equal(china(schedule.nextAllowedMoment(at('2026-11-20T00:00:00'))), '2026-11-20T09:00:00')
  assert.equal(china(schedule.nextAllowedMoment(at('2026-12-31T21:00:00'))), '2027-01-01T09:00:00')
})

test('there is one reminder, three days later and in allowed hours', () => {
  assert.equal(china(schedule.reminderMoment(at('2026-11-20T10:30:00'))), '2026-11-23T10:30:00')
  assert.equal(china(schedule.reminderMoment(at('2026-11-20T20:30:00'))), '2026-11-24T09:00:00')
  assert.equal(schedule.reminderMoment(at('2026-11-20T10:30:00'), 2), null)
})

test('a reply counts until 24:00 of the seventh day', () => {
  const sentAt = at('2026-11-20T10:30:00')
  assert.equal(china(schedule.replyDeadline(sentAt)), '2026-11-28T00:00:00')
  assert.equal(schedule.countsAsReply(sentAt, at('2026-11-27T23:59:59')), true)
  assert.equal(schedule.countsAsReply(sentAt, at('2026-11-28T00:00:00')), false)
  assert.equal(schedule.countsAsReply(sentAt, at('2026-11-20T10:29:59')), false)
})

test('every parameter names its basis', () => {
  const { allowedHours, sendWithin, sendDelay, reminders, replyWindow, clarifyingQuestions } = schedule
  for (const parameter of [allowedHours, sendWithin, sendDelay, reminders, replyWindow, clarifyingQuestions]) {
    assert.deepEqual(parameterFaults(parameter), [])
  }
})
