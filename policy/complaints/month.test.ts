import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import { chinaCalendar } from '../calendar/work-calendar.ts'
import type { Parameter } from '../parameter.ts'
import { departments } from './lists.ts'
import { agenda, attendance, carriedOver, type Required } from './meeting.ts'
import { confirmationAllowed, dutiesOf, frozenFrom, monthOf, periodOf, reportAllowed } from './month.ts'
import { monthCutOff } from './parameters.ts'
import { whole } from './random-testing.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

function dues(period: string, setting: Parameter<number | null> = monthCutOff): string[] {
  const month = monthOf(period, chinaCalendar, setting)
  return [month.confirmBy, month.reportBy, month.meetingBy].map(
    (due) => `${due.day}${due.provisional ? ' provisional' : ''}`,
  )
}

/** A bureau that cuts off on the 20th from April 2026 on, and goes back to the month end in September. */
const changed: Parameter<number | null> = {
  ...monthCutOff,
  values: [
    ...monthCutOff.values,
    { from: '2026-04-01', value: 20, basis: 'A20' },
    { from: '2026-09-01', value: null, basis: 'A20' },
  ],
}

test('a month opens on its first day, is cut off at 24:00 of its last, and then has 2, 3 and 5 working days', () => {
  const month = monthOf('2026-03', chinaCalendar)
  assert.deepEqual([`${month.opensOn}`, `${month.from}`, `${month.cutOff}`], ['2026-03-01', '2026-03-01', '2026-03-31'])
  assert.equal(`${frozenFrom(month)}`, '2026-03-31T16:00:00Z')
  assert.deepEqual(dues('2026-03'), ['2026-04-02', '2026-04-03', '2026-04-08'])
})

test('holidays and make-up days count as they do everywhere', () => {
  assert.deepEqual(dues('2026-09'), ['2026-10-09', '2026-10-10', '2026-10-13'])
  assert.deepEqual(dues('2026-04'), ['2026-05-07', '2026-05-08', '2026-05-11'])
})

test('without the notice of next year the dues of December are provisional, without a table they name the year', () => {
  assert.deepEqual(dues('2026-12'), ['2027-01-05 provisional', '2027-01-06 provisional', '2027-01-08 provisional'])
  const month = monthOf('2027-12', chinaCalendar)
  assert.deepEqual(dues('2027-12'), ['2028-01-02 provisional', '2028-01-03 provisional', '2028-01-05 provisional'])
  assert.equal(month.meetingBy.missingYear, 2028)
})

test('a bureau with a cut-off inside the month meets inside the month', () => {
  const month = monthOf('2026-06', chinaCalendar, changed)
  assert.deepEqual([`${month.from}`, `${month.cutOff}`], ['2026-05-21', '2026-06-20'])
  assert.deepEqual(dues('2026-06', changed), ['2026-06-23', '2026-06-24', '2026-06-26'])
  assert.deepEqual(dues('2026-05', changed), ['2026-05-22', '2026-05-25', '2026-05-27'])
})

test('every day belongs to one period, also when the cut-off changes', () => {
  let next = day('2026-01-01')
  for (let month = 1; month <= 12; month += 1) {
    const { period, from, cutOff } = monthOf(`2026-${String(month).padStart(2, '0')}`, chinaCalendar, changed)
    assert.equal(`${from}`, `${next}`)
    for (let at = from; Temporal.PlainDate.compare(at, cutOff) <= 0; at = at.add({ days: 1 })) {
      assert.equal(periodOf(at, changed), period, `${at}`)
    }
    next = cutOff.add({ days: 1 })
  }
  assert.equal(`${next}`, '2027-01-01')
})

test('confirmation, report and meeting always follow each other, and each on a working day', () => {
  const random = randomFrom(20)
  for (let run = 0; run < 300; run += 1) {
    const year = whole(random, 2014, 2025)
    const period = `${year}-${String(whole(random, 1, 12)).padStart(2, '0')}`
    const setting = { ...monthCutOff, values: [{ from: '2013-01-01', value: whole(random, 1, 28), basis: 'A20' }] }
    const month = monthOf(period, chinaCalendar, run % 2 ? setting : monthCutOff)
    const days = [month.from, month.cutOff, month.confirmBy.day, month.reportBy.day, month.meetingBy.day]
    assert.ok(
      days.every((each, at) => at === 0 || Temporal.PlainDate.compare(days[at - 1] ?? each, each) < 0),
      period,
    )
    for (const each of days.slice(2)) assert.ok(chinaCalendar.isWorkingDay(each), `${each}`)
  }
})

