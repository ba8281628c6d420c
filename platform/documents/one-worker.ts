import { Worker } from 'node:worker_threads'

/** What the thread answers for a job. */
export type Answer<Result> = { result: Result } | { failed: string }

export type OneWorker<Job, Result> = { run(job: Job): Promise<Result>; close(): Promise<void> }

/**
 * One thread, started by the first job, that does one job after the other. A thread that dies or does not
 * answer within `patience` milliseconds fails the job it had in hand and no other: the next gets a new thread.
 */
export function oneWorker<Job, Result>(file: URL, workerData: unknown, patience = 60_000): OneWorker<Job, Result> {
  let worker: Worker | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let closed = false

  function start(): Worker {
    const started = new Worker(file, { workerData })
    // Without a job in hand a thread must neither keep the process alive nor bring it down.
    started.unref()
    started.on('error', () => {})
    started.on('exit', () => {
      if (worker === started) worker = undefined
    })
    return started
  }

  async function work(job: Job): Promise<Result> {
    if (closed) throw new Error('The document worker is closed')
    worker ??= start()
    const answer = await ask<Job, Result>(worker, job, patience).catch(async (error: unknown) => {
      const failed = worker
      worker = undefined
      await failed?.terminate()
      throw error
    })
    if ('failed' in answer) throw new Error(answer.failed)
    return answer.result
  }

  return {
    run(job) {
      const done = queue.then(() => work(job))
      queue = done.catch(() => {})
      return done
    },
    async close() {
      closed = true
      await queue
      await worker?.terminate()
    },
  }
}

function ask<Job, Result>(worker: Worker, job: Job, patience: number): Promise<Answer<Result>> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer<Result>>()
  const onExit = (code: number) => reject(new Error(`The document worker stopped (exit ${code})`))
  const timer = setTimeout(() => reject(new Error('The document worker did not answer in time')), patience)
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', onExit)
  worker.ref()
  worker.postMessage(job)
  return promise.finally(() => {
    clearTimeout(timer)
    worker.off('message', resolve)
    worker.off('error', reject)
    worker.off('exit', onExit)
    worker.unref()
  })
}
