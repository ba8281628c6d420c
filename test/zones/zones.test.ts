import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)

async function workIn(zone: string): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'work-of-a-day.ts')], {
    env: { ...process.env, TZ: zone },
    maxBuffer: 50_000_000,
  })
  // The test runner, which the fixtures bring along, adds lines of its own.
  return JSON.parse(stdout.split('\n').find((line) => line.startsWith('[{')) ?? '')
}

test('deadlines, numbers, figures and pages are the same wherever the server and its database think they are', async () => {
  const utc = await workIn('UTC')
  assert.deepEqual(await workIn('America/Los_Angeles'), utc)
  // Not the same because nothing was looked at: a second before midnight in China and one after are two days.
  assert.deepEqual(
    utc.map(({ days }) => (days as string[]).at(-1)),
    ['2026-11-22', '2026-11-23', '2026-11-23', '2027-01-01'],
  )
  assert.notEqual(utc[0]!.due_on, utc[1]!.due_on)
})
