import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import { actorToken, anonymousActor, systemActor } from '#platform/actor.ts'
import { testSecrets } from '#platform/db/fresh-database.ts'
import { auditRow, insertAudit } from './audit-entry.ts'
import { behindTheTriggers, emptyLog, entry, filledLog, headSizes } from './audit-testing.ts'
import { canonicalJson } from './canonical-json.ts'
import { parseVerifierKey } from './checkpoint.ts'
import { leafHash } from './merkle.ts'
import { consistencyProof, verifyConsistency, verifyInclusion } from './proofs.ts'
import { checkReceiptProof, receiptProof } from './receipt-proof.ts'
import { databaseNodes, proofOfEntry } from './tree-store.ts'
import { verifyAudit } from './verify-audit.ts'

const salt = Buffer.alloc(16, 1)

const kysely = (pool: Pool) => new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool }) })

test('the record hash is the documented one, so that others can recompute it', () => {
  const row = auditRow(entry(1, { data: { b: 2, a: [1, '二'] } }), salt)
  const sha = (...parts: (string | Buffer)[]) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  const digest = sha(salt, '{"a":[1,"二"],"b":2}').toString('hex')
  const actor = '00000000-0000-4000-8000-000000000001'
  const record = `["jingmin-audit-1","1795395601000000","person","${actor}","complaint.decided","complaint","TS1",null,"done","r1","${digest}"]`
  assert.equal(row.recordHash.toString('hex'), sha(record).toString('hex'))
  assert.ok(leafHash(row.recordHash).equals(sha(Buffer.from([0]), row.recordHash)))
})

test('equal data in another order hash alike; any other field, salt or data makes another hash', () => {
  const base = entry(1, { data: { a: 1, b: 2 } })
  const hash = (more: object, with_ = salt) => auditRow({ ...base, ...more }, with_).recordHash.toString('hex')
  assert.equal(hash({ data: { b: 2, a: 1 } }), hash({}))
  const others = [
    hash({}, Buffer.alloc(16, 2)),
    hash({ data: { a: 1, b: '2' } }),
    hash({ at: base.at.add({ microseconds: 1 }) }),
    hash({ actorKind: 'citizen' }),
    hash({ actorId: null }),
    hash({ event: 'x' }),
    hash({ subjectKind: null }),
    hash({ subjectId: 'TS2' }),
    hash({ subjectKind: 'complaintTS1', subjectId: '' }),
    hash({ unitId: base.actorId }),
    hash({ outcome: 'refused' }),
    hash({ requestId: null }),
  ]
  assert.equal(new Set([hash({}), ...others]).size, others.length + 1)
})

test('canonical JSON sorts keys, drops what JSON drops and replaces what PostgreSQL cannot keep', () => {
  assert.equal(canonicalJson({ b: [1, { d: null, c: -0 }], a: undefined }), '{"b":[1,{"c":0,"d":null}]}')
  assert.equal(canonicalJson(undefined), 'null')
  assert.equal(canonicalJson({ 'k\0': '\0x\uD800', 'k\uFFFD': 1 }), '{"k\uFFFD":1}')
  assert.equal(canonicalJson('\\u0000'), '"\\\\u0000"')
  assert.equal(canonicalJson({ at: Temporal.PlainDate.from('2026-11-23'), n: 1e21 }), '{"at":"2026-11-23","n":1e+21}')
})

test('whatever someone typed, the entry is written, and its hash holds after the way through the database', async (t) => {
  const log = await emptyLog(t)
  const typed: unknown[] = [
    { text: 'a\0b', nested: { '\0': ['\uD800', '𠮷', '"\\\u2028'] } },
    [0.1, -0, 5e-324, 1.7976931348623157e308, 1e21, 123456789012345680000, 1 / 3],
    { ...JSON.parse('{"constructor":"x"}'), '': null, é: 1, 'z\\u0000': '\\u0000' },
    JSON.parse('{"__proto__":1}'),
    undefined,
    null,
    '只有文字',
    { deep: JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) },
  ]
  for (const [i, data] of typed.entries()) {
    await insertAudit(kysely(log.app), entry(i, { data, subjectId: 'A\0\uDC00', requestId: null, subjectKind: '' }))
  }
  await insertAudit(kysely(log.app), entry(9, { at: Temporal.Instant.from('2026-11-23T01:00:00.999999999Z') }))
  await insertAudit(kysely(log.app), entry(9, { actorId: 'ABCDEF00-0000-4000-8000-00000000ABCD' }))
  await log.head()
  const report = await log.verify()
  assert.deepEqual([report.verdict, report.entries, report.findings], ['whole', typed.length + 2, []])
})

