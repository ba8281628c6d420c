import type { Compared, ComparedRow } from '../data/official.ts'
import type { TableBlock } from './block.ts'

/**
 * 「比上月（24件）减少3件，比上年同月（19件）增加2件」. Counts of a month are small, so the base is said and no per cent,
 * which would make three cases more look like a landslide.
 */
export function comparison({ now, lastMonth, lastYear }: Compared, unit: string): string {
  const parts = [against('上月', now, lastMonth, unit), against('上年同月', now, lastYear, unit)]
  return parts.filter(Boolean).join('，')
}

function against(name: string, now: number, before: number | undefined, unit: string): string | undefined {
  if (before === undefined) return undefined
  if (now === before) return `与${name}持平`
  return `比${name}（${before}${unit}）${now > before ? '增加' : '减少'}${Math.abs(now - before)}${unit}`
}

export const comparedColumns = ['本月', '上月', '增减', '上年同月', '增减']

export function comparedCells({ now, lastMonth, lastYear }: Compared): string[] {
  return [count(now), count(lastMonth), change(now, lastMonth), count(lastYear), change(now, lastYear)]
}

function count(n: number | undefined): string {
  return n === undefined ? '—' : String(n)
}

function change(now: number, before: number | undefined): string {
  if (before === undefined) return '—'
  if (now === before) return '持平'
  return now > before ? `+${now - before}` : `−${before - now}`
}

/** Several breakdowns of the same cases in one table, each with its name in the first column. */
export function comparedTable(caption: string, groups: { name: string; rows: ComparedRow[] }[]): TableBlock {
  return {
    kind: 'table',
    caption,
    columns: ['分类', '项目', ...comparedColumns],
    rows: groups.flatMap(({ name, rows }) =>
      rows.map((row, i) => [i === 0 ? name : '', row.name, ...comparedCells(row)]),
    ),
    widths: [15, 30, 11, 11, 11, 13, 11],
    centred: [0, 2, 3, 4, 5, 6],
    grouped: true,
  }
}
