import type { Chart } from '#platform/charts/chart.ts'
import type { RenderJob } from './compiler.ts'
import type { TemplateData, TemplateName, WordName } from './data.ts'
import { inputsFor, writtenOut } from './inputs.ts'
import type { OfficialDocument } from './official/block.ts'
import { circularDocument } from './official/circular.ts'
import { minutesDocument } from './official/minutes.ts'
import { monthlyReportDocument } from './official/monthly-report.ts'
import type { PrintedOfficial } from './word/printed.ts'

const composed: { [T in WordName]: (data: TemplateData[T]) => OfficialDocument } = {
  'monthly-report': monthlyReportDocument,
  minutes: minutesDocument,
  circular: circularDocument,
}

/** An official document as it is laid out, before Typst or Word draws it. */
export function officialDocument<T extends WordName>(template: T, data: TemplateData[T]): OfficialDocument {
  return composed[template](data)
}

/** What the worker needs to draw `data`. Official documents share one template; their charts are drawn over there. */
export function jobFor<T extends TemplateName>(template: T, data: TemplateData[T], seconds: number): RenderJob {
  if (!isOfficial(template)) return { template, inputs: inputsFor(data), seconds }
  const { document, charts } = withDrawings(officialDocument(template, data as TemplateData[typeof template]))
  return { template: 'official', inputs: inputsFor(document), charts: writtenOut(charts), seconds }
}

/** An official document to be written as a Word file. */
export type WordJob = { word: PrintedOfficial; seconds: number }

export function wordJobFor<T extends WordName>(template: T, data: TemplateData[T], seconds: number): WordJob {
  return { word: writtenOut(officialDocument(template, data)), seconds }
}

function isOfficial(template: TemplateName): template is WordName {
  return Object.hasOwn(composed, template)
}

/** The charts by themselves, each block left with the place of its drawing. */
function withDrawings(document: OfficialDocument): { document: object; charts: Chart[] } {
  const charts: Chart[] = []
  const placed = (block: OfficialDocument['body'][number]) =>
    block.kind === 'chart' ? { ...block, chart: undefined, drawing: charts.push(block.chart) - 1 } : block
  const body = document.body.map(placed)
  const annexes = document.annexes.map((annex) => ({ ...annex, blocks: annex.blocks.map(placed) }))
  return { document: { ...document, body, annexes }, charts }
}
