import type { Pool, PoolClient } from 'pg'
import type { SigningKey } from '#platform/crypto/key-ring.ts'
import { openNote, signCheckpoint } from './checkpoint.ts'
import { appendLeaf, type CompleteSubtree, type Frontier, frontierLength, leafHash, rootOf } from './merkle.ts'
import { appendNotes, lastNote, witnessFile } from './witness-file.ts'

export type Head = { size: number; root: Buffer; note: string }

/** What signs heads: the part of the key ring this file needs. */
export type HeadKeys = { auditOrigin: string; auditSigning: readonly SigningKey[] }

/** The database's log is behind, or beside, what was already witnessed: restored, truncated or rebuilt. */
export class AuditRollbackError extends Error {
  readonly code = 'audit-behind-witness'
  readonly witnessed: number
  readonly present: number
  constructor(witnessed: number, present: number) {
    super(`a head of ${witnessed} entries was witnessed, the database's last head has ${present} or another root`)
    this.name = 'AuditRollbackError'
    this.witnessed = witnessed
    this.present = present
  }
}

const lockNumber = 4_706_002
const batchSize = 5_000
/** Levels whose complete subtrees are stored; the levels between are computed from the next stored one below. */
const storedEvery = 8

/**
 * Gives every committed entry its place in the tree, signs the new head and appends it to the witness file.
 * Returns the new head, or null when nothing was written since the last. One at a time over all processes.
 * Throws AuditRollbackError rather than go on from a log that is shorter than its witness.
 */
export async function makeHead(
  pool: Pool,
  keys: HeadKeys,
  at: Temporal.Instant,
  witnessDir: string,
): Promise<Head | null> {
  const path = witnessFile(witnessDir)
  const head = await locked(pool, async (client) => {
    await refuseRollback(client, path)
    return extendTree(client, keys, at)
  })
  // Only after the commit: a witnessed head that the database then forgot would look like tampering for ever.
  await locked(pool, (client) => witnessNewHeads(client, path))
  return head
}

async function locked<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [lockNumber])
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function refuseRollback(client: PoolClient, path: string): Promise<void> {
  const witnessed = await lastWitnessed(path)
  if (!witnessed) return
  const { rows } = await client.query<{ root: string }>(
    `select encode(root, 'hex') as root from platform.audit_head where tree_size = $1`,
    [witnessed.size],
  )
  if (rows[0]?.root === witnessed.root.toString('hex')) return
  throw new AuditRollbackError(witnessed.size, (await lastHead(client)).size)
}

async function extendTree(client: PoolClient, keys: HeadKeys, at: Temporal.Instant): Promise<Head | null> {
  const frontier = await lastHead(client)
  const before = frontier.size
  while ((await placeBatch(client, frontier)) === batchSize);
  if (frontier.size === before) return null
  const root = rootOf(frontier)
  // The grain of timestamptz, so that the signed time and the stored one are equal.
  const moment = at.round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
  const checkpoint = { origin: keys.auditOrigin, size: frontier.size, root, at: moment }
  const note = signCheckpoint(checkpoint, keys.auditSigning[0]!)
  await client.query(
    `insert into platform.audit_head (tree_size, root, frontier, at, note)
     values ($1, $2, $3::bytea[], $4::timestamptz, $5)`,
    [frontier.size, root, frontier.hashes, moment.toString(), note],
  )
  return { size: frontier.size, root, note }
}

async function lastHead(client: PoolClient): Promise<Frontier> {
  const { rows } = await client.query<{ size: string; frontier: string[] }>(
    `select tree_size::text as size, array(select encode(hash, 'hex') from unnest(frontier) with ordinality as f(hash, n) order by n) as frontier
     from platform.audit_head order by tree_size desc limit 1`,
  )
  const row = rows[0]
  if (!row) return { size: 0, hashes: [] }
  const frontier = { size: Number(row.size), hashes: row.frontier.map((hash) => Buffer.from(hash, 'hex')) }
  if (frontier.hashes.length !== frontierLength(frontier.size)) {
    throw new Error(`audit head ${row.size}: stored frontier does not fit its size`)
  }
  return frontier
}

/** Moves up to one batch from the waiting list into the tree, in id order; returns how many. */
async function placeBatch(client: PoolClient, frontier: Frontier): Promise<number> {
  const { rows } = await client.query<{ id: string; hash: string }>(
    `with placed as (
       delete from platform.audit_pending where entry_id in
         (select entry_id from platform.audit_pending order by entry_id limit $1)
       returning entry_id, record_hash)
     select entry_id::text as id, encode(record_hash, 'hex') as hash from placed order by entry_id`,
    [batchSize],
  )
  const first = frontier.size
  const leaves = rows.map((row) => leafHash(Buffer.from(row.hash, 'hex')))
  const nodes: CompleteSubtree[] = []
  const keep = (node: CompleteSubtree) => {
    if (node.level > 0 && node.level % storedEvery === 0) nodes.push(node)
  }
  for (const leaf of leaves) appendLeaf(frontier, leaf, keep)
  await client.query(
    `insert into platform.audit_leaf (tree_index, entry_id, leaf_hash)
     select $1::bigint + n - 1, id, hash from unnest($2::bigint[], $3::bytea[]) with ordinality as l(id, hash, n)`,
    [first, rows.map((row) => row.id), leaves],
  )
  if (nodes.length > 0) {
    await client.query(
      `insert into platform.audit_node (level, position, hash)
       select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
      [nodes.map((node) => node.level), nodes.map((node) => node.position), nodes.map((node) => node.hash)],
    )
  }
  return rows.length
}

/** Appends every head the file does not have yet: also those that a crash kept from it, or a new host never saw. */
async function witnessNewHeads(client: PoolClient, path: string): Promise<void> {
  let size = (await lastWitnessed(path))?.size ?? 0
  for (;;) {
    const { rows } = await client.query<{ size: string; note: string }>(
      `select tree_size::text as size, note from platform.audit_head where tree_size > $1 order by tree_size limit 1000`,
      [size],
    )
    if (rows.length === 0) return
    await appendNotes(
      path,
      rows.map((row) => row.note),
    )
    size = Number(rows.at(-1)!.size)
  }
}

async function lastWitnessed(path: string): Promise<{ size: number; root: Buffer } | null> {
  const note = await lastNote(path)
  return note === null ? null : (openNote(note, [])?.checkpoint ?? null)
}
