import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { startEmbedded } from './embedded.ts'
import { ask, killed, later, serverProcess, stopped, testFolder, until } from './embedded-testing.ts'
import { processMark } from './process-identity.ts'

test('a new folder gets a cluster of UTF-8, ordered by code point, with checksums, behind a password', async (t) => {
  const dataDir = testFolder(t)
  const server = await startEmbedded({ dataDir, durable: false })
  later(t, () => server.stop())
  const [row] = await ask<Record<string, unknown>>(
    server.connectionString(),
    `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
            current_setting('TimeZone') as zone, 'a' < 'Z' as ignores_case, upper('éж') as upper, '𬭎' ilike '𬭎' as rare,
            current_setting('listen_addresses') as listens, inet_server_addr()::text as address`,
  )
  assert.deepEqual(row, {
    encoding: 'UTF8',
    checksums: 'on',
    zone: 'UTC',
    ignores_case: false,
    upper: 'ÉЖ',
    rare: true,
    listens: '127.0.0.1',
    address: '127.0.0.1/32',
  })
  await assert.rejects(ask(server.connectionString().replace(server.password, 'wrong'), 'select 1'), { code: '28P01' })
  assert.equal(statSync(join(dataDir, 'keys', 'postgres-superuser')).mode & 0o777, 0o600)
})

test('fragments of Chinese text, rare characters included, can be found through a trigram index', async (t) => {
  const server = await startEmbedded({ dataDir: testFolder(t), durable: false })
  later(t, () => server.stop())
  const url = server.connectionString()
  await ask(url, 'create extension pg_trgm')
  const [row] = await ask<{ common: number; rare: number }>(
    url,
    `select cardinality(show_trgm('警民桥')) as common, cardinality(show_trgm('𬭎㛃䶮')) as rare`,
  )
  assert.deepEqual(row, { common: 4, rare: 4 })
})

test('data and port survive a stop, and a port that was taken meanwhile is exchanged', async (t) => {
  const dataDir = testFolder(t)
  const first = await startEmbedded({ dataDir, durable: true })
  await ask(first.connectionString(), 'create table kept as select 42 as n')
  await first.stop()
  const second = await startEmbedded({ dataDir, durable: true })
  assert.equal(second.port, first.port)
  await second.stop()
  const squatter = createServer().listen(first.port, '127.0.0.1')
  later(t, () => squatter.close())
  await new Promise((resolve) => squatter.once('listening', resolve))
  const third = await startEmbedded({ dataDir, durable: true })
  later(t, () => third.stop())
  assert.notEqual(third.port, first.port)
  assert.deepEqual(await ask(third.connectionString(), 'select n from kept'), [{ n: 42 }])
})

test('an attempt to make the cluster that was interrupted is redone', async (t) => {
  const dataDir = testFolder(t)
  mkdirSync(join(dataDir, 'postgres', 'data.new', 'base'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres', 'data.new', 'PG_VERSION'), '18\n')
  const server = await startEmbedded({ dataDir, durable: false })
  later(t, () => server.stop())
  assert.deepEqual(await ask(server.connectionString(), 'select 1 as one'), [{ one: 1 }])
  assert.equal(existsSync(join(dataDir, 'postgres', 'data.new')), false)
})

test('a server that is killed serves again on the same port with what was committed', async (t) => {
  const server = await startEmbedded({ dataDir: testFolder(t), durable: true })
  later(t, () => server.stop())
  await ask(server.connectionString(), 'create table kept as select 42 as n')
  const before = server.pid()
  const restarted = new Promise<void>((resolve) => server.onRestart(resolve))
  const began = performance.now()
  process.kill(before, 'SIGKILL')
  await restarted
  t.diagnostic(`serving again after ${Math.round(performance.now() - began)} ms`)
  assert.notEqual(server.pid(), before)
  assert.deepEqual(await ask(server.connectionString(), 'select n from kept'), [{ n: 42 }])
})

test('a server whose own process was killed is taken over, and still guarded', async (t) => {
  const dataDir = testFolder(t)
  const former = await serverProcess(t, dataDir, ['durable'])
  await ask(former.url, 'create table kept as select 42 as n')
  await killed(former)
  const server = await startEmbedded({ dataDir, durable: true })
  later(t, () => server.stop())
  assert.equal(server.how, 'taken-over')
  assert.equal(server.pid(), former.pid)
  const restarted = new Promise<void>((resolve) => server.onRestart(resolve))
  process.kill(former.pid, 'SIGKILL')
  await restarted
  assert.deepEqual(await ask(server.connectionString(), 'select n from kept'), [{ n: 42 }])
})

test('a server left behind with other settings is restarted with ours', async (t) => {
  const dataDir = testFolder(t)
  const former = await serverProcess(t, dataDir, ['durable'])
  await killed(former)
  const server = await startEmbedded({ dataDir, durable: true, settings: { work_mem: '5MB' } })
  later(t, () => server.stop())
  assert.equal(server.how, 'started')
  assert.deepEqual(await ask(server.connectionString(), 'show work_mem'), [{ work_mem: '5MB' }])
})

test('process and server killed together leave nothing that hinders the next start', async (t) => {
  const dataDir = testFolder(t)
  const former = await serverProcess(t, dataDir, ['durable'])
  await ask(former.url, 'create table kept as select 42 as n')
  const gone = killed(former)
  process.kill(former.pid, 'SIGKILL')
  await gone
  // The number in the file may by now belong to another process: here to this one.
  const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid')
  const text = readFileSync(pidFile, 'utf8')
  writeFileSync(pidFile, text.replace(/^\d+/, String(process.pid)))
  const server = await startEmbedded({ dataDir, durable: true })
  later(t, () => server.stop())
  assert.deepEqual(await ask(server.connectionString(), 'select n from kept'), [{ n: 42 }])
})

test('the server of a test ends when its process is killed', async (t) => {
  const former = await serverProcess(t, testFolder(t), [])
  await killed(former)
  await until('the server ends', () => processMark(former.pid) === null)
})

test('beside a living owner one is a guest, whose stop leaves the server running', async (t) => {
  const dataDir = testFolder(t)
  const owner = await startEmbedded({ dataDir, durable: false })
  later(t, () => owner.stop())
  const guest = await startEmbedded({ dataDir, durable: false })
  assert.equal(guest.how, 'guest')
  await guest.stop()
  assert.deepEqual(await ask(guest.connectionString(), 'select 1 as one'), [{ one: 1 }])
})

test('of two processes that start on a new folder together one makes the cluster and both serve', async (t) => {
  const dataDir = testFolder(t)
  const both = await Promise.all([serverProcess(t, dataDir, []), serverProcess(t, dataDir, [])])
  assert.deepEqual(both.map((one) => one.how).sort(), ['guest', 'started'])
  for (const one of both) assert.deepEqual(await ask(one.url, 'select 1 as one'), [{ one: 1 }])
  await Promise.all(both.map(stopped))
})

test('a cluster without its password, or of another version, is refused in words', async (t) => {
  const dataDir = testFolder(t)
  await (await startEmbedded({ dataDir, durable: false })).stop()
  const password = join(dataDir, 'keys', 'postgres-superuser')
  const kept = readFileSync(password)
  rmSync(password)
  await assert.rejects(startEmbedded({ dataDir, durable: false }), /password file .* is missing/)
  writeFileSync(password, kept)
  writeFileSync(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '17\n')
  await assert.rejects(startEmbedded({ dataDir, durable: false }), /is of PostgreSQL 17/)
})
