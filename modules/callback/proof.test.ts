import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type Actor, citizenActor, systemActor } from '#platform/actor.ts'
import { type CallbackWorld, callbackWorld, insertMatter, people } from './callback-fixture.ts'
import { auditRatings } from './index.ts'

async function asked(world: CallbackWorld): Promise<string> {
  const id = await world.finish()
  world.wait('PT31M')
  await world.carry()
  return id
}

/** Refused by right, by row, by rule, or found nothing; a statement that is merely wrong would prove nothing. */
function refused(error: Error & { code?: string }): boolean {
  return ['42501', '23001', '23503'].includes(error.code ?? '') || error.message === 'refused'
}

/** A statement as an injection would bring it: with the serving role and somebody's token. */
const inject = (world: CallbackWorld, who: Actor, statement: string) =>
  world.as(who, (ctx) => sql.raw(statement).execute(ctx.db))

test('no statement of the serving role makes a rating without a citizen’s answer', async (t) => {
  const world = await callbackWorld(t)
  const id = await asked(world)
  const { token_hash } = await world.row(id)
  const answer = (channel: string, more: string, values: string) =>
    `insert into callback.answer (id, callback_id, channel, raw, level, received_at${more}) values ('${randomUUID()}', '${id}', '${channel}', '5', 5, now()${values})`
  const attempts: [string, string][] = [
    [
      'a rating itself',
      `insert into callback.rating values ('${id}', '${randomUUID()}', 5, 'satisfaction', '${people.officer.personId}', '${people.officer.unitId}', null, null, now())`,
    ],
    ['a page answer with the hash from the table', answer('page', ', page_key', `, '${token_hash}'`)],
    ['a message that was never received', answer('sms', ', inbound_id', `, '${randomUUID()}'`)],
    [
      'the page function with the hash from the table',
      `do $$ begin if callback.answer_by_token('${randomUUID()}', '${token_hash}', 5, '', now()) <> 'not-found' then null; else raise exception 'refused'; end if; end $$`,
    ],
    [
      'a reading of nothing',
      answer(
        'desk_reading',
        ', reads_answer_id, read_by, read_at',
        `, '${randomUUID()}', '${people.desk.personId}', now()`,
      ),
    ],
    [
      'a state without a rating',
      `do $$ declare n int; begin update callback.callback set state = 'answered' where id = '${id}'; get diagnostics n = row_count; if n = 0 then raise exception 'refused'; end if; end $$`,
    ],
    [
      'another key for the page',
      `do $$ declare n int; begin update callback.callback set token_hash = 'x' where id = '${id}'; get diagnostics n = row_count; if n = 0 then raise exception 'refused'; end if; end $$`,
    ],
  ]
  for (const who of [people.officer, people.head, people.desk, systemActor, citizenActor]) {
    for (const [what, statement] of attempts) {
      await assert.rejects(inject(world, who, statement), refused, `${what} as ${who.name || who.kind}`)
    }
  }
  const { rows } = await world.admin.query('select count(*) from callback.rating')
  assert.equal(rows[0].count, 0)
})

test('the message must come from the asked number and say what the answer says', async (t) => {
  const world = await callbackWorld(t)
  const id = await asked(world)
  await world.reply('5', '13900000009')
  const { rows } = await world.admin.query('select id from platform.inbound_message')
  await assert.rejects(
    inject(
      world,
      systemActor,
      `insert into callback.answer (id, callback_id, channel, inbound_id, raw, level, received_at) values ('${randomUUID()}', '${id}', 'sms', '${rows[0].id}', '5', 5, now())`,
    ),
    /no proof/,
  )
})

test('nobody reads the answer about himself, even with the desk’s rights', async (t) => {
  const world = await callbackWorld(t)
  const id = await asked(world)
  await world.reply('嗯嗯')
  const { rows } = await world.admin.query('select * from callback.answer')
  for (const reader of [people.officer, people.colleague, people.deskOfStationA]) {
    await assert.rejects(
      world.admin.query(
        `insert into callback.answer (id, callback_id, channel, reads_answer_id, raw, level, read_by, read_at, received_at) values ($1, $2, 'desk_reading', $3, $4, 5, $5, now(), $6)`,
        [randomUUID(), id, rows[0].id, rows[0].raw, reader.personId, rows[0].received_at.toString()],
      ),
      /about himself or his own unit/,
    )
  }
})

