import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBasis } from '../sources.ts'
import { earlyWarnings, type MonthlyCounts, monthsNeeded } from './early-warning.ts'
import { leastForWarning, monthsRunning, smallSample } from './parameters.ts'

const day = Temporal.PlainDate.from('2026-11-23')
const quiet: MonthlyCounts = { bad_ratings: [0, 0, 0], overdue: [0, 0, 0], second_notices: [0, 0, 0] }
const warned = (counts: Partial<MonthlyCounts>) =>
  earlyWarnings({ ...quiet, ...counts }, day).map(({ indicator }) => indicator)

test('a unit is listed when an indicator has risen two months running, each indicator on its own', () => {
  assert.equal(monthsNeeded(day), 3)
  assert.deepEqual(warned({ bad_ratings: [1, 2, 5] }), ['bad_ratings'])
  assert.deepEqual(warned({ overdue: [0, 1, 3], second_notices: [2, 3, 4] }), ['overdue', 'second_notices'])
  assert.deepEqual(earlyWarnings({ ...quiet, overdue: [9, 0, 2, 4] }, day), [
    { indicator: 'overdue', counts: [0, 2, 4] },
  ])
})

test('one rise, a plateau, a fall, a small number or a gap in what is known is no warning', () => {
  assert.deepEqual(warned({ bad_ratings: [5, 5, 9] }), [])
  assert.deepEqual(warned({ bad_ratings: [1, 9, 9] }), [])
  assert.deepEqual(warned({ bad_ratings: [9, 5, 7] }), [])
  assert.deepEqual(warned({ bad_ratings: [0, 1, 2] }), [])
  assert.deepEqual(warned({ bad_ratings: [1, null, 9] }), [])
  assert.deepEqual(warned({ bad_ratings: [2, 9] }), [])
})

test('every value names where it comes from', () => {
  for (const parameter of [monthsRunning, leastForWarning, smallSample]) {
    for (const { basis } of parameter.values) assert.ok(!('refused' in readBasis(basis)), basis)
  }
})
