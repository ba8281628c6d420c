import { createHash } from 'node:crypto'
import { closeSync, createReadStream, createWriteStream, fsyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { BackupError } from './backup-error.ts'
import type { Envelope } from './envelope.ts'
import type { BackupFile } from './manifest.ts'

const pass = async function* (source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  yield* source
}

/** Writes lines as a compressed and, with an envelope, encrypted file, and answers its size and digest. */
export async function writeLines(
  folder: string,
  file: string,
  lines: AsyncIterable<string>,
  secret: Envelope | null,
): Promise<BackupFile> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    lines,
    createGzip({ level: 4 }),
    secret ? secret.seal(file) : pass,
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(join(folder, file), { mode: 0o600, flags: 'wx', flush: true }),
  )
  return { file, bytes, sha256: hash.digest('hex') }
}

/** The lines of a file. Throws BackupError `damaged` with its name when it cannot be read to its end. */
export async function* readLines(folder: string, file: string, secret: Envelope | null): AsyncGenerator<string> {
  const source = createReadStream(join(folder, file))
  const gunzip = createGunzip()
  const done = pipeline(source, secret ? secret.open(file) : pass, gunzip)
  // Whoever stops reading early has an error of their own to tell.
  done.catch(() => {})
  let rest = ''
  try {
    gunzip.setEncoding('utf8')
    for await (const text of gunzip as AsyncIterable<string>) {
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    await done
  } catch (error) {
    throw new BackupError('damaged', file, { cause: error })
  }
  if (rest !== '') throw new BackupError('damaged', file)
}

/** The digest and size of a file as it lies there; null when it is missing or cannot be read. */
export async function digestFile(path: string): Promise<{ bytes: number; sha256: string } | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk)
      bytes += (chunk as Buffer).length
    }
  } catch {
    return null
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Makes the names in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