test('an entry is committed with its change or not at all', async (t) => {
  const log = await emptyLog(t)
  const db = kysely(log.app)
  const failed = db.transaction().execute(async (tx) => {
    await insertAudit(tx, entry(1))
    throw new Error('the change failed')
  })
  await assert.rejects(failed, /the change failed/)
  await db.transaction().execute((tx) => insertAudit(tx, entry(2)))
  const { rows } = await log.admin.query('select subject_id from platform.audit_entry')
  assert.deepEqual(rows, [{ subject_id: 'TS2' }])
})

test('neither the serving role nor the owner can change, delete or empty what was logged', async (t) => {
  const log = await filledLog(t)
  for (const table of ['audit_entry', 'audit_leaf', 'audit_node', 'audit_head']) {
    const column = { audit_entry: 'event', audit_leaf: 'entry_id', audit_node: 'hash', audit_head: 'note' }[table]
    for (const statement of [
      `update platform.${table} set ${column} = ${column}`,
      `delete from platform.${table}`,
      `truncate platform.${table} cascade`,
    ]) {
      await assert.rejects(log.app.query(statement), /permission denied/, statement)
      await assert.rejects(log.admin.query(statement), /append-only/, statement)
      const asReplica = `begin; set local session_replication_role = replica; ${statement}; commit`
      await assert.rejects(log.admin.query(asReplica), /append-only/, asReplica)
      await log.admin.query('rollback')
    }
  }
  await assert.rejects(log.app.query('alter table platform.audit_entry disable trigger all'), /must be owner/)
  assert.equal((await log.verify()).verdict, 'whole')
})

test('the serving role chooses no id and puts nothing on the waiting list itself', async (t) => {
  const log = await emptyLog(t)
  const forged = `insert into platform.audit_entry (id, at, actor_kind, event, outcome, data_digest, record_hash)
    overriding system value values (1, now(), 'system', 'x', 'done', sha256(''), sha256(''))`
  await assert.rejects(log.app.query(forged), /permission denied/)
  const waiting = `insert into platform.audit_pending values (1, sha256(''))`
  await assert.rejects(log.app.query(waiting), /permission denied/)
})

test("the internet side can record what the public did, in nobody else's name, and reads nothing", async (t) => {
  const log = await emptyLog(t)
  const db = kysely(log.publicSide)
  await insertAudit(db, entry(1, { actorKind: 'citizen', actorId: null }))
  await insertAudit(db, entry(2, { actorKind: 'anonymous', actorId: null }))
  await assert.rejects(insertAudit(db, entry(3, { actorKind: 'system', actorId: null })), /row-level security/)
  await assert.rejects(insertAudit(db, entry(4, { actorKind: 'person' })), /row-level security/)
  await assert.rejects(insertAudit(db, entry(5, { actorKind: 'citizen' })), /row-level security/)
  for (const table of ['audit_entry', 'audit_leaf', 'audit_head', 'audit_pending']) {
    await assert.rejects(log.publicSide.query(`select from platform.${table}`), /permission denied/)
  }
  assert.equal((await log.head())?.size, 2)
})

test('an entry whose hashes do not fit, as an injected statement might write, is found', async (t) => {
  const log = await emptyLog(t)
  await log.app.query(`insert into platform.audit_entry (at, actor_kind, event, outcome, data, salt, data_digest, record_hash)
    values (now(), 'system', 'x', 'done', '{}', '\\x00000000000000000000000000000000', sha256(''), sha256(''))`)
  assert.equal((await log.verify()).findings[0]?.code, 'waiting-changed')
  await log.head()
  assert.equal((await log.verify()).findings[0]?.code, 'data-changed')
})

