import type { RenderJob } from './compiler.ts'
import type { TemplateData, TemplateName, WordName } from './data.ts'
import { jobFor, type WordJob, wordJobFor } from './job.ts'
import { type OneWorker, oneWorker } from './one-worker.ts'

export type Documents = {
  /**
   * The document as PDF/A-2a. `at` is written into the file as its making; the same data and moment give the
   * same bytes, so that a hash of them may stand for the document. Rejects rather than lose a character.
   */
  render<T extends TemplateName>(template: T, data: TemplateData[T], at: Temporal.Instant): Promise<Uint8Array>
  /** An official document as a .docx to edit: the same words in the same layout, and the same promise about bytes. */
  renderWord<T extends WordName>(template: T, data: TemplateData[T], at: Temporal.Instant): Promise<Uint8Array>
  close(): Promise<void>
}

const secondsOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000)

/** `bureauFontsDir`: a folder with typefaces the bureau has a licence for; they are preferred to the free ones. */
export function createDocuments({ bureauFontsDir }: { bureauFontsDir?: string } = {}): Documents {
  const file = new URL('./render-worker.ts', import.meta.url)
  const worker: OneWorker<RenderJob | WordJob, Uint8Array> = oneWorker(file, { bureauFontsDir })
  return {
    async render(template, data, at) {
      return worker.run(jobFor(template, data, secondsOf(at)))
    },
    async renderWord(template, data, at) {
      return worker.run(wordJobFor(template, data, secondsOf(at)))
    },
    close: () => worker.close(),
  }
}
