import { createHash } from 'node:crypto'
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { PoolClient } from 'pg'
import type { DB } from './schema.ts'

export type Db = Kysely<DB>

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()

/** Kysely on one client that somebody else has opened, inside a transaction that somebody else ends. */
export function kyselyOn(client: PoolClient): Db {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: { sql: string; parameters: readonly unknown[] }): Promise<QueryResult<R>> {
      const result = await client.query({
        name: preparedName(query.sql),
        text: query.sql,
        values: query.parameters.map(plain),
      })
      if (result.command === 'SELECT') return { rows: result.rows as R[] }
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
    },
    // biome-ignore lint/correctness/useYield: large results are paged by key, never streamed through here
    async *streamQuery() {
      throw new Error('not supported on a transaction client')
    },
  }
  const driver: Driver = {
    async init() {},
    async acquireConnection() {
      return connection
    },
    async beginTransaction() {
      throw new Error('already in a transaction')
    },
    async commitTransaction() {},
    async rollbackTransaction() {},
    async releaseConnection() {},
    async destroy() {},
  }
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => compiler,
    },
  })
}

const names = new Map<string, string>()
const mostNames = 500

/**
 * The name under which a connection keeps a statement parsed and planned. The same text has the same name in every
 * connection and process; texts beyond the first five hundred (lists of ever other lengths) go without.
 */
function preparedName(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= mostNames) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

/** Temporal values travel as text; everything else as the driver knows it. */
function plain(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString()
  return value
}
