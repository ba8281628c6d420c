import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import { betaBelow, betaPoint, logGamma } from './beta.ts'
import { cohenKappa } from './kappa.ts'
import { exactShare, rateRatio, spreadOf } from './rate-ratio.ts'

const near = (actual: number | null | undefined, expected: number, by: number) =>
  assert.ok(actual != null && Math.abs(actual - expected) <= by, `${actual} is not ${expected}`)

// Newcombe 1998, table I, method 5.
for (const [x, n, low, high] of [
  [81, 263, '0.2527', '0.3676'],
  [15, 148, '0.0578', '0.1617'],
  [0, 20, '0.0000', '0.1684'],
  [1, 29, '0.0009', '0.1776'],
] as const) {
  test(`the exact interval of ${x} of ${n} is ${low} to ${high}`, () => {
    const interval = exactShare(x, n)
    assert.deepEqual([interval.low.toFixed(4), interval.high.toFixed(4)], [low, high])
  })
}

test('the ratio of 41 in 28,010 to 15 in 19,017 person-years is 1.86, exact 1.01 to 3.61 (breast cancer and X-rays)', () => {
  const result = rateRatio({ count: 15, exposure: 19_017 }, { count: 41, exposure: 28_010 })
  near(result?.ratio, 1.86, 0.005)
  near(result?.interval.low, 1.01, 0.005)
  near(result?.interval.high, 3.61, 0.005)
})

test('the ratio of 11 in 800 to 21 in 3,011 is 1.971, exact 0.858 to 4.277 (the example of R’s poisson.test)', () => {
  const result = rateRatio({ count: 21, exposure: 3011 }, { count: 11, exposure: 800 })
  near(result?.ratio, 1.971488, 1e-6)
  near(result?.interval.low, 0.8584264, 1e-6)
  near(result?.interval.high, 4.277266, 1e-6)
})

test('the log of the gamma function and the beta distribution agree with what can be written down', () => {
  near(logGamma(1), 0, 1e-12)
  near(logGamma(6), Math.log(120), 1e-12)
  near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-12)
  near(betaBelow(0.3, 1, 1), 0.3, 1e-12)
  near(betaBelow(0.3, 2, 1), 0.09, 1e-12)
  near(betaBelow(0.7, 1, 4), 1 - 0.3 ** 4, 1e-12)
  near(betaPoint(0.5, 50, 50), 0.5, 1e-9)
  assert.throws(() => logGamma(0), RangeError)
})

test('an exact interval holds its share and turns over with it; so does a ratio', () => {
  const random = randomFrom(19)
  for (let run = 0; run < 200; run += 1) {
    const [x, y] = [Math.floor(random() * 60), 1 + Math.floor(random() * 60)]
    const { low, high } = exactShare(x, x + y)
    assert.ok(low <= x / (x + y) && x / (x + y) <= high)
    near(exactShare(y, x + y).low, 1 - high, 1e-9)
    const [one, two] = [
      { count: x + 1, exposure: 1000 },
      { count: y, exposure: 700 },
    ]
    const [there, back] = [rateRatio(one, two), rateRatio(two, one)]
    assert.ok(there && back)
    near(there.interval.low * back.interval.high, 1, 1e-6)
    const wider = rateRatio(one, two, 2)
    assert.ok(wider && wider.interval.high > there.interval.high && wider.interval.low < there.interval.low)
  }
})

test('without events or without exposure there is no ratio; without earlier events no upper end', () => {
  assert.equal(rateRatio({ count: 0, exposure: 10 }, { count: 0, exposure: 10 }), null)
  assert.equal(rateRatio({ count: 3, exposure: 0 }, { count: 2, exposure: 10 }), null)
  const rise = rateRatio({ count: 0, exposure: 10 }, { count: 5, exposure: 10 })
  assert.deepEqual([rise?.ratio, rise?.interval.high], [null, Number.POSITIVE_INFINITY])
  assert.throws(() => rateRatio({ count: -1, exposure: 1 }, { count: 1, exposure: 1 }), RangeError)
})

test('counts that scatter by chance have spread 1, counts that come in heaps more', () => {
  const months = (...counts: number[]) => counts.map((count) => ({ count, exposure: 100 }))
  assert.equal(spreadOf([months(10, 10, 10)]), 1)
  assert.equal(spreadOf([months(0, 30, 0)]), 30)
  assert.equal(spreadOf([months(7)]), 1)
  assert.equal(spreadOf([months(0, 0), []]), 1)
})

test('Cohen 1960: three judges’ categories of 200 patients agree with kappa 0.492', () => {
  const result = cohenKappa([
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ])
  assert.deepEqual([result.n, result.observed, result.kappa?.toFixed(3)], [200, 0.7, '0.492'])
})

test('Fleiss 1981: 100 diagnoses agree with kappa 0.676, standard error 0.088', () => {
  const result = cohenKappa([
    [75, 1, 4],
    [5, 4, 1],
    [0, 0, 10],
  ])
  near(result.kappa, 0.676, 0.0005)
  const { low, high } = result.interval ?? { low: 0, high: 0 }
  near((high - low) / 2 / 1.96, 0.088, 0.0005)
})

test('20, 5, 10 and 15 proposals read twice agree with kappa 0.4', () => {
  near(
    cohenKappa([
      [20, 5],
      [10, 15],
    ]).kappa,
    0.4,
    1e-12,
  )
})

test('kappa: nothing read, one category only, complete agreement, complete disagreement', () => {
  assert.deepEqual(
    cohenKappa([
      [0, 0],
      [0, 0],
    ]),
    { n: 0, observed: null, kappa: null, interval: null },
  )
  assert.equal(
    cohenKappa([
      [10, 0],
      [0, 0],
    ]).kappa,
    null,
  )
  const whole = cohenKappa([
    [2, 0],
    [0, 1],
  ])
  assert.equal(whole.kappa, 1)
  assert.ok(whole.interval && whole.interval.low < 0.1 && whole.interval.high === 1)
  assert.equal(
    cohenKappa([
      [0, 5],
      [5, 0],
    ]).kappa,
    -1,
  )
  assert.throws(() => cohenKappa([[1, 2]]), RangeError)
})

test('kappa does not change when the coders or the categories change places', () => {
  const random = randomFrom(6)
  for (let run = 0; run < 200; run += 1) {
    const [a, b, c, d] = Array.from({ length: 4 }, () => 1 + Math.floor(random() * 30)) as [
      number,
      number,
      number,
      number,
    ]
    const value = cohenKappa([
      [a, b],
      [c, d],
    ])
    for (const same of [
      [
        [a, c],
        [b, d],
      ],
      [
        [d, c],
        [b, a],
      ],
    ])
      near(cohenKappa(same).kappa, value.kappa ?? 9, 1e-12)
    assert.ok(value.interval && value.kappa !== null)
    assert.ok(value.interval.low <= value.kappa && value.kappa <= value.interval.high)
  }
})
