import { type Cell, type CellStyle, writeXlsx } from 'hucre/xlsx'
import { type CellInput, type CellKind, cellText, cellValue, formats } from './cells.ts'

export type { CellInput, CellKind } from './cells.ts'

/** `width` is in characters; a Chinese character takes two. */
export type Column<Key extends string = string> = { key: Key; title: string; kind: CellKind; width: number }

export type Workbook<Key extends string = string> = {
  sheetName: string
  columns: Column<Key>[]
  rows: AsyncIterable<Partial<Record<Key, CellInput>>> | Iterable<Partial<Record<Key, CellInput>>>
  /** A line above the headings: who took the data out, when, and what it may be used for. */
  note?: string
  /** At most so many rows are written; a last line says so when there were more. */
  limit?: number
}

type Written = string | number | null

// A font without name and size is shown in some other one.
const boldFont = { name: 'Calibri', size: 11, bold: true }

const headStyle: CellStyle = {
  font: boldFont,
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F0F0F0' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}

/** An .xlsx file with one sheet: fixed headings with a filter, text that stays text, wall-clock times. */
export async function writeWorkbook<Key extends string>(workbook: Workbook<Key>): Promise<Uint8Array> {
  const { columns, note, limit = 50_000 } = workbook
  const { rows, cut } = await take(workbook, limit)
  const above: Written[][] = note ? [[cellText(note)]] : []
  const below: Written[][] = cut ? [[`（仅导出前 ${limit} 行，其余未导出；请缩小查询范围后再导出）`]] : []
  const headRow = above.length
  return writeXlsx({
    sheets: [
      {
        name: tabName(workbook.sheetName),
        columns: columns.map(({ width, kind }) => ({ width, numFmt: formats[kind] })),
        rows: [...above, columns.map(({ title }) => cellText(title)), ...rows, ...below],
        cells: textCells(columns.length, headRow, headRow + rows.length + 1, cut),
        freezePane: { rows: headRow + 1 },
        autoFilter: { range: `A${headRow + 1}:${letters(columns.length)}${headRow + 1 + rows.length}` },
      },
    ],
  })
}

async function take<Key extends string>({ columns, rows }: Workbook<Key>, limit: number) {
  const taken: Written[][] = []
  for await (const row of rows) {
    if (taken.length === limit) return { rows: taken, cut: true }
    taken.push(columns.map(({ key, kind }) => cellValue(kind, row[key])))
  }
  return { rows: taken, cut: false }
}

/** Headings, note and last line are text, whatever their column holds. */
function textCells(width: number, headRow: number, lastRow: number, cut: boolean): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>()
  for (let column = 0; column < width; column++)
    cells.set(`${headRow},${column}`, { style: { ...headStyle, numFmt: '@' } })
  if (headRow > 0) cells.set('0,0', { style: { numFmt: '@' } })
  if (cut) cells.set(`${lastRow},0`, { style: { numFmt: '@', font: boldFont } })
  return cells
}

/** Excel refuses a file whose sheet name has one of []:*?/\ or more than 31 characters. */
function tabName(name: string): string {
  return (
    cellText(name)
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim()
      .slice(0, 31)
      .toWellFormed() || '数据'
  )
}

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}
