import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type HeldLock, type Holder, holderOf, tryLock } from './lock-file.ts'

/** Thrown by a second start on the same data folder; `holder` says which process and, once known, which address. */
export class AlreadyRunning extends Error {
  readonly code = 'already-running'
  readonly holder: Holder
  constructor(dataDir: string, holder: Holder) {
    const where = typeof holder.address === 'string' ? `, ${holder.address}` : ''
    super(
      `已在运行（进程 ${holder.pid}${where}），数据目录 ${dataDir}。\n` +
        `Already running (process ${holder.pid}${where}) on the data folder ${dataDir}.`,
    )
    this.holder = holder
  }
}

/**
 * Claims a data folder for this process, in `running.json` inside it. A lock left by a process that was killed is
 * recognised (the number lives no more, or belongs to another life) and replaced.
 * @throws AlreadyRunning when another living process holds it
 */
export function acquireRunLock(dataDir: string, info: { address?: string; [key: string]: unknown } = {}): HeldLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const lock = tryLock(runLockPath(dataDir), info)
  if ('heldBy' in lock) throw new AlreadyRunning(dataDir, lock.heldBy)
  return lock
}

/** The living process that runs on this data folder, `null` when none does. */
export function runningOn(dataDir: string): Holder | null {
  return holderOf(runLockPath(dataDir))
}

function runLockPath(dataDir: string): string {
  return join(dataDir, 'running.json')
}
