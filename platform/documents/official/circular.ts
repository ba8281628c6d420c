import type { Annex, Circular, CircularPart } from '../data/official.ts'
import { sentence } from '../written.ts'
import { type Block, headings, type OfficialDocument, type TableBlock, text } from './block.ts'
import { letterHead } from './head.ts'

/** 通报: whatever its occasion, an opening, numbered parts, tables behind. */
export function circularDocument(circular: Circular): OfficialDocument {
  const { head, contact } = circular
  const heading = headings()
  const contactNote = contact && `联系人：${contact.name}${contact.phone ? `，电话：${contact.phone}` : ''}`
  return {
    ...letterHead(head),
    body: [
      ...circular.opening.map((words) => text(sentence(words))),
      ...circular.parts.flatMap((part) => partBlocks(part, 1, heading)),
      ...(circular.closing ?? []).map((words) => text(sentence(words))),
    ],
    annexes: circular.annexes.map((annex) => ({ title: annex.title, blocks: [annexTable(annex)] })),
    note: [head.note, contactNote].filter(Boolean).join('；') || undefined,
  }
}

type Level = 1 | 2 | 3

function partBlocks(part: CircularPart, level: Level, heading: ReturnType<typeof headings>): Block[] {
  const below = Math.min(level + 1, 3) as Level
  return [
    heading(level, part.heading),
    ...part.text.map((words) => text(sentence(words))),
    ...(part.parts ?? []).flatMap((inner) => partBlocks(inner, below, heading)),
  ]
}

/** Without widths all columns are equal; without `centred` the first is, as it usually counts. */
function annexTable({ columns, rows, widths, centred, note }: Annex): TableBlock {
  return {
    kind: 'table',
    columns,
    rows: rows.length > 0 ? rows : [['无', ...columns.slice(1).map(() => '')]],
    widths: widths ?? columns.map(() => 1),
    centred: centred ?? [0],
    note,
  }
}
