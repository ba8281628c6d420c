import { parentPort, workerData } from 'node:worker_threads'
import { createCompiler, type RenderJob } from './compiler.ts'
import type { Answer } from './one-worker.ts'

const compiler = createCompiler(workerData as { bureauFontsDir?: string })

parentPort!.on('message', async (job: RenderJob) => {
  const made = answer(job)
  // Typst's results are memory V8 does not see; one turn of the event loop for each document lets it be freed.
  await new Promise(setImmediate)
  parentPort!.postMessage(made)
})

function answer(job: RenderJob): Answer<Uint8Array> {
  try {
    return { result: compiler.render(job) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
