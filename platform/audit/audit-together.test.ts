import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../db/fresh-database.ts'
import type { DatabasePool } from '../db/pools.ts'
import type { AuditEntry } from './audit-entry.ts'
import { auditTogether } from './audit-together.ts'

const look = (subjectId: string): AuditEntry => ({
  at: Temporal.Instant.from('2026-11-23T01:00:00.123456Z'),
  actorKind: 'system',
  actorId: null,
  event: 'matter.view',
  subjectKind: 'matter',
  subjectId,
  unitId: null,
  outcome: 'done',
  data: { quoted: '"a", {b}', empty: null },
  requestId: 'r',
})

/** The real pool; counts what is asked of it. */
function counted(pool: DatabasePool) {
  const asked = { times: 0 }
  const query = ((config: never) => {
    asked.times += 1
    return pool.query(config)
  }) as DatabasePool['query']
  return { asked, pool: { query } }
}

test('a look is committed when its promise resolves, with the hash that verification recomputes', async (t) => {
  const { admin, house } = await freshDatabase(t)
  await house.record(look('one'))
  const found = await admin.query(
    `select e.subject_id, e.data, e.record_hash = p.record_hash as pending from platform.audit_entry e
     join platform.audit_pending p on p.entry_id = e.id where event = 'matter.view'`,
  )
  assert.deepEqual(found.rows, [{ subject_id: 'one', data: { quoted: '"a", {b}', empty: null }, pending: true }])
})

test('looks that come while others are written are written together, each as an entry of its own', async (t) => {
  const { admin } = await freshDatabase(t)
  const { asked, pool } = counted(admin)
  const record = auditTogether(pool)
  await Promise.all(Array.from({ length: 50 }, (_, n) => record(look(String(n)))))
  const found = await admin.query(
    `select count(distinct subject_id) as n from platform.audit_entry where event = 'matter.view'`,
  )
  assert.equal(found.rows[0].n, 50)
  assert.equal(asked.times, 2)
})

test('an entry that cannot be stored fails alone', async (t) => {
  const { admin } = await freshDatabase(t)
  const record = auditTogether(admin)
  const results = await Promise.allSettled([
    record(look('first')),
    record(look('a')),
    record({ ...look('b'), outcome: 'guessed' as 'done' }),
    record(look('c')),
  ])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  const found = await admin.query(
    `select subject_id from platform.audit_entry where event = 'matter.view' order by subject_id`,
  )
  assert.deepEqual(
    found.rows.map((row) => row.subject_id),
    ['a', 'c', 'first'],
  )
})
