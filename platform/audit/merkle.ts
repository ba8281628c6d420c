import { createHash } from 'node:crypto'

/** SHA-256(0x00 ‖ record hash): RFC 6962 section 2.1. */
export function leafHash(recordHash: Buffer): Buffer {
  return createHash('sha256').update(leafPrefix).update(recordHash).digest()
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest()
}

const leafPrefix = Buffer.from([0])
const nodePrefix = Buffer.from([1])

/** The root of a tree without leaves. */
export const emptyRoot: Buffer = createHash('sha256').digest()

/** A tree that only grows, kept as the roots of its complete subtrees, largest first: about log2(size) hashes. */
export type Frontier = { size: number; hashes: Buffer[] }

export type CompleteSubtree = { level: number; position: number; hash: Buffer }

/**
 * Appends a leaf hash. `onComplete` hears of every subtree this leaf completes: `level` 0 is the leaf itself,
 * `position` counts subtrees of that level from the left.
 */
export function appendLeaf(frontier: Frontier, leaf: Buffer, onComplete?: (subtree: CompleteSubtree) => void): void {
  let hash = leaf
  let level = 0
  let position = frontier.size
  onComplete?.({ level, position, hash })
  while (position % 2 === 1) {
    hash = nodeHash(frontier.hashes.pop()!, hash)
    position = (position - 1) / 2
    level += 1
    onComplete?.({ level, position, hash })
  }
  frontier.hashes.push(hash)
  frontier.size += 1
}

/** RFC 6962 Merkle tree hash of what the frontier stands for. */
export function rootOf(frontier: Frontier): Buffer {
  return frontier.hashes.length === 0 ? emptyRoot : frontier.hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** How many hashes the frontier of a tree of this size has: the ones in its binary form. */
export function frontierLength(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
