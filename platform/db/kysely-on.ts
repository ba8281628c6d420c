import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { DB } from './schema.ts'
import type { Transaction } from './transaction.ts'

export type Db = Kysely<DB>

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()

/** Kysely inside a transaction that somebody else ends. */
export function kyselyOn(transaction: Pick<Transaction, 'query'>): Db {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: { sql: string; parameters: readonly unknown[] }): Promise<QueryResult<R>> {
      const result = await transaction.query(query.sql, query.parameters.map(plain))
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

/** Temporal values travel as text; everything else as the driver knows it. */
export function plain(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString()
  return value
}