test('what is not a month is a programming error', () => {
  for (const text of ['2026-13', '2026-00', '2026-1', '2026', '2026-01-01', '']) {
    assert.throws(() => monthOf(text, chinaCalendar), RangeError)
  }
})

test('a month without cases still has four confirmations, a report and a meeting', () => {
  const duties = dutiesOf(monthOf('2026-03', chinaCalendar))
  assert.deepEqual(
    duties.map((each) => (each.duty === 'confirm' ? each.department : each.duty)),
    [...departments, 'report', 'meeting'],
  )
})

test('nobody confirms before the cut-off, nil with cases, or completeness of nothing', () => {
  const month = monthOf('2026-03', chinaCalendar)
  const after = Temporal.Instant.from('2026-04-01T00:00:00+08:00')
  const before = Temporal.Instant.from('2026-03-31T23:59:59+08:00')
  assert.deepEqual(confirmationAllowed(month, 'nil', 0, before), { refused: 'before-cut-off' })
  assert.deepEqual(confirmationAllowed(month, 'nil', 1, after), { refused: 'has-cases' })
  assert.deepEqual(confirmationAllowed(month, 'complete', 0, after), { refused: 'has-none' })
  assert.deepEqual(confirmationAllowed(month, 'nil', 0, after), { allowed: true })
  assert.deepEqual(confirmationAllowed(month, 'complete', 3, after), { allowed: true })
})

test('the report waits for the four departments until its last day and then names who is missing', () => {
  const month = monthOf('2026-03', chinaCalendar)
  const three = departments.slice(0, 3)
  const missing = ['petition_section']
  assert.deepEqual(reportAllowed(month, departments, day('2026-03-31')), { refused: 'before-cut-off', missing: [] })
  assert.deepEqual(reportAllowed(month, departments, day('2026-04-01')), { allowed: true, missing: [] })
  assert.deepEqual(reportAllowed(month, three, day('2026-04-02')), { refused: 'not-confirmed', missing })
  assert.deepEqual(reportAllowed(month, three, day('2026-04-03')), { allowed: true, missing })
  assert.deepEqual(reportAllowed(month, [], day('2026-04-20')), { allowed: true, missing: [...departments] })
})

const head = (personId: string | null, unitId: string): Required => ({ personId, role: 'unit_head', unitId })
const leader = (personId: string): Required => ({ personId, role: 'leadership', unitId: null })
const required = [leader('chief'), leader('deputy-chief'), head('head-a', 'a'), head('head-b', 'b'), head(null, 'c')]

test('a deputy is not the head', () => {
  const result = attendance(
    required,
    [
      { personId: 'chief', kind: 'present' },
      { personId: 'vice-a', kind: 'present' },
    ],
    [{ unitId: 'a', personId: 'vice-a' }],
    'chief',
  )
  assert.deepEqual([result.required, result.present, result.leave, result.absent], [5, 1, 0, 4])
  const row = result.rows.find(({ unitId }) => unitId === 'a')
  assert.deepEqual([row?.state, row?.deputyId], ['absent', 'vice-a'])
})

test('absence needs leave from the chair; leave from anybody else is absence, and the chair excuses nobody from himself', () => {
  const state = (grantedBy: string, personId = 'head-b') =>
    attendance(required, [{ personId, kind: 'leave', grantedBy }], [], 'chief').rows.find(
      (row) => row.personId === personId,
    )?.state
  assert.equal(state('chief'), 'leave')
  assert.equal(state('deputy-chief'), 'absent')
  assert.equal(state('head-b'), 'absent')
  assert.equal(state('chief', 'chief'), 'absent')
})

test('a leader who also heads a unit is counted once, and whoever came counts as present though he had leave', () => {
  const twice = [...required, head('deputy-chief', 'd')]
  const result = attendance(
    twice,
    [
      { personId: 'deputy-chief', kind: 'leave', grantedBy: 'chief' },
      { personId: 'deputy-chief', kind: 'present' },
    ],
    [],
    'chief',
  )
  assert.deepEqual([result.required, result.present], [5, 1])
  assert.equal(result.rows.find(({ unitId }) => unitId === 'c')?.state, 'vacant')
})

test('the first item of each meeting is what the last one left open, and a measure stays until it was evaluated', () => {
  assert.equal(agenda[0], 'open_measures')
  const measures = [
    { id: 1, evaluatedOn: null },
    { id: 2, evaluatedOn: day('2026-04-08') },
  ]
  assert.deepEqual(
    carriedOver(measures).map(({ id }) => id),
    [1],
  )
})
