/** Charts as data. Text is decided by whoever asks for one; `draw.ts` makes them SVG. */

/** Lines over months. `band` is the interval around the line of the same index; a gap in the line is null. */
export type MonthlyTrend = {
  kind: 'monthly-trend'
  /** 「1月」 or 「2026年1月」 as they stand under the axis. */
  months: string[]
  lines: { name: string; values: (number | null)[]; band?: { low: (number | null)[]; high: (number | null)[] } }[]
  unit: string
  /** A vertical line before the month of this index (R134). */
  since?: { index: number; text: string }
}

/** Horizontal bars, one group for each name, the first at the top. */
export type Bars = {
  kind: 'bars'
  names: string[]
  series: { name: string; values: number[] }[]
  unit: string
}

export type Chart = MonthlyTrend | Bars
