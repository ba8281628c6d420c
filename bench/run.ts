import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { readFlags } from './flags.ts'
import { byteFigures } from './measures/bytes.ts'
import { figureFigures, rowSecurityFigures } from './measures/database.ts'
import { listFigures, searchFigures } from './measures/lists.ts'
import { mixedFigure, soakFigure } from './measures/mixed.ts'
import { noticeFigure, startFigure } from './measures/process.ts'
import { requestFigures } from './measures/requests.ts'
import { root } from './processes.ts'
import { printBytes, printLists, printMixed, printRequests, printSoak, printTimes } from './report.ts'
import { setUp } from './setup.ts'

/** `npm run bench`: prints ratios, keeps the raw numbers with machine and versions in .cache/bench. */
const flags = readFlags(process.argv.slice(2))
const wants = (part: string) => flags.only === null || flags.only.includes(part)
const raw: Record<string, unknown> = { flags, loadBefore: loadavg() }

console.log(`${flags.rows.toLocaleString('en')} matters …`)
const bench = await setUp(flags)
try {
  raw.machine = await machine()
  raw.generated = bench.generated
  console.log(JSON.stringify({ machine: raw.machine, generated: bench.generated }))
  await part('rowSecurity', () => rowSecurityFigures(bench), printTimes)
  await part('figures', () => figureFigures(bench), printTimes)
  await part(
    'lists',
    () => listFigures(bench),
    (found) => printLists('pages of all matters, one caller', found),
  )
  await part(
    'search',
    () => searchFigures(bench),
    (found) => printLists('search in all matters, one caller', found),
  )
  await part('bytes', () => byteFigures(bench), printBytes)
  await part('requests', () => requestFigures(bench), printRequests)
  await part('mixed', () => mixedFigure(bench), printMixed)
  if (flags.only?.includes('soak')) await part('soak', () => soakFigure(bench), printSoak)
} finally {
  await bench.stop()
}
await part('notice', async () => [await noticeFigure()], printTimes)
await part('start', async () => [await startFigure()], printTimes)
raw.loadAfter = loadavg()
const file = join(
  root,
  '.cache/bench',
  `${Temporal.Now.plainDateTimeISO().toString({ smallestUnit: 'second' }).replaceAll(':', '')}.json`,
)
await mkdir(join(root, '.cache/bench'), { recursive: true })
await writeFile(file, `${JSON.stringify(raw, null, 2)}\n`)
console.log(`\nraw numbers: ${file}`)
process.exit(0)

async function part<T>(name: string, measure: () => Promise<T>, print: (found: T) => void): Promise<void> {
  if (!wants(name)) return
  try {
    const found = await measure()
    raw[name] = found
    print(found)
  } catch (error) {
    raw[name] = { failed: (error as Error).message }
    console.log(`${name}: not measured: ${(error as Error).message}`)
  }
}

async function machine() {
  const database = await bench.house.admin.query(
    `select version() as version, current_setting('fsync') as fsync, current_setting('shared_buffers') as buffers`,
  )
  return {
    processors: cpus().length,
    model: cpus()[0]?.model,
    megabytes: Math.round(totalmem() / 1024 / 1024),
    node: process.version,
    ...database.rows[0],
  }
}
