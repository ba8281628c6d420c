import type { Chart } from '#platform/charts/chart.ts'
import type { Imprint } from '../data/official.ts'

/**
 * An official document as it is laid out, decided once and drawn twice: by Typst and by Word. Headings carry their
 * numbers already.
 */
export type OfficialDocument = {
  layout: 'letter' | 'minutes'
  mark: string
  number: string
  signers: string[]
  secrecy?: string
  urgency?: string
  /** Minutes: the office at the left, opposite the date. */
  office?: string
  date?: Temporal.PlainDate
  title: string[]
  to: string[]
  body: Block[]
  /** Names for 附件说明, in the order of `annexes`. */
  annexes: { title: string; blocks: Block[] }[]
  signature?: { by: string; date: Temporal.PlainDate; sealed: boolean }
  /** Minutes: who signs at the end, each with the moment or an empty line. */
  signatures: { role: string; name: string; at?: Temporal.Instant }[]
  note?: string
  imprint: Imprint
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  /** `lead` is set in the heading face and runs into the text. */
  | { kind: 'text'; text: string; lead?: string }
  /** An empty line. */
  | { kind: 'gap' }
  | { kind: 'attendance'; label: string; text: string }
  | TableBlock
  | { kind: 'chart'; chart: Chart; caption: string; says: string }

export type TableBlock = {
  kind: 'table'
  caption?: string
  columns: string[]
  rows: string[][]
  /** Shares of the width, one for each column. */
  widths: number[]
  /** Columns that are centred; the others start at the left. */
  centred: number[]
  note?: string
  /** A row whose first cell is empty belongs to the one above it. */
  grouped?: boolean
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 → 一, 12 → 十二, 20 → 二十; headings never reach 100. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10)
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`
  return ten + digits[n % 10]
}

/** Headings of the three levels, counted: 一、 （一） 1. */
export function headings(): (level: 1 | 2 | 3, text: string) => Block {
  const counts = [0, 0, 0]
  return (level, text) => {
    counts[level - 1]! += 1
    counts.fill(0, level)
    const n = counts[level - 1]!
    const number = level === 1 ? `${chineseNumber(n)}、` : level === 2 ? `（${chineseNumber(n)}）` : `${n}. `
    return { kind: 'heading', level, text: number + text }
  }
}

export function text(words: string, lead?: string): Block {
  return { kind: 'text', text: words, lead }
}

/** A line that is one of several: 1. … 2. … */
export function points(items: readonly string[]): Block[] {
  return items.map((item, i) => text(items.length > 1 ? `${i + 1}. ${item}` : item))
}
