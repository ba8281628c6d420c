import type { PoolClient } from 'pg'
import { dataDigest, recordHash } from './audit-entry.ts'
import { canonicalJson } from './canonical-json.ts'
import type { FindingCode } from './finding.ts'
import { leafHash } from './merkle.ts'

/** An entry as stored, every value as text, so that no type parser stands between the row and its hash. */
export type StoredEntry = {
  entry_id: string
  present: boolean
  at_micros: string
  actor_kind: string
  actor_id: string | null
  event: string
  subject_kind: string | null
  subject_id: string | null
  unit_id: string | null
  outcome: string
  request_id: string | null
  data: string | null
  data_digest: string
  salt: string | null
  record_hash: string
}

export type PlacedEntry = StoredEntry & { tree_index: string; leaf_hash: string }
export type WaitingEntry = StoredEntry & { pending_hash: string }

const batchSize = 2_000

// isfinite: 'infinity' has no epoch, and an edit to it must be found, not end the search.
const columns = `e.id is not null as present,
  case when isfinite(e.at) then (extract(epoch from e.at) * 1000000)::bigint::text else e.at::text end as at_micros,
  e.actor_kind, e.actor_id::text, e.event, e.subject_kind, e.subject_id, e.unit_id::text, e.outcome, e.request_id,
  e.data::text as data, coalesce(encode(e.data_digest, 'hex'), '') as data_digest, encode(e.salt, 'hex') as salt,
  coalesce(encode(e.record_hash, 'hex'), '') as record_hash`

/** Every place of the tree with its entry, in tree order, a batch at a time. */
export async function* placedEntries(client: PoolClient): AsyncGenerator<PlacedEntry[]> {
  let after = '-9223372036854775808'
  for (;;) {
    const { rows } = await client.query<PlacedEntry>(
      `select l.tree_index::text as tree_index, l.entry_id::text as entry_id, encode(l.leaf_hash, 'hex') as leaf_hash, ${columns}
       from platform.audit_leaf l left join platform.audit_entry e on e.id = l.entry_id
       where l.tree_index > $1 order by l.tree_index limit $2`,
      [after, batchSize],
    )
    if (rows.length === 0) return
    yield rows
    after = rows.at(-1)!.tree_index
  }
}

/** Every entry that waits for its place, in id order, a batch at a time. */
export async function* waitingEntries(client: PoolClient): AsyncGenerator<WaitingEntry[]> {
  let after = '-9223372036854775808'
  for (;;) {
    const { rows } = await client.query<WaitingEntry>(
      `select p.entry_id::text as entry_id, encode(p.record_hash, 'hex') as pending_hash, ${columns}
       from platform.audit_pending p left join platform.audit_entry e on e.id = p.entry_id
       where p.entry_id > $1 order by p.entry_id limit $2`,
      [after, batchSize],
    )
    if (rows.length === 0) return
    yield rows
    after = rows.at(-1)!.entry_id
  }
}

/** What is wrong with the row itself: its data against the digest, its columns against the record hash. */
export function rowFault(row: StoredEntry): FindingCode | null {
  if (!row.present) return 'entry-missing'
  const digest = Buffer.from(row.data_digest, 'hex')
  if (row.data !== null && row.salt !== null) {
    const computed = dataDigest(Buffer.from(row.salt, 'hex'), canonicalJson(JSON.parse(row.data)))
    if (!computed.equals(digest)) return 'data-changed'
  }
  return hashOfRow(row, digest).toString('hex') === row.record_hash ? null : 'fields-changed'
}

/** Whether the leaf is the one of this entry as it now stands. */
export function leafFits(row: PlacedEntry): boolean {
  return leafHash(hashOfRow(row, Buffer.from(row.data_digest, 'hex'))).toString('hex') === row.leaf_hash
}

/** Content and salt are gone: erased by law, if an entry records it. */
export function isErased(row: StoredEntry): boolean {
  return row.present && (row.data === null || row.salt === null)
}

function hashOfRow(row: StoredEntry, digest: Buffer): Buffer {
  return recordHash({
    atMicros: row.at_micros,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    event: row.event,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    unitId: row.unit_id,
    outcome: row.outcome,
    requestId: row.request_id,
    dataDigest: digest,
  })
}