test('entries are shown to who may audit and to the system, to nobody else, and writing needs no right to read', async (t) => {
  const log = await filledLog(t)
  const seenBy = async (actor: typeof systemActor | null) => {
    const client = await log.app.connect()
    try {
      await client.query('begin')
      const pid = (client as unknown as { processID: number }).processID
      const expiry = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + 60
      const token = actor ? actorToken(actor, testSecrets.actorKey, pid, expiry) : ''
      await client.query(`set local "jingmin.actor" = '${token}'`)
      const { rows } = await client.query('select count(*) as seen from platform.audit_entry')
      return rows[0].seen
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const person = { ...anonymousActor, kind: 'person' as const, personId: '00000000-0000-4000-8000-000000000001' }
  assert.equal(await seenBy(systemActor), 300)
  assert.equal(await seenBy({ ...person, grants: { 'audit.read': ['*'] } }), 300)
  assert.equal(await seenBy(person), 0)
  assert.equal(await seenBy(null), 0)
})

test('a search that row-level security would half blind is refused instead of reporting deletions', async (t) => {
  const log = await filledLog(t)
  const { witnessDir, publicKey } = log
  await assert.rejects(verifyAudit(log.app, { witnessDir, publicKey }), /row-level security/)
})

test('content erased on record leaves its place, its hash and a whole log', async (t) => {
  const log = await filledLog(t)
  await behindTheTriggers(log.admin, 'update platform.audit_entry set data = null, salt = null where id = 42')
  const record = { event: 'audit.content-erased', subjectKind: 'audit_entry', subjectId: '42' }
  await insertAudit(kysely(log.app), entry(301, record))
  await log.head()
  const report = await log.verify()
  assert.deepEqual([report.verdict, report.erased, report.findings], ['whole', 1, []])
})

test('every entry of a log with stored subtrees is proved against the signed head, by id and by receipt', async (t) => {
  const log = await filledLog(t)
  for (const id of [1, 42, 200, 256, 257, 299, 300]) {
    const proof = (await proofOfEntry(log.app, { id: String(id) }))!
    assert.ok(
      verifyInclusion(proof.leafHash, proof.treeIndex, proof.head.size, proof.proof, proof.head.root),
      `entry ${id}`,
    )
  }
  const { recordHash } = await insertAudit(kysely(log.app), entry(301))
  assert.equal(await proofOfEntry(log.app, { recordHash }), null)
  await log.head()
  const proof = (await proofOfEntry(log.app, { recordHash }))!
  assert.ok(verifyInclusion(leafHash(recordHash), proof.treeIndex, proof.head.size, proof.proof, proof.head.root))
  assert.equal(await proofOfEntry(log.app, { id: '999' }), null)
})

test('a receipt proves its entry with the key alone, and no other entry, place, head or key', async (t) => {
  const log = await filledLog(t)
  const { recordHash } = await insertAudit(kysely(log.app), entry(301))
  await log.head()
  const text = receiptProof((await proofOfEntry(log.app, { recordHash }))!)
  const keys = [parseVerifierKey(log.publicKey)]
  const leaf = leafHash(recordHash)
  assert.equal(checkReceiptProof(text, leaf, keys)?.checkpoint.size, 301)
  assert.equal(checkReceiptProof(text, leafHash(Buffer.alloc(32)), keys), null)
  assert.equal(checkReceiptProof(text, leaf, []), null)
  for (const [from, to] of [
    ['index 300', 'index 299'],
    ['index 300', 'index 0300'],
    ['\n301\n', '\n302\n'],
    ['tlog-proof@v1', 'tlog-proof@v2'],
    ['\n\n', '\n\n\n'],
    ['index 300\n', `index 300\n${recordHash.toString('base64')}\n`],
  ] as const) {
    assert.notEqual(text.replace(from, to), text)
    assert.equal(checkReceiptProof(text.replace(from, to), leaf, keys), null, to)
  }
})

test('any two witnessed heads are proved consistent from the stored tree', async (t) => {
  const log = await filledLog(t)
  const { rows } = await log.app.query(`select tree_size, encode(root, 'hex') as root from platform.audit_head`)
  const roots = new Map(rows.map((row) => [Number(row.tree_size), Buffer.from(row.root, 'hex')]))
  for (const newSize of headSizes) {
    for (const oldSize of headSizes.filter((size) => size <= newSize)) {
      const proof = await consistencyProof(databaseNodes(log.app), oldSize, newSize)
      assert.ok(verifyConsistency(oldSize, roots.get(oldSize)!, newSize, roots.get(newSize)!, proof))
    }
  }
  assert.equal(parseVerifierKey(log.publicKey).name, log.keys.auditOrigin)
})
