import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rate, type TrendMonth } from '#modules/figures/index.ts'
import { rateFinding, trendFinding, unitsFinding } from './findings.ts'
import { readPeriod } from './request.ts'
import { figureWords } from './words.ts'

const day = Temporal.PlainDate.from('2026-11-20')

test('a rate of nothing is no rate, of few cases no percentage, of many a percentage with its interval', () => {
  const said = (x: number, n: number) => rateFinding(rate(x, n), figureWords('zh').counter.onTime, 'zh', day)
  assert.equal(said(0, 0), '本期没有办结的办件，没有按时办结率。')
  assert.equal(said(28, 29), '本期仅办结 29 件，其中 28 件按时；样本小，比例仅供参考。')
  assert.equal(said(26, 30), '本期办结 30 件，26 件按时，按时办结率 86.7%（95% 置信区间 70.3–94.7%）。')
})

const month = (text: string, x: number, n: number) =>
  ({ month: Temporal.PlainYearMonth.from(text), onTime: rate(x, n) }) as unknown as TrendMonth

test('two months are called different only where chance does not explain it; the running month is left out', () => {
  const said = (...months: TrendMonth[]) => trendFinding([...months, month('2026-11', 1, 1)], 'en')
  assert.match(said(month('2026-09', 90, 100), month('2026-10', 93, 100)), /may be chance/)
  assert.match(
    said(month('2026-09', 500, 1000), month('2026-10', 600, 1000)),
    /more than the 50\.0% of Sep 2026; more than chance/,
  )
  assert.match(said(month('2026-09', 600, 1000), month('2026-10', 500, 1000)), /less than the 60\.0%/)
  assert.match(said(month('2026-09', 0, 0), month('2026-10', 5, 5)), /too few/)
})

test('units are put in an order only where their intervals stand apart', () => {
  const units = (x: number) => [
    { name: '甲', rate: rate(900, 1000) },
    { name: '乙', rate: rate(x, 1000) },
  ]
  assert.match(unitsFinding(units(905), 'zh'), /在 90\.0% 与 90\.5% 之间，.*不足以排出先后/)
  assert.match(unitsFinding(units(950), 'zh'), /乙最高（95\.0%），甲最低（90\.0%），差别超出偶然/)
  assert.doesNotMatch(unitsFinding([{ name: '甲', rate: rate(1, 2) }], 'zh'), /最高/)
})

test('a period is this month unless the address says another; days are read as people write them, the last one included', () => {
  const read = (query: Parameters<typeof readPeriod>[0]) => {
    const { period, name, errors } = readPeriod(query, day)
    return [period.from.toString(), period.until.toString(), name, errors]
  }
  assert.deepEqual(read({}), ['2026-11-01', '2026-12-01', 'month', {}])
  assert.deepEqual(read({ period: 'last_month' }), ['2026-10-01', '2026-11-01', 'last_month', {}])
  assert.deepEqual(read({ period: 'quarter' }), ['2026-10-01', '2027-01-01', 'quarter', {}])
  assert.deepEqual(read({ period: 'year' }), ['2026-01-01', '2027-01-01', 'year', {}])
  assert.deepEqual(read({ from: '20260901', until: '2026年10月31日' }), ['2026-09-01', '2026-11-01', null, {}])
  assert.deepEqual(read({ from: '11-05' }), ['2026-11-05', '2026-11-21', null, {}])
  assert.deepEqual(read({ from: '2026-13-01' }), ['2026-11-01', '2026-12-01', 'month', { from: 'malformed' }])
  assert.deepEqual(read({ from: '2026-10-05', until: '2026-10-04' })[3], { until: 'order' })
})
