import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appendLeaf, emptyRoot, type Frontier, frontierLength, leafHash, rootOf } from './merkle.ts'
import { consistencyProof, inclusionProof, type NodeReader, verifyConsistency, verifyInclusion } from './proofs.ts'

// The eight leaves, roots and proofs of the Certificate Transparency reference tests for RFC 6962.
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const inclusionVectors: [leaf: number, size: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [3, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    2,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
]
const consistencyVectors: [oldSize: number, newSize: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
]

function grow(hashes: readonly Buffer[]) {
  const frontier: Frontier = { size: 0, hashes: [] }
  const nodes = new Map<string, Buffer>()
  const rootAt = [emptyRoot]
  for (const hash of hashes) {
    appendLeaf(frontier, hash, (node) => nodes.set(`${node.level}/${node.position}`, node.hash))
    assert.equal(frontier.hashes.length, frontierLength(frontier.size))
    rootAt.push(rootOf(frontier))
  }
  const read: NodeReader = async (level, position) => {
    const hash = nodes.get(`${level}/${position}`)
    if (!hash) throw new Error(`no node ${level}/${position}`)
    return hash
  }
  return { rootAt, read }
}

const reference = grow(leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex'))))
const hex = (proof: Buffer[]) => proof.map((hash) => hash.toString('hex'))

test('the tree over the eight reference leaves has the roots of the RFC 6962 reference tests', () => {
  assert.equal(emptyRoot.toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.deepEqual(hex(reference.rootAt.slice(1)), roots)
})

test('inclusion proofs over the reference leaves are the reference proofs', async () => {
  for (const [leaf, size, proof] of inclusionVectors) {
    assert.deepEqual(hex(await inclusionProof(reference.read, leaf - 1, size)), proof, `leaf ${leaf} of ${size}`)
  }
})

test('consistency proofs over the reference leaves are the reference proofs', async () => {
  for (const [oldSize, newSize, proof] of consistencyVectors) {
    assert.deepEqual(hex(await consistencyProof(reference.read, oldSize, newSize)), proof, `${oldSize} to ${newSize}`)
  }
})

const big = grow(Array.from({ length: 70 }, (_, i) => leafHash(Buffer.from([i]))))
const leafAt = (i: number) => leafHash(Buffer.from([i]))

test('every leaf of every tree up to 70 leaves is proved, and by no other place, leaf, root or length', async () => {
  for (let size = 1; size <= 70; size++) {
    const root = big.rootAt[size]!
    for (let i = 0; i < size; i++) {
      const proof = await inclusionProof(big.read, i, size)
      assert.ok(verifyInclusion(leafAt(i), i, size, proof, root))
      assert.ok(!verifyInclusion(leafAt(i + 100), i, size, proof, root))
      assert.ok(!verifyInclusion(leafAt(i), i, size, proof, big.rootAt[size - 1]!))
      assert.ok(!verifyInclusion(leafAt(i), i, size, [...proof, root], root))
      if (proof.length > 0) assert.ok(!verifyInclusion(leafAt(i), i, size, proof.slice(1), root))
      if (size > 1) assert.ok(!verifyInclusion(leafAt(i), (i + 1) % size, size, proof, root))
      assert.ok(!verifyInclusion(leafAt(i), i, i, proof, root))
    }
  }
})

test('every pair of trees up to 70 leaves is proved consistent, and not with another root or length', async () => {
  for (let newSize = 1; newSize <= 70; newSize++) {
    const newRoot = big.rootAt[newSize]!
    for (let oldSize = 1; oldSize <= newSize; oldSize++) {
      const oldRoot = big.rootAt[oldSize]!
      const proof = await consistencyProof(big.read, oldSize, newSize)
      assert.ok(verifyConsistency(oldSize, oldRoot, newSize, newRoot, proof))
      assert.ok(!verifyConsistency(oldSize, big.rootAt[oldSize - 1]!, newSize, newRoot, proof))
      assert.ok(!verifyConsistency(oldSize, oldRoot, newSize, big.rootAt[newSize - 1]!, proof))
      assert.ok(!verifyConsistency(oldSize, oldRoot, newSize, newRoot, [...proof, newRoot]))
      if (proof.length > 0) assert.ok(!verifyConsistency(oldSize, oldRoot, newSize, newRoot, proof.slice(0, -1)))
    }
  }
})

test('a proof outside the tree is refused, not invented', async () => {
  await assert.rejects(inclusionProof(big.read, 70, 70), RangeError)
  await assert.rejects(inclusionProof(big.read, -1, 70), RangeError)
  await assert.rejects(consistencyProof(big.read, 0, 70), RangeError)
  await assert.rejects(consistencyProof(big.read, 71, 70), RangeError)
})
