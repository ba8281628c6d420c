import assert from 'node:assert/strict'
import { test } from 'node:test'
import { intervalText, percentText } from './percent.ts'
import { besideLine, nonResponseBounds, share, wilson } from './share.ts'

// Newcombe 1998, table I, method 3; and 26 of 30.
const published: [x: number, n: number, low: string, high: string][] = [
  [81, 263, '0.2553', '0.3662'],
  [15, 148, '0.0624', '0.1605'],
  [0, 20, '0.0000', '0.1611'],
  [1, 29, '0.0061', '0.1718'],
  [26, 30, '0.7032', '0.9469'],
]

for (const [x, n, low, high] of published) {
  test(`the Wilson interval of ${x} of ${n} is ${low} to ${high}`, () => {
    const interval = wilson(x, n)
    assert.deepEqual([interval?.low.toFixed(4), interval?.high.toFixed(4)], [low, high])
  })
}

test('26 of 30 is shown as 70.3–94.7', () => {
  const interval = wilson(26, 30)
  assert.equal(interval && intervalText(interval, 1), '70.3–94.7')
})

test('an interval holds its share, mirrors its complement and widens with the level', () => {
  for (let n = 1; n <= 40; n += 1) {
    for (let x = 0; x <= n; x += 1) {
      const [narrow, wide, other] = [wilson(x, n, 0.9), wilson(x, n, 0.99), wilson(n - x, n, 0.9)]
      assert.ok(narrow && wide && other)
      assert.ok(narrow.low <= x / n && x / n <= narrow.high && narrow.low >= 0 && narrow.high <= 1)
      assert.ok(wide.low <= narrow.low && wide.high >= narrow.high)
      assert.ok(Math.abs(narrow.low - (1 - other.high)) < 1e-12)
    }
  }
})

test('nothing counted gives no figure, and impossible counts are a programming error', () => {
  assert.equal(wilson(0, 0), null)
  assert.deepEqual(share(0, 0), { x: 0, n: 0, share: null })
  assert.deepEqual(share(3, 4), { x: 3, n: 4, share: 0.75 })
  assert.deepEqual(nonResponseBounds({ sent: 0, answered: 0, satisfied: 0 }).bounds, null)
  for (const [x, n] of [
    [2, 1],
    [-1, 3],
    [0.5, 3],
    [Number.NaN, 3],
  ] as const)
    assert.throws(() => share(x, n), RangeError)
  assert.throws(() => nonResponseBounds({ sent: 1, answered: 2, satisfied: 0 }), RangeError)
})

test('99 % among 16,466 answers to 68,780 messages means 23.7 to 99.8 % of those asked', () => {
  const result = nonResponseBounds({ sent: 68_780, answered: 16_466, satisfied: Math.round(0.99 * 16_466) })
  assert.ok(result.bounds && result.response.share !== null && result.amongAnswered.share !== null)
  assert.equal(percentText(result.response.share, 1), '23.9')
  assert.equal(percentText(result.amongAnswered.share, 1), '99.0')
  assert.equal(intervalText(result.bounds, 1), '23.7–99.8')
})

test('when all answered the bounds are the share itself', () => {
  assert.deepEqual(nonResponseBounds({ sent: 30, answered: 30, satisfied: 27 }).bounds, { low: 0.9, high: 0.9 })
})

test('a figure is never rounded onto or across a line', () => {
  const lines = [0.9, 0.7]
  const shown = (fraction: number, decimals: number) => percentText(fraction, decimals, lines)
  assert.equal(shown(0.95, 2), '95.00')
  assert.equal(shown(0.9, 2), '90.00')
  assert.equal(shown(0.8996, 1), '89.96')
  assert.equal(shown(0.899999, 1), '89.9999')
  assert.equal(shown(0.9004, 0), '90.04')
  assert.equal(shown(0.7, 0), '70')
  assert.equal(shown(0.6999, 1), '69.99')
  assert.equal(shown(27 / 30, 1), '90.0')
  assert.equal(shown(0.85, 1), '85.0')
})

test('almost all and almost nothing are not shown as all and nothing', () => {
  assert.equal(percentText(0.99996, 1), '99.996')
  assert.equal(percentText(0.0004, 1), '0.04')
  assert.equal(percentText(0, 1), '0.0')
  assert.equal(percentText(1, 1), '100.0')
  assert.equal(percentText(0.07, 0, [0.07]), '7')
  assert.equal(percentText(0.29, 0, [0.29]), '29')
})

test('beside a line a small sample often says nothing', () => {
  assert.equal(besideLine(26, 30, 0.9), 'not-distinguishable')
  assert.equal(besideLine(10, 30, 0.7), 'below')
  assert.equal(besideLine(990, 1000, 0.9), 'above')
  assert.equal(besideLine(0, 0, 0.9), 'nothing-counted')
})
