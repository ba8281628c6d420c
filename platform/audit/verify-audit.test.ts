import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadKeyRing } from '#platform/crypto/key-ring.ts'
import { auditRow } from './audit-entry.ts'
import {
  behindTheTriggers,
  emptyLog,
  entry,
  filledLog,
  folder,
  logStart,
  rebuildTree,
  type TestLog,
  writeEntries,
} from './audit-testing.ts'
import { type FindingCode, wordFinding } from './finding.ts'
import { makeHead } from './make-head.ts'
import type { AuditReport } from './verify-audit.ts'

const codes = (report: AuditReport) => new Set(report.findings.map((found) => found.code))
const bytes = (buffer: Buffer) => `'\\x${buffer.toString('hex')}'::bytea`
const changed = entry(42, { data: { finding: 'no-responsibility', points: 0 } })

type Manipulation = {
  name: string
  finds: FindingCode
  /** Entry id or head that the report must name. */
  names?: { entryId?: string; head?: number; treeIndex?: number; since?: number; source?: 'database' | 'witness' }
  verdict?: 'broken' | 'doubtful'
  act(log: TestLog, t: TestContext): Promise<unknown>
}

const sql = (...statements: string[]) => {
  return (log: TestLog) => behindTheTriggers(log.admin, ...statements)
}

/** Entry 42 replaced by another that is right in itself: new data, salt, digest and record hash. */
async function replaceEntry42(log: TestLog) {
  await behindTheTriggers(log.admin, 'delete from platform.audit_entry where id = 42')
  await log.admin.query('alter table platform.audit_entry disable trigger note_pending')
  await writeEntries(log.admin, [changed], 42)
  await log.admin.query('alter table platform.audit_entry enable trigger note_pending')
}

