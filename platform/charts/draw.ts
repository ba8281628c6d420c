import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { barsOption } from './bars.ts'
import type { Chart } from './chart.ts'
import { trendOption } from './trend.ts'

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer])

/**
 * The same chart always gives the same text: the library counts through the process in the names it gives, so these are
 * evened out, and what only a pointer over a screen would need is left away.
 */
export function drawChart(chart: Chart): string {
  const { option, height } = chart.kind === 'bars' ? barsOption(chart) : trendOption(chart)
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: 640, height })
  try {
    drawing.setOption({ ...common, ...option } satisfies EChartsCoreOption)
    return drawing
      .renderToSVGString()
      .replace(/ class="zr[^"]*"| ecmeta_\w+="[^"]*"|<style\b.*?<\/style>/gs, '')
      .replace(/\bzr\d+-/g, 'zr-')
  } finally {
    drawing.dispose()
  }
}

const common = { animation: false, textStyle: { fontFamily: 'Noto Sans SC', fontSize: 13, color: '#222' } }
