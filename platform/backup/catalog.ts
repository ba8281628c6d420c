import type { Client } from 'pg'

export type TableShape = { table: string; sql: string; columns: Column[] }
export type Column = { name: string; type: string; generated: boolean }

/** Written out so that a row's text reads the same on every server. */
const SESSION = `
  set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex';
  set extra_float_digits = 1; set lc_monetary = 'C'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
  set search_path = pg_catalog; set row_security = off`

/** Prepares a connection for reading or writing rows as text. Row-level security then refuses instead of hiding rows. */
export async function steady(client: Client): Promise<void> {
  await client.query(SESSION)
}

const OURS = `n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** All tables that hold rows (partitions, not their parents), with their columns in order. */
export async function readTables(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<{ table: string; sql: string; columns: Column[] | null }>(`
    select n.nspname || '.' || c.relname as table, format('%I.%I', n.nspname, c.relname) as sql,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                                         'generated', a.attgenerated <> '') order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence in ('p', 'u') and ${OURS} order by 1`)
  return rows.map((row) => ({ ...row, columns: row.columns ?? [] }))
}

/** How a table's columns are written in the manifest, to be compared with those of the rebuilt database. */
export function columnWords(table: TableShape): string[] {
  return table.columns.map((column) => `${column.name} ${column.type}${column.generated ? ' generated' : ''}`)
}

export type SequenceShape = { sequence: string; sql: string; lastValue: string; isCalled: boolean }

/** All sequences, those behind identity columns included, with where they stand. */
export async function readSequences(client: Client): Promise<SequenceShape[]> {
  const { rows } = await client.query<{ sequence: string; sql: string }>(`
    select n.nspname || '.' || c.relname as sequence, format('%I.%I', n.nspname, c.relname) as sql
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${OURS} order by 1`)
  const found: SequenceShape[] = []
  for (const row of rows) {
    const state = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${row.sql}`,
    )
    found.push({ ...row, lastValue: state.rows[0]!.last, isCalled: state.rows[0]!.called })
  }
  return found
}

/** The migrations that were applied to the database. */
export async function readApplied(client: Client): Promise<{ name: string; sha256: string }[]> {
  const known = await client.query<{ there: boolean }>(`select to_regclass('platform.migration') is not null as there`)
  if (!known.rows[0]!.there) return []
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from platform.migration order by name',
  )
  return rows
}
