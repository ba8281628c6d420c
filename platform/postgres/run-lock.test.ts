import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { killed, serverProcess, testFolder } from './embedded-testing.ts'
import { tryLock } from './lock-file.ts'
import { processMark } from './process-identity.ts'
import { AlreadyRunning, acquireRunLock, runningOn } from './run-lock.ts'

test('a second start on a data folder is told who runs there and at which address', async (t) => {
  const dataDir = testFolder(t)
  const server = await serverProcess(t, dataDir, ['lock'])
  assert.throws(
    () => acquireRunLock(dataDir),
    (error) => {
      assert.ok(error instanceof AlreadyRunning)
      assert.equal(error.holder.pid, server.child.pid)
      assert.match(error.message, /已在运行.*8080[\s\S]*Already running.*8080/)
      return true
    },
  )
  await killed(server)
  assert.equal(runningOn(dataDir), null)
  acquireRunLock(dataDir).release()
})

test('the lock of a dead process whose number lives on in another one is replaced', (t) => {
  const dataDir = testFolder(t)
  const trace = { pid: process.ppid, mark: 'of-another-life', since: '2026-01-01T00:00:00Z' }
  writeFileSync(join(dataDir, 'running.json'), JSON.stringify(trace))
  const lock = acquireRunLock(dataDir)
  lock.update({ address: 'http://localhost:9' })
  assert.equal(runningOn(dataDir)?.address, 'http://localhost:9')
  lock.release()
  lock.release()
  assert.equal(existsSync(join(dataDir, 'running.json')), false)
})

test('half a lock file, as a full disk leaves it, does not block for ever', (t) => {
  const dataDir = testFolder(t)
  writeFileSync(join(dataDir, 'running.json'), '{"pid": 1')
  acquireRunLock(dataDir).release()
})

test('a lock that another holder took over is neither released nor changed by the former one', (t) => {
  const path = join(testFolder(t), 'lock.json')
  const former = tryLock(path)
  assert.ok(!('heldBy' in former))
  const present = JSON.stringify({ pid: process.pid, mark: processMark(process.pid), since: '', nonce: 'present' })
  writeFileSync(path, present)
  former.update({ address: 'former' })
  former.release()
  assert.equal(readFileSync(path, 'utf8'), present)
})
