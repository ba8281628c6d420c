import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addKeyVersion, loadKeyRing } from '#platform/crypto/key-ring.ts'
import { emptyLog, entry, filledLog, folder, headSizes, logStart, rebuildTree, writeEntries } from './audit-testing.ts'
import { openNote, parseVerifierKey, verifierKeyText } from './checkpoint.ts'
import { AuditRollbackError, makeHead } from './make-head.ts'
import { verifyAudit } from './verify-audit.ts'

const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => entry(from + i))

test('an interval without entries makes no head, and heads.txt stays as it was', async (t) => {
  const log = await emptyLog(t)
  assert.equal(await log.head(), null)
  await writeEntries(log.app, [entry(1)])
  assert.equal((await log.head())?.size, 1)
  const before = readFileSync(join(log.witnessDir, 'heads.txt'), 'utf8')
  assert.equal(await log.head(), null)
  assert.equal(readFileSync(join(log.witnessDir, 'heads.txt'), 'utf8'), before)
})

test('a head is a checkpoint that the published key opens and the witness file holds', async (t) => {
  const log = await emptyLog(t)
  await writeEntries(log.app, many(1, 3))
  const head = (await log.head('2026-11-23T01:10:00.123456789Z'))!
  const opened = openNote(head.note, [parseVerifierKey(log.publicKey)])!
  assert.deepEqual([opened.signed, opened.checkpoint.size, opened.checkpoint.origin], [true, 3, log.keys.auditOrigin])
  assert.equal(String(opened.checkpoint.at), '2026-11-23T01:10:00.123456Z')
  assert.ok(opened.checkpoint.root.equals(head.root))
  assert.equal(readFileSync(join(log.witnessDir, 'heads.txt'), 'utf8'), `${head.note}\n`)
  assert.equal((await log.verify()).verdict, 'whole')
})

test('an entry that commits after a later one and after a head still gets its place', async (t) => {
  const log = await emptyLog(t)
  const slow = await log.app.connect()
  await slow.query('begin')
  await writeEntries(slow, [entry(1)])
  await writeEntries(log.app, [entry(2), entry(3)])
  assert.equal((await log.head())?.size, 2)
  await slow.query('commit')
  slow.release()
  assert.equal((await log.head())?.size, 3)
  const { rows } = await log.admin.query('select entry_id from platform.audit_leaf order by tree_index')
  assert.deepEqual(
    rows.map((row) => Number(row.entry_id)),
    [2, 3, 1],
  )
  assert.equal((await log.verify()).verdict, 'whole')
})

test('an entry that was rolled back leaves a gap in the ids and none in the tree', async (t) => {
  const log = await emptyLog(t)
  const client = await log.app.connect()
  await client.query('begin')
  await writeEntries(client, many(1, 5))
  await client.query('rollback')
  client.release()
  await writeEntries(log.app, many(6, 2))
  assert.equal((await log.head())?.size, 2)
  const report = await log.verify()
  assert.deepEqual([report.verdict, report.entries, report.waiting], ['whole', 2, 0])
})

test('sequencers that run at the same moment give each entry one place', async (t) => {
  const log = await emptyLog(t)
  await writeEntries(log.app, many(1, 40))
  const heads = await Promise.all([log.head(), log.head(), log.head()])
  assert.equal(heads.filter((head) => head !== null).length, 1)
  const report = await log.verify()
  assert.deepEqual([report.verdict, report.entries, report.heads, report.witnessedHeads], ['whole', 40, 1, 1])
})

test('a head that a crash kept from the witness is witnessed by the next run', async (t) => {
  const log = await filledLog(t)
  const path = join(log.witnessDir, 'heads.txt')
  const text = readFileSync(path, 'utf8')
  truncateSync(path, Buffer.byteLength(text.slice(0, text.indexOf(`${log.keys.auditOrigin}\n200\n`))))
  const lagging = await log.verify()
  assert.equal(lagging.verdict, 'doubtful')
  assert.deepEqual(
    lagging.findings.map((found) => [found.code, found.head, found.more]),
    [['head-not-witnessed', 300, 2]],
  )

  assert.equal(await log.head(), null)

  assert.equal(readFileSync(path, 'utf8'), text)
  assert.equal((await log.verify()).verdict, 'whole')
})

