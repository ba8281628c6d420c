import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MonthlyCounts } from '../figures/early-warning.ts'
import { unitsToWarn } from './early-warning.ts'

const day = Temporal.PlainDate.from('2026-04-01')
const quiet: MonthlyCounts = { bad_ratings: [0, 0, 0], overdue: [0, 0, 0], second_notices: [0, 0, 0] }
const unit = (unitId: string, complaints: number, counts: Partial<MonthlyCounts>) => ({
  unitId,
  complaints,
  counts: { ...quiet, ...counts },
})

test('bad ratings rising two months running bring a unit on the agenda without any complaint', () => {
  assert.deepEqual(unitsToWarn([unit('a', 0, { bad_ratings: [1, 2, 4] })], day), [
    { unitId: 'a', warnings: [{ indicator: 'bad_ratings', counts: [1, 2, 4] }], ahead: true },
  ])
})

test('overdue matters and second notices do the same; complaints alone do not', () => {
  const warned = unitsToWarn(
    [
      unit('quiet', 9, {}),
      unit('overdue', 2, { overdue: [0, 2, 3] }),
      unit('notices', 0, { second_notices: [1, 3, 5] }),
      unit('both', 1, { overdue: [0, 2, 3], bad_ratings: [3, 4, 5] }),
    ],
    day,
  )
  assert.deepEqual(
    warned.map(({ unitId, ahead }) => `${unitId} ${ahead ? 'ahead' : 'known'}`),
    ['both known', 'notices ahead', 'overdue known'],
  )
})

test('a month whose count is not known to the reader warns of nothing', () => {
  assert.deepEqual(unitsToWarn([unit('a', 0, { bad_ratings: [1, null, 9] })], day), [])
})
