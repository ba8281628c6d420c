import type { ClientBase } from 'pg'

type Row = Record<string, unknown>

/** Rows of the invented past, gathered in memory until they are written together. */
export type Rows = {
  add(table: string, row: Row): void
  /** Takes what was gathered, leaving nothing. */
  take(): Map<string, Row[]>
}

/** All rows of a table need the same columns: those of its first row. Values are what JSON can hold. */
export function createRows(): Rows {
  let kept = new Map<string, Row[]>()
  return {
    add(table, row) {
      const before = kept.get(table)
      if (before) before.push(row)
      else kept.set(table, [row])
    },
    take() {
      const taken = kept
      kept = new Map()
      return taken
    },
  }
}

export async function insertRows(client: ClientBase, table: string, rows: readonly Row[]): Promise<void> {
  const first = rows[0]
  if (!first) return
  const columns = Object.keys(first).join(', ')
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
    [JSON.stringify(rows)],
  )
}

/**
 * Fills many tables, in the order given, by one statement: the database is busy with it while the caller tells the next
 * part of the past. `prepareFilling` first, in the same session.
 */
export async function fill(
  client: ClientBase,
  tables: readonly string[],
  taken: ReadonlyMap<string, readonly Row[]>,
): Promise<void> {
  const filled = tables.filter((table) => taken.has(table))
  const columns = filled.map((table) => Object.keys(taken.get(table)?.[0] ?? {}).join(', '))
  // One parameter each: as an array every quotation mark would have to be escaped.
  const places = filled.map((_, n) => `$${n + 3}::json`).join(', ')
  const rows = filled.map((table) => JSON.stringify(taken.get(table)))
  await client.query(`select pg_temp.fill($1::text[], $2::text[], array[${places}]::json[])`, [
    filled,
    columns,
    ...rows,
  ])
}

export async function prepareFilling(client: ClientBase): Promise<void> {
  await client.query(`create or replace function pg_temp.fill(tables text[], columns text[], rows json[]) returns void language plpgsql as $$
    begin
      for n in 1..coalesce(array_length(tables, 1), 0) loop
        execute format('insert into %1$s (%2$s) select %2$s from json_populate_recordset(null::%1$s, $1)', tables[n], columns[n]) using rows[n];
      end loop;
    end $$`)
}

type Definition = { drop: string; add: string }

/**
 * Takes plain indexes and references off the tables while `work` runs and puts them back as they were: built and checked
 * at once they cost a fraction of what they cost row by row. Within the caller's transaction, so that nobody ever meets a
 * table without them, and so that one row that refers to nothing undoes it all.
 */
export async function withoutIndexes<T>(
  client: ClientBase,
  tables: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const found = await client.query<Definition>(
    `select 'drop index ' || i.indexrelid::regclass as drop, pg_get_indexdef(i.indexrelid) as add from pg_index i
       where i.indrelid = any ($1::regclass[]) and not i.indisunique and not i.indisexclusion
     union all
     select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) from pg_constraint c
       where c.conrelid = any ($1::regclass[]) and c.contype = 'f' and c.conparentid = 0`,
    [tables],
  )
  for (const { drop } of found.rows) await client.query(drop)
  const result = await work()
  for (const { add } of found.rows) await client.query(add)
  return result
}
