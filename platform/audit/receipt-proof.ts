import { type Checkpoint, openNote, type VerifierKey } from './checkpoint.ts'
import { verifyInclusion } from './proofs.ts'
import type { EntryProof } from './tree-store.ts'

const firstLine = 'c2sp.org/tlog-proof@v1'

/** The proof as a text that needs nothing else but the log's key to be checked: C2SP tlog-proof. `extra` is the leaf hash. */
export function receiptProof(proof: EntryProof): string {
  const lines = [
    firstLine,
    `extra ${proof.leafHash.toString('base64')}`,
    `index ${proof.treeIndex}`,
    ...proof.proof.map((hash) => hash.toString('base64')),
  ]
  return `${lines.join('\n')}\n\n${proof.head.note}`
}

/**
 * The head that vouches for the leaf, or null when the text does not prove it. The leaf comes from the record
 * (`leafHash(recordHash)`), never from the text: its `extra` line is nobody's word.
 */
export function checkReceiptProof(
  text: string,
  leaf: Buffer,
  keys: readonly VerifierKey[],
): { index: number; checkpoint: Checkpoint } | null {
  const border = text.indexOf('\n\n')
  if (border < 0) return null
  const [first, ...lines] = text.slice(0, border).split('\n')
  if (lines[0]?.startsWith('extra ')) lines.shift()
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1]
  const opened = openNote(text.slice(border + 2), keys)
  if (first !== firstLine || index === undefined || !opened?.signed) return null
  const proof = lines.map((line) => Buffer.from(line, 'base64'))
  if (proof.some((hash, i) => hash.length !== 32 || hash.toString('base64') !== lines[i])) return null
  const { size, root } = opened.checkpoint
  if (!verifyInclusion(leaf, Number(index), size, proof, root)) return null
  return { index: Number(index), checkpoint: opened.checkpoint }
}
