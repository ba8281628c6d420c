import { createHash, randomBytes } from 'node:crypto'
import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth'

const TOKEN_BYTES = 32

/** 256 bits from the system's generator. */
export const newSessionToken = () => randomBytes(TOKEN_BYTES).toString('base64url')

/** What the database holds. No salt and no slow hash: there is nothing to guess in 256 random bits. */
export const sessionTokenHash = (token: string) => createHash('sha256').update(token).digest('hex')

type Row = Record<string, unknown>

/**
 * The library keeps session tokens as they are. This adapter around its adapter lets only their hash reach the
 * database, and hands the token back where the library goes on to use it (cookie, rotation, deletion).
 */
export function withHashedSessionTokens(inner: DBAdapter): DBAdapter {
  return {
    ...wrapCalls(inner),
    id: inner.id,
    transaction: (work) => inner.transaction((trx) => work(wrapCalls(trx))),
  }
}

// The library's adapter methods are generic in a row type that exists only at their callers.
type Loose = {
  create(q: { model: string; data: Row }): Promise<Row>
  update(q: { model: string; where: Where[]; update: Row }): Promise<Row | null>
  updateMany(q: { model: string; where: Where[]; update: Row }): Promise<number>
  findOne(q: { model: string; where: Where[] }): Promise<Row | null>
  findMany(q: { model: string; where?: Where[] }): Promise<Row[]>
  delete(q: { model: string; where: Where[] }): Promise<void>
  deleteMany(q: { model: string; where: Where[] }): Promise<number>
  consumeOne(q: { model: string; where: Where[] }): Promise<Row | null>
  incrementOne(q: { model: string; where: Where[]; set?: Row }): Promise<Row | null>
  count(q: { model: string; where?: Where[] }): Promise<number>
}

function wrapCalls(adapter: DBTransactionAdapter): DBTransactionAdapter {
  const inner = adapter as unknown as Loose
  const calls: Loose = {
    create: async (q) => restored(await inner.create({ ...q, data: hashedData(q.model, q.data) }), tokenOf(q)),
    update: async (q) =>
      restored(await inner.update({ ...hashedWhere(q), update: hashedData(q.model, q.update) }), tokenIn(q)),
    updateMany: (q) => inner.updateMany({ ...hashedWhere(q), update: hashedData(q.model, q.update) }),
    findOne: async (q) => restored(await inner.findOne(hashedWhere(q)), tokenIn(q)),
    findMany: (q) => inner.findMany(hashedWhere(q)),
    delete: (q) => inner.delete(hashedWhere(q)),
    deleteMany: (q) => inner.deleteMany(hashedWhere(q)),
    consumeOne: async (q) => restored(await inner.consumeOne(hashedWhere(q)), tokenIn(q)),
    incrementOne: (q) => inner.incrementOne(hashedWhere(q)),
    count: (q) => inner.count(hashedWhere(q)),
  }
  return { ...adapter, ...calls } as unknown as DBTransactionAdapter
}

function hashedData(model: string, data: Row): Row {
  if (model !== 'session' || typeof data.token !== 'string') return data
  return { ...data, token: sessionTokenHash(data.token) }
}

function hashedWhere<Q extends { model: string; where?: Where[] }>(query: Q): Q {
  if (query.model !== 'session' || !query.where) return query
  return { ...query, where: query.where.map((one) => (one.field === 'token' ? hashedCondition(one) : one)) }
}

function hashedCondition(condition: Where): Where {
  const { value } = condition
  if (Array.isArray(value)) return { ...condition, value: value.map((one) => sessionTokenHash(String(one))) }
  return { ...condition, value: sessionTokenHash(String(value)) }
}

const tokenOf = ({ model, data }: { model: string; data: Row }) => (model === 'session' ? data.token : undefined)

function tokenIn({ model, where }: { model: string; where: Where[] }): unknown {
  const found = where.find((one) => one.field === 'token' && (one.operator ?? 'eq') === 'eq')
  return model === 'session' ? found?.value : undefined
}

/** Only a row found or written by its token gets the token back; in lists the library sees the hash. */
function restored<R extends Row | null>(row: R, token: unknown): R {
  return row && typeof token === 'string' ? { ...row, token } : row
}
