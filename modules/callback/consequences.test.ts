import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citizenActor, systemActor } from '#platform/actor.ts'
import { callbackWorld, people, units } from './callback-fixture.ts'
import { askSecondOpinion, citizenBehind, consentByToken, openRatingPage, rateByToken } from './index.ts'
import { readConsent } from './read-consent.ts'
import { followCallback, sweepCallback } from './worker.ts'

test('a dissatisfied reply opens one order whose text tells nothing of who wrote, when or what', async (t) => {
  const world = await callbackWorld(t)
  const bad = await world.finish()
  await world.finish({ phone: '13900000002' })
  world.wait('PT31M')
  await world.carry()
  await world.reply('不满意，等了两小时')
  await world.reply('2')
  await world.reply('3', '13900000002')
  const repliedAt = world.clock.now()
  await Promise.all([sweepCallback(world.house, world.ports), followCallback(world.house, world.ports, {})])
  assert.equal(world.told.orders.length, 1)
  const { problem, requirement, ...order } = world.told.orders[0]!
  assert.deepEqual(order, {
    sourceKind: 'callback',
    sourceId: bad,
    concernedPersonId: people.officer.personId,
    concernedUnitId: units.stationA,
    startedAt: repliedAt,
    contactConsent: null,
  })
  assert.equal(problem, '群众对窗口服务的回访评价为“不满意”。')
  for (const secret of ['139', '张三', '2026', '11月', '两小时'])
    assert.ok(!`${problem}${requirement}`.includes(secret), secret)
})

test('consent is asked by one message of its own; only words give it, and supervision hears of it', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  const content = await world.finish({ phone: '13900000002' })
  world.wait('PT31M')
  await world.carry()
  await world.reply('1')
  await world.reply('5', '13900000002')
  await world.carry()
  assert.equal(world.textsTo().filter((text) => text.includes('是否同意')).length, 1)
  assert.equal(world.textsTo('13900000002').filter((text) => text.includes('是否同意')).length, 0)
  await assert.rejects(
    world.as(people.desk, (ctx) => citizenBehind(ctx, { sourceId: id })),
    { code: 'no-consent' },
  )

  await world.reply('1')
  assert.equal((await world.row(id)).contact_consent, null, 'a digit is no consent')
  await world.reply('同意。')
  await world.carry()
  assert.equal((await world.row(id)).contact_consent, true)
  assert.equal((await world.row(content)).contact_consent, null)
  assert.deepEqual(world.told.consents, [{ sourceId: id, consent: true }])
  assert.deepEqual(await world.as(people.desk, (ctx) => citizenBehind(ctx, { sourceId: id })), { phone: '13900000001' })
  await assert.rejects(
    world.as(people.head, (ctx) => citizenBehind(ctx, { sourceId: id })),
    { code: 'callback-not-found' },
  )
  assert.equal((await world.row(id)).level, 1, 'the rating stays what it was')
})

test('words of consent', () => {
  for (const text of ['Y', 'y', ' 同意 ', '可以。', '好的', 'ＹＥＳ', '同意，谢谢'])
    assert.equal(readConsent(text), true, text)
  for (const text of ['N', '不同意', '不用了', '不要联系', 'no', '不用了谢谢'])
    assert.equal(readConsent(text), false, text)
  for (const text of ['1', '5', '', '满意', '同意吗', '不是不同意', '2个工作日'])
    assert.equal(readConsent(text), null, text)
})

