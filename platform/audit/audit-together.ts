import type { DatabasePool } from '../db/pools.ts'
import { type AuditEntry, auditRow } from './audit-entry.ts'

type Waiting = { entry: AuditEntry; resolve(): void; reject(error: Error): void }

const most = 200
const insert = {
  name: 'audit-together',
  text: `insert into platform.audit_entry
      (at, actor_kind, actor_id, event, subject_kind, subject_id, unit_id, outcome, request_id, data, data_digest, salt, record_hash)
    select at, actor_kind, actor_id, event, subject_kind, subject_id, unit_id, outcome, request_id, data::jsonb, data_digest, salt, record_hash
    from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[],
      $11::bytea[], $12::bytea[], $13::bytea[])
      as e (at, actor_kind, actor_id, event, subject_kind, subject_id, unit_id, outcome, request_id, data, data_digest, salt, record_hash)`,
}

/**
 * Writes entries of looks, for which there is no change to be committed with. Resolves when the entry is committed and on disk.
 * Whoever comes while others are being written goes with the next ones, so that they wait for the disk together.
 */
export function auditTogether(pool: Pick<DatabasePool, 'query'>): (entry: AuditEntry) => Promise<void> {
  const line: Waiting[] = []
  let writing = false

  async function write(entries: readonly Waiting[]): Promise<void> {
    const failed = await pool.query({ ...insert, values: columnsOf(entries.map(({ entry }) => entry)) }).then(
      () => null,
      (error: Error) => error,
    )
    // One that cannot be stored must not take the others' answers away.
    if (failed && entries.length > 1 && wrongValue(failed)) for (const one of entries) await write([one])
    else for (const { resolve, reject } of entries) failed ? reject(failed) : resolve()
  }

  async function writeAll(): Promise<void> {
    writing = true
    while (line.length > 0) await write(line.splice(0, most))
    writing = false
  }

  return (entry) =>
    new Promise<void>((resolve, reject) => {
      line.push({ entry, resolve, reject })
      if (!writing) void writeAll()
    })
}

/** Of the classes 22 and 23, data and constraints: not a database that is away. */
function wrongValue(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '')
}

function columnsOf(entries: readonly AuditEntry[]): unknown[][] {
  const rows = entries.map((entry) => {
    const row = auditRow(entry)
    const at = Temporal.Instant.fromEpochNanoseconds(BigInt(row.atMicros) * 1000n).toString()
    return [
      at,
      row.actorKind,
      row.actorId,
      row.event,
      row.subjectKind,
      row.subjectId,
      row.unitId,
      row.outcome,
      row.requestId,
      row.data,
      row.dataDigest,
      row.salt,
      row.recordHash,
    ]
  })
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]))
}
