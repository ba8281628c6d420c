import { setTimeout as sleep } from 'node:timers/promises'
import type { Stream } from '../load/generator.ts'
import { residentMegabytes } from '../processes.ts'
import type { Bench } from '../setup.ts'

export type MixedFigure = { streams: Stream[]; seconds: number; restMegabytes: number | null }

const warmSeconds = 15
const mixedSeconds = 60

/** 50 receptions and 200 reads a second begin whatever happens; times count from when each was due. */
export async function mixedFigure(bench: Bench): Promise<MixedFigure> {
  const restMegabytes = residentMegabytes(bench.platform.pid)
  await load(bench, warmSeconds)
  return { streams: await load(bench, mixedSeconds), seconds: mixedSeconds, restMegabytes }
}

export type SoakFigure = { minutes: number; megabytes: (number | null)[]; drift: number | null; streams: Stream[] }

/** The same load for as long as asked; the process's memory at every minute, the drift from the second to the last. */
export async function soakFigure(bench: Bench): Promise<SoakFigure> {
  const { minutes } = bench.flags
  const megabytes = [residentMegabytes(bench.platform.pid)]
  let streams: Stream[] = []
  for (let minute = 1; minute <= minutes; minute += 1) {
    streams = await load(bench, 58)
    await sleep(2000)
    megabytes.push(residentMegabytes(bench.platform.pid))
  }
  const warm = megabytes[Math.min(2, megabytes.length - 1)] ?? null
  const last = megabytes.at(-1) ?? null
  return { minutes, megabytes, drift: warm !== null && last !== null ? last - warm : null, streams }
}

function load({ platform, generator, officer, receiver, flags }: Bench, seconds: number): Promise<Stream[]> {
  const get = (name: string, path: string, perSecond: number, html: boolean) => ({
    name,
    scenario: { kind: 'get' as const, paths: [path], html },
    perSecond: perSecond * flags.scale,
  })
  return generator.run({
    kind: 'open',
    port: platform.port,
    speaker: officer,
    seconds,
    streams: [
      { name: 'receptions', scenario: { kind: 'receive' }, perSecond: 50 * flags.scale, speaker: receiver },
      get('worklists as JSON', '/api/matters?view=due&most=20', 120, false),
      get('worklists as pages', '/console/matters?view=mine', 60, true),
      get('citizens’ pages', '/services/id_card.loss_replacement', 20, true),
    ],
  })
}
