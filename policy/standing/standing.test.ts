import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaCalendar, createWorkCalendar } from '../calendar/work-calendar.ts'
import { severities } from '../complaints/lists.ts'
import { parameterFaults, readBasis } from '../sources.ts'
import { awardKinds, awardKindsOn } from './award-kinds.ts'
import { atTheNextOne, consequencesOf, type LiveDeduction } from './consequences.ts'
import { hasPassed, naturalDue, startOf, workingDue } from './dues.ts'
import { nominationActions, nominationLifecycle, nominationStatuses, nominationStep } from './nomination-lifecycle.ts'
import * as parameters from './parameters.ts'
import { bandFor, pointsAllowed, unitDeduction } from './points.ts'
import { possibleForSlip, type SlipBy, slipActions, slipLifecycle, slipStatuses, slipStep } from './slip-lifecycle.ts'
import { possibleForTask, taskLifecycle, taskStatuses } from './task-lifecycle.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.Instant.from(`${text}+08:00`)
const live = (...list: [on: string, caseId: string][]): LiveDeduction[] =>
  list.map(([on, caseId], seq) => ({ id: `d${seq}`, caseId, effectiveOn: day(on), seq }))

test('every parameter and every honour names its basis; invented amounts are marked as examples', () => {
  for (const parameter of Object.values(parameters)) assert.deepEqual(parameterFaults(parameter), [])
  for (const kind of awardKinds) assert.ok(!('refused' in readBasis(kind.basis)), kind.code)
  for (const { values } of [parameters.unitPoints, parameters.officerBand])
    assert.ok(values.every((value) => value.example))
})

test('the unit is deducted 1, 2 or 3 points by severity, as of the day of the finding', () => {
  assert.deepEqual(
    severities.map((severity) => unitDeduction(severity, day('2026-03-02')).points),
    [1, 2, 3],
  )
  assert.throws(() => unitDeduction('minor', day('2012-12-31')), RangeError)
})

test('no band lets the unit choose nothing, and only whole points inside it are allowed', () => {
  for (const severity of severities) {
    const { min, max } = bandFor(severity, day('2026-03-02')).value
    assert.ok(min > 0 && max >= min)
    for (const points of [0, -1, min - 1, max + 1, 1.5, Number.NaN])
      assert.deepEqual(pointsAllowed(points, { min, max }), { refused: 'out-of-range' })
    assert.deepEqual(pointsAllowed(min, { min, max }), { allowed: true })
    assert.deepEqual(pointsAllowed(max, { min, max }), { allowed: true })
  }
  assert.deepEqual(pointsAllowed(0, { min: 0, max: 2 }), { refused: 'out-of-range' }, 'not even by a wrong table')
})

test('two cases bring the restriction, the third a slip, the fourth one more and word to discipline inspection (R127, R128, A14)', () => {
  const cases = ['2026-01-08', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'].map(
    (on, n): [string, string] => [on, `c${n}`],
  )
  const upTo = (n: number) => consequencesOf(live(...cases.slice(0, n)))
  assert.deepEqual(upTo(0), { cases: 0, restriction: null, slips: [] })
  assert.equal(upTo(1).restriction, null)
  assert.deepEqual(
    [upTo(2).restriction?.ruleOn.toString(), upTo(2).restriction?.restsOn, upTo(2).slips],
    ['2026-02-01', ['d0', 'd1'], []],
  )
  assert.deepEqual(upTo(3).slips, [{ nth: 3, informs: false }])
  assert.deepEqual(upTo(5).slips, [
    { nth: 3, informs: false },
    { nth: 4, informs: true },
    { nth: 5, informs: true },
  ])
  assert.deepEqual(upTo(5).restriction, upTo(2).restriction, 'more deductions do not make it heavier')
})

test('a case with two findings counts once (A12)', () => {
  assert.equal(consequencesOf(live(['2026-01-08', 'a'], ['2026-02-01', 'a'])).cases, 1)
  assert.equal(
    consequencesOf(live(['2026-01-08', 'a'], ['2026-02-01', 'a'], ['2026-02-02', 'b'])).restriction?.ruleOn.toString(),
    '2026-02-02',
  )
})

test('the officer is told beforehand what one more would bring', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((cases) => atTheNextOne(cases, day('2026-03-02'))),
    ['counted', 'restriction', 'slip', 'informed', 'informed'],
  )
})

test('five working days for the deduction, three for the slip, thirty natural days for the talk', () => {
  const due = (within: typeof parameters.deductWithin, start: string) =>
    workingDue(within, day(start), chinaCalendar).day.toString()
  assert.equal(due(parameters.deductWithin, '2026-09-24'), '2026-10-09')
  assert.equal(due(parameters.serveSlipWithin, '2026-02-13'), '2026-02-25')
  assert.equal(
    naturalDue(parameters.talkWithin, day('2026-09-02'), chinaCalendar).day.toString(),
    '2026-10-08',
    'the 2nd is a holiday',
  )
})

