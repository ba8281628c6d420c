import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type Actor, anonymousActor, citizenActor, systemActor } from '#platform/actor.ts'
import { type CallbackWorld, callbackWorld, people } from './callback-fixture.ts'

const tables = [
  'callback.callback',
  'callback.answer',
  'callback.rating',
  'callback.opt_out',
  'callback.follow_up',
  'platform.outbound_message',
  'platform.inbound_message',
  'platform.demo_phone',
  'platform.gateway_nonce',
] as const

async function rowsSeen(world: CallbackWorld, who: Actor): Promise<Record<string, number>> {
  const seen: Record<string, number> = {}
  for (const table of tables) {
    seen[table] = await world.as(
      who,
      async (ctx) => (await sql.raw<{ n: number }>(`select count(*) as n from ${table}`).execute(ctx.db)).rows[0]!.n,
    )
  }
  return seen
}

test('officer, colleague, chief and head of the rated unit, a desk officer at home there, and citizens see no row', async (t) => {
  const world = await callbackWorld(t)
  await world.finish()
  await world.finish({ phone: '13900000002' })
  world.wait('PT31M')
  await world.carry()
  await world.reply('1 等了两小时退订')
  await world.reply('1')
  await world.reply('T', '13900000002')
  // The worker has emptied it; a row is put back, since it would tell a level by its presence.
  await world.admin.query(`insert into callback.follow_up select callback_id, 'rating', rated_at from callback.rating`)
  const nothing = Object.fromEntries(tables.map((table) => [table, 0]))
  for (const who of [
    people.officer,
    people.colleague,
    people.chief,
    people.head,
    people.leader,
    citizenActor,
    anonymousActor,
  ]) {
    assert.deepEqual(await rowsSeen(world, who), nothing, who.name || who.kind)
  }
  const here = await rowsSeen(world, people.deskOfStationA)
  assert.deepEqual(
    [here['callback.callback'], here['callback.answer'], here['callback.rating'], here['platform.outbound_message']],
    [0, 0, 0, 0],
  )
  const desk = await rowsSeen(world, people.desk)
  assert.ok(desk['callback.callback'] === 2 && desk['callback.answer']! >= 1, 'the independent desk sees them')
  assert.equal(desk['platform.inbound_message'], 0)
  const system = await rowsSeen(world, systemActor)
  for (const table of [
    'callback.follow_up',
    'callback.opt_out',
    'platform.outbound_message',
    'platform.inbound_message',
  ]) {
    assert.ok(system[table]! > 0, `${table} has rows to be hidden`)
  }
})

test('the internet role reaches no table of the call-back', async (t) => {
  const world = await callbackWorld(t)
  await world.finish()
  for (const table of tables) {
    await assert.rejects(
      world.publicHouse.read(citizenActor, 'test', (ctx) => sql.raw(`select 1 from ${table}`).execute(ctx.db)),
      /permission denied/,
      table,
    )
  }
})
