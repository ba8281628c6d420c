import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { accountOf, canRun, runsAsRoot, serverAccounts } from './account.ts'
import { completeLinks, findBinaries, program } from './binaries.ts'
import { destroyEmbedded, startEmbedded } from './embedded.ts'
import { ask, later, serverProcess, stopped, testFolder } from './embedded-testing.ts'
import { placeCluster } from './placement.ts'

const forRoot = { skip: runsAsRoot() ? false : 'needs root, who may become another user' }

test('links that an install script would have made are made when missing', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'jingmin-links-'))
  later(t, () => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'native', 'lib'), { recursive: true })
  writeFileSync(join(root, 'native', 'lib', 'libpq.so.5.18'), 'library')
  const links = [
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    { source: 'native/lib/absent.so.1', target: 'native/lib/absent.so' },
  ]
  writeFileSync(join(root, 'native', 'pg-symlinks.json'), JSON.stringify(links))
  completeLinks(root)
  completeLinks(root)
  assert.equal(readFileSync(join(root, 'native', 'lib', 'libpq.so.5'), 'utf8'), 'library')
})

test('a folder that only its owner can enter holds a whole cluster', async (t) => {
  const dataDir = testFolder(t)
  chmodSync(dataDir, 0o700)
  const first = await startEmbedded({ dataDir, durable: true })
  later(t, () => first.stop())
  await ask(first.connectionString(), 'create table kept as select 42 as n')
  await first.stop()
  const second = await startEmbedded({ dataDir, durable: true })
  later(t, () => second.stop())
  assert.deepEqual(await ask(second.connectionString(), 'select n from kept'), [{ n: 42 }])
})

test(
  'root keeps the cluster outside a folder that its server cannot enter, and a lost cluster is not a new one',
  forRoot,
  async (t) => {
    const dataDir = testFolder(t)
    chmodSync(dataDir, 0o700)
    await (await startEmbedded({ dataDir, durable: true })).stop()
    const pointer = join(dataDir, 'postgres', 'elsewhere.json')
    const { home } = JSON.parse(readFileSync(pointer, 'utf8')) as { home: string }
    assert.notEqual(statSync(home).uid, 0)
    assert.equal(statSync(home).mode & 0o077, 0)
    destroyEmbedded(dataDir)
    assert.equal(existsSync(home), false)
    mkdirSync(join(dataDir, 'postgres'), { recursive: true })
    writeFileSync(pointer, JSON.stringify({ home }))
    await assert.rejects(startEmbedded({ dataDir, durable: true }), /is missing/)
  },
)

test('root copies the programs once when the server cannot reach them', forRoot, (t) => {
  const closed = mkdtempSync(join(tmpdir(), 'jingmin-closed-'))
  const found = findBinaries()
  const version = `test-${process.pid}`
  const copies = ['/var/lib/jingmin', join(tmpdir(), 'jingmin-programs')].map((base) =>
    join(base, `postgres-${version}-${process.arch}`),
  )
  later(t, () => {
    for (const path of [closed, ...copies]) rmSync(path, { recursive: true, force: true })
  })
  cpSync(found.native, join(closed, 'native'), { recursive: true, verbatimSymlinks: true })
  const binaries = { native: join(closed, 'native'), version }
  const dataDir = testFolder(t)
  const place = placeCluster(dataDir, binaries, false)
  assert.ok(copies.includes(place.native), place.native)
  assert.equal(canRun(place.account, program(closed, 'postgres')), false)
  const copied = statSync(program(place.native, 'postgres')).ctimeMs
  assert.equal(placeCluster(dataDir, binaries, false).native, place.native)
  assert.equal(statSync(program(place.native, 'postgres')).ctimeMs, copied)
})

test('an ordinary user runs it in a folder of their own, and root then runs it as that user', forRoot, async (t) => {
  const user = serverAccounts().find(
    (one) => canRun(one, process.execPath) && canRun(one, program(findBinaries().native, 'postgres')),
  )
  if (!user) return t.skip('no other user can reach this checkout')
  const dataDir = testFolder(t)
  chownSync(dataDir, user.uid, user.gid)
  chmodSync(dataDir, 0o700)
  const server = await serverProcess(t, dataDir, ['durable'], { uid: user.uid, gid: user.gid })
  await ask(server.url, 'create table kept as select 42 as n')
  assert.equal(statSync(join(dataDir, 'postgres', 'data')).uid, user.uid)
  await stopped(server)
  const root = await startEmbedded({ dataDir, durable: true })
  later(t, () => root.stop())
  assert.deepEqual(await ask(root.connectionString(), 'select n from kept'), [{ n: 42 }])
  assert.equal(accountOf(statSync(`/proc/${root.pid()}`).uid, 0).name, user.name)
})
