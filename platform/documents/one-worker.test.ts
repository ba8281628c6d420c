import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneWorker } from './one-worker.ts'

const source = `
  import { parentPort } from 'node:worker_threads'
  let done = 0
  parentPort.on('message', (job) => {
    if (job === 'crash') process.exit(3)
    if (job === 'throw') throw new Error('broken')
    if (job === 'hang') for (;;);
    done += 1
    parentPort.postMessage(job === 'fail' ? { failed: 'no' } : { result: done })
  })`
const file = new URL(`data:text/javascript,${encodeURIComponent(source)}`)

test('a thread that dies fails its own job and no other; the next has a new thread', async () => {
  const worker = oneWorker<string, number>(file, undefined)
  const [one, crashed, two, thrown, three] = await Promise.allSettled(
    ['work', 'crash', 'work', 'throw', 'work'].map((job) => worker.run(job)),
  )
  assert.deepEqual(one, { status: 'fulfilled', value: 1 })
  assert.match(String(crashed!.status === 'rejected' && crashed!.reason), /exit 3/)
  assert.deepEqual(two, { status: 'fulfilled', value: 1 })
  assert.match(String(thrown!.status === 'rejected' && thrown!.reason), /broken/)
  assert.deepEqual(three, { status: 'fulfilled', value: 1 })
  await worker.close()
})

test('a failed job leaves the thread at work', async () => {
  const worker = oneWorker<string, number>(file, undefined)
  await assert.rejects(worker.run('fail'), /no/)
  assert.equal(await worker.run('work'), 2)
  await worker.close()
})

test('a thread that does not answer is stopped', async () => {
  const worker = oneWorker<string, number>(file, undefined, 300)
  await assert.rejects(worker.run('hang'), /in time/)
  await worker.close()
})
