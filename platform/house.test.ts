import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anonymousActor, systemActor } from './actor.ts'
import type { Context } from './context.ts'
import { freshDatabase } from './db/fresh-database.ts'

test('a transaction in which a statement failed is never told as done, even if somebody caught the failure', async (t) => {
  const { house } = await freshDatabase(t)
  const caught = (before: string[]) =>
    house.write(systemActor, 'test', async ({ db }) => {
      for (const text of before) await sql.raw(text).execute(db)
      await sql`select 1 / 0`.execute(db).catch(() => {})
      return 'done'
    })
  await assert.rejects(caught([]), /had failed: division by zero/)
  await assert.rejects(caught(['select 1']), /had failed: ROLLBACK/)
  assert.equal(await house.write(systemActor, 'test', async () => 'done'), 'done', 'the connection goes on')
})

test('a commit that comes with a warning, as when the wait for a standby is cancelled, is not told as done', async (t) => {
  const { house, admin } = await freshDatabase(t)
  await admin.query(`create function platform.warn() returns trigger language plpgsql as
      'begin raise warning ''canceling wait for synchronous replication''; return null; end';
    create constraint trigger warn after insert on platform.setting deferrable initially deferred
      for each row execute function platform.warn()`)
  const warned = house.write(systemActor, 'test', ({ db, now }) =>
    db.insertInto('platform.setting').values({ name: 'x', value: '1', changed_at: now }).execute(),
  )
  await assert.rejects(warned, /not known whether the commit will last/)
})

test('a statement prepared before a migration fails once on a connection, not for ever', async (t) => {
  const { house, admin } = await freshDatabase(t)
  const read = () => house.read(systemActor, 'test', ({ db }) => sql`select * from platform.setting`.execute(db))
  await read()
  await admin.query('alter table platform.setting add column note text')
  await assert.rejects(read(), /cached plan must not change result type/)
  await read()
})

const note = (name: string) => sql`insert into platform.setting (name, value, changed_at) values (${name}, '1', now())`
const noted = 'select name from platform.setting order by name'

test('what is put goes before the next statement, in order, and with the commit when there is none', async (t) => {
  const { house, admin } = await freshDatabase(t)
  await admin.query('delete from platform.setting')
  const seen = await house.write(systemActor, 'test', async (ctx) => {
    ctx.put(note('a'))
    const before = await sql.raw(noted).execute(ctx.db)
    ctx.put(note('b'))
    return before.rows
  })
  assert.deepEqual(seen, [{ name: 'a' }])
  assert.deepEqual((await admin.query(noted)).rows, [{ name: 'a' }, { name: 'b' }])
})

test('a put change that fails takes everything before it along, and nothing after it is done', async (t) => {
  const { house, admin } = await freshDatabase(t)
  await admin.query('delete from platform.setting')
  const failing = house.write(systemActor, 'test', async (ctx) => {
    await note('a').execute(ctx.db)
    ctx.put(note('a'))
    ctx.put(note('b'))
  })
  await assert.rejects(failing, { code: '23505' })
  assert.deepEqual((await admin.query(noted)).rows, [])
})

test('statements begun at once wait for the transaction: none runs outside of it or without its actor', async (t) => {
  const { house } = await freshDatabase(t)
  const who = sql<{
    is: boolean
    tx: string
  }>`select platform.actor_is_system() as is, pg_current_xact_id()::text as tx`
  const both = await house.write(systemActor, 'test', ({ db }) => Promise.all([who.execute(db), who.execute(db)]))
  const [one, two] = both.map(({ rows }) => rows[0])
  assert.equal(one?.is, true)
  assert.deepEqual(one, two)
})

test('an actor ends with the transaction: the next one on the same connection has none of his rights', async (t) => {
  const { house } = await freshDatabase(t)
  const kind = ({ db }: Context) => sql<{ kind: string }>`select platform.actor_kind() as kind`.execute(db)
  for (let n = 0; n < 3; n += 1) {
    assert.deepEqual((await house.read(systemActor, 'test', kind)).rows, [{ kind: 'system' }])
    assert.deepEqual((await house.read(anonymousActor, 'test', kind)).rows, [{ kind: 'anonymous' }])
  }
})

test('a reading transaction writes nothing', async (t) => {
  const { house } = await freshDatabase(t)
  const writing = house.read(systemActor, 'test', ({ db }) => note('a').execute(db))
  await assert.rejects(writing, { code: '25006' })
})

test('reading in a snapshot sees one moment and writes nothing; reading without sees what has come since', async (t) => {
  const { house, admin } = await freshDatabase(t)
  const counted = async ({ db }: Context) =>
    (await sql<{ n: number }>`select count(*) as n from platform.setting`.execute(db)).rows[0]?.n ?? 0
  const addedMeanwhile = async (ctx: Context) => {
    const before = await counted(ctx)
    await admin.query(
      `insert into platform.setting (name, value, changed_at) values (gen_random_uuid()::text, '1', now())`,
    )
    return (await counted(ctx)) - before
  }
  assert.equal(await house.readSnapshot(systemActor, 'test', addedMeanwhile), 0)
  assert.equal(await house.read(systemActor, 'test', addedMeanwhile), 1)
  const writing = house.readSnapshot(systemActor, 'test', ({ db }) => note('a').execute(db))
  await assert.rejects(writing, { code: '25006' })
})
