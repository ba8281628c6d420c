import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import { type Agreed, agreementOf, type Coding } from './agreement.ts'
import { type StyleTag, styleTags } from './lists.ts'

const day = Temporal.PlainDate.from('2026-04-01')

/** Cases in which both, only the first, only the second coder, or neither marked 冷. */
function cold(both: number, first: number, second: number, neither: number): Coding<StyleTag>[] {
  const rows: [number, StyleTag[], StyleTag[]][] = [
    [both, ['cold'], ['cold']],
    [first, ['cold'], []],
    [second, [], ['cold']],
    [neither, [], []],
  ]
  return rows.flatMap(([times, one, other]) =>
    Array.from({ length: times }, (_, place) => ({ caseId: `${one}|${other}|${place}`, first: one, second: other })),
  )
}

const kappa = (agreed: Agreed) => (agreed.said === 'kappa' ? agreed.kappa.toFixed(3) : agreed.said)

test('20 and 15 of 50 cases read alike, 5 and 10 not: kappa 0.4 with the interval 0.15 to 0.65', () => {
  const { labels } = agreementOf(styleTags, cold(20, 5, 10, 15), day)
  assert.equal(kappa(labels.cold), '0.400')
  assert.ok(labels.cold.said === 'kappa')
  assert.deepEqual(
    [labels.cold.n, labels.cold.observed, labels.cold.interval.low.toFixed(2), labels.cold.interval.high.toFixed(2)],
    [50, 0.7, '0.15', '0.65'],
  )
})

test('over one label the interval left by leaving out cases is that of the formula, nearly', () => {
  const codings = cold(20, 5, 10, 15)
  const { overall, labels } = agreementOf(['cold'], codings, day)
  assert.ok(overall.said === 'kappa' && labels.cold.said === 'kappa')
  assert.equal(overall.kappa, labels.cold.kappa)
  assert.ok(Math.abs(overall.interval.low - labels.cold.interval.low) < 0.02)
})

test('under thirty cases no coefficient is given, and it says how many are missing', () => {
  const { overall, labels, disagreements } = agreementOf(styleTags, cold(20, 5, 4, 0), day)
  assert.deepEqual([overall, labels.cold], Array(2).fill({ said: 'too-few', n: 29, least: 30 }))
  assert.equal(disagreements.length, 9)
  assert.equal(kappa(agreementOf(styleTags, cold(20, 5, 5, 0), day).labels.cold), '-0.200')
})

test('a word that neither ever used tells nothing, though they agree in every case', () => {
  const { labels, overall } = agreementOf(styleTags, cold(0, 0, 0, 40), day)
  assert.deepEqual(labels.stalling, { said: 'one-sided', n: 40, observed: 1 })
  assert.deepEqual(overall, { said: 'one-sided', n: 40, observed: 1 })
})

test('complete agreement has a lower end that depends on the number of cases', () => {
  const low = (n: number) => {
    const { overall } = agreementOf(['cold'], cold(n / 2, 0, 0, n / 2), day)
    assert.ok(overall.said === 'kappa' && overall.kappa === 1 && overall.interval.high === 1)
    return overall.interval.low
  }
  assert.ok(low(30) < low(300) && low(30) < 0.8)
})

test('each disagreement is named with the words only one of them used', () => {
  const { disagreements } = agreementOf(
    styleTags,
    [
      { caseId: 'a', first: ['cold', 'harsh'], second: ['cold', 'stalling'] },
      { caseId: 'b', first: ['cold'], second: ['cold'] },
    ],
    day,
  )
  assert.deepEqual(disagreements, [{ caseId: 'a', onlyFirst: ['harsh'], onlySecond: ['stalling'] }])
})

test('coders who guess agree by chance only: the interval holds 0 in about 95 of 100 trials', () => {
  const random = randomFrom(60)
  let held = 0
  for (let run = 0; run < 300; run += 1) {
    const guess = () => styleTags.filter(() => random() < 0.3)
    const codings = Array.from({ length: 60 }, (_, place) => ({ caseId: `${place}`, first: guess(), second: guess() }))
    const { overall } = agreementOf(styleTags, codings, day)
    if (overall.said === 'kappa' && overall.interval.low <= 0 && overall.interval.high >= 0) held += 1
  }
  assert.ok(held >= 270 && held <= 297, `${held} of 300`)
})
