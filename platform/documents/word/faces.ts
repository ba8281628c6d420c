import {
  AlignmentType,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Paragraph,
  Tab,
  TabStopType,
  TextRun,
} from 'docx'

/** Word and WPS have these or put their own in their place; a free face could not be named, as it is not on those machines. */
const names = { song: '仿宋_GB2312', hei: '黑体', kai: '楷体_GB2312', biaosong: '方正小标宋简体', page: '宋体' }
export type Face = keyof typeof names

/** 22 lines of 28 characters: 579 twips exactly (580 gives 21 lines), characters 0.25 pt closer. */
export const pitch = 579
export const character = 316
export const bodySize = 32

/** Twips of `mm` millimetres. */
export function twips(mm: number): number {
  return Math.round((mm / 25.4) * 1440)
}

export type RunStyle = { face?: Face; size?: number; colour?: string; squeezed?: boolean } & Partial<IRunOptions>

export function run(
  text: string,
  { face = 'song', size = bodySize, colour, squeezed, ...more }: RunStyle = {},
): TextRun {
  const font = names[face]
  const [first, ...others] = text.split('\n')
  const options = {
    size,
    color: colour,
    characterSpacing: squeezed === false ? undefined : -5,
    font: { ascii: font, hAnsi: font, eastAsia: font, cs: font },
    ...more,
  }
  const children = others.flatMap((line) => [new TextRun({ ...options, break: 1, text: line })])
  return children.length === 0
    ? new TextRun({ ...options, text: first })
    : new TextRun({ ...options, children: [first!, ...children] })
}

const onGrid = { line: pitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 }

/** One or more lines of the grid. */
export function lines(children: IParagraphOptions['children'], options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ widowControl: false, ...options, spacing: { ...onGrid, ...options.spacing }, children })
}

export const emptyLine = (options?: IParagraphOptions) => lines([], options)

export const tab = () => run('', { children: [new Tab()] })

/** A line with something at each end, one character in. Not by indents: a rule under it goes from edge to edge. */
export function twoEnds(left: string, right: TextRun[], options: IParagraphOptions = {}): Paragraph {
  const tabStops = [{ type: TabStopType.RIGHT, position: twips(156) - character }]
  return lines([run(`　${left}`), tab(), ...right], { ...options, tabStops })
}

/** The width of a text in characters: ideographs and full-width marks count one, Latin and figures a half. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (char.codePointAt(0)! < 0x2000 ? 0.5 : 1), 0)
}

/** A caption over a table or a note under it. */
export function small(text: string, face: 'hei' | 'song', size: number, over: boolean): Paragraph {
  return new Paragraph({
    alignment: over ? AlignmentType.CENTER : AlignmentType.LEFT,
    keepNext: over,
    spacing: { before: over ? 160 : 80, after: over ? 80 : 160 },
    children: [run(text, { face, size: size, squeezed: false })],
  })
}
