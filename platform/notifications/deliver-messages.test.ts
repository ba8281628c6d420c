import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '../actor.ts'
import { freshDatabase } from '../db/fresh-database.ts'
import { askAboutMessage, deliverMessage, sweepMessages } from './deliver-messages.ts'
import { enqueue, phoneOf, stateOf, subjectOf } from './delivery-fixture.ts'
import { enqueueMessage } from './enqueue-message.ts'
import { createFaultyGateway } from './faulty-gateway.ts'
import type { MessageGateway, SendResult } from './gateway.ts'
import { gatewayHealth } from './gateway-health.ts'
import { claimMessage } from './message-store.ts'
import { acceptDelivery } from './receive.ts'

const faultless = () => createFaultyGateway({ seed: 1, swallow: 0, refuse: 0, lose: 0 })

/** A gateway that answers what it is told. */
function answering(answer: () => Promise<SendResult>): MessageGateway & { calls: number } {
  const gateway = {
    name: 'told',
    simulated: true,
    calls: 0,
    send: () => {
      gateway.calls += 1
      return answer()
    },
    stateOf: async () => 'unknown' as const,
  }
  return gateway
}

test('200 messages through a gateway that swallows, refuses and loses: each rings once', async (t) => {
  const db = await freshDatabase(t)
  const faulty = createFaultyGateway({ seed: 20261123, swallow: 0.05, refuse: 0.03, lose: 0.03 })
  const ids = []
  for (let n = 0; n < 200; n += 1) ids.push(await enqueue(db.house, n))
  const delivery = { house: db.house, gateway: faulty.gateway }
  for (let round = 0; round < 12; round += 1) {
    // Every job twice at once, and two sweeps beside them.
    if (round === 0)
      await Promise.all(ids.slice(0, 40).flatMap((id) => [deliverMessage(delivery, id), deliverMessage(delivery, id)]))
    await Promise.all([sweepMessages(delivery), sweepMessages(delivery)])
    for (const receipt of round % 3 === 2 ? faulty.takeReceipts() : [])
      await db.as(systemActor, (ctx) => acceptDelivery(ctx, receipt))
    db.clock.set(db.clock.now().add({ minutes: 10 }))
  }
  const doubled = [...faulty.rang.values()].filter((times) => times > 1).length
  const lost = ids.filter((id) => !faulty.rang.has(id)).length
  assert.deepEqual({ doubled, lost }, { doubled: 0, lost: 0 })
  assert.ok(
    faulty.seen.swallowed >= 3 && faulty.seen.refused >= 3 && faulty.seen.lost >= 2,
    JSON.stringify(faulty.seen),
  )
  const { rows } = await db.admin.query('select state, count(*) from platform.outbound_message group by state')
  assert.deepEqual(rows, [{ state: 'delivered', count: 200 }])
})

test('a message is put in line once for its purpose and subject, with a job, and only to a mobile number', async (t) => {
  const db = await freshDatabase(t)
  const put = (phone: string) =>
    db.as(systemActor, (ctx) => enqueueMessage(ctx, { purpose: 'test', subjectId: subjectOf(1), phone, body: '一' }))
  const id = await put(phoneOf(1))
  assert.equal(await put(phoneOf(2)), null)
  assert.deepEqual(db.jobs, [{ name: 'messages.deliver', data: { messageId: id } }])
  for (const phone of ['01065001234', '12345', '+1 202 555 0100']) await assert.rejects(put(phone), RangeError)
})

test('a claim is committed before the gateway is called; one left behind becomes a question, not a second message', async (t) => {
  const db = await freshDatabase(t)
  const faulty = faultless()
  const delivery = { house: db.house, gateway: faulty.gateway }
  const before = await enqueue(db.house, 1)
  const after = await enqueue(db.house, 2)
  // Killed before the call.
  await db.as(systemActor, (ctx) => claimMessage(ctx, before))
  // Killed after it.
  const claim = await db.as(systemActor, (ctx) => claimMessage(ctx, after))
  await faulty.gateway.send(claim!)
  assert.equal((await stateOf(db, before)).state, 'claimed')

  await sweepMessages(delivery)
  assert.equal((await stateOf(db, after)).state, 'claimed', 'a fresh claim is somebody’s')
  db.clock.set(db.clock.now().add({ minutes: 2 }))
  await sweepMessages(delivery)
  await sweepMessages(delivery)

  assert.deepEqual([(await stateOf(db, before)).state, (await stateOf(db, after)).state], ['sent', 'sent'])
  assert.deepEqual([faulty.rang.get(before), faulty.rang.get(after)], [1, 1])
})

