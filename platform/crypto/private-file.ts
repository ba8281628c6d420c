import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { KeyRingError } from './key-ring-error.ts'

const isWindows = process.platform === 'win32'

/** Text of a file only its owner may read; undefined when absent. Throws KeyRingError when others may read it. */
export function readPrivateFile(path: string): string | undefined {
  try {
    const mode = statSync(path).mode & 0o777
    if (!isWindows && mode & 0o077) {
      throw new KeyRingError('too-open', `${path}: mode ${mode.toString(8)}, must be 600`)
    }
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Creates the file whole or not at all; when another process was first, its file stands. */
export function createFileOnce(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = writeDraft(path, text)
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  syncDirectory(dirname(path))
}

/** Replaces the file whole. */
export function replaceFile(path: string, text: string): void {
  renameSync(writeDraft(path, text), path)
  syncDirectory(dirname(path))
}

// Synced before use: a key lost in a power cut takes everything sealed under it along.
function writeDraft(path: string, text: string): string {
  const draft = `${path}.${randomUUID()}.draft`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return draft
}

function syncDirectory(dir: string): void {
  if (isWindows) return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
