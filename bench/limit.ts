import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { statements } from './statements.ts'

const run = promisify(execFile)

export type LimitParts = { url: string; unit: string; person: string; version: string; rows: number; seconds: number }

/** The same statement in pgbench, prepared, 8 connections (the embedded server gives 60 in all): what the database gives. Null where there is no pgbench. */
export async function limits(parts: LimitParts): Promise<Record<'one' | 'due' | 'insert', number> | null> {
  if (!(await run('pgbench', ['--version']).catch(() => null))) return null
  const text = (value: string) => `'${value}'`
  const scripts = {
    one: `\\set n random(1, ${parts.rows})\n${filled(statements.one, [`md5('matter' || :n)::uuid`])};`,
    due: `${filled(statements.due, [text(parts.unit), '20'])};`,
    insert: `${filled(statements.insert, [text(parts.unit), text(parts.person), `'赵一凡'`, `'身份证在外地丢失，补领新证并寄到家里'`, `'${'x'.repeat(70)}'`, `'139'`, `'139'`, `'id_card.loss_replacement'`, text(parts.version)]).replace(/\s+returning id/, '')};`,
  }
  const folder = await mkdtemp(join(tmpdir(), 'jingmin-limit-'))
  try {
    const found: Record<string, number> = {}
    for (const [name, script] of Object.entries(scripts)) {
      const file = join(folder, `${name}.sql`)
      await writeFile(file, script.replace(/\n\s+/g, ' '))
      const { stdout } = await run('pgbench', [
        '-n',
        '-M',
        'prepared',
        '-c',
        '8',
        '-j',
        '2',
        '-T',
        String(parts.seconds),
        '-f',
        file,
        parts.url,
      ])
      found[name] = Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1] ?? /tps = ([\d.]+)/.exec(stdout)?.[1])
    }
    return found as Record<'one' | 'due' | 'insert', number>
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function filled(statement: string, values: string[]): string {
  return statement.replace(/\$(\d)/g, (_, n) => values[Number(n) - 1]!)
}
