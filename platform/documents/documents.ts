import type { RenderJob } from './compiler.ts'
import type { TemplateData, TemplateName } from './data.ts'
import { jobFor } from './job.ts'
import { type OneWorker, oneWorker } from './one-worker.ts'

export type Documents = {
  /**
   * The document as PDF/A-2a. `at` is written into the file as its making; the same data and moment give the
   * same bytes, so that a hash of them may stand for the document. Rejects rather than lose a character.
   */
  render<T extends TemplateName>(template: T, data: TemplateData[T], at: Temporal.Instant): Promise<Uint8Array>
  close(): Promise<void>
}

/** `bureauFontsDir`: a folder with typefaces the bureau has a licence for; they are preferred to the free ones. */
export function createDocuments({ bureauFontsDir }: { bureauFontsDir?: string } = {}): Documents {
  const file = new URL('./render-worker.ts', import.meta.url)
  const worker: OneWorker<RenderJob, Uint8Array> = oneWorker(file, { bureauFontsDir })
  return {
    async render(template, data, at) {
      const seconds = Math.floor(at.epochMilliseconds / 1000)
      return worker.run(jobFor(template, data, seconds))
    },
    close: () => worker.close(),
  }
}
