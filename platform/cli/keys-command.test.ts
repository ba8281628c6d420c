import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callbackWorld } from '#modules/callback/callback-fixture.ts'
import { auditRatings } from '#modules/callback/index.ts'
import { systemActor } from '#platform/actor.ts'
import { type FreshDatabase, testKeyDir } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { keptForGood, retentionRules } from '#policy/retention/rules.ts'
import { sealedTables } from '#upkeep'
import { keysCommand } from './keys-command.ts'

async function jingminKeys(db: FreshDatabase, ...args: string[]): Promise<{ code: number | undefined; text: string }> {
  const lines: string[] = []
  let code: number | undefined
  const command = keysCommand({
    openPool: async () => openPool(db.adminUrl, 2),
    tables: sealedTables,
    keysDir: await testKeyDir(),
    crypto: 'sm',
    serving: () => true,
    seenAfterMs: 2100,
    lang: 'en',
    print: (line) => lines.push(line),
    exit: (given) => {
      code = given
    },
  })
  await command.parseAsync(args, { from: 'user' })
  return { code, text: lines.join('\n') }
}

test('every sealed column of the database and every blind index is in the list, with its period', async (t) => {
  const { db } = await callbackWorld(t)
  const { rows } = await db.admin.query<{ name: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
     where (column_name like '%\\_sealed' or column_name in ('phone_index', 'citizen_no_index')) and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const listed = sealedTables.flatMap(({ table, columns }) =>
    columns.flatMap(({ sealed, index }) =>
      [sealed, ...(index ? [index.column] : [])].map((column) => `${table}.${column}`),
    ),
  )
  assert.deepEqual(rows.map(({ name }) => name).sort(), listed.sort())
  for (const { retention, table } of sealedTables)
    assert.ok(retention in retentionRules || retention in keptForGood, table)
})

test('a rotation seals and indexes everything anew while serving: what was asked can be answered, who opted out stays out', async (t) => {
  const world = await callbackWorld(t)
  const before = await world.finish()
  await world.wait('PT1H')
  await world.carry()
  const out = await world.finish({ phone: '13900000002' })
  await world.wait('PT1H')
  await world.carry()
  await world.reply('TD', '13900000002')
  assert.equal((await world.row(out)).state, 'opted_out')
  const index = (await world.row(before)).phone_index

  const rotated = await jingminKeys(world.db, 'rotate')
  assert.match(rotated.text, /Done: \d+ rows/)
  assert.equal(rotated.code, 0)
  const after = await world.row(before)
  assert.notEqual(after.phone_index, index)
  assert.match(after.phone_sealed, /^sm1\.[2-9]\d*\./)
  const status = await jingminKeys(world.db, 'status')
  assert.match(status.text, /seal {2}version 1 .* 0 values/)
  assert.equal(status.code, 0)

  // The house that was open all the time reads the new key by itself.
  await world.reply('4')
  assert.equal((await world.row(before)).level, 4)
  assert.deepEqual(await world.as(systemActor, (ctx) => auditRatings(ctx)), [])
  const again = await world.finish({ phone: '13900000002' })
  assert.equal((await world.row(again)).state, 'opted_out')
})

test('while a rotation is half done replies are read and nobody who opted out is asked', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  await world.wait('PT1H')
  await world.carry()
  await world.finish({ phone: '13900000002' })
  await world.wait('PT1H')
  await world.carry()
  await world.reply('TD', '13900000002')
  const late = await world.finish({ phone: '13900000003' })
  const keyed = await jingminKeys(world.db, 'rotate', '--key-only')
  assert.equal(keyed.code, 1)
  // The opt-out is still under the old key; its question under the new one, as if put in before the word came.
  await world.wait('PT3S')
  await new Promise((wake) => setTimeout(wake, 2100))
  const stopped = await world.finish({ phone: '13900000002' })
  assert.equal((await world.row(stopped)).state, 'opted_out')
  await world.reply('5')
  assert.equal((await world.row(id)).level, 5)
  assert.notEqual((await world.row(late)).state, 'failed')
  const rest = await jingminKeys(world.db, 'rotate')
  assert.match(rest.text, /going on/)
  assert.equal(rest.code, 0)
})

test('a rotation killed between two batches goes on where values are left, and old keys stay until nothing uses them', async (t) => {
  const world = await callbackWorld(t)
  for (let n = 0; n < 3; n += 1) await world.finish()
  await jingminKeys(world.db, 'rotate')
  await jingminKeys(world.db, 'rotate', '--key-only')
  const refused = await jingminKeys(world.db, 'retire')
  const status = await jingminKeys(world.db, 'status')
  const current = Number(/seal {2}version (\d+) .*current/.exec(status.text)?.[1])
  assert.equal(status.code, 1)
  assert.doesNotMatch(refused.text, new RegExp(`seal version ${current - 1} can`))

  const done = await jingminKeys(world.db, 'rotate')
  assert.match(done.text, new RegExp(`seal: version ${current} is not carried through`))
  assert.equal(done.code, 0)
  const gone = await jingminKeys(world.db, 'retire')
  assert.match(gone.text, new RegExp(`seal version ${current - 1} can be removed`))
  assert.equal((await world.row(await world.finish())).state, 'scheduled')
  const { rows } = await world.admin.query(`select count(*) as n from platform.audit_entry where event like 'keys.%'`)
  assert.ok(rows[0].n >= 5)
})
