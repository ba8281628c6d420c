import {
  BorderStyle,
  type Paragraph,
  RelativeHorizontalPosition,
  RelativeVerticalPosition,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  WidthType,
} from 'docx'
import { character, emptyLine, lines, run, tab, twips, widthOf } from './faces.ts'
import type { PrintedOfficial } from './printed.ts'

/** 附件说明: the names of what stands behind. */
export function annexList({ annexes }: PrintedOfficial): Paragraph[] {
  if (annexes.length === 0) return []
  const several = annexes.length > 1
  const name = (title: string, i: number) => `${i === 0 ? '附件：' : '　　　'}${several ? `${i + 1}. ` : ''}${title}`
  const indent = { left: (several ? 6 : 5) * character, hanging: (several ? 4 : 3) * character }
  return [
    emptyLine({ keepNext: true }),
    ...annexes.map(({ title }, i) => lines([run(name(title, i))], { indent, keepNext: true })),
  ]
}

/** 署名 and 成文日期: with a seal centred over each other four characters in, without one from the date's start. */
export function signature({ signature: it }: PrintedOfficial): Paragraph[] {
  if (!it) return []
  const [name, date] = [widthOf(it.by), widthOf(it.date)]
  const dateIn = it.sealed ? Math.max(4, 4 + (name - date) / 2) : 2
  const nameIn = it.sealed ? Math.max(4, 4 + (date - name) / 2) : Math.max(2, dateIn + date + 2 - name)
  const right = (text: string, characters: number) =>
    lines([run(text)], { alignment: 'right', indent: { right: Math.round(characters * character) }, keepNext: true })
  return [
    ...Array.from({ length: it.sealed ? 3 : 2 }, () => emptyLine({ keepNext: true })),
    right(it.by, nameIn),
    right(it.date, dateIn),
  ]
}

/** The chair and the recorder of minutes. */
export function signatures({ signatures: all }: PrintedOfficial): Paragraph[] {
  if (all.length === 0) return []
  const tabStops = [{ type: TabStopType.RIGHT, position: twips(156) }]
  const line = ({ role, name, at }: (typeof all)[number]) =>
    lines([run(`${role}签名：${at ? name : '＿＿＿＿＿＿'}`), tab(), run(at ?? '　　　　年　　月　　日')], {
      indent: { left: 2 * character },
      tabStops,
    })
  return [emptyLine(), ...all.map(line)]
}

export function note({ note: text }: PrintedOfficial): Paragraph[] {
  return text ? [lines([run(`（${text}）`)], { indent: { left: 2 * character } })] : []
}

const thick = { style: BorderStyle.SINGLE, size: 8, color: '000000' }
const thin = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
const none = { style: BorderStyle.NIL, size: 0, color: 'auto' }

/** 版记, held at the foot of the last page. Whether that is an even one only Word knows: whoever edits last sees to it. */
export function imprint({ imprint: it }: PrintedOfficial): Table {
  const copies = it.copiesTo.length > 0
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(156), type: WidthType.DXA },
    columnWidths: [twips(156)],
    float: {
      horizontalAnchor: TableAnchorType.MARGIN,
      verticalAnchor: TableAnchorType.MARGIN,
      relativeHorizontalPosition: RelativeHorizontalPosition.LEFT,
      relativeVerticalPosition: RelativeVerticalPosition.BOTTOM,
    },
    rows: [
      ...(copies ? [imprintRow([run(`抄送：${it.copiesTo.join('，')}。`, style)], thick, thin)] : []),
      imprintRow([run(it.office, style), tab(), run(`${it.printedOn}印发`, style)], copies ? thin : thick, thick),
    ],
  })
}

const style = { size: 28, squeezed: false }

function imprintRow(children: ReturnType<typeof run>[], top: typeof thick, bottom: typeof thick): TableRow {
  const paragraph = lines(children, {
    spacing: { line: 440 },
    indent: { left: 280, right: 280 },
    tabStops: [{ type: TabStopType.RIGHT, position: twips(156) - 280 }],
  })
  const borders = { top, bottom, left: none, right: none }
  return new TableRow({ children: [new TableCell({ borders, margins: { left: 0, right: 0 }, children: [paragraph] })] })
}
