import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { BackupError } from './backup-error.ts'
import { type Envelope, envelope } from './envelope.ts'
import { digestFile, readLines } from './files.ts'
import { type BackupFile, type Manifest, readManifest } from './manifest.ts'

export type VerifiedBackup = { manifest: Manifest; secret: Envelope | null }

/**
 * Reads a whole backup without writing anything: every byte against its digest, every row counted, the passphrase tried.
 * @throws BackupError `damaged` with the file's name, `wrong-passphrase`, `passphrase-needed`, `not-a-backup`
 */
export async function verifyBackup(folder: string, passphrase?: string): Promise<VerifiedBackup> {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) throw new BackupError('not-a-backup', folder)
  const read = readManifest(readFileSync(path, 'utf8'))
  if (!read) throw new BackupError('damaged', 'manifest.json')
  const { manifest } = read
  const files = contents(manifest)
  await checkDigests(folder, files)
  checkStrangers(folder, files)
  const secret = unlock(read, passphrase)
  for (const table of manifest.tables) {
    if (table.content && (await countLines(folder, table.content, secret)) !== table.rows)
      throw new BackupError('damaged', table.content.file)
  }
  if (manifest.keys) await countLines(folder, manifest.keys, secret)
  return { manifest, secret }
}

function contents(manifest: Manifest): BackupFile[] {
  return [...manifest.tables.map((table) => table.content), manifest.keys].filter((file) => file !== null)
}

async function checkDigests(folder: string, files: BackupFile[]): Promise<void> {
  for (const { file, bytes, sha256 } of files) {
    const found = await digestFile(join(folder, file))
    if (found?.bytes !== bytes || found.sha256 !== sha256) throw new BackupError('damaged', file)
  }
}

/** A file that the manifest does not know was not put there by the backup. */
function checkStrangers(folder: string, files: BackupFile[]): void {
  const known = new Set(['manifest.json', ...files.map((file) => file.file)])
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const name = entry.split(sep).join('/')
    if (name !== 'tables' && !known.has(name)) throw new BackupError('damaged', name)
  }
}

function unlock(read: NonNullable<ReturnType<typeof readManifest>>, passphrase?: string): Envelope | null {
  const { encryption } = read.manifest
  if (!encryption) return null
  if (!passphrase) throw new BackupError('passphrase-needed', '')
  const secret = envelope(passphrase, encryption)
  // All bytes are as they were written, so it is the passphrase, or somebody who wrote a manifest without knowing it.
  if (secret.mark(read.contents) !== read.seal) throw new BackupError('wrong-passphrase', '')
  return secret
}

async function countLines(folder: string, content: BackupFile, secret: Envelope | null): Promise<number> {
  let lines = 0
  for await (const _ of readLines(folder, content.file, secret)) lines += 1
  return lines
}
