import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Pool } from 'pg'
import { type KeyRing, loadKeyRing } from '#platform/crypto/key-ring.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { type AuditEntry, auditRow } from './audit-entry.ts'
import { verifierKeyText } from './checkpoint.ts'
import { makeHead } from './make-head.ts'
import { type AuditReport, verifyAudit } from './verify-audit.ts'

/** A log with its keys and witness, and its logins: who may do anything, who serves, who answers the internet. */
export type TestLog = {
  admin: Pool
  app: Pool
  publicSide: Pool
  keys: KeyRing
  witnessDir: string
  publicKey: string
  head(at?: string): ReturnType<typeof makeHead>
  verify(): Promise<AuditReport>
}

export const logStart = Temporal.Instant.from('2026-11-23T01:00:00Z')

/** Sizes at which the filled log has heads. The last lies past 256, so that a stored node exists. */
export const headSizes = [60, 100, 200, 270, 300]

export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'jingmin-audit-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export function entry(n: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: logStart.add({ seconds: n }),
    actorKind: 'person',
    actorId: `00000000-0000-4000-8000-${String(n % 7).padStart(12, '0')}`,
    event: 'complaint.decided',
    subjectKind: 'complaint',
    subjectId: `TS${n}`,
    unitId: null,
    outcome: 'done',
    data: { finding: n % 2 ? 'upheld' : 'rejected', points: n % 5 },
    requestId: `r${n}`,
    ...more,
  }
}

export async function emptyLog(t: TestContext): Promise<TestLog> {
  const database = await freshDatabase(t)
  const app = openPool(database.appUrl, 4)
  const publicSide = openPool(database.publicUrl, 1)
  t.after(() => Promise.all([app.end(), publicSide.end()]))
  const keys = loadKeyRing(folder(t))
  const witnessDir = folder(t)
  const publicKey = verifierKeyText(keys.auditOrigin, keys.auditSigning[0]!.publicKey)
  return {
    admin: database.admin,
    app,
    publicSide,
    keys,
    witnessDir,
    publicKey,
    head: (at = '2026-11-23T01:10:00Z') => makeHead(app, keys, Temporal.Instant.from(at), witnessDir),
    verify: () => verifyAudit(database.admin, { witnessDir, publicKey }),
  }
}

/** 300 entries under five heads, all witnessed. */
export async function filledLog(t: TestContext): Promise<TestLog> {
  const log = await emptyLog(t)
  let written = 0
  for (const size of headSizes) {
    await writeEntries(
      log.app,
      Array.from({ length: size - written }, (_, i) => entry(written + i + 1)),
    )
    await log.head(logStart.add({ seconds: size }).toString())
    written = size
  }
  return log
}

/** Many entries in one statement. With `id`, a forger's insert in the place of another row. */
export async function writeEntries(pool: Pick<Pool, 'query'>, entries: AuditEntry[], id?: number): Promise<void> {
  const rows = entries.map((one) => auditRow(one))
  await pool.query(
    `insert into platform.audit_entry (${id ? 'id, ' : ''}at, actor_kind, actor_id, event, subject_kind, subject_id, unit_id,
       outcome, request_id, data, data_digest, salt, record_hash) ${id ? 'overriding system value' : ''}
     select ${id ? `${id}, ` : ''}* from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[],
       $8::text[], $9::text[], $10::jsonb[], $11::bytea[], $12::bytea[], $13::bytea[])`,
    [
      entries.map((one) => one.at.toString()),
      rows.map((row) => row.actorKind),
      rows.map((row) => row.actorId),
      rows.map((row) => row.event),
      rows.map((row) => row.subjectKind),
      rows.map((row) => row.subjectId),
      rows.map((row) => row.unitId),
      rows.map((row) => row.outcome),
      rows.map((row) => row.requestId),
      rows.map((row) => row.data),
      rows.map((row) => row.dataDigest),
      rows.map((row) => row.salt),
      rows.map((row) => row.recordHash),
    ],
  )
}

const tables = ['audit_entry', 'audit_leaf', 'audit_node', 'audit_head']

/** What a superuser can do: every trigger and foreign key out of the way, statements, everything back as it was. */
export async function behindTheTriggers(admin: Pool, ...statements: string[]): Promise<void> {
  const client = await admin.connect()
  try {
    await client.query('begin')
    for (const table of tables) await client.query(`alter table platform.${table} disable trigger all`)
    for (const statement of statements) await client.query(statement)
    for (const table of tables) {
      await client.query(`alter table platform.${table} enable trigger all`)
      await client.query(`alter table platform.${table} enable always trigger append_only`)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Throws the whole tree away and builds it anew over the entries as they now are, with heads of the same sizes. */
export async function rebuildTree(
  log: TestLog,
  keys: KeyRing,
  scratchWitness: string,
  sizes = headSizes,
): Promise<void> {
  await behindTheTriggers(
    log.admin,
    'delete from platform.audit_leaf',
    'delete from platform.audit_node',
    'delete from platform.audit_head',
    'delete from platform.audit_pending',
  )
  let placed = 0
  for (const size of sizes) {
    await log.admin.query(
      `insert into platform.audit_pending (entry_id, record_hash)
       select id, record_hash from platform.audit_entry order by id offset $1 limit $2`,
      [placed, size - placed],
    )
    await makeHead(log.admin, keys, logStart.add({ seconds: size }), scratchWitness)
    placed = size
  }
}
