import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** What a head says: how many entries, and the hash that fixes them all. `at` is null in a note that does not say. */
export type Checkpoint = { origin: string; size: number; root: Buffer; at: Temporal.Instant | null }

/** A key that may sign heads, in the form of C2SP signed-note: `<name>+<hash>+<base64>`. */
export type VerifierKey = { name: string; hash: Buffer; publicKey: KeyObject }

export type OpenedNote = { text: string; checkpoint: Checkpoint; signed: boolean }

const ed25519Type = 1
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The head as a C2SP checkpoint, signed. The time is an extension line, so that it is signed too. */
export function signCheckpoint(checkpoint: Checkpoint, key: { privateKey: KeyObject; publicKey: KeyObject }): string {
  const lines = [checkpoint.origin, String(checkpoint.size), checkpoint.root.toString('base64')]
  if (checkpoint.at) lines.push(`at ${checkpoint.at}`)
  const text = `${lines.join('\n')}\n`
  const signature = sign(null, Buffer.from(text, 'utf8'), key.privateKey)
  const tail = Buffer.concat([keyHash(checkpoint.origin, key.publicKey), signature]).toString('base64')
  return `${text}\n— ${checkpoint.origin} ${tail}\n`
}

/** The public half, as witnesses keep it. */
export function verifierKeyText(name: string, publicKey: KeyObject): string {
  const typed = Buffer.concat([Buffer.from([ed25519Type]), rawKey(publicKey)])
  return `${name}+${keyHash(name, publicKey).toString('hex')}+${typed.toString('base64')}`
}

/** The verifier keys of a key ring, newest first. */
export function verifierKeys(keys: {
  auditOrigin: string
  auditSigning: readonly { publicKey: KeyObject }[]
}): string[] {
  return keys.auditSigning.map((key) => verifierKeyText(keys.auditOrigin, key.publicKey))
}

/** Throws when the text is no Ed25519 verifier key. */
export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim())
  const typed = Buffer.from(match?.[3] ?? '', 'base64')
  if (!match || typed.length !== 33 || typed[0] !== ed25519Type) throw new Error(`not an Ed25519 verifier key: ${text}`)
  const publicKey = createPublicKey({
    key: Buffer.concat([spkiPrefix, typed.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  const hash = keyHash(match[1]!, publicKey)
  if (hash.toString('hex') !== match[2]) throw new Error(`the hash of the verifier key does not fit: ${text}`)
  return { name: match[1]!, hash, publicKey }
}

/** Whether one of the note's signatures is by one of the keys. Signatures by others are passed over, as the format asks. */
export function isSignedBy(note: string, keys: readonly VerifierKey[]): boolean {
  const parts = splitNote(note)
  if (!parts) return false
  return parts.signatures.some(({ name, bytes }) =>
    keys.some(
      (key) =>
        key.name === name &&
        key.hash.equals(bytes.subarray(0, 4)) &&
        verify(null, Buffer.from(parts.text, 'utf8'), key.publicKey, bytes.subarray(4)),
    ),
  )
}

/** Reads a note strictly; null when it is not a checkpoint in this form. `signed` tells whether a trusted key vouches. */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote | null {
  const parts = splitNote(note)
  if (!parts) return null
  const [origin, size, root, ...extensions] = parts.text.slice(0, -1).split('\n')
  const hash = Buffer.from(root ?? '', 'base64')
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '') || hash.length !== 32 || hash.toString('base64') !== root)
    return null
  if (!Number.isSafeInteger(Number(size)) || extensions.includes('')) return null
  const stated = extensions.find((line) => line.startsWith('at '))?.slice(3)
  const checkpoint = { origin, size: Number(size), root: hash, at: stated === undefined ? null : instant(stated) }
  return {
    text: parts.text,
    checkpoint,
    signed: isSignedBy(
      note,
      keys.filter((key) => key.name === origin),
    ),
  }
}

function splitNote(note: string): { text: string; signatures: { name: string; bytes: Buffer }[] } | null {
  const border = note.lastIndexOf('\n\n')
  if (border < 0 || !note.endsWith('\n')) return null
  const lines = note.slice(border + 2, -1).split('\n')
  const signatures = lines.map((line) => /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line))
  if (signatures.some((match) => match === null)) return null
  return {
    text: note.slice(0, border + 1),
    signatures: signatures.map((match) => ({ name: match![1]!, bytes: Buffer.from(match![2]!, 'base64') })),
  }
}

function instant(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return null
  }
}

function keyHash(name: string, publicKey: KeyObject): Buffer {
  const typed = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.from([ed25519Type]), rawKey(publicKey)])
  return createHash('sha256').update(typed).digest().subarray(0, 4)
}

function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
}
