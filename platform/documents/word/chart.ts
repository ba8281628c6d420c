import { AlignmentType, Paragraph } from 'docx'
import { ChartRun, type ChartSeries } from 'docx/charts'
import type { Bars, MonthlyTrend } from '#platform/charts/chart.ts'
import { colours } from '#platform/charts/look.ts'
import { small } from './faces.ts'
import type { PrintedBlock } from './printed.ts'

const width = 590
const colour = (i: number) => colours[i % colours.length]!.slice(1).toUpperCase()
const font = { name: '黑体' }
const chartArea = { fill: 'none', border: 'none' } as const

/** A chart of Word's own with its figures in it, so that whoever edits the report can change it. */
export function chartParagraphs({ chart, caption, says }: Extract<PrintedBlock, { kind: 'chart' }>): Paragraph[] {
  const drawn = chart.kind === 'bars' ? bars(chart, says) : trend(chart, says)
  const since = chart.kind === 'monthly-trend' && chart.since
  const under = since ? `${chart.months[since.index]}起${since.text}。` : undefined
  return [
    small(caption, 'hei', 24, true),
    new Paragraph({ alignment: AlignmentType.CENTER, children: [drawn] }),
    ...(under ? [small(under, 'song', 21, false)] : []),
  ]
}

/** Word draws no shade between two lines: the ends of the interval are thin dashed lines of the same colour. */
function trend({ months, lines, unit }: MonthlyTrend, says: string): ChartRun {
  const series = lines.flatMap(({ name, values, band }, i): ChartSeries[] => [
    {
      name,
      values,
      color: colour(i),
      markers: { shape: i === 0 ? 'circle' : 'square', size: 5 },
      line: { width: 1.75, dash: i === 0 ? 'solid' : 'dash' },
    },
    ...(band ? [edge(`${name}（区间下限）`, band.low, i), edge(`${name}（区间上限）`, band.high, i)] : []),
  ])
  return new ChartRun({
    type: 'line',
    categories: months,
    series,
    categoryAxis: { labelRotation: -45, font: { size: 8 } },
    valueAxis: { title: unit, minimum: 0 },
    legend: { position: 'top' },
    font,
    chartArea,
    transformation: { width, height: 290 },
    altText: { name: '', description: says },
  })
}

function edge(name: string, values: (number | null)[], i: number): ChartSeries {
  return { name, values, color: colour(i), markers: false, line: { width: 0.75, dash: 'shortDot', color: colour(i) } }
}

function bars({ names, series, unit }: Bars, says: string): ChartRun {
  return new ChartRun({
    type: 'bar',
    categories: names,
    series: series.map(({ name, values }, i) => ({ name, values, color: colour(i) })),
    categoryAxis: { reverseOrder: true },
    valueAxis: { title: unit, minimum: 0, crossesAt: 'maximum' },
    dataLabels: { value: true },
    legend: { position: 'top' },
    font,
    chartArea,
    transformation: { width, height: 70 + names.length * (series.length * 12 + 12) },
    altText: { name: '', description: says },
  })
}
