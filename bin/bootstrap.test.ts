import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'

const onUnix = { skip: process.platform === 'win32' ? 'signals and shell scripts' : false }

/** A project like this one with nothing to install, and an npm that only notes that it was called. */
function project(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'jingmin-boot-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  cpSync(import.meta.dirname, join(root, 'bin'), { recursive: true })
  for (const folder of ['tools', 'platform/cli', 'elsewhere']) mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(
    join(root, 'package.json'),
    '{"name":"jingmin","version":"0.1.0","private":true,"bin":{"jingmin":"bin/jingmin.mjs"}}',
  )
  const lock = (packages: object) => writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }))
  lock({ '': {} })
  const npm = `#!/bin/sh\necho "$@" >> "${root}/npm-calls"\nsleep 0.3\nmkdir -p "${root}/node_modules"\n`
  writeFileSync(join(root, 'tools', 'npm'), npm, { mode: 0o755 })
  const cli = (source: string) => writeFileSync(join(root, 'platform/cli/main.ts'), source)
  cli('console.log(JSON.stringify(process.argv.slice(2)))')
  const { npm_execpath: _, NODE_OPTIONS: __, NODE_TEST_CONTEXT: ___, ...env } = process.env
  const options = { cwd: join(root, 'elsewhere'), env: { ...env, PATH: `${join(root, 'tools')}:${env.PATH}` } }
  const run = (...args: string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const child = spawn(process.execPath, [join(root, 'bin/jingmin.mjs'), ...args], options)
      const said = { out: '', err: '' }
      child.stdout.on('data', (chunk) => (said.out += chunk))
      child.stderr.on('data', (chunk) => (said.err += chunk))
      child.on('close', (code) => resolve({ code, ...said }))
    })
  const start = () =>
    spawn(process.execPath, [join(root, 'bin/jingmin.mjs')], { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  const calls = () =>
    existsSync(join(root, 'npm-calls')) ? readFileSync(join(root, 'npm-calls'), 'utf8').trim().split('\n') : []
  return { root, lock, cli, run, start, calls, options }
}

function nextLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.stdout!.once('data', (chunk) => resolve(String(chunk).trim())))
}

test('installs once, says so beside the output, and again only when the lock file changed', onUnix, async (t) => {
  const { run, calls, lock } = project(t)
  const first = await run('workdays', '--json')
  assert.equal(first.out, '["workdays","--json"]\n')
  assert.match(first.err, /正在安装依赖.*Installing/)
  assert.equal((await run()).err, '')
  assert.equal(calls().length, 1)
  assert.match(calls()[0]!, /^install --no-save .*--ignore-scripts/)
  lock({ '': {}, 'node_modules/other': { version: '1.0.0' } })
  await run()
  assert.equal(calls().length, 2)
})

test('two first runs at once install once', onUnix, async (t) => {
  const { run, calls } = project(t)
  const both = await Promise.all([run('a'), run('b')])
  assert.deepEqual(
    both.map((one) => one.out),
    ['["a"]\n', '["b"]\n'],
  )
  assert.equal(calls().length, 1)
})

test('the trace of an installation that was killed does not block the next', onUnix, async (t) => {
  const { root, run, calls } = project(t)
  const dead = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => dead.once('exit', resolve))
  mkdirSync(join(root, '.cache'))
  writeFileSync(join(root, '.cache', 'installing'), String(dead.pid))
  assert.equal((await run()).code, 0)
  assert.equal(calls().length, 1)
})

test('what npm installed by hand is accepted, unless a version differs', onUnix, async (t) => {
  const { root, run, calls, lock } = project(t)
  const packages = {
    '': {},
    'node_modules/one': { version: '1.0.0', integrity: 'x' },
    'node_modules/mac': { version: '2.0.0', optional: true },
  }
  lock(packages)
  mkdirSync(join(root, 'node_modules'))
  writeFileSync(
    join(root, 'node_modules/.package-lock.json'),
    JSON.stringify({ packages: { 'node_modules/one': packages['node_modules/one'] } }),
  )
  await run()
  assert.equal(calls().length, 0)
  lock({ ...packages, 'node_modules/one': { version: '1.0.1', integrity: 'y' } })
  await run()
  assert.equal(calls().length, 1)
})

test('a failed installation is an error, and is tried again the next time', onUnix, async (t) => {
  const { root, run } = project(t)
  const npm = join(root, 'tools', 'npm')
  const good = readFileSync(npm, 'utf8')
  writeFileSync(npm, '#!/bin/sh\nexit 7\n')
  const failed = await run()
  assert.equal(failed.code, 1)
  assert.match(failed.err, /npm install failed/)
  assert.equal(failed.out, '')
  writeFileSync(npm, good)
  assert.equal((await run()).code, 0)
})

test('exit code and signals pass through', onUnix, async (t) => {
  const { run, cli, start } = project(t)
  cli('process.exit(7)')
  assert.equal((await run()).code, 7)
  cli(
    `setInterval(() => {}, 1000); process.on('SIGTERM', () => { console.log('ordered'); process.exit(3) }); console.log('ready')`,
  )
  const child = start()
  assert.equal(await nextLine(child), 'ready')
  const over = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  assert.equal(await nextLine(child), 'ordered')
  assert.equal(await over, 3)
})

test('when the starting process is killed the program ends in order', onUnix, async (t) => {
  const { run, cli, start } = project(t)
  await run()
  cli(
    `setInterval(() => {}, 1000); process.on('SIGTERM', () => { console.log('ordered'); process.exit(0) }); console.log('ready')`,
  )
  const child = start()
  assert.equal(await nextLine(child), 'ready')
  child.kill('SIGKILL')
  assert.equal(await nextLine(child), 'ordered')
})

test('npx finds the command in the checkout without asking any registry', onUnix, async (t) => {
  const npx = [process.execPath, ...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'x'))]
    .map((path) => join(dirname(path), 'npx'))
    .find((path) => existsSync(path))
  if (!npx) return t.skip('no npx on this machine')
  const { root, run, options } = project(t)
  await run()
  const env = { ...options.env, npm_config_registry: 'http://127.0.0.1:1', npm_config_update_notifier: 'false' }
  const out = execFileSync(npx, ['jingmin', 'workdays'], {
    cwd: join(root, 'platform'),
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  assert.equal(out, '["workdays"]\n')
})

test('a link to the command works, and an unknown bootstrap command lists the known ones', onUnix, async (t) => {
  const { root, options } = project(t)
  const link = join(root, 'elsewhere', 'jingmin')
  symlinkSync(join(root, 'bin', 'jingmin.mjs'), link)
  chmodSync(join(root, 'bin', 'jingmin.mjs'), 0o755)
  assert.equal(
    execFileSync(link, ['x'], { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    '["x"]\n',
  )
  const refused = spawn(process.execPath, [join(root, 'bin/bootstrap.mjs'), 'toString'], options)
  assert.equal(await new Promise((resolve) => refused.once('close', resolve)), 2)
})
