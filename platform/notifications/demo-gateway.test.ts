import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citizenActor, systemActor } from '../actor.ts'
import { freshDatabase } from '../db/fresh-database.ts'
import { sweepMessages } from './deliver-messages.ts'
import { enqueue, phoneOf, stateOf } from './delivery-fixture.ts'
import { createDemoGateway, demoInbox, demoReply } from './demo-gateway.ts'

test('the simulated gateway cannot be made outside the demonstration', async (t) => {
  const { house } = await freshDatabase(t)
  assert.throws(() => createDemoGateway({ demo: false, house }), /demonstration only/)
  assert.throws(() => createDemoGateway({ house } as never), /demonstration only/)
  assert.equal(createDemoGateway({ demo: true, house }).simulated, true)
})

test('a telephone of the demonstration shows its message once and answers the way every telephone does', async (t) => {
  const db = await freshDatabase(t)
  const gateway = createDemoGateway({ demo: true, house: db.house })
  const id = await enqueue(db.house, 1)
  const dead = await enqueue(db.house, 120_000)
  await sweepMessages({ house: db.house, gateway })
  await gateway.send({ id, phone: phoneOf(1), body: 'the same message again' })
  assert.deepEqual([(await stateOf(db, id)).state, (await stateOf(db, dead)).state], ['delivered', 'failed'])
  assert.equal(await gateway.stateOf(crypto.randomUUID()), 'unknown')

  db.clock.set(db.clock.now().add({ minutes: 1 }))
  const reply = await db.as(systemActor, (ctx) => demoReply(ctx, phoneOf(1), '5'))
  assert.ok(reply.id)
  assert.deepEqual(await db.as(systemActor, (ctx) => demoReply(ctx, phoneOf(7), '5')), { id: null })
  const inbox = await db.as(systemActor, demoInbox)
  assert.deepEqual(inbox.map(({ from, body }) => [from, body])[0], ['citizen', '5'])
  assert.equal(inbox.length, 3)
  assert.deepEqual(await db.as(citizenActor, demoInbox), [])
  assert.deepEqual(db.jobs.at(-1), { name: 'callback.follow', data: { inboundId: reply.id } })
})
