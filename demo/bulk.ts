import type { ClientBase } from 'pg'

type Row = Record<string, unknown>

/** Rows of the invented past, gathered in memory and written table by table. */
export type Rows = {
  add(table: string, row: Row): void
  count(table: string): number
  write(client: ClientBase, tables: readonly string[]): Promise<void>
}

const batch = 1500

/** All rows of a table need the same columns: those of its first row. Values are what JSON can hold. */
export function createRows(): Rows {
  const kept = new Map<string, Row[]>()
  return {
    add(table, row) {
      const before = kept.get(table)
      if (before) before.push(row)
      else kept.set(table, [row])
    },
    count: (table) => kept.get(table)?.length ?? 0,
    async write(client, tables) {
      for (const table of tables) await insertRows(client, table, kept.get(table) ?? [])
    },
  }
}

export async function insertRows(client: ClientBase, table: string, rows: readonly Row[]): Promise<void> {
  const first = rows[0]
  if (!first) return
  const columns = Object.keys(first).join(', ')
  for (let from = 0; from < rows.length; from += batch) {
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
      [JSON.stringify(rows.slice(from, from + batch))],
    )
  }
}
