import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createDocuments } from '#platform/documents/documents.ts'
import { oneTimeNotice } from '#platform/documents/samples/window.ts'
import { removeCluster } from '#platform/postgres/placement.ts'
import { freePort } from '#test/crash/free-port.ts'
import { median, timed } from '../figures.ts'
import { quiet, root, untilServes } from '../processes.ts'
import type { TimeFigure } from './database.ts'

/** From `npm start` to the first page answered, everything installed and the database there: median of five. */
export async function startFigure(): Promise<TimeFigure> {
  const dataDir = join(root, '.cache/bench/start')
  removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  await startOnce(dataDir)
  const times = await timedStarts(dataDir, 5)
  removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  return { name: 'start with an existing database to first page', target: '< 2000 ms, aim 1000', ms: median(times) }
}

async function timedStarts(dataDir: string, times: number): Promise<number[]> {
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) taken.push(await startOnce(dataDir))
  return taken
}

async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort()
  const env = { ...quiet(), JINGMIN_DATA: dataDir, JINGMIN_MODE: 'live', PORT: String(port), LOG_LEVEL: 'silent' }
  const from = performance.now()
  const child = spawn('node', ['bin/bootstrap.mjs', 'start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await untilServes(`http://127.0.0.1:${port}/`, child)
  const taken = performance.now() - from
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
  return taken
}

/** A one-time notice as PDF/A once fonts and compiler are warm. */
export async function noticeFigure(): Promise<TimeFigure> {
  const documents = createDocuments()
  const at = Temporal.Now.instant()
  const times = await timed(60, () => documents.render('one-time-notice', oneTimeNotice, at))
  await documents.close()
  return { name: 'one-time notice as PDF, warm', target: '< 30 ms, aim 10', ms: median(times.slice(20)) }
}
