import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * A mark that tells this life of a process from every other holder of the same number: boot id and start tick on
 * Linux, start time elsewhere. `null` when no such process runs (a zombie counts as gone).
 */
export function processMark(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') return linuxMark(pid)
  if (!signalReaches(pid)) return null
  if (process.platform === 'win32') return 'alive'
  return psField(pid, 'lstart') || null
}

/** The command line of a running process, `''` when it cannot be read. */
export function processCommand(pid: number): string {
  if (process.platform === 'win32') return ''
  if (process.platform !== 'linux') return psField(pid, 'command')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function linuxMark(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may itself hold blanks and brackets: count the fields from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`
  } catch {
    // Under `hidepid` a stranger's process has no entry, yet it lives.
    return signalReaches(pid) ? 'hidden' : null
  }
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function psField(pid: number, field: string): string {
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}
