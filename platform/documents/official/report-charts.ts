import type { Trend, TrendMonth } from '../data/official.ts'
import { monthText } from '../written.ts'
import type { Block } from './block.ts'

const rateIsKnown = (trend: Trend) => trend.months.some(({ rate }) => rate)

/** Counts, and the rate with its interval where the exposure is known. */
export function trendCharts(trend: Trend | undefined): Block[] {
  if (!trend || trend.months.length < 2) return []
  return [counts(trend), ...(rateIsKnown(trend) ? [rates(trend)] : [])]
}

function axis(trend: Trend) {
  const index = trend.months.findIndex(({ month }) => trend.since && month.equals(trend.since))
  return {
    months: trend.months.map(({ month }) => `${String(month.year).slice(2)}年${month.month}月`),
    since: index < 0 ? undefined : { index, text: '实行每月例会制度' },
  }
}

function counts(trend: Trend): Block {
  const lines = [
    { name: '群众反映', values: trend.months.map(({ alleged }) => alleged) },
    { name: '经认定', values: trend.months.map(({ confirmed }) => confirmed) },
  ]
  return {
    kind: 'chart',
    caption: '图1　涉及“冷硬横推托”的案件（件）',
    says: said(trend, ({ alleged, confirmed }) => `反映${alleged}件、认定${confirmed}件`),
    chart: { kind: 'monthly-trend', ...axis(trend), lines, unit: '件' },
  }
}

function rates(trend: Trend): Block {
  const of = (key: 'value' | 'low' | 'high') => trend.months.map(({ rate }) => rate?.[key] ?? null)
  const line = { name: '每千件办件中经认定的案件', values: of('value'), band: { low: of('low'), high: of('high') } }
  return {
    kind: 'chart',
    caption: '图2　每千件办件中经认定的案件（阴影为95%区间）',
    says: said(trend, ({ rate }) =>
      rate ? `${rate.value.toFixed(2)}（${rate.low.toFixed(2)}至${rate.high.toFixed(2)}）` : '无数据',
    ),
    chart: { kind: 'monthly-trend', ...axis(trend), lines: [line], unit: '件/千件' },
  }
}

/** What a reader who cannot see the chart is told: every point of it. */
function said(trend: Trend, point: (month: TrendMonth) => string): string {
  return trend.months.map((month) => `${monthText(month.month)}：${point(month)}`).join('；')
}

const shown = 20

/** The units with the most cases; all of them are in the table above it. */
export function unitChart(units: readonly { name: string; now: number; responsible: number }[]): Block[] {
  const most = [...units].sort((a, b) => b.now - a.now || b.responsible - a.responsible).slice(0, shown)
  if (most.length < 2 || most[0]!.now === 0) return []
  return [
    {
      kind: 'chart',
      caption: units.length > shown ? `本月案件最多的${shown}个单位（件）` : '本月各单位案件（件）',
      says: most.map(({ name, now, responsible }) => `${name}：反映${now}件、认定有责${responsible}件`).join('；'),
      chart: {
        kind: 'bars',
        names: most.map(({ name }) => name),
        series: [
          { name: '反映', values: most.map(({ now }) => now) },
          { name: '认定有责', values: most.map(({ responsible }) => responsible) },
        ],
        unit: '件',
      },
    },
  ]
}
