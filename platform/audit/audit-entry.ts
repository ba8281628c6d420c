import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { canonicalJson, storableText } from './canonical-json.ts'

/** Who acted. `person` is an officer or official with an account. */
export type AuditActorKind = 'person' | 'citizen' | 'system' | 'anonymous'
export type AuditOutcome = 'done' | 'refused' | 'failed'

/** One thing that happened, as a use case reports it. `data` is anything JSON can hold; identities do not belong in it. */
export type AuditEntry = {
  at: Temporal.Instant
  actorKind: AuditActorKind
  actorId: string | null
  event: string
  subjectKind: string | null
  subjectId: string | null
  unitId: string | null
  outcome: AuditOutcome
  data: unknown
  requestId: string | null
}

/** The columns of platform.audit_entry as text and bytes, exactly as they are hashed. */
export type AuditRow = {
  /** Microseconds since 1970, the grain of timestamptz. */
  atMicros: string
  actorKind: string
  actorId: string | null
  event: string
  subjectKind: string | null
  subjectId: string | null
  unitId: string | null
  outcome: string
  requestId: string | null
  dataDigest: Buffer
}

export type HashedAuditRow = AuditRow & { data: string; salt: Buffer; recordHash: Buffer }

/** Hashes an entry: text as the database will keep it, a fresh salt, the digest of the data and the record hash. */
export function auditRow(entry: AuditEntry, salt: Buffer = randomBytes(16)): HashedAuditRow {
  const data = canonicalJson(entry.data ?? {})
  const row: AuditRow = {
    atMicros: String(entry.at.epochNanoseconds / 1000n),
    actorKind: entry.actorKind,
    actorId: entry.actorId?.toLowerCase() ?? null,
    event: storableText(entry.event),
    subjectKind: nullable(entry.subjectKind),
    subjectId: nullable(entry.subjectId),
    unitId: entry.unitId?.toLowerCase() ?? null,
    outcome: entry.outcome,
    requestId: nullable(entry.requestId),
    dataDigest: dataDigest(salt, data),
  }
  return { ...row, data, salt, recordHash: recordHash(row) }
}

/** SHA-256(salt ‖ canonical data). Data and salt can be erased together; the digest stays and the record hash still holds. */
export function dataDigest(salt: Buffer, canonicalData: string): Buffer {
  return createHash('sha256').update(salt).update(canonicalData).digest()
}

/** SHA-256 over the columns in a fixed order. The id is not among them: the database gives it, and order is the tree's. */
export function recordHash(row: AuditRow): Buffer {
  const fields = [
    'jingmin-audit-1',
    row.atMicros,
    row.actorKind,
    row.actorId,
    row.event,
    row.subjectKind,
    row.subjectId,
    row.unitId,
    row.outcome,
    row.requestId,
    row.dataDigest.toString('hex'),
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest()
}

/**
 * Writes one entry in the caller's transaction: committed with the change it tells of, or not at all.
 * Returns the record hash, by which a receipt can later ask for its proof.
 */
export async function insertAudit<DB>(db: Kysely<DB>, entry: AuditEntry): Promise<{ recordHash: Buffer }> {
  const { insert, recordHash } = auditInsert(entry)
  await insert.execute(db)
  return { recordHash }
}

/** The same as a statement, for whoever sends it with others. */
export function auditInsert(entry: AuditEntry): { insert: RawBuilder<unknown>; recordHash: Buffer } {
  const row = auditRow(entry)
  const at = Temporal.Instant.fromEpochNanoseconds(BigInt(row.atMicros) * 1000n).toString()
  // No RETURNING: it would ask for the right to read the log, which a writer need not have.
  const insert = sql`
    insert into platform.audit_entry
      (at, actor_kind, actor_id, event, subject_kind, subject_id, unit_id, outcome, request_id,
       data, data_digest, salt, record_hash)
    values
      (${at}::timestamptz, ${row.actorKind}, ${row.actorId}::uuid, ${row.event}, ${row.subjectKind}, ${row.subjectId},
       ${row.unitId}::uuid, ${row.outcome}, ${row.requestId}, ${row.data}::jsonb, ${row.dataDigest}, ${row.salt},
       ${row.recordHash})`
  return { insert, recordHash: row.recordHash }
}

function nullable(text: string | null): string | null {
  return text === null ? null : storableText(text)
}