test('without a table for the year natural days are counted, and said to be provisional', () => {
  const short = createWorkCalendar(chinaCalendar.years.filter((year) => year.year <= 2025))
  assert.deepEqual(workingDue(parameters.deductWithin, day('2026-02-13'), short), {
    day: day('2026-02-18'),
    provisional: true,
    basis: 'R126, design',
  })
  assert.deepEqual(naturalDue(parameters.talkWithin, day('2026-02-13'), short).provisional, true)
  assert.equal(workingDue(parameters.deductWithin, day('2026-02-13'), chinaCalendar).provisional, false)
})

test('a day has passed at its end; a time that began in the past runs from today', () => {
  assert.equal(hasPassed(day('2026-03-09'), moment('2026-03-09T23:59:59')), false)
  assert.equal(hasPassed(day('2026-03-09'), moment('2026-03-10T00:00:00')), true)
  assert.equal(startOf(moment('2026-03-09T01:00:00'), day('2026-03-01')).toString(), '2026-03-09')
  assert.equal(startOf(moment('2026-03-09T01:00:00'), day('2026-03-12')).toString(), '2026-03-12')
})

const everybody: SlipBy[] = ['keeper', 'leader', 'officer', 'head', 'system']

test('nobody but a leader signs a slip, nobody but time and annulment withdraws it, and it is closed by a talk only', () => {
  const by = (to: string) =>
    slipStatuses.flatMap((from) =>
      Object.entries(slipLifecycle[from]).flatMap(([action, step]) =>
        step.to === to && from !== to ? [`${action} ${step.by.join(' ')}`] : [],
      ),
    )
  assert.deepEqual(by('signed'), ['sign leader'])
  assert.deepEqual(by('closed'), ['talk keeper head'])
  assert.deepEqual(new Set(by('withdrawn')), new Set(['withdraw system']))
})

test('the addressee can receive, remark and plan, and can neither edit nor sign nor witness nor hold the talk', () => {
  const all = new Set(slipStatuses.flatMap((status) => possibleForSlip(status, ['officer'])))
  assert.deepEqual([...all].sort(), ['plan', 'receive', 'remark'])
})

test('who noted a refusal is not the second one who saw it', () => {
  const met = new Set(['not-the-addressee'] as const)
  assert.deepEqual(slipStep('refused', 'witness', ['head'], met), { refused: 'other-than-first' })
})

test('a withdrawn slip, a decided task and a granted nomination are the end', () => {
  assert.deepEqual(possibleForSlip('withdrawn', everybody), [])
  assert.deepEqual(possibleForTask('decided', ['decider', 'appeal_body']), [])
  assert.deepEqual([nominationLifecycle.granted, nominationLifecycle.withdrawn], [{}, {}])
})

test('a grant needs somebody who did not nominate, who is not the candidate, and a candidate who is still eligible', () => {
  const all = ['not-the-candidate', 'other-than-nominator', 'eligible'] as const
  assert.deepEqual(nominationStep('nominated', 'grant', ['leader'], new Set(all)), { to: 'granted' })
  for (const lacking of all)
    assert.deepEqual(nominationStep('nominated', 'grant', ['leader'], new Set(all.filter((one) => one !== lacking))), {
      refused: lacking,
    })
})

test('each action and each state has a place in its table', () => {
  const used = new Set(slipStatuses.flatMap((status) => Object.keys(slipLifecycle[status])))
  assert.deepEqual([...used].sort(), [...slipActions].sort())
  assert.deepEqual(
    new Set(taskStatuses.flatMap((status) => Object.keys(taskLifecycle[status]))),
    new Set(['decide', 'cancel']),
  )
  assert.deepEqual(
    new Set(nominationStatuses.flatMap((status) => Object.keys(nominationLifecycle[status]))),
    new Set(nominationActions),
  )
})

test('merit and decoration are two lists; the honours of a day are those known on it', () => {
  const codes = (scope: string) =>
    awardKindsOn(day('2026-03-02'))
      .filter((kind) => kind.scope === scope)
      .map((kind) => kind.code)
  assert.deepEqual(codes('decoration'), [
    'commendation',
    'merit_third',
    'merit_second',
    'merit_first',
    'honorary_title',
  ])
  assert.deepEqual(codes('merit'), ['annual_excellent', 'model_officer', 'model_post', 'advanced_individual'])
  assert.deepEqual(awardKindsOn(day('2012-01-01')), [])
})
