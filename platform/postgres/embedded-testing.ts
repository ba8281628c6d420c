import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { destroyEmbedded } from './embedded.ts'

export type ServerProcess = {
  child: ChildProcessByStdio<Writable, Readable, null>
  url: string
  how: string
  pid: number
}

type Test = { after(work: () => Promise<void>): void }

const cleanups = new WeakMap<Test, (() => unknown)[]>()

/** Runs after the test, the last first: what was started on a folder ends before the folder goes. */
export function later(t: Test, work: () => unknown): void {
  const known = cleanups.get(t)
  if (known) return void known.push(work)
  const list = [work]
  cleanups.set(t, list)
  t.after(async () => {
    for (const one of list.reverse()) await one()
  })
}

/** An empty folder that all may pass through, deleted afterwards with the cluster that belongs to it. */
export function testFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'jingmin-pg-'))
  chmodSync(folder, 0o711)
  later(t, () => {
    destroyEmbedded(folder)
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Starts `embedded-process.ts` and waits until it serves. */
export async function serverProcess(
  t: Test,
  folder: string,
  words: string[],
  options: { uid?: number; gid?: number } = {},
): Promise<ServerProcess> {
  const script = join(import.meta.dirname, 'embedded-process.ts')
  const child = spawn(process.execPath, ['--no-warnings', script, folder, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    ...options,
  })
  later(t, () => child.kill('SIGKILL'))
  child.unref()
  for await (const line of createInterface({ input: child.stdout })) return { child, ...JSON.parse(line) }
  throw new Error('The process ended before it served.')
}

/** Kills a process without warning and waits until it is gone. */
export function killed(server: ServerProcess): Promise<void> {
  return new Promise((resolve) => {
    server.child.once('exit', () => resolve())
    server.child.kill('SIGKILL')
  })
}

/** Asks a server process to stop in order. */
export function stopped(server: ServerProcess): Promise<void> {
  return new Promise((resolve) => {
    server.child.once('exit', () => resolve())
    server.child.stdin.end()
  })
}

/** Runs one statement in a connection of its own. */
export async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Waits for something to become true; a minute is more than any machine needs. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    if (holds()) return
    await sleep(20)
  }
  throw new Error(`Waited in vain: ${what}.`)
}
