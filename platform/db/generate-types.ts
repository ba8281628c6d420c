import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startEmbedded } from '../postgres/embedded.ts'
import { migrate } from './migrate.ts'

const run = promisify(execFile)
const target = join(import.meta.dirname, 'schema.ts')

/** What the database looks like after all migrations, as row types for Kysely. */
export async function generatedTypes(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jingmin-types-'))
  const server = await startEmbedded({ dataDir: folder, durable: false })
  const out = join(folder, 'schema.ts')
  try {
    const url = server.connectionString('postgres')
    await migrate(url, { appPassword: 'x', publicPassword: 'x', actorKey: Buffer.alloc(32) })
    const cli = join(import.meta.dirname, '../../node_modules/kysely-codegen/dist/cli/bin.js')
    await run(process.execPath, [
      cli,
      '--dialect',
      'postgres',
      '--url',
      url,
      '--out-file',
      out,
      '--default-schema',
      'public',
      '--date-parser',
      'string',
      '--log-level',
      'error',
    ])
    return adjust(await readFile(out, 'utf8'))
  } finally {
    await server.stop('immediate')
    await rm(folder, { recursive: true, force: true })
  }
}

/** Our pools give moments as Temporal.Instant and counts as numbers (pools.ts). */
function adjust(source: string): string {
  return source
    .replace(
      /export type Timestamp = .*;/,
      'export type Timestamp = ColumnType<Temporal.Instant, Temporal.Instant | string, Temporal.Instant | string>;',
    )
    .replace(
      /export type Int8 = .*;/,
      'export type Int8 = ColumnType<number, number | string | bigint, number | string | bigint>;',
    )
}

if (import.meta.main) {
  const fresh = await generatedTypes()
  if (process.argv.includes('--verify')) {
    if ((await readFile(target, 'utf8')) !== fresh) {
      console.error('platform/db/schema.ts does not match the migrations: npm run db:types')
      process.exitCode = 1
    }
  } else await writeFile(target, fresh)
}