test('the page rates once, asks for consent after a bad rating alone, and takes it back', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  const noPhone = await world.finish({ phone: null })
  world.wait('PT31M')
  await world.carry()
  const token = await world.tokenOf(id)
  const page = <T>(work: Parameters<typeof world.publicHouse.write<T>>[2]) =>
    world.publicHouse.write(citizenActor, 'test', work)
  const step = async (key = token) => (await page((ctx) => openRatingPage(ctx, key))).step
  assert.equal(await step(), 'rate')
  assert.equal(await step(token.toUpperCase()), 'rate')
  await assert.rejects(step('aaaaaaaaaa'), { code: 'rating-not-found' })
  await assert.rejects(
    page((ctx) => rateByToken(ctx, token, { level: 0 })),
    { code: 'invalid-input' },
  )
  await assert.rejects(
    page((ctx) => consentByToken(ctx, token, true)),
    { code: 'rating-not-found' },
  )
  await page((ctx) => rateByToken(ctx, token, { level: 2, comment: '等得太久' }))
  await assert.rejects(
    page((ctx) => rateByToken(ctx, token, { level: 5 })),
    { code: 'rating-already-answered' },
  )
  assert.equal(await step(), 'consent')
  await world.carry()
  assert.equal(world.told.orders[0]!.contactConsent, null)
  await page((ctx) => consentByToken(ctx, token, true))
  assert.equal(await step(), 'thanks')
  await page((ctx) => consentByToken(ctx, token, false))
  await world.carry()
  assert.deepEqual(world.told.consents, [{ sourceId: id, consent: false }])
  assert.equal(world.textsTo().length, 1, 'who rates on the page gets no message about it')

  const counter = await world.tokenOf(noPhone)
  await page((ctx) => rateByToken(ctx, counter, { level: 5 }))
  assert.equal(await step(counter), 'thanks')
  assert.equal((await world.row(noPhone)).state, 'answered')
})

test('after the period the page says so', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  world.wait('PT31M')
  await world.carry()
  const token = await world.tokenOf(id)
  world.wait('P8D')
  const page = <T>(work: Parameters<typeof world.publicHouse.write<T>>[2]) =>
    world.publicHouse.write(citizenActor, 'test', work)
  assert.equal((await page((ctx) => openRatingPage(ctx, token))).step, 'too-late')
  await assert.rejects(
    page((ctx) => rateByToken(ctx, token, { level: 5 })),
    { code: 'rating-too-late' },
  )
})

test('the second opinion is a question of its own for each round and goes to its order', async (t) => {
  const world = await callbackWorld(t)
  const first = await world.finish()
  world.wait('PT31M')
  await world.carry()
  await world.reply('1')
  const orderId = '00000000-0000-4000-8000-00000000e001'
  for (const round of [1, 2]) {
    await world.as(people.desk, (ctx) => askSecondOpinion(ctx, { orderId, round, sourceId: first }))
    world.wait('PT31M')
    await world.carry()
    await world.reply(round === 1 ? '不满意' : '满意')
    await world.carry()
  }
  assert.deepEqual(
    world.told.opinions.map((said) => ({ ...said, at: null })),
    [
      { orderId, round: 1, level: 2, at: null },
      { orderId, round: 2, level: 4, at: null },
    ],
  )
  assert.equal(world.told.orders.length, 1, 'a second opinion opens no second order')
  assert.equal(world.textsTo().filter((text) => text.includes('后续处理结果')).length, 2)
  await assert.rejects(
    world.as(people.officer, (ctx) => askSecondOpinion(ctx, { orderId, round: 3, sourceId: first })),
    { code: 'callback-not-found' },
  )
})

test('a consequence that fails stops no other and is drawn in the next round', async (t) => {
  const world = await callbackWorld(t)
  await world.finish()
  await world.finish({ phone: '13900000002' })
  world.wait('PT31M')
  await world.carry()
  const open = world.ports.openOrder
  let calls = 0
  world.ports.openOrder = (ctx, order) => {
    calls += 1
    return calls === 1 ? Promise.reject(new Error('not now')) : open(ctx, order)
  }
  await assert.rejects(world.reply('1'), /not now/)
  await world.reply('1', '13900000002').catch(() => {})
  await sweepCallback(world.house, world.ports)
  assert.equal(world.told.orders.length, 2)
  assert.equal(new Set(world.told.orders.map((order) => order.sourceId)).size, 2)
  const left = await world.as(systemActor, (ctx) => ctx.db.selectFrom('callback.follow_up').selectAll().execute())
  assert.deepEqual(left, [])
})
