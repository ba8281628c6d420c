import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { type Result, type Statement, sendTogether } from './batch.ts'

/**
 * A transaction on one client. What opens it, and whatever nobody waits for, travels with the next statement that somebody
 * waits for, or with the commit; statements asked for at once (Promise.all) travel together: always in order, in one message,
 * and nothing runs after one that failed.
 */
export type Transaction = {
  query(text: string, values: readonly unknown[]): Promise<Result>
  put(text: string, values: readonly unknown[]): void
  /** The client itself, with everything before it sent. */
  open(): Promise<PoolClient>
  /** Sends what is left and the end. Null when there is nothing to end. */
  end(how: 'commit' | 'rollback'): Promise<Result> | null
}

type Asked = { at: number; resolve(result: Result): void; reject(error: Error): void }

/** `send` gets each message as it goes out. */
function messages(send: (statements: Statement[]) => Promise<Result[]>) {
  let waiting: Statement[] = []
  let asked: Asked[] = []

  async function flush(): Promise<void> {
    if (asked.length === 0) return
    const askers = asked
    const statements = waiting
    asked = []
    waiting = []
    try {
      const results = await send(statements)
      for (const { at, resolve } of askers) resolve(results[at] as Result)
    } catch (error) {
      for (const { reject } of askers) reject(error as Error)
    }
  }

  return {
    ask(statement: Statement): Promise<Result> {
      if (asked.length === 0) process.nextTick(flush)
      const at = waiting.push(statement) - 1
      return new Promise((resolve, reject) => asked.push({ at, resolve, reject }))
    },
    put: (statement: Statement) => void waiting.push(statement),
    waits: () => waiting.length > 0,
    giveUp() {
      for (const { reject } of asked) reject(new Error('the transaction was given up'))
      asked = []
      waiting = []
    },
  }
}

export function transactionOn(client: PoolClient, opening: readonly Statement[]): Transaction {
  let begun: Promise<Result[]> | null = null
  let sure = false

  const line = messages(async (statements) => {
    if (!begun) {
      begun = sendTogether(client, [...opening, ...statements])
      const results = await begun
      sure = true
      return results.slice(opening.length)
    }
    // Until the first has succeeded nobody knows that there is a transaction, so nothing else is sent.
    if (!sure) await begun.catch(refuse)
    return sendTogether(client, statements)
  })

  return {
    query: (text, values) => line.ask({ name: preparedName(text), text, values, rows: true }),
    put: (text, values) => line.put({ name: preparedName(text), text, values }),
    async open() {
      if (line.waits() || !begun) await line.ask(prepared('select 1'))
      return client
    },
    end(how) {
      if (how === 'commit') return begun || line.waits() ? line.ask(prepared('commit')) : null
      line.giveUp()
      return begun ? sendTogether(client, [prepared('rollback')]).then(([result]) => result as Result) : null
    },
  }
}

/**
 * Reading without BEGIN and COMMIT: what is sent in one message is one transaction to the server, and `saying`, which says
 * who reads and that he only reads, goes at the head of each and ends with it.
 */
export function readingOn(client: PoolClient, saying: Statement): Transaction {
  const line = messages(async (statements) => (await sendTogether(client, [saying, ...statements])).slice(1))
  return {
    query: (text, values) => line.ask({ name: preparedName(text), text, values, rows: true }),
    put() {
      throw new Error('a reading request changes nothing')
    },
    async open() {
      throw new Error('a reading request sends no jobs')
    },
    end() {
      line.giveUp()
      return null
    },
  }
}

function refuse(cause: Error): never {
  throw new Error(`a statement of this transaction had failed: ${cause.message}`, { cause })
}

export function prepared(text: string, values: readonly unknown[] = []): Statement {
  return { name: preparedName(text), text, values }
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
