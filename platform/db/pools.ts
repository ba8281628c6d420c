import pg from 'pg'

export type DatabasePool = pg.Pool

const parsers: Record<number, (text: string) => unknown> = {
  // A day is text: the driver's default makes it a moment in some zone, a day early in Asia/Shanghai.
  1082: (text) => text,
  // Moments become Temporal.Instant, so that nothing downstream meets Date.
  1184: (text) => Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
  // Counts are far below 2^53.
  20: Number,
  1700: Number,
}

/** Parsers of our own pools only: the job queue and the sign-in library keep the driver's. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** A pool that survives a restart of the database: a broken idle connection is dropped, not thrown. */
export function openPool(connectionString: string, max = 10, onError: (error: Error) => void = () => {}): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 5_000, types })
  pool.on('error', onError)
  // Breaks while somebody holds it between two statements: his next statement fails. Unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** The same server and database with another login. */
export function withLogin(url: string, user: string, password: string): string {
  const target = new URL(url)
  target.username = user
  target.password = password
  return target.href
}
