import type { Pool, PoolClient } from 'pg'
import { nodeHash } from './merkle.ts'
import { inclusionProof, type NodeReader } from './proofs.ts'

type Queryable = Pick<Pool | PoolClient, 'query'>

/** Reads roots of complete subtrees from the database: at most 128 stored hashes for each. */
export function databaseNodes(client: Queryable): NodeReader {
  return async (level, position) => {
    const base = level - (level % 8)
    const count = 2 ** (level - base)
    const first = position * count
    const { rows } =
      base === 0
        ? await client.query<{ hash: string }>(
            `select encode(leaf_hash, 'hex') as hash from platform.audit_leaf
             where tree_index >= $1 and tree_index < $2 order by tree_index`,
            [first, first + count],
          )
        : await client.query<{ hash: string }>(
            `select encode(hash, 'hex') as hash from platform.audit_node
             where level = $1 and position >= $2 and position < $3 order by position`,
            [base, first, first + count],
          )
    if (rows.length !== count) throw new Error(`audit tree: subtree ${level}/${position} is not complete`)
    let hashes: Buffer[] = rows.map((row) => Buffer.from(row.hash, 'hex'))
    while (hashes.length > 1) hashes = pairs(hashes)
    return hashes[0]!
  }
}

/** What a citizen's receipt or an auditor needs to check one entry without the rest of the log. */
export type EntryProof = {
  entryId: string
  treeIndex: number
  leafHash: Buffer
  proof: Buffer[]
  /** The last head: signed note, its size and root. */
  head: { size: number; root: Buffer; note: string }
}

/** The proof for an entry by its id or record hash against the last head; null when it is unknown or has no place yet. */
export async function proofOfEntry(
  client: Queryable,
  which: { id: string } | { recordHash: Buffer },
): Promise<EntryProof | null> {
  const { rows: heads } = await client.query<{ size: string; root: string; note: string }>(
    `select tree_size::text as size, encode(root, 'hex') as root, note from platform.audit_head order by tree_size desc limit 1`,
  )
  const head = heads[0]
  if (!head) return null
  const leaf = await findLeaf(client, which)
  if (!leaf || Number(leaf.index) >= Number(head.size)) return null
  return {
    entryId: leaf.id,
    treeIndex: Number(leaf.index),
    leafHash: Buffer.from(leaf.hash, 'hex'),
    proof: await inclusionProof(databaseNodes(client), Number(leaf.index), Number(head.size)),
    head: { size: Number(head.size), root: Buffer.from(head.root, 'hex'), note: head.note },
  }
}

type LeafRow = { id: string; index: string; hash: string }

async function findLeaf(
  client: Queryable,
  which: { id: string } | { recordHash: Buffer },
): Promise<LeafRow | undefined> {
  const columns = `select entry_id::text as id, tree_index::text as index, encode(leaf_hash, 'hex') as hash from platform.audit_leaf`
  const { rows } =
    'id' in which
      ? await client.query<LeafRow>(`${columns} where entry_id = $1`, [which.id])
      : await client.query<LeafRow>(`${columns} where leaf_hash = sha256('\\x00'::bytea || $1)`, [which.recordHash])
  return rows[0]
}

function pairs(hashes: Buffer[]): Buffer[] {
  return Array.from({ length: hashes.length / 2 }, (_, i) => nodeHash(hashes[2 * i]!, hashes[2 * i + 1]!))
}
