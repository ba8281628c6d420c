import { AlignmentType, Document, Footer, LineRuleType, Packer, PageNumber, Paragraph, type Table } from 'docx'
import { blockChildren } from './blocks.ts'
import { annexList, imprint, note, signature, signatures } from './end.ts'
import { emptyLine, lines, run, twips } from './faces.ts'
import { headParagraphs, titleLine } from './head.ts'
import type { PrintedOfficial } from './printed.ts'
import { sameBytes } from './same-bytes.ts'

/** The document as a .docx for editing, in the same layout. `seconds` is written into it as its making. */
export async function writeWord(official: PrintedOfficial, seconds: number): Promise<Uint8Array> {
  const document = new Document({
    title: official.title.join(''),
    creator: official.imprint.office,
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        // Without a grid: exact lines make the page, and a grid would double each title and stretch the tables.
        properties: { page },
        footers: { default: pageNumber('right'), even: pageNumber('left') },
        children: children(official),
      },
    ],
  })
  return sameBytes(await Packer.pack(document, 'uint8array'), seconds)
}

const page = {
  size: { width: twips(210), height: twips(297) },
  margin: {
    top: twips(37),
    left: twips(28),
    right: twips(26),
    bottom: twips(35),
    footer: twips(23),
    header: twips(15),
  },
}

function pageNumber(side: 'left' | 'right'): Footer {
  const words = run('', { face: 'page', size: 28, squeezed: false, children: ['— ', PageNumber.CURRENT, ' —'] })
  const alignment = side === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT
  return new Footer({ children: [lines([words], { alignment, indent: { [side]: 280 } })] })
}

function children(official: PrintedOfficial): (Paragraph | Table)[] {
  return [
    ...headParagraphs(official),
    ...official.body.flatMap((block, i) => blockChildren(block, i === official.body.length - 1)),
    ...annexList(official),
    ...signature(official),
    ...signatures(official),
    ...note(official),
    ...official.annexes.flatMap((annex, i) => annexChildren(annex, official.annexes.length > 1 ? String(i + 1) : '')),
    // Two tables without a paragraph between them would become one; the one behind holds the imprint.
    thread(),
    imprint(official),
    thread(),
  ]
}

const thread = () => new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT } })

function annexChildren({ title, blocks }: PrintedOfficial['annexes'][number], n: string): (Paragraph | Table)[] {
  return [
    lines([run(`附件${n}`, { face: 'hei' })], { pageBreakBefore: true }),
    emptyLine(),
    titleLine(title),
    emptyLine(),
    ...blocks.flatMap((block) => blockChildren(block)),
  ]
}
