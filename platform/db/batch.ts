import pg from 'pg'

/** Named ones are parsed and planned once on each connection. `rows`: somebody reads what it returns. */
export type Statement = { name?: string; text: string; values?: readonly unknown[]; rows?: boolean }
export type Result = { command: string; rowCount: number | null; rows: Record<string, unknown>[] }

type Wire = {
  stream: { cork(): void; uncork(): void }
  parsedStatements: Record<string, string>
  parse(message: { name: string; text: string }): void
  bind(message: { portal: string; statement: string; values: unknown[]; binary: boolean }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string; rows: number }): void
  sync(): void
}
type Types = { getTypeParser(oid: number, format: 'text'): (text: string) => unknown }
type Columns = { names: string[]; parsers: ((text: string) => unknown)[] }
// The driver gives it away without describing it.
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils

/** What a named statement returns is asked for once on each connection; a statement that came to return something else fails. */
const described = new WeakMap<Wire, Map<string, Columns>>()

/**
 * Several statements in one message, by the driver's interface for queries of one's own: one round trip, and after one
 * that fails the server skips the rest.
 */
class Batch {
  readonly #statements: readonly Statement[]
  readonly #types: Types
  readonly #results: Result[] = []
  #columns: (Columns | undefined)[] = []
  #known: Map<string, Columns> = new Map()
  #at = 0
  #unread: Error | null = null
  callback: (error: Error | null, results?: Result[]) => void

  constructor(statements: readonly Statement[], types: Types, callback: Batch['callback']) {
    this.#statements = statements
    this.#types = types
    this.callback = callback
  }

  // The driver notes a statement as parsed under the name of whatever is answered just now.
  get name(): string | undefined {
    return this.#statements[this.#at]?.name
  }
  get text(): string | undefined {
    return this.#statements[this.#at]?.text
  }

  submit(wire: Wire): Error | null {
    let values: unknown[][]
    try {
      values = this.#statements.map((one) => (one.values ?? []).map((value) => prepareValue(value)))
    } catch (error) {
      return error as Error
    }
    this.#known = described.get(wire) ?? new Map()
    described.set(wire, this.#known)
    this.#columns = this.#statements.map(({ name }) => (name ? this.#known.get(name) : undefined))
    const parsed = new Set<string>()
    wire.stream.cork()
    for (const [index, { name = '', text, rows }] of this.#statements.entries()) {
      if (name === '' || !(parsed.has(name) || wire.parsedStatements[name])) wire.parse({ name, text })
      parsed.add(name)
      wire.bind({ portal: '', statement: name, values: values[index] as unknown[], binary: false })
      if (rows && !this.#columns[index]) wire.describe({ type: 'P', name: '' })
      wire.execute({ portal: '', rows: 0 })
    }
    wire.sync()
    wire.stream.uncork()
    return null
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    const columns = {
      names: fields.map(({ name }) => name),
      parsers: fields.map(({ dataTypeID }) => this.#types.getTypeParser(dataTypeID, 'text')),
    }
    this.#columns[this.#at] = columns
    const { name } = this
    if (name) this.#known.set(name, columns)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const columns = this.#statements[this.#at]?.rows ? this.#columns[this.#at] : undefined
    if (this.#unread || !columns) return
    try {
      const row: Record<string, unknown> = {}
      for (const [index, name] of columns.names.entries()) {
        const text = fields[index] as string | null
        row[name] = text === null ? null : columns.parsers[index]?.(text)
      }
      this.#result().rows.push(row)
    } catch (error) {
      this.#unread = error as Error
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const words = text.split(' ')
    const result = this.#result()
    result.command = words[0] as string
    const count = Number(words.at(-1))
    result.rowCount = Number.isInteger(count) ? count : null
    this.#at += 1
  }

  handleEmptyQuery(): void {
    this.#result()
    this.#at += 1
  }

  handlePortalSuspended(): void {}
  handleCopyData(): void {}
  handleCopyInResponse(wire: { sendCopyFail(why: string): void }): void {
    wire.sendCopyFail('nothing is copied here')
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  handleReadyForQuery(): void {
    if (this.#unread) this.callback(this.#unread)
    else this.callback(null, this.#results)
  }

  #result(): Result {
    this.#results[this.#at] ??= { command: '', rowCount: null, rows: [] }
    return this.#results[this.#at] as Result
  }
}

/** Sends all of them at once and answers when the last is done; rejects with the first error. */
export function sendTogether(client: pg.ClientBase, statements: readonly Statement[]): Promise<Result[]> {
  return new Promise<Result[]>((resolve, reject) => {
    const types = (client as unknown as { _types: Types })._types
    client.query(
      new Batch(statements, types, (error, results) =>
        error ? reject(error) : resolve(results as Result[]),
      ) as unknown as pg.Submittable,
    )
  }).catch((error: Error) => {
    // Said from where it was asked, not from the socket that brought the answer.
    Error.captureStackTrace(error)
    throw error
  })
}
