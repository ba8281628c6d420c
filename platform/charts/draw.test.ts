import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bars, MonthlyTrend } from './chart.ts'
import { drawChart } from './draw.ts'

const trend: MonthlyTrend = {
  kind: 'monthly-trend',
  months: ['26年1月', '26年2月', '26年3月', '26年4月', '26年5月'],
  lines: [
    {
      name: '每千件',
      values: [2, 1.5, null, 1, 0.8],
      band: { low: [1, 0.8, null, 0.4, 0.3], high: [9, 8.5, null, 8, 7] },
    },
    { name: '认定', values: [1, 1, 0, 1, 0] },
  ],
  unit: '件',
  since: { index: 1, text: '实行例会制度' },
}
const bars: Bars = {
  kind: 'bars',
  names: ['青山路派出所', '𬭎㛃䶮经济技术开发区综合受理大厅派出所', '<script>alert(1)</script>'],
  series: [{ name: '反映', values: [3, 2, 0] }],
  unit: '件',
}

test('the same chart is the same text, whatever was drawn before', () => {
  const first = drawChart(trend)
  drawChart(bars)
  assert.equal(drawChart(trend), first)
})

test('a trend shows its lines, the start of the institution, and a shade for each stretch without a gap', () => {
  const svg = drawChart(trend)
  for (const words of ['每千件', '认定', '实行例会制度', '26年5月']) assert.ok(svg.includes(words), words)
  assert.equal(svg.match(/fill-opacity="0.18"|opacity="0.18"/g)?.length, 2)
})

test('the axis reaches past the top of the interval, not only of the line', () => {
  const labels = [...drawChart(trend).matchAll(/>(\d+)<\/text>/g)].map(([, n]) => Number(n))
  assert.ok(Math.max(...labels) >= 9.9)
})

test('bars have a name and a number each; a long name is shortened and markup stays text', () => {
  const svg = drawChart(bars)
  assert.ok(svg.includes('𬭎㛃䶮经济技术开发区综…'))
  assert.ok(!svg.includes('<script>'))
})
