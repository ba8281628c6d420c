import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Parameter, valueOn } from './parameter.ts'

const limit: Parameter<number> = {
  description: { zh: '期限', en: 'limit' },
  unit: 'working-day',
  values: [
    { from: '2026-01-01', value: 5, basis: 'R72', example: true },
    { from: '2020-01-01', value: 7, basis: 'R53' },
  ],
}

const on = (day: string) => valueOn(limit, Temporal.PlainDate.from(day))

test('the value is the one in force on the day of the fact, whatever the order of the table', () => {
  assert.deepEqual(on('2025-12-31'), { value: 7, basis: 'R53', from: '2020-01-01', example: false })
  assert.deepEqual(on('2026-01-01'), { value: 5, basis: 'R72', from: '2026-01-01', example: true })
})

test('a day before the first version is a fault of the table', () => {
  assert.throws(() => on('2019-12-31'), RangeError)
})
