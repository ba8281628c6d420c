import { createHash } from 'node:crypto'
import type { Derivation, Envelope } from './envelope.ts'

export type AppliedMigration = { name: string; sha256: string }

/** A file of the backup, its name relative to the folder, `sha256` over its bytes as they lie there. */
export type BackupFile = { file: string; bytes: number; sha256: string }

/** `content` is null when the table was empty, or when its rows stay behind on purpose. */
export type TableEntry = { table: string; columns: string[]; rows: number; content: BackupFile | null }

export type SequenceEntry = { sequence: string; lastValue: string; isCalled: boolean }

export type Manifest = {
  format: 1
  madeAt: string
  server: string
  migrations: AppliedMigration[]
  tables: TableEntry[]
  sequences: SequenceEntry[]
  keys: BackupFile | null
  encryption: Derivation | null
}

const SEAL = ',\n "seal": "'
const DIGEST = ',\n "digest": "'

/** The text of manifest.json: the contents, a seal if there is a passphrase, and last a digest of all bytes before it. */
export function manifestText(manifest: Manifest, secret: Envelope | null): string {
  const contents = JSON.stringify(manifest, null, 1).slice(0, -'\n}'.length)
  const sealed = secret ? `${contents}${SEAL}${secret.mark(contents)}"` : contents
  return `${sealed}${DIGEST}${sha256(sealed)}"\n}\n`
}

/** The parts of a manifest whose digest is right; null when any byte was changed. */
export function readManifest(text: string): { manifest: Manifest; contents: string; seal: string | null } | null {
  const end = text.lastIndexOf(DIGEST)
  const sealed = text.slice(0, Math.max(end, 0))
  if (end < 0 || text.slice(end) !== `${DIGEST}${sha256(sealed)}"\n}\n`) return null
  const at = sealed.lastIndexOf(SEAL)
  const contents = at < 0 ? sealed : sealed.slice(0, at)
  const seal = at < 0 ? null : sealed.slice(at + SEAL.length, -1)
  return { manifest: JSON.parse(`${contents}\n}`) as Manifest, contents, seal }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
