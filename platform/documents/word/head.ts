import { AlignmentType, BorderStyle, type Paragraph } from 'docx'
import { emptyLine, lines, pitch, run, twips, twoEnds } from './faces.ts'
import type { PrintedOfficial } from './printed.ts'

const red = 'D7000F'
const areaInPoints = (156 / 25.4) * 72

/** 密级, the red mark, the number line over the red line, the title, to whom. */
export function headParagraphs(document: PrintedOfficial): Paragraph[] {
  const confidential = [document.secrecy, document.urgency].filter((text) => text !== undefined)
  return [
    ...confidential.map((text) => lines([run(text, { face: 'hei' })])),
    mark(document, twips(35) - confidential.length * pitch),
    ...numberLines(document),
    emptyLine(),
    ...(document.layout === 'letter' ? [...document.title.map(titleLine), emptyLine()] : []),
    ...(document.to.length > 0 ? [lines([run(`${document.to.join('、')}：`)])] : []),
  ]
}

/** Too long for the line it is made narrow, and beyond that smaller, as in the PDF. */
function mark({ mark: text, layout }: PrintedOfficial, before: number): Paragraph {
  const points = layout === 'minutes' ? 38 : 42
  const share = Math.min(1, areaInPoints / ([...text].length * points * 1.08))
  const size = Math.floor(points * Math.min(1, share / 0.75) * 2)
  const scale = Math.floor(Math.max(share, Math.min(share / 0.75, 0.75)) * 100)
  const face = run(text, { face: 'biaosong', size, colour: red, scale: Math.min(scale, 100), squeezed: false })
  const after = layout === 'minutes' ? pitch : 2 * pitch
  return lines([face], { alignment: AlignmentType.CENTER, spacing: { line: 20 * points * 1.2, before, after } })
}

const redLine = { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: 11 } }

function numberLines(document: PrintedOfficial): Paragraph[] {
  const { number, signers, office, date } = document
  if (document.layout === 'minutes') {
    return [
      lines([run(number)], { alignment: AlignmentType.CENTER }),
      twoEnds(office ?? '', [run(date ?? '')], { border: redLine }),
    ]
  }
  if (signers.length === 0) return [lines([run(number)], { alignment: AlignmentType.CENTER, border: redLine })]
  const rows = rowsOf(signers)
  return rows.map((row, i) => {
    const last = i === rows.length - 1
    const label = i === 0 ? '签发人：' : '　　　　'
    const names = [run(label), run(row.join('　'), { face: 'kai' })]
    return twoEnds(last ? number : '', names, { border: last ? redLine : undefined })
  })
}

function rowsOf(names: readonly string[]): string[][] {
  const each = names.every((name) => [...name].length <= 4) ? 2 : 1
  return names.flatMap((_, i) => (i % each === 0 ? [names.slice(i, i + each)] : []))
}

export function titleLine(text: string): Paragraph {
  const face = run(text, { face: 'biaosong', size: 44, squeezed: false })
  return lines([face], { alignment: AlignmentType.CENTER, keepNext: true, outlineLevel: 0 })
}
