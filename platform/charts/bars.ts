import type { Bars } from './chart.ts'
import { axisLine, colours, quiet } from './look.ts'

const longest = 12

/** Horizontal bars, the first name at the top, each with its number at its end. */
export function barsOption({ names, series, unit }: Bars) {
  return {
    height: 70 + names.length * (series.length * 13 + 12),
    option: {
      color: colours,
      grid: { left: 8, right: 40, top: 36, bottom: 26, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: { top: 0, left: 'center', itemWidth: 22, itemHeight: 10 },
      xAxis: { type: 'value', name: unit, minInterval: 1, splitLine: quiet, axisLine, axisLabel: { color: '#222' } },
      yAxis: {
        type: 'category',
        data: names.map(shortened),
        inverse: true,
        axisLine,
        axisTick: { show: false },
        axisLabel: { color: '#222', interval: 0 },
      },
      series: series.map(({ name, values }) => ({
        name,
        type: 'bar',
        data: values,
        barMaxWidth: 11,
        barGap: '15%',
        label: { show: true, position: 'right', fontSize: 11, color: '#222' },
      })),
    },
  }
}

/** The full name is in the table beside the chart. */
function shortened(name: string): string {
  const chars = [...name]
  return chars.length > longest ? `${chars.slice(0, longest - 1).join('')}…` : name
}
