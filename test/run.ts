import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { startEmbedded } from '#platform/postgres/embedded.ts'

const root = join(import.meta.dirname, '..')
const skipped = new Set(['node_modules', 'data', '.git', '.cache', 'coverage'])

/** Every *.test.ts of the house; the embedded server's own tests run alone, because they kill servers. */
function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : testFiles(join(folder, entry.name))
    return entry.name.endsWith('.test.ts') ? [join(folder, entry.name)] : []
  })
}

/** Runs files with Node's own runner; returns its exit code. One server for all, in a folder that goes afterwards. */
async function run(files: readonly string[], env: NodeJS.ProcessEnv, atOnce: number): Promise<number> {
  const args = [
    '--test',
    '--test-reporter=dot',
    '--test-reporter-destination=stderr',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-concurrency=${atOnce}`,
    '--test-timeout=300000',
    ...files,
  ]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env })
  const failures = keepSummary(child.stdout)
  const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)))
  process.stdout.write(`\n${await failures}\n`)
  return code
}

/** Of the long report only what failed and the closing figures are printed. */
async function keepSummary(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  const failing = text.indexOf('failing tests:')
  const closing = /ℹ tests \d+[\s\S]*?ℹ duration_ms [\d.]+/.exec(text)?.[0] ?? text.slice(-4000)
  tally.push(closing)
  return failing >= 0 ? `${closing}\n${text.slice(failing)}` : closing
}

const tally: string[] = []
const figure = (name: string) =>
  tally.reduce((sum, text) => sum + Number(new RegExp(`ℹ ${name} (\\d+)`).exec(text)?.[1] ?? 0), 0)

const wanted = process.argv.slice(2)
const all = testFiles(root).filter(
  (file) => wanted.length === 0 || wanted.some((part) => relative(root, file).includes(part)),
)
const alone = all.filter((file) => /platform\/postgres\/|bin\/|platform\/backup\//.test(relative(root, file)))
const browser = all.filter((file) => file.includes('/journeys/'))
const shared = all.filter((file) => !alone.includes(file) && !browser.includes(file))

const dataDir = await mkdtemp(join(tmpdir(), 'jingmin-test-'))
const server = await startEmbedded({ dataDir, durable: false })
const env = {
  ...process.env,
  JINGMIN_TEST_ADMIN_URL: server.connectionString('postgres'),
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
}
let code = 0
try {
  // A failure in one part does not keep the others from being run.
  if (shared.length > 0) code = await run(shared, env, 2)
  if (alone.length > 0) code = (await run(alone, { ...process.env, LOG_LEVEL: 'silent' }, 1)) || code
  if (browser.length > 0) code = (await run(browser, env, 1)) || code
} finally {
  await server.stop('immediate')
  await rm(dataDir, { recursive: true, force: true })
}
console.log(`${figure('pass')} passed, ${figure('fail') + figure('cancelled')} failed, ${figure('skipped')} skipped`)
process.exitCode = code