test('no answer is a state of its own: nothing goes out again before the gateway was asked', async (t) => {
  const db = await freshDatabase(t)
  const gateway = answering(() => Promise.reject(new Error('no answer in time')))
  let asked: (() => Promise<never>) | null = () => Promise.reject(new Error('down'))
  gateway.stateOf = async () => (asked ? asked() : 'unknown')
  const id = await enqueue(db.house, 1)
  assert.equal(await deliverMessage({ house: db.house, gateway }, id), 'unknown')
  for (let n = 0; n < 5; n += 1) {
    db.clock.set(db.clock.now().add({ hours: 1 }))
    await sweepMessages({ house: db.house, gateway })
  }
  assert.deepEqual([(await stateOf(db, id)).state, gateway.calls], ['unknown', 1])

  asked = null
  db.clock.set(db.clock.now().add({ hours: 1 }))
  await askAboutMessage({ house: db.house, gateway }, id)
  assert.equal((await stateOf(db, id)).state, 'waiting')
})

test('refusals wait longer each time, a refusal for good ends it, a gateway that is down stops the sweep', async (t) => {
  const db = await freshDatabase(t)
  const busy = answering(async () => ({ refused: 'gateway answered 503' }))
  const delivery = { house: db.house, gateway: busy }
  const id = await enqueue(db.house, 1)
  const waits = []
  for (let n = 0; n < 3; n += 1) {
    assert.equal(await deliverMessage(delivery, id), 'refused')
    assert.equal(await deliverMessage(delivery, id), 'not-due')
    const { next_try_at } = await stateOf(db, id)
    waits.push(db.clock.now().until(next_try_at).total('seconds'))
    db.clock.set(next_try_at)
  }
  assert.deepEqual(waits, [30, 60, 120])

  const no = await enqueue(db.house, 2)
  assert.equal(
    await deliverMessage(
      { house: db.house, gateway: answering(async () => ({ refused: 'no such number', forever: true })) },
      no,
    ),
    'failed',
  )
  assert.equal((await stateOf(db, no)).failure, 'no such number')

  for (let n = 10; n < 30; n += 1) await enqueue(db.house, n)
  busy.calls = 0
  await sweepMessages(delivery)
  assert.equal(busy.calls, 5)
  const health = await db.as(systemActor, gatewayHealth)
  assert.deepEqual([health.waiting, health.unknown, health.failedInWeek], [21, 0, 1])
})

test('a message leaves in its hours only, and not after its time', async (t) => {
  const db = await freshDatabase(t, '2026-11-23T12:30:00Z')
  const faulty = faultless()
  const delivery = { house: db.house, gateway: faulty.gateway }
  const hours = { from: '09:00', to: '20:00' }
  const quiet = await enqueue(db.house, 1, { hours })
  const answer = await enqueue(db.house, 2)
  const stale = await enqueue(db.house, 3, { hours, notAfter: Temporal.Instant.from('2026-11-23T23:00:00Z') })
  await sweepMessages(delivery)
  assert.deepEqual([faulty.rang.has(quiet), faulty.rang.has(answer), faulty.rang.has(stale)], [false, true, false])
  assert.equal((await stateOf(db, quiet)).next_try_at.toString(), '2026-11-24T01:00:00Z')
  db.clock.set('2026-11-24T01:00:00Z')
  await sweepMessages(delivery)
  assert.deepEqual([faulty.rang.has(quiet), faulty.rang.has(stale)], [true, false])
  assert.deepEqual((({ state, failure }) => ({ state, failure }))(await stateOf(db, stale)), {
    state: 'failed',
    failure: 'expired',
  })
})

test('receipts that overtake, repeat or contradict each other end in "delivered"', async (t) => {
  const db = await freshDatabase(t)
  const id = await enqueue(db.house, 1)
  const receive = (state: 'delivered' | 'failed') => db.as(systemActor, (ctx) => acceptDelivery(ctx, { id, state }))
  await db.as(systemActor, (ctx) => claimMessage(ctx, id))
  await receive('failed')
  await receive('delivered')
  await receive('failed')
  await receive('delivered')
  assert.equal((await stateOf(db, id)).state, 'delivered')
})
