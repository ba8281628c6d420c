import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor } from './actor.ts'
import { freshDatabase } from './db/fresh-database.ts'

test('a transaction in which a statement failed is never told as done, even if somebody caught the failure', async (t) => {
  const { house } = await freshDatabase(t)
  const caught = house.write(systemActor, 'test', async ({ db }) => {
    await sql`select 1 / 0`.execute(db).catch(() => {})
    return 'done'
  })
  await assert.rejects(caught, /had failed: ROLLBACK/)
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
