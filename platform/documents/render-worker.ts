import { parentPort, workerData } from 'node:worker_threads'
import { createCompiler, type RenderJob } from './compiler.ts'
import type { WordJob } from './job.ts'
import type { Answer } from './one-worker.ts'

const compiler = createCompiler(workerData as { bureauFontsDir?: string })

parentPort!.on('message', async (job: RenderJob | WordJob) => {
  const made = await answer(job)
  // Typst's results are memory V8 does not see; one turn of the event loop for each document lets it be freed.
  await new Promise(setImmediate)
  parentPort!.postMessage(made)
})

async function answer(job: RenderJob | WordJob): Promise<Answer<Uint8Array>> {
  try {
    return { result: 'word' in job ? await word(job) : compiler.render(await withCharts(job)) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/** The chart library takes a third of a second to load: only for a document that has a chart. */
async function withCharts(job: RenderJob): Promise<RenderJob> {
  if (!job.charts?.length) return job
  const { drawChart } = await import('#platform/charts/draw.ts')
  return { ...job, inputs: { ...job.inputs, charts: JSON.stringify(job.charts.map(drawChart)) } }
}

async function word({ word: official, seconds }: WordJob): Promise<Uint8Array> {
  const { writeWord } = await import('./word/write-word.ts')
  return writeWord(official, seconds)
}
