import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDocuments } from '#platform/documents/documents.ts'
import { oneTimeNotice } from '#platform/documents/samples/window.ts'
import { removeCluster } from '#platform/postgres/placement.ts'
import { freePort } from '#test/crash/free-port.ts'
import { median, timed } from '../figures.ts'
import type { Stream } from '../load/generator.ts'
import { quiet, residentMegabytes, root, untilServes } from '../processes.ts'
import type { Bench } from '../setup.ts'
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

export type MixedFigure = {
  streams: Stream[]
  restMegabytes: number | null
  afterMegabytes: number | null
  driftMegabytes: number | null
  seconds: number
}

/** 50 receptions and 200 reads a second begin whatever happens, times from when each was due; then what it left in memory. */
export async function mixedFigure(bench: Bench): Promise<MixedFigure> {
  const { platform, generator, officer, flags } = bench
  const restMegabytes = residentMegabytes(platform.pid)
  const streams = (seconds: number) =>
    generator.run({
      kind: 'open',
      port: platform.port,
      speaker: officer,
      seconds,
      streams: [
        { name: 'receptions', scenario: { kind: 'receive' }, perSecond: 50 * flags.scale },
        {
          name: 'worklists as JSON',
          scenario: { kind: 'get', paths: ['/api/matters?view=due&most=20'] },
          perSecond: 120 * flags.scale,
        },
        {
          name: 'worklists as pages',
          scenario: { kind: 'get', paths: ['/console/matters?view=mine'], html: true },
          perSecond: 60 * flags.scale,
        },
        {
          name: 'citizens’ pages',
          scenario: { kind: 'get', paths: ['/services/id_card.loss_replacement'], html: true },
          perSecond: 20 * flags.scale,
        },
      ],
    })
  // The first half minute fills pools, caches and the compiled code; drift counts from there.
  await streams(Math.min(30, flags.soak / 2))
  await sleep(3000)
  const warm = residentMegabytes(platform.pid)
  const measured = await streams(flags.soak)
  await sleep(3000)
  const afterMegabytes = residentMegabytes(platform.pid)
  const driftMegabytes = warm !== null && afterMegabytes !== null ? afterMegabytes - warm : null
  return { streams: measured, restMegabytes, afterMegabytes, driftMegabytes, seconds: flags.soak }
}
