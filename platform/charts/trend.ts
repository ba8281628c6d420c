import type { MonthlyTrend } from './chart.ts'
import { axisLine, colours, dashes, quiet } from './look.ts'

type Line = MonthlyTrend['lines'][number]

/** Lines over months with the interval around each as a shade, and the start of an institution as an upright line. */
export function trendOption({ months, lines, unit, since }: MonthlyTrend) {
  return {
    height: 300,
    option: {
      grid: { left: 52, right: 24, top: 58, bottom: 44 },
      legend: { top: 0, left: 'center', itemWidth: 34, itemHeight: 10, data: lines.map(({ name }) => ({ name })) },
      xAxis: {
        type: 'category',
        data: months,
        boundaryGap: true,
        axisLine,
        axisTick: { alignWithLabel: true },
        axisLabel: { hideOverlap: true, color: '#222' },
      },
      yAxis: {
        type: 'value',
        name: unit,
        min: 0,
        max: highest(lines),
        splitLine: quiet,
        axisLine,
        axisLabel: { color: '#222' },
      },
      series: lines.flatMap((line, i) => [...shade(line, i), drawn(line, i, i === 0 ? since : undefined)]),
    },
  }
}

/** The library looks at the lines alone and would cut the shade off; a rounded top leaves room for the upright line's words. */
function highest(lines: readonly Line[]): number {
  const values = lines.flatMap(({ values, band }) => [...values, ...(band?.high ?? [])]).map((value) => value ?? 0)
  const top = Math.max(...values, 1) * 1.1
  const step = 10 ** Math.floor(Math.log10(top)) / 2
  return Math.ceil(top / step) * step
}

function drawn({ name, values }: Line, i: number, since: MonthlyTrend['since']) {
  return {
    name,
    type: 'line',
    data: values,
    symbol: i === 0 ? 'circle' : 'rect',
    symbolSize: 6,
    itemStyle: { color: colours[i % colours.length] },
    lineStyle: { width: 2, type: dashes[i % dashes.length] },
    markLine: since && {
      silent: true,
      symbol: 'none',
      lineStyle: { color: '#444', type: 'dashed', width: 1 },
      label: { formatter: since.text, position: 'insideEndTop', rotate: 0, color: '#222' },
      data: [{ xAxis: since.index }],
    },
  }
}

/** One polygon for each stretch of months without a gap. */
function shade({ band }: Line, i: number) {
  if (!band) return []
  return stretches(band.low).map((stretch) => ({
    type: 'custom',
    silent: true,
    data: [[stretch[0]!, 0]],
    z: 1,
    renderItem: (_: unknown, api: { coord(point: number[]): number[] }) => ({
      type: 'polygon',
      shape: {
        points: [
          ...stretch.map((month) => api.coord([month, band.high[month]!])),
          ...stretch.toReversed().map((month) => api.coord([month, band.low[month]!])),
        ],
      },
      style: { fill: colours[i % colours.length], opacity: 0.18 },
    }),
  }))
}

function stretches(values: readonly (number | null)[]): number[][] {
  const found: number[][] = []
  values.forEach((value, i) => {
    if (value === null) return
    const last = found.at(-1)
    if (last?.at(-1) === i - 1) last.push(i)
    else found.push([i])
  })
  return found
}