test('half a note left by a power cut is passed over, but only when the whole note follows', async (t) => {
  const log = await filledLog(t)
  const path = join(log.witnessDir, 'heads.txt')
  const text = readFileSync(path, 'utf8')
  const start = text.indexOf(`${log.keys.auditOrigin}\n300\n`)
  writeFileSync(path, text.slice(0, start + 90))
  assert.equal((await log.verify()).findings[0]?.code, 'witness-unreadable')

  await log.head()

  assert.deepEqual((await log.verify()).findings, [])
})

test('the sequencer does not go on from a database that is behind its witness', async (t) => {
  const log = await filledLog(t)
  await rebuildTree(log, log.keys, folder(t), headSizes.slice(0, 3))
  await writeEntries(log.app, [entry(999)])
  await assert.rejects(log.head(), (error: AuditRollbackError) => {
    assert.ok(error instanceof AuditRollbackError)
    assert.deepEqual([error.witnessed, error.present], [300, 200])
    return true
  })
})

test('a witness that saw the log go back says so', async (t) => {
  const log = await filledLog(t)
  const path = join(log.witnessDir, 'heads.txt')
  const text = readFileSync(path, 'utf8')
  appendFileSync(path, text.slice(0, text.indexOf(`${log.keys.auditOrigin}\n200\n`)))
  const report = await log.verify()
  assert.equal(report.verdict, 'broken')
  assert.deepEqual(
    report.findings.map((found) => [found.code, found.head, found.detail]),
    [
      ['witness-went-back', 60, '6'],
      ['witness-went-back', 100, '7'],
    ],
  )
})

test('a second host with an empty witness directory is given every head there is', async (t) => {
  const log = await filledLog(t)
  const other = folder(t)
  await makeHead(log.app, log.keys, logStart, other)
  assert.equal(readFileSync(join(other, 'heads.txt'), 'utf8'), readFileSync(join(log.witnessDir, 'heads.txt'), 'utf8'))
})

test('after the signing key was rotated old and new heads hold with both keys, new ones not with the old key alone', async (t) => {
  const log = await emptyLog(t)
  const dir = folder(t)
  const first = loadKeyRing(dir)
  await writeEntries(log.app, many(1, 2))
  await makeHead(log.app, first, logStart, log.witnessDir)
  addKeyVersion(dir, 'audit-signing')
  const second = loadKeyRing(dir)
  await writeEntries(log.app, many(3, 2))
  await makeHead(log.app, second, logStart.add({ minutes: 1 }), log.witnessDir)
  const published = second.auditSigning.map((key) => verifierKeyText(second.auditOrigin, key.publicKey))
  const { admin, witnessDir } = log
  assert.equal((await verifyAudit(admin, { witnessDir, publicKey: published })).verdict, 'whole')
  const oldOnly = await verifyAudit(admin, { witnessDir, publicKey: published.slice(1) })
  assert.deepEqual(
    oldOnly.findings.map((found) => [found.code, found.head, found.source]),
    [
      ['head-unsigned', 4, 'database'],
      ['head-unsigned', 4, 'witness'],
    ],
  )
})

test('batches of the sequencer and of the search join without a seam', async (t) => {
  const log = await emptyLog(t)
  await writeEntries(log.app, many(1, 10_001))
  assert.equal((await log.head())?.size, 10_001)
  const report = await log.verify()
  assert.deepEqual([report.verdict, report.entries], ['whole', 10_001])
  const { rows } = await log.admin.query('select count(*) as nodes from platform.audit_node')
  assert.equal(rows[0].nodes, Math.floor(10_001 / 256))
})
