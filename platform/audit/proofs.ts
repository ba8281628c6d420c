import { nodeHash } from './merkle.ts'

/** Gives the root of the complete subtree of 2^level leaves at `position`; level 0 is a leaf hash. */
export type NodeReader = (level: number, position: number) => Promise<Buffer>

/** Audit path of leaf `index` in the tree of `size` leaves, nearest sibling first (RFC 9162 2.1.3.1). Throws RangeError. */
export async function inclusionProof(read: NodeReader, index: number, size: number): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) throw new RangeError(`leaf ${index} of ${size}`)
  const path = async (from: number, to: number): Promise<Buffer[]> => {
    if (to - from === 1) return []
    const middle = from + largestPowerBelow(to - from)
    return index < middle
      ? [...(await path(from, middle)), await rangeHash(read, middle, to)]
      : [...(await path(middle, to)), await rangeHash(read, from, middle)]
  }
  return path(0, size)
}

/** Proof that the tree of `oldSize` leaves is the beginning of the one of `newSize` (RFC 9162 2.1.4.1). Throws RangeError. */
export async function consistencyProof(read: NodeReader, oldSize: number, newSize: number): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(oldSize) && oldSize > 0 && oldSize <= newSize)) {
    throw new RangeError(`sizes ${oldSize}, ${newSize}`)
  }
  const path = async (from: number, to: number, known: boolean): Promise<Buffer[]> => {
    if (to === oldSize) return known ? [] : [await rangeHash(read, from, to)]
    const middle = from + largestPowerBelow(to - from)
    return oldSize <= middle
      ? [...(await path(from, middle, known)), await rangeHash(read, middle, to)]
      : [...(await path(middle, to, false)), await rangeHash(read, from, middle)]
  }
  return path(0, newSize, true)
}

/** Whether the leaf stands at `index` of the tree that has this root (RFC 9162 2.1.3.2). */
export function verifyInclusion(
  leaf: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false
  let hash = leaf
  const complete = climb(index, size - 1, proof, (sibling, isLeft) => {
    hash = isLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  })
  return complete && hash.equals(root)
}

/** Whether the tree with `newRoot` begins with the one with `oldRoot` (RFC 9162 2.1.4.2). What a witness must ask. */
export function verifyConsistency(
  oldSize: number,
  oldRoot: Buffer,
  newSize: number,
  newRoot: Buffer,
  proof: readonly Buffer[],
): boolean {
  if (!(Number.isSafeInteger(oldSize) && Number.isSafeInteger(newSize) && oldSize > 0 && oldSize <= newSize))
    return false
  if (oldSize === newSize) return proof.length === 0 && oldRoot.equals(newRoot)
  const [first, ...steps] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  if (!first) return false
  let [position, last] = [oldSize - 1, newSize - 1]
  while (isOdd(position)) [position, last] = [half(position), half(last)]
  let [oldHash, newHash] = [first, first]
  const complete = climb(position, last, steps, (sibling, isLeft) => {
    if (isLeft) oldHash = nodeHash(sibling, oldHash)
    newHash = isLeft ? nodeHash(sibling, newHash) : nodeHash(newHash, sibling)
  })
  return complete && oldHash.equals(oldRoot) && newHash.equals(newRoot)
}

/** Walks from a node to the root and tells for each sibling on which side it stands; false when the proof's length is wrong. */
function climb(
  index: number,
  lastIndex: number,
  proof: readonly Buffer[],
  join: (sibling: Buffer, isLeft: boolean) => void,
): boolean {
  let [position, last] = [index, lastIndex]
  for (const sibling of proof) {
    if (last === 0) return false
    const isLeft = isOdd(position) || position === last
    join(sibling, isLeft)
    while (isLeft && !isOdd(position) && position !== 0) [position, last] = [half(position), half(last)]
    ;[position, last] = [half(position), half(last)]
  }
  return last === 0
}

/** Root of the leaves from..to-1, where `from` is a multiple of the power of two the range fits in. */
async function rangeHash(read: NodeReader, from: number, to: number): Promise<Buffer> {
  const count = to - from
  if (isPowerOfTwo(count)) return read(Math.log2(count), from / count)
  const middle = from + largestPowerBelow(count)
  return nodeHash(await rangeHash(read, from, middle), await rangeHash(read, middle, to))
}

// Sizes may pass 2^31, where JavaScript's shifts turn negative.
function half(n: number): number {
  return Math.floor(n / 2)
}

function isOdd(n: number): boolean {
  return n % 2 === 1
}

function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

function isPowerOfTwo(n: number): boolean {
  return largestPowerBelow(n + 1) === n
}
