import assert from 'node:assert/strict'
import { test } from 'node:test'
import { valueOn } from '../parameter.ts'
import { amberFrom, clockState, desksInstead, groupRefusal, representativesAtMost } from './intake.ts'
import { departments } from './lists.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('a clock turns amber days before its last day and red only after it', () => {
  const span = { from: day('2026-11-02'), due: day('2026-11-17') }
  const on = (today: string) => {
    const { state, daysLeft } = clockState(span, day(today), valueOn(amberFrom, day(today)).value.notice)
    return `${state} ${daysLeft}`
  }
  assert.deepEqual(['2026-11-02', '2026-11-11', '2026-11-12', '2026-11-17', '2026-11-18'].map(on), [
    'ok 15',
    'ok 6',
    'amber 5',
    'amber 0',
    'red -1',
  ])
  assert.equal(clockState(span, day('2026-11-17'), 5).share, 1)
  assert.ok(clockState(span, day('2026-11-18'), 5).share > 1)
})

test('a group that comes in person chooses one to five', () => {
  const most = valueOn(representativesAtMost, day('2026-11-02')).value
  const of = (channel: 'visit' | 'letter', size: number, representatives: number) =>
    groupRefusal({ channel, size, representatives }, most)
  assert.equal(of('visit', 1, 0), null)
  assert.equal(of('visit', 2, 0), 'representatives-needed')
  assert.equal(of('visit', 100, 5), null)
  assert.equal(of('visit', 100, 6), 'representatives-too-many')
  assert.equal(of('letter', 3, 4), 'representatives-too-many')
  assert.equal(of('letter', 100, 0), null)
})

test('every department may step in for a desk that is complained of', () => {
  assert.deepEqual([...desksInstead].sort(), [...departments].sort())
})
