import type { Parameter } from '../parameter.ts'

/** A lead indicator that rises this many months running puts a unit on the early-warning list (R135). */
export const monthsRunning: Parameter<number> = {
  description: {
    zh: '预警指标连续上升多少个月列入预警名单',
    en: 'Months running in which a lead indicator rises before a unit is listed',
  },
  unit: 'month',
  values: [{ from: '2013-01-01', value: 2, basis: 'R135' }],
}

/** Below this count in the last month a rise is chance, not a warning. */
export const leastForWarning: Parameter<number> = {
  description: {
    zh: '最近一个月达到多少件才视为上升趋势',
    en: 'Count in the last month from which a rise is taken for a trend',
  },
  unit: 'count',
  values: [{ from: '2013-01-01', value: 3, basis: 'R135, design', example: true }],
}

/** A share counted from fewer cases than this is shown with the remark that it says little. */
export const smallSample: Parameter<number> = {
  description: { zh: '样本少于多少时提示比例仅供参考', en: 'Cases below which a share is marked as telling little' },
  unit: 'count',
  values: [{ from: '2013-01-01', value: 30, basis: 'design', example: true }],
}
