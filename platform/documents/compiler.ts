import { join } from 'node:path'
import { NodeCompiler, type NodeError, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { Chart } from '#platform/charts/chart.ts'
import { fontFolders } from './font-files.ts'

/**
 * `inputs` reach the template as `sys.inputs`; nothing of a person's is ever pasted into Typst source. `charts` are
 * drawn in the worker and become the input of that name.
 */
export type RenderJob = { template: string; inputs: Record<string, string>; charts?: Chart[]; seconds: number }

const templates = join(import.meta.dirname, 'templates')

/** Names under which the commercial faces a bureau may own are installed; the first found of each list is used. */
const bureauFaces = {
  body: ['FangSong_GB2312', '仿宋_GB2312', 'FangSong', '仿宋', 'STFangsong', '华文仿宋'],
  kai: ['KaiTi_GB2312', '楷体_GB2312', 'KaiTi', '楷体', 'STKaiti', '华文楷体'],
  heading: ['SimHei', '黑体', 'STHeiti', '华文黑体'],
  title: ['FZXiaoBiaoSong-B05S', '方正小标宋简体', '方正小标宋_GBK', 'FZXiaoBiaoSong-B05'],
}

/** One Typst compiler. Calls are synchronous: keep it in a worker thread, and keep only one (each new one costs 30 MB). */
export function createCompiler({ bureauFontsDir }: { bureauFontsDir?: string }) {
  const fontPaths = bureauFontsDir ? [bureauFontsDir, ...fontFolders] : fontFolders
  const typst = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths }] })
  const fonts = JSON.stringify(bureauFontsDir ? installedFaces(typst) : { body: [], kai: [], heading: [], title: [] })
  return { render: (job: RenderJob) => render(typst, fonts, job) }
}

function render(typst: NodeCompiler, fonts: string, { template, inputs, seconds }: RenderJob): Uint8Array {
  const compiled = typst.compile({ mainFilePath: join(templates, `${template}.typ`), inputs: { ...inputs, fonts } })
  if (compiled.hasError()) throw failure(template, messages(compiled.takeError()))
  // A warning may mean that a part of the page was dropped, a title for one. On an official paper that is a failure.
  const warnings = compiled.takeWarnings()
  if (warnings) throw failure(template, messages(warnings))
  const pdf = archival(typst, template, compiled.result!, seconds)
  typst.evictCache(10)
  return pdf
}

/** PDF/A is what makes Typst refuse a character without a glyph; a plain PDF would silently leave it out. */
function archival(typst: NodeCompiler, template: string, document: NodeTypstDocument, seconds: number): Uint8Array {
  try {
    return new Uint8Array(typst.pdf(document, { pdfStandard: 'a-2a', creationTimestamp: seconds }))
  } catch (error) {
    // The binding throws its diagnoses here as one printed list.
    const found = [...String(error).matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, message]) => message!)
    throw failure(template, found)
  }
}

/** Typst has no list of fonts to ask for, but it warns about a family it does not know. */
function installedFaces(typst: NodeCompiler): Record<keyof typeof bureauFaces, string[]> {
  const known = (family: string) => {
    const mainFileContent = `#set text(font: ${JSON.stringify(family)}, fallback: false)\n#text[ ]`
    const trial = typst.compile({ mainFileContent })
    return !trial.hasError() && trial.takeWarnings() === null
  }
  const first = (families: string[]) => families.filter(known).slice(0, 1)
  return {
    body: first(bureauFaces.body),
    kai: first(bureauFaces.kai),
    heading: first(bureauFaces.heading),
    title: first(bureauFaces.title),
  }
}

function messages(error: NodeError | null): string[] {
  return (error?.shortDiagnostics ?? []).map(({ message }) => String(message))
}

/** Quoted text in a diagnosis is a person's data more often than not, and errors go to the log: it is left out. */
function failure(template: string, found: string[]): Error {
  const safe = found.map((message) => message.replace(/(["`“]).*["`”]/gs, '…'))
  return new Error(`The document ${template} could not be made: ${safe.join('; ')}`)
}
