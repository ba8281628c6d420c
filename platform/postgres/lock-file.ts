import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { processMark } from './process-identity.ts'

/** Who holds a lock: the process, a mark of its life, and whatever it says of itself. */
export type Holder = { pid: number; mark: string; since: string; [key: string]: unknown }

export type HeldLock = {
  /** Adds to what the holder says of itself, for instance the address once it is known. */
  update(info: Record<string, unknown>): void
  /** Gives the lock back; harmless when repeated. */
  release(): void
}

/** The living holder of a lock file, `null` when there is none or only the trace of a dead process. */
export function holderOf(path: string): Holder | null {
  const holder = parse(read(path))
  if (!holder) return null
  const mark = processMark(holder.pid)
  if (mark === null) return null
  return mark === holder.mark || mark === 'hidden' ? holder : null
}

/**
 * Takes a lock file for this process, replacing the trace of a dead one. Answers the living holder instead when
 * there is one. The file appears whole or not at all, so that no reader sees half of it.
 */
export function tryLock(path: string, info: Record<string, unknown> = {}): HeldLock | { heldBy: Holder } {
  const mine: Holder = {
    ...info,
    pid: process.pid,
    mark: processMark(process.pid) ?? 'alive',
    since: new Date().toISOString(),
    nonce: randomUUID(),
  }
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (place(path, JSON.stringify(mine))) return held(path, mine)
    const holder = holderOf(path)
    if (holder) return { heldBy: holder }
    dropStale(path)
  }
  throw new Error(`The lock ${path} could not be taken.`)
}

function held(path: string, mine: Holder): HeldLock {
  const isMine = () => parse(read(path))?.nonce === mine.nonce
  return {
    update(info) {
      if (!isMine()) return
      Object.assign(mine, info)
      const next = `${path}.${randomUUID()}`
      writeFileSync(next, JSON.stringify(mine), { mode: 0o644 })
      renameSync(next, path)
    },
    release() {
      if (isMine()) rmSync(path, { force: true })
    },
  }
}

/** Creates the file with its whole content at once; false when there is one already. */
function place(path: string, text: string): boolean {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, text, { mode: 0o644 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') return false
    // A file system without hard links: the exclusive flag gives the same promise, but for a short empty moment.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS' || code === 'EOPNOTSUPP')
      return placeExclusive(path, text)
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function placeExclusive(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { mode: 0o644, flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes the trace of a dead holder; if a living one slipped in between, its file is put back. */
function dropStale(path: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  try {
    if (holderOf(aside)) linkSync(aside, path)
  } finally {
    rmSync(aside, { force: true })
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function parse(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Holder
    return typeof value.pid === 'number' && typeof value.mark === 'string' ? value : null
  } catch {
    return null
  }
}
