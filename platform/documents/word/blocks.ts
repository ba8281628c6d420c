import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { chartParagraphs } from './chart.ts'
import { character, emptyLine, lines, run, small, twips } from './faces.ts'
import type { PrintedBlock } from './printed.ts'

const faces = ['hei', 'kai', 'song'] as const
const indented = { firstLineChars: 200, firstLine: 2 * character }

/** `keepNext`: goes with what follows. */
export function blockChildren(block: PrintedBlock, keepNext = false): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [heading(block)]
    case 'text':
      return [
        lines([...(block.lead ? [run(block.lead, { face: 'kai' })] : []), run(block.text)], {
          alignment: AlignmentType.BOTH,
          indent: indented,
          keepNext,
        }),
      ]
    case 'gap':
      return [emptyLine()]
    case 'attendance':
      return [labelled(block.label, block.text)]
    case 'table':
      return tableChildren(block)
    case 'chart':
      return chartParagraphs(block)
  }
}

function heading({ level, text }: Extract<PrintedBlock, { kind: 'heading' }>): Paragraph {
  const face = run(text, { face: faces[level - 1] })
  return lines([face], { indent: indented, keepNext: true, outlineLevel: level })
}

/** The label takes six characters, the text hangs beside it. */
function labelled(label: string, text: string): Paragraph {
  return lines([run(`${label}：`.padEnd(6, '　'), { face: 'hei' }), run(text)], {
    indent: { left: 8 * character, hanging: 6 * character },
  })
}

type TableBlock = Extract<PrintedBlock, { kind: 'table' }>

const hair = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const borders = { top: hair, bottom: hair, left: hair, right: hair }

function tableChildren(block: TableBlock): (Paragraph | Table)[] {
  const { caption, columns, rows, note } = block
  const area = twips(156)
  const shares = block.widths.reduce((sum, share) => sum + share, 0)
  const widths = block.widths.map((share) => Math.round((share / shares) * area))
  const head = columns.map((name, i) => cell(name, widths[i]!, true, true))
  return [
    ...(caption ? [small(caption, 'hei', 24, true)] : []),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: area, type: WidthType.DXA },
      columnWidths: widths,
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: head }),
        ...rows.map((row, n) => new TableRow({ cantSplit: true, children: cells(block, row, n, widths) })),
      ],
    }),
    ...(note ? [small(note, 'song', 21, false)] : []),
  ]
}

function cells(block: TableBlock, row: string[], n: number, widths: number[]): TableCell[] {
  const spanned = block.grouped === true && row[0] === '' && n > 0
  return row.flatMap((text, i) => {
    if (i === 0 && spanned) return []
    const rowSpan = i === 0 && block.grouped ? span(block.rows, n) : undefined
    return [cell(text, widths[i]!, block.centred.includes(i), false, rowSpan)]
  })
}

/** How many rows belong to the one at `n`: those below it whose first cell is empty. */
function span(rows: string[][], n: number): number {
  const next = rows.findIndex((row, i) => i > n && row[0] !== '')
  return (next < 0 ? rows.length : next) - n
}

function cell(text: string, width: number, centred: boolean, head: boolean, rowSpan?: number): TableCell {
  const alignment = centred ? AlignmentType.CENTER : AlignmentType.LEFT
  const words = run(text, { face: head ? 'hei' : 'song', size: 24, squeezed: false })
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders,
    rowSpan,
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 60, bottom: 60, left: 80, right: 80 },
    children: [new Paragraph({ alignment, spacing: { line: 320, lineRule: LineRuleType.EXACT }, children: [words] })],
  })
}
