import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { type FreshDatabase, freshDatabase } from './fresh-database.ts'

const readable = new Set([
  'complaints.published_month',
  'directory.unit',
  'platform.attempt',
  'platform.calendar_year',
  'platform.setting',
  'registration.item_version',
  'registration.search_term',
  'registration.service_item',
])
const writable: Record<string, string[]> = {
  INSERT: ['platform.attempt', 'platform.audit_entry', 'registration.search_term'],
  UPDATE: ['platform.attempt', 'registration.search_term'],
  DELETE: [],
  TRUNCATE: [],
}
// Functions that run with their owner's rights: each was looked at before it came onto this list.
const definers = new Set([
  'callback.answer_by_token',
  'callback.by_token',
  'callback.consent_by_token',
  'complaints.add_by',
  'complaints.add_file_by',
  'complaints.add_online_file',
  'complaints.ask_by',
  'complaints.complainant_by',
  'complaints.contact_by',
  'complaints.drop_online_file',
  'complaints.online_by',
  'complaints.progress_by',
  'complaints.rate_by',
  'complaints.save_online',
  'complaints.send_online',
  'complaints.sent_by',
  'platform.actor_claims',
  'platform.actor_has',
  'platform.actor_home_units',
  'platform.actor_is_system',
  'platform.actor_kind',
  'platform.actor_person',
  'platform.actor_units',
  'service_window.citizen_view',
])

const relations = `select n.nspname || '.' || c.relname as name, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
  order by 1`

async function asPublic(db: FreshDatabase, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: db.publicUrl })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

test('the internet role reads the published catalogue, the units, calendar and settings and its own attempts, and no other table', async (t) => {
  const db = await freshDatabase(t)
  const tables = (await db.admin.query<{ name: string; quoted: string }>(relations)).rows
  assert.ok(tables.length > 40)
  const read: string[] = []
  await asPublic(db, async (client) => {
    for (const { name, quoted } of tables) {
      const outcome = await client.query(`select * from ${quoted} limit 1`).then(
        () => 'read',
        (error: { code?: string }) => error.code,
      )
      if (outcome === 'read') read.push(name)
      else assert.equal(outcome, '42501', name)
    }
  })
  assert.deepEqual(new Set(read), readable)
})

test('the internet role writes attempts, audit entries and search words, and deletes nothing', async (t) => {
  const db = await freshDatabase(t)
  for (const [right, allowed] of Object.entries(writable)) {
    const any =
      right === 'DELETE' || right === 'TRUNCATE'
        ? ''
        : `or has_any_column_privilege('jingmin_public', c.oid, '${right}')`
    const found = await db.admin.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
        and has_schema_privilege('jingmin_public', n.oid, 'USAGE')
        and (has_table_privilege('jingmin_public', c.oid, '${right}') ${any})`)
    assert.deepEqual(found.rows.map((row) => row.name).sort(), allowed, right)
  }
})

test('of the functions that run with their owner’s rights the internet role calls only the listed ones', async (t) => {
  const db = await freshDatabase(t)
  const found = await db.admin.query<{ name: string }>(`select n.nspname || '.' || p.proname as name from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and p.prorettype <> 'trigger'::regtype and n.nspname not in ('pg_catalog', 'information_schema')
      and has_schema_privilege('jingmin_public', n.oid, 'USAGE') and has_function_privilege('jingmin_public', p.oid, 'EXECUTE')`)
  assert.deepEqual(new Set(found.rows.map((row) => row.name)), definers)
})

test('the internet role sees no draft, no officer’s attempt, and cannot become somebody by a setting', async (t) => {
  const db = await freshDatabase(t)
  await db.admin.query(`insert into registration.service_item (code, area) values ('x.y', 'id_card')`)
  await db.admin.query(`insert into registration.item_version (id, item_code, number, effective, content, edited_at)
    values (gen_random_uuid(), 'x.y', 1, '[2026-01-01,)', '{}', now())`)
  await db.admin.query(`insert into platform.attempt (actor, attempt, endpoint, request_hash, at)
    values ('6b0a1d4e-0000-4000-8000-000000000001', gen_random_uuid(), 'POST /x', 'h', now()), ('citizen', gen_random_uuid(), 'POST /y', 'h', now())`)
  await asPublic(db, async (client) => {
    await client.query(`set "jingmin.actor" = '${Buffer.from(JSON.stringify({ k: 'system' })).toString('base64')}.00'`)
    const rowsOf = async (table: string) => (await client.query(`select * from ${table}`)).rows.length
    assert.equal(await rowsOf('registration.item_version'), 0)
    assert.equal(await rowsOf('platform.attempt'), 1)
    await assert.rejects(
      client.query(
        `insert into platform.attempt (actor, attempt, endpoint, request_hash, at) values ('system', gen_random_uuid(), 'x', 'h', now())`,
      ),
      { code: '42501' },
    )
  })
})
