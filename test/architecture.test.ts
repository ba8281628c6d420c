import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import test from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$|-testing\.ts$|-fixture\.ts$/.test(entry.name) ? [path] : []
  })
}

const rooms = ['policy', 'platform', 'modules', 'console', 'site', 'islands']
const owner: Record<string, string> = {
  service_window: 'modules/service-window/',
  registration: 'modules/registration/',
  callback: 'modules/callback/',
  supervision: 'modules/supervision/',
  standing: 'modules/standing/',
  directory: 'modules/directory/',
  complaints: 'modules/complaints/',
  auth: 'platform/auth/',
}
/** The command line makes the first units and people of an empty installation, where nobody can sign in yet. */
const excused = [
  'platform/cli/unit-command.ts',
  'platform/cli/user-command.ts',
  // One's own sessions are shown and ended beside one's own record; sign-in itself stays in platform/auth.
  'modules/directory/person-view.ts',
]

test('only the owner of a schema writes to it', () => {
  const writes =
    /(?:insertInto|updateTable|deleteFrom)\(\s*['"`](\w+)\.|(?:insert into|update|delete from)\s+(\w+)\.\w+/g
  const strangers: string[] = []
  for (const file of rooms.flatMap(sources).filter((path) => !excused.includes(path))) {
    for (const match of readFileSync(join(root, file), 'utf8').matchAll(writes)) {
      const schema = match[1] ?? match[2] ?? ''
      if (owner[schema] && !file.startsWith(owner[schema])) strangers.push(`${file} writes ${schema}`)
    }
  }
  assert.deepEqual([...new Set(strangers)], [])
})

test('one function writes a matter’s row after its reception', () => {
  const writers = sources('modules/service-window').filter((file) =>
    /updateTable\(\s*'service_window\.matter'/.test(readFileSync(join(root, file), 'utf8')),
  )
  assert.deepEqual(writers, ['modules/service-window/matter-store.ts', 'modules/service-window/sweep-matters.ts'])
})

test('a rule reads no clock, no surroundings and no network', () => {
  const forbidden = /\bnew Date\b|\bDate\.|\bprocess\.(env|cwd|argv|hrtime)|\bfetch\(|Temporal\.Now/
  const guilty = sources('policy').filter((file) =>
    forbidden.test(readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
  )
  assert.deepEqual(
    guilty.filter((file) => !/years\.ts$/.test(file)),
    [],
  )
})

test('dependencies point one way and make no circle', async () => {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const found = await run(
    process.execPath,
    [bin, '--config', '.dependency-cruiser.mjs', ...rooms, 'demo', 'app.ts', 'compose.ts', 'worker.ts', 'main.ts'],
    { cwd: root },
  ).catch((error: { stdout: string }) => error)
  assert.match(found.stdout, /no dependency violations found/, found.stdout.slice(0, 3000))
})

test('no file imports by a path that leaves its room', () => {
  const leaving = rooms.flatMap(sources).filter((file) => {
    const depth = relative('.', file).split('/').length - 2
    return new RegExp(`from '(\\.\\./){${depth + 1},}`).test(readFileSync(join(root, file), 'utf8'))
  })
  assert.deepEqual(leaving, [])
})
