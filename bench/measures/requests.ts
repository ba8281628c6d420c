import { median } from '../figures.ts'
import { limits } from '../limit.ts'
import type { Scenario } from '../load/scenarios.ts'
import { cpuSeconds, databaseSeconds, type Server } from '../processes.ts'
import type { Bench } from '../setup.ts'

type Work = {
  name: string
  target: string
  platform: Scenario
  floor: Scenario
  limit: 'one' | 'due' | 'insert' | null
}

export type RequestFigure = {
  name: string
  target: string
  /** Units of work a second, medians. */
  platform: number
  floor: number
  limit: number | null
  ratio: number
  /** Processor milliseconds of the server's own process for one unit of work. */
  platformCpu: number | null
  floorCpu: number | null
  /** The same of the database's processes. */
  platformDatabaseCpu: number | null
  floorDatabaseCpu: number | null
  p95: number
  failed: Record<string, number>
  rounds: { platform: number[]; floor: number[] }
}

const works: Work[] = [
  {
    name: 'W1 reception',
    target: '≥ 35 %, aim 60 %',
    platform: { kind: 'receive' },
    floor: { kind: 'receive' },
    limit: 'insert',
  },
  {
    name: 'W1 reception + check + acceptance',
    target: '≥ 35 %',
    platform: { kind: 'accept' },
    floor: { kind: 'accept' },
    limit: null,
  },
  {
    name: 'W2 fetch one (audited: a write)',
    target: '≥ 70 %',
    platform: { kind: 'one', rows: 0 },
    floor: { kind: 'one', rows: 0 },
    limit: 'one',
  },
  {
    name: 'W3 worklist of 20 as JSON',
    target: '≥ 70 %',
    platform: { kind: 'get', paths: ['/api/matters?view=due&most=20'] },
    floor: { kind: 'get', paths: ['/api/matters'] },
    limit: 'due',
  },
  {
    name: 'worklist of 20 as a full page',
    target: '≥ 50 %',
    platform: { kind: 'get', paths: ['/console/matters?view=mine'], html: true },
    floor: { kind: 'get', paths: ['/api/matters'] },
    limit: null,
  },
]

/** Platform and floor in turns, 32 connections kept alive, medians of the rounds; then the limit. */
export async function requestFigures(bench: Bench): Promise<RequestFigure[]> {
  const figures: RequestFigure[] = []
  const chosen = works.filter(({ name }) => !process.env.BENCH_WORK || name.includes(process.env.BENCH_WORK))
  for (const work of chosen) figures.push(await measure(bench, work))
  const { house, flags, generated } = bench
  const version = await house.admin.query(
    `select item_version_id as id from service_window.matter where item_code = 'id_card.loss_replacement' limit 1`,
  )
  const found = await limits({
    url: house.installation.adminUrl,
    unit: house.bureau.units.eastWindow,
    person: house.bureau.people.officer.id,
    version: version.rows[0].id,
    rows: generated.rows,
    seconds: flags.seconds,
  })
  return figures.map((figure) => {
    const limit = works.find(({ name }) => name === figure.name)?.limit
    return { ...figure, limit: (limit && found?.[limit]) ?? null }
  })
}

type Round = {
  perSecond: number
  cpu: number | null
  databaseCpu: number | null
  p95: number
  failed: Record<string, number>
}

async function measure(bench: Bench, work: Work): Promise<RequestFigure> {
  const rounds: { platform: Round[]; floor: Round[] } = { platform: [], floor: [] }
  // The first round of each warms caches and the compiler and is not counted.
  for (let n = 0; n <= bench.flags.rounds; n += 1) {
    const platform = await round(bench, bench.platform, work.platform)
    const floor = await round(bench, bench.floor, work.floor)
    if (n === 0) continue
    rounds.platform.push(platform)
    rounds.floor.push(floor)
  }
  const of = (side: Round[], read: (one: Round) => number | null) => median(side.map((one) => read(one) ?? Number.NaN))
  const platform = of(rounds.platform, (one) => one.perSecond)
  const floor = of(rounds.floor, (one) => one.perSecond)
  return {
    name: work.name,
    target: work.target,
    platform,
    floor,
    limit: null,
    ratio: platform / floor,
    platformCpu: of(rounds.platform, (one) => one.cpu),
    floorCpu: of(rounds.floor, (one) => one.cpu),
    platformDatabaseCpu: of(rounds.platform, (one) => one.databaseCpu),
    floorDatabaseCpu: of(rounds.floor, (one) => one.databaseCpu),
    p95: of(rounds.platform, (one) => one.p95),
    failed: Object.assign({}, ...[...rounds.platform, ...rounds.floor].map((one) => one.failed)),
    rounds: { platform: rounds.platform.map((one) => one.perSecond), floor: rounds.floor.map((one) => one.perSecond) },
  }
}

async function round(bench: Bench, server: Server, scenario: Scenario): Promise<Round> {
  const before = [cpuSeconds(server.pid), databaseSeconds(bench.postmaster)]
  const [stream] = await bench.generator.run({
    kind: 'closed',
    port: server.port,
    // Any matter of the bureau: for somebody who may read them all.
    speaker:
      bench[({ one: 'reader', get: 'officer', receive: 'receiver', accept: 'receiver' } as const)[scenario.kind]],
    scenario: scenario.kind === 'one' ? { kind: 'one', rows: bench.generated.rows } : scenario,
    concurrency: 32,
    seconds: bench.flags.seconds,
  })
  const after = [cpuSeconds(server.pid), databaseSeconds(bench.postmaster)]
  const [cpu = null, databaseCpu = null] = after.map((seconds, n) => {
    const from = before[n] ?? null
    return seconds !== null && from !== null ? ((seconds - from) * 1000) / Math.max(1, stream!.done) : null
  })
  return { perSecond: stream!.perSecond, cpu, databaseCpu, p95: stream!.p95, failed: stream!.failed }
}
