import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'documents-'))
after(() => rmSync(folder, { recursive: true }))

/** What poppler's pdftotext says of a document; undefined on a machine without it. */
function pdftotext(pdf: Uint8Array, ...options: string[]): string | undefined {
  const file = join(folder, 'document.pdf')
  writeFileSync(file, pdf)
  const { status, stdout } = spawnSync('pdftotext', [...options, file, '-'], { encoding: 'utf8', maxBuffer: 1 << 27 })
  return status === 0 ? stdout : undefined
}

/** The text without spaces and line breaks. */
export function textOf(pdf: Uint8Array): string | undefined {
  return pdftotext(pdf, '-raw')?.replace(/[\s\u200B]/g, '')
}

/** The same, page by page. */
export function pageTextsOf(pdf: Uint8Array): string[] | undefined {
  const pages = pdftotext(pdf, '-raw')?.split('\f').slice(0, -1)
  return pages?.map((page) => page.replace(/[\s\u200B]/g, ''))
}

export function pagesOf(pdf: Uint8Array): number {
  return Number(/\/Type\s*\/Pages[^>]*?\/Count\s+(\d+)/.exec(Buffer.from(pdf).toString('latin1'))?.[1])
}

export type PrintedLine = { text: string; left: number; right: number; top: number }

/** The lines of each page with their places in points from the top left corner of the paper. */
export function linesOf(pdf: Uint8Array): PrintedLine[][] | undefined {
  const html = pdftotext(pdf, '-bbox-layout')
  return html
    ?.split('<page ')
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>(.*?)<\/line>/gs)].map(
        ([, left, top, right, words]) => ({
          text: words!.replace(/<[^>]+>|\s/g, ''),
          left: Number(left),
          right: Number(right),
          top: Number(top),
        }),
      ),
    )
}
