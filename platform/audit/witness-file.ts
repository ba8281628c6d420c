import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

/** The file of witnessed heads under the witness directory: signed notes, a blank line after each. */
export function witnessFile(witnessDir: string): string {
  return join(witnessDir, 'heads.txt')
}

/** A note as found, with its number in the file, from 1. `torn` marks the beginning of the note that follows it. */
export type WitnessedNote = { number: number; note: string; torn: boolean }

const tailBytes = 16 * 1024

/** Appends notes and waits until they are on disk. Never rewrites what is there. */
export async function appendNotes(path: string, notes: readonly string[]): Promise<void> {
  if (notes.length === 0) return
  await mkdir(dirname(path), { recursive: true, mode: 0o750 })
  const file = await open(path, 'a', 0o640)
  try {
    const { size } = await file.stat()
    // A power cut may have left half a note; the blank line keeps it apart from the next.
    const start = size === 0 || (await readTail(path)).endsWith('\n\n') ? '' : '\n\n'
    await file.appendFile(start + notes.map((note) => `${note}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The last whole note, or null when the file has none. */
export async function lastNote(path: string): Promise<string | null> {
  const blocks = (await readTail(path)).split('\n\n')
  for (let i = blocks.length - 1; i > 0; i--) {
    if (blocks[i]!.startsWith('— ') && i < blocks.length - 1)
      return `${blocks[i - 1]!.replace(/^\n+/, '')}\n\n${blocks[i]}\n`
  }
  return null
}

/** The length of the file, or null when there is none. */
export async function witnessLength(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Every note of the first `length` bytes, in file order, one at a time. */
export async function* readNotes(path: string, length: number): AsyncGenerator<WitnessedNote> {
  let number = 0
  let torn: string | null = null
  for await (const note of noteTexts(path, length)) {
    // Only the beginning of the very note that follows counts as torn; anything else was altered.
    if (torn !== null) yield { number: ++number, note: torn, torn: note.startsWith(wholeCharacters(torn)) }
    torn = isWhole(note) ? null : note
    if (torn === null) yield { number: ++number, note, torn: false }
  }
  if (torn !== null) yield { number: ++number, note: torn, torn: false }
}

async function* noteTexts(path: string, length: number): AsyncGenerator<string> {
  if (length === 0) return
  const stream = createReadStream(path, { encoding: 'utf8', end: length - 1 })
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
  try {
    yield* groupNotes(lines)
  } finally {
    lines.close()
    stream.destroy()
    if (!stream.closed) await once(stream, 'close')
  }
}

// Also half a dash, as a power cut may leave it.
const signatureStart = /^[—\uFFFD]/

// A note is a block of text, a blank line and a block of signatures.
async function* groupNotes(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = ''
  let signatures = ''
  let textEnded = false
  for await (const line of lines) {
    if (line === '') {
      if (signatures !== '') {
        yield `${text}\n${signatures}`
        ;[text, signatures, textEnded] = ['', '', false]
      } else {
        textEnded = text !== ''
      }
    } else if (textEnded && signatureStart.test(line)) {
      signatures += `${line}\n`
    } else {
      if (textEnded) {
        yield text
        ;[text, textEnded] = ['', false]
      }
      text += `${line}\n`
    }
  }
  if (text !== '') yield signatures === '' ? text : `${text}\n${signatures}`
}

function wholeCharacters(torn: string): string {
  return torn
    .trimEnd()
    .replace(/\uFFFD+$/, '')
    .trimEnd()
}

function isWhole(note: string): boolean {
  return /\n\n— \S+ [A-Za-z0-9+/]{91}=\n/.test(note)
}

async function readTail(path: string): Promise<string> {
  const length = await witnessLength(path)
  if (length === null) return ''
  const file = await open(path, 'r')
  try {
    const start = Math.max(0, length - tailBytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length - start), 0, length - start, start)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await file.close()
  }
}