test('a rating put in by the database’s owner behind the triggers is named by the audit', async (t) => {
  const world = await callbackWorld(t)
  const honest = await asked(world)
  await world.reply('5')
  const byPage = await world.finish({ phone: null })
  const matterId = await insertMatter(world.admin, people.officer, world.clock.now())
  assert.deepEqual(await world.as(systemActor, (ctx) => auditRatings(ctx)), [])
  assert.deepEqual(await world.as(systemActor, (ctx) => auditRatings(ctx, ['a secret'])), [
    { callbackId: honest, why: 'message-not-signed' },
  ])

  const client = await world.admin.connect()
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  const forged = randomUUID()
  await client.query(
    `insert into callback.answer (id, callback_id, channel, page_key, raw, level, received_at) values ($1, $2, 'page', 'guess', '5', 5, now())`,
    [forged, byPage],
  )
  await client.query(
    `insert into callback.rating select c.id, $1, 5, c.purpose, c.officer_id, c.unit_id, null, null, a.received_at
     from callback.callback c join callback.answer a on a.callback_id = c.id where c.id = $2`,
    [forged, byPage],
  )
  // Even a key and a hash that fit each other are not those of the link.
  await client.query(`update callback.callback set token_hash = encode(sha256('guess'), 'hex') where id = $1`, [byPage])
  await client.query('update callback.rating set level = 4 where callback_id = $1', [honest])
  await client.query(
    `insert into callback.callback (id, purpose, subject_id, matter_id, officer_id, unit_id, finished_at, token_hash, token_sealed, state, send_after)
     values ('00000000-0000-4000-8000-00000000f001', 'satisfaction', $1, $1, $2, $3, now(), 'h', 's', 'answered', now())`,
    [matterId, people.officer.personId, people.officer.unitId],
  )
  await client.query('commit')
  client.release()
  const named = await world.as(systemActor, (ctx) => auditRatings(ctx))
  assert.deepEqual(
    new Map(named.map(({ callbackId, why }) => [callbackId, why])),
    new Map([
      [honest, 'answer-differs'],
      [byPage, 'no-page-key'],
      ['00000000-0000-4000-8000-00000000f001', 'state-differs'],
    ]),
  )
})

test('answers and ratings cannot be changed or removed, and who served stays who served', async (t) => {
  const world = await callbackWorld(t)
  const id = await asked(world)
  await world.admin.query('update service_window.matter set holder_id = $1 where first_officer_id = $2', [
    people.colleague.personId,
    people.officer.personId,
  ])
  await world.admin.query('update directory.person set unit_id = $1 where id = $2', [
    people.officerB.unitId,
    people.officer.personId,
  ])
  await world.reply('4')
  const { rated_officer, unit_id } = await world.row(id)
  assert.deepEqual([rated_officer, unit_id], [people.officer.personId, people.officer.unitId])
  for (const statement of [
    `update callback.callback set officer_id = '${people.colleague.personId}'`,
    `update callback.callback set item_code = 'x'`,
    `update callback.callback set state = 'no_answer'`,
    'update callback.rating set level = 5',
    'delete from callback.rating',
    'truncate callback.rating cascade',
    'delete from callback.answer',
  ]) {
    await assert.rejects(world.admin.query(statement), { code: '23001' }, statement)
  }
})

test('in the sources one place writes answers of messages, one those of the desk, and none writes ratings', () => {
  const root = join(import.meta.dirname, '../..')
  const writers = (pattern: RegExp) =>
    globSync(['modules/**/*.ts', 'platform/**/*.ts', 'demo/**/*.ts', 'console/**/*.ts', 'site/**/*.ts', '*.ts'], {
      cwd: root,
    })
      .filter((file) => !/\.test\.ts$|fixture|-testing|node_modules/.test(file))
      .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')))
      .sort()
  assert.deepEqual(writers(/insertInto\('callback\.answer'\)|insert into callback\.answer/), [
    'modules/callback/read-unclear.ts',
    'modules/callback/receive-reply.ts',
  ])
  assert.deepEqual(writers(/insertInto\('callback\.rating'\)|insert into callback\.rating/), [])
  assert.deepEqual(writers(/answer_by_token/), ['modules/callback/rate-by-link.ts'])
})