const manipulations: Manipulation[] = [
  {
    name: 'an edited field',
    finds: 'fields-changed',
    names: { entryId: '42', treeIndex: 41 },
    act: sql(`update platform.audit_entry set outcome = 'refused' where id = 42`),
  },
  {
    name: 'an edited actor',
    finds: 'fields-changed',
    names: { entryId: '42' },
    act: sql(`update platform.audit_entry set actor_id = null where id = 42`),
  },
  {
    name: 'a time moved by a microsecond',
    finds: 'fields-changed',
    names: { entryId: '42' },
    act: sql(`update platform.audit_entry set at = at + interval '1 microsecond' where id = 42`),
  },
  {
    name: 'a time without end',
    finds: 'fields-changed',
    names: { entryId: '42' },
    act: sql(`update platform.audit_entry set at = 'infinity' where id = 42`),
  },
  {
    name: 'edited data',
    finds: 'data-changed',
    names: { entryId: '42', treeIndex: 41 },
    act: sql(`update platform.audit_entry set data = jsonb_set(data, '{points}', '0') where id = 42`),
  },
  {
    name: 'edited data with a fitting digest',
    finds: 'fields-changed',
    names: { entryId: '42' },
    act: (log) => {
      const row = auditRow(changed)
      return behindTheTriggers(
        log.admin,
        `update platform.audit_entry set data = '${row.data}', salt = ${bytes(row.salt)},
           data_digest = ${bytes(row.dataDigest)} where id = 42`,
      )
    },
  },
  {
    name: 'a row replaced with fitting hashes',
    finds: 'leaf-changed',
    names: { entryId: '42', treeIndex: 41 },
    act: replaceEntry42,
  },
  {
    name: 'a row replaced with fitting hashes and leaf',
    finds: 'head-mismatch',
    names: { head: 60, since: 0, source: 'witness' },
    async act(log) {
      await replaceEntry42(log)
      await behindTheTriggers(
        log.admin,
        `update platform.audit_leaf l set leaf_hash = sha256('\\x00'::bytea || e.record_hash)
           from platform.audit_entry e where e.id = l.entry_id and l.entry_id = 42`,
      )
    },
  },
  {
    name: 'a deleted row',
    finds: 'entry-missing',
    names: { entryId: '42', treeIndex: 41 },
    act: sql('delete from platform.audit_entry where id = 42'),
  },
  {
    name: 'a deleted row with its place',
    finds: 'place-missing',
    names: { treeIndex: 41 },
    act: sql('delete from platform.audit_leaf where entry_id = 42', 'delete from platform.audit_entry where id = 42'),
  },
  {
    name: 'a deleted row with its place, the later ones moved up',
    finds: 'head-mismatch',
    names: { head: 60, source: 'witness' },
    act: sql(
      'delete from platform.audit_leaf where entry_id = 42',
      'delete from platform.audit_entry where id = 42',
      'update platform.audit_leaf set tree_index = tree_index + 10000 where tree_index > 41',
      'update platform.audit_leaf set tree_index = tree_index - 10001 where tree_index > 10000',
    ),
  },
  {
    name: 'two rows that changed ids',
    finds: 'leaf-changed',
    names: { entryId: '42' },
    act: sql(
      'alter table platform.audit_entry alter column id drop identity',
      'update platform.audit_entry set id = 0 where id = 42',
      'update platform.audit_entry set id = 42 where id = 43',
      'update platform.audit_entry set id = 43 where id = 0',
    ),
  },
  {
    name: 'two rows that changed places in the tree',
    finds: 'head-mismatch',
    names: { head: 100, since: 60, source: 'witness' },
    act: sql(
      'update platform.audit_leaf set tree_index = 1000 where tree_index = 70',
      'update platform.audit_leaf set tree_index = 70 where tree_index = 71',
      'update platform.audit_leaf set tree_index = 71 where tree_index = 1000',
    ),
  },
  {
    name: 'a row put in beside the tree',
    finds: 'entry-outside-tree',
    names: { entryId: '301' },
    async act(log) {
      await writeEntries(log.admin, [entry(150, { subjectId: 'TS-forged' })])
      await log.admin.query('delete from platform.audit_pending')
    },
  },
  {
    name: 'a row put in behind a head',
    finds: 'head-mismatch',
    names: { head: 200, since: 100, source: 'witness' },
    async act(log) {
      await writeEntries(log.admin, [entry(150, { subjectId: 'TS-forged' })])
      await log.admin.query('delete from platform.audit_pending')
      await behindTheTriggers(
        log.admin,
        'update platform.audit_leaf set tree_index = tree_index + 10000 where tree_index >= 150',
        'update platform.audit_leaf set tree_index = tree_index - 9999 where tree_index >= 10000',
        `insert into platform.audit_leaf select 150, id, sha256('\\x00'::bytea || record_hash)
           from platform.audit_entry where id = 301`,
      )
    },
  },
  {
    name: 'a leaf added after the last head',
    finds: 'entries-beyond-head',
    names: { since: 300 },
    async act(log) {
      await writeEntries(log.admin, [entry(301)])
      await log.admin.query(`with gone as (delete from platform.audit_pending returning *)
        insert into platform.audit_leaf select 300, entry_id, sha256('\\x00'::bytea || record_hash) from gone`)
    },
  },
  {
    name: 'an entry of last week written today through the front door',
    finds: 'entry-backdated',
    verdict: 'doubtful',
    names: { entryId: '301', head: 300 },
    async act(log) {
      await writeEntries(log.admin, [entry(1, { at: logStart.subtract({ hours: 168 }) })])
      await log.head()
    },
  },
  {
    name: 'a waiting entry edited before it got its place',
    finds: 'waiting-changed',
    names: { entryId: '301' },
    async act(log) {
      await writeEntries(log.admin, [entry(301)])
      await behindTheTriggers(log.admin, `update platform.audit_entry set outcome = 'failed' where id = 301`)
    },
  },
  {
    name: 'the chain rebuilt, heads signed by a key of the forger',
    finds: 'head-unsigned',
    names: { head: 60, source: 'database' },
    async act(log, t) {
      await replaceEntry42(log)
      await rebuildTree(log, { ...loadKeyRing(folder(t)), auditOrigin: log.keys.auditOrigin }, folder(t))
    },
  },
  {
    name: 'the chain rebuilt, heads signed by the stolen key itself',
    finds: 'head-mismatch',
    names: { head: 60, source: 'witness' },
    async act(log, t) {
      await replaceEntry42(log)
      await rebuildTree(log, log.keys, folder(t))
    },
  },
  {
    name: 'the chain rebuilt with the stolen key under fewer heads',
    finds: 'head-missing',
    names: { head: 60 },
    async act(log, t) {
      await replaceEntry42(log)
      await rebuildTree(log, log.keys, folder(t), [300])
    },
  },
  {
    name: 'a removed head',
    finds: 'head-missing',
    names: { head: 200 },
    act: sql('delete from platform.audit_head where tree_size = 200'),
  },
  {
    name: 'the last head removed',
    finds: 'entries-beyond-head',
    names: { since: 270 },
    act: sql('delete from platform.audit_head where tree_size = 300'),
  },
  {
    name: 'the tail cut off down to an older head',
    finds: 'head-beyond-tree',
    names: { head: 270, since: 200, source: 'witness' },
    act: sql(
      'delete from platform.audit_head where tree_size > 200',
      'delete from platform.audit_leaf where tree_index >= 200',
      'delete from platform.audit_node',
      'delete from platform.audit_entry where id > 200',
    ),
  },
  {
    name: 'an old backup restored and other entries written since',
    finds: 'head-mismatch',
    names: { head: 270, since: 200, source: 'witness' },
    async act(log, t) {
      await behindTheTriggers(
        log.admin,
        'delete from platform.audit_head where tree_size > 200',
        'delete from platform.audit_leaf where tree_index >= 200',
        'delete from platform.audit_node',
        'delete from platform.audit_entry where id > 200',
      )
      await writeEntries(
        log.admin,
        Array.from({ length: 150 }, (_, i) => entry(201 + i, { outcome: 'failed' })),
      )
      await makeHead(log.admin, log.keys, logStart.add({ seconds: 400 }), folder(t))
    },
  },
  {
    name: 'a head added between two others with the stolen key',
    finds: 'head-inserted',
    names: { head: 150 },
    async act(log, t) {
      const twin = await emptyLog(t)
      const rows = await log.admin.query(
        'select entry_id, leaf_hash from platform.audit_leaf order by tree_index limit 150',
      )
      assert.equal(rows.rowCount, 150)
      const other = { ...log, admin: twin.admin }
      await writeEntries(
        twin.admin,
        Array.from({ length: 150 }, (_, i) => entry(i + 1)),
      )
      await makeHead(other.admin, log.keys, logStart, folder(t))
      const { rows: heads } = await twin.admin.query('select note, root, frontier from platform.audit_head')
      await log.admin.query(
        `insert into platform.audit_head (tree_size, root, frontier, at, note) values (150, $1, $2::bytea[], $3, $4)`,
        [heads[0].root, heads[0].frontier, logStart.toString(), heads[0].note],
      )
    },
  },
  {
    name: 'the time of a head moved',
    finds: 'head-altered',
    names: { head: 200 },
    act: sql(`update platform.audit_head set at = at - interval '1 day' where tree_size = 200`),
  },
  {
    name: 'a stored frontier changed',
    finds: 'head-altered',
    names: { head: 300 },
    act: sql(`update platform.audit_head set frontier[1] = sha256('x') where tree_size = 300`),
  },
  {
    name: 'a stored subtree changed',
    finds: 'node-changed',
    act: sql(`update platform.audit_node set hash = sha256('x')`),
  },
  {
    name: 'content erased without a record',
    finds: 'erased-without-record',
    names: { entryId: '42', treeIndex: 41 },
    act: sql('update platform.audit_entry set data = null, salt = null where id = 42'),
  },
  {
    name: 'the whole log emptied',
    finds: 'head-beyond-tree',
    names: { head: 60, since: 0, source: 'witness' },
    act: sql(
      'truncate platform.audit_entry, platform.audit_leaf, platform.audit_node, platform.audit_head, platform.audit_pending',
    ),
  },
  {
    name: 'a witnessed note altered',
    finds: 'head-unsigned',
    names: { head: 200, source: 'witness' },
    async act(log) {
      const path = join(log.witnessDir, 'heads.txt')
      const text = readFileSync(path, 'utf8')
      writeFileSync(
        path,
        text
          .replace('\n200\n', '\n199\n')
          .replace('\n199\n', '\n200\n')
          .replace('at 2026-11-23T01:03:20Z', 'at 2026-11-23T01:03:21Z'),
      )
    },
  },
  {
    name: 'the witness file gone',
    finds: 'witness-missing',
    act: async (log) => rmSync(join(log.witnessDir, 'heads.txt')),
  },
  {
    name: 'the witness file emptied',
    finds: 'witness-missing',
    act: async (log) => writeFileSync(join(log.witnessDir, 'heads.txt'), ''),
  },
  {
    name: 'the last note taken from the witness file',
    finds: 'head-not-witnessed',
    verdict: 'doubtful',
    names: { head: 300 },
    async act(log) {
      const path = join(log.witnessDir, 'heads.txt')
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, text.slice(0, text.indexOf(`${log.keys.auditOrigin}\n300\n`)))
    },
  },
]

for (const { name, finds, names, verdict, act } of manipulations) {
  test(`${name} is found and named`, async (t) => {
    const log = await filledLog(t)
    assert.equal((await log.verify()).verdict, 'whole')

    await act(log, t)

    const report = await log.verify()
    assert.equal(report.verdict, verdict ?? 'broken')
    const found = report.findings.filter((one) => one.code === finds)
    assert.ok(found.length > 0, `found only ${[...codes(report)]}`)
    const fits = found.find((one) => Object.entries(names ?? {}).every(([key, value]) => one[key as 'head'] === value))
    assert.ok(fits, JSON.stringify(found))
    for (const language of ['zh', 'en'] as const) assert.doesNotMatch(wordFinding(fits, language), /[{}]|undefined/)
  })
}
