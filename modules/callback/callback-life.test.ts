import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { acceptInbound } from '#platform/notifications/receive.ts'
import { callbackWorld, citizen, people } from './callback-fixture.ts'
import { listUnclear, readUnclear } from './index.ts'
import { receiveReply } from './receive-reply.ts'
import { scheduleCallback } from './schedule-callback.ts'
import { remindDue, sendDue } from './send-callbacks.ts'

test('one finished matter asks once, in words that name neither matter nor person', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  const { matter_id } = await world.row(id)
  await world.as(people.officer, (ctx) =>
    scheduleCallback(ctx, {
      purpose: 'satisfaction',
      subjectId: matter_id,
      round: 1,
      matterId: matter_id,
      officerId: people.officer.personId!,
      unitId: people.officer.unitId!,
      counterId: null,
      itemCode: null,
      finishedAt: ctx.now,
      phone: citizen,
    }),
  )
  await world.carry()
  assert.equal(world.textsTo().length, 0, 'not before the citizen has left the counter')
  world.wait('PT30M')
  await Promise.all([world.as(systemActor, sendDue), world.as(systemActor, sendDue)])
  for (let n = 0; n < 3; n += 1) await world.carry()
  const [text, ...more] = world.textsTo()
  assert.deepEqual(more, [])
  assert.equal(
    text,
    `【测试分局】请评价本次服务：5非常满意 4满意 3基本满意 2不满意 1非常不满意 https://jm.example/r/${await world.tokenOf(id)} 退订回T`,
  )
  assert.match(await world.tokenOf(id), /^[2-9a-hjkmnp-z]{10}$/)
  assert.equal((await world.row(id)).state, 'delivered')
})

test('failed, no answer, opted out, no telephone, unclear and answered are six states', async (t) => {
  const world = await callbackWorld(t)
  const phones = {
    failed: '13900000010',
    silent: '13900000011',
    stop: '13900000012',
    odd: '13900000013',
    rated: '13900000014',
  }
  const ids: Record<string, string> = {}
  for (const [name, phone] of Object.entries(phones)) ids[name] = await world.finish({ phone })
  ids.none = await world.finish({ phone: null })
  ids.landline = await world.finish({ phone: '01065001234' })
  world.wait('PT31M')
  await world.carry('none')
  const states = async () =>
    Object.fromEntries(
      await Promise.all(Object.entries(ids).map(async ([name, id]) => [name, (await world.row(id)).state])),
    )
  assert.deepEqual(await states(), {
    failed: 'sent',
    silent: 'sent',
    stop: 'sent',
    odd: 'sent',
    rated: 'sent',
    none: 'no_phone',
    landline: 'no_phone',
  })
  await world.admin.query(
    `update platform.outbound_message set state = 'failed', failed_at = now() where subject_id = $1`,
    [ids.failed],
  )
  await world.reply('退订', phones.stop)
  await world.reply('什么意思', phones.odd)
  await world.reply('5', phones.rated)
  world.wait('P8D')
  await world.carry()
  assert.deepEqual(await states(), {
    failed: 'failed',
    silent: 'no_answer',
    stop: 'opted_out',
    odd: 'unclear',
    rated: 'answered',
    none: 'no_phone',
    landline: 'no_phone',
  })
  const { rows } = await world.admin.query('select callback_id, level from callback.rating')
  assert.deepEqual(rows, [{ callback_id: ids.rated, level: 5 }], 'silence is no rating')
})

test('nothing is sent between 20:00 and 09:00; the reminder comes once, and never after an answer', async (t) => {
  const world = await callbackWorld(t, '2026-11-23T11:45:00Z')
  const id = await world.finish()
  const other = await world.finish({ phone: '13900000002' })
  world.wait('PT30M')
  await world.carry()
  assert.equal(world.textsTo().length, 0)
  world.clock.set('2026-11-24T00:59:59Z')
  await world.carry()
  assert.equal(world.textsTo().length, 0)
  world.clock.set('2026-11-24T01:00:00Z')
  await world.carry()
  assert.equal(world.textsTo().length, 1)
  assert.equal((await world.row(id)).answer_by.toString(), '2026-12-01T16:00:00Z')

  await world.reply('4', '13900000002')
  world.wait('P3D')
  await Promise.all([world.as(systemActor, remindDue), world.as(systemActor, remindDue)])
  for (let n = 0; n < 6; n += 1) {
    await world.carry()
    world.wait('PT20H')
  }
  assert.equal(world.textsTo().length, 2)
  assert.match(world.textsTo()[1]!, /尚未收到您的评价/)
  assert.equal(world.textsTo('13900000002').length, 1)
  assert.equal((await world.row(other)).state, 'answered')
})

test('a question that a standing worker left over to the evening waits for the morning', async (t) => {
  const world = await callbackWorld(t)
  await world.finish()
  world.clock.set('2026-11-23T12:30:00Z')
  await world.carry()
  assert.equal(world.textsTo().length, 0)
  world.clock.set('2026-11-24T01:00:00Z')
  await world.carry()
  assert.equal(world.textsTo().length, 1)
})

test('a reminder in line does not leave once the answer is there', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  world.wait('PT31M')
  await world.carry()
  world.wait('P3D')
  await world.as(systemActor, remindDue)
  await world.reply('3')
  await world.carry()
  assert.equal(world.textsTo().length, 1)
  assert.equal((await world.row(id)).level, 3)
})

test('an unclear reply is asked about once, then the desk reads it, and the clock starts with the reply', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  world.wait('PT31M')
  await world.carry()
  await world.reply('还行吧就是等得久')
  await world.carry()
  world.wait('PT5M')
  const repliedAt = world.clock.now()
  await world.reply('就那样，你们自己看')
  await world.carry()
  assert.equal(world.textsTo().filter((text) => text.includes('未能识别')).length, 1)
  assert.equal((await world.row(id)).level, null)

  world.wait('P1D')
  const list = await world.as(people.desk, listUnclear)
  assert.deepEqual(
    list.map(({ callbackId, raw }) => ({ callbackId, raw })),
    [{ callbackId: id, raw: '就那样，你们自己看' }],
  )
  assert.deepEqual(await world.as(people.deskOfStationA, listUnclear), [])
  assert.deepEqual(await world.as(people.officer, listUnclear), [])
  const read = (who: typeof people.desk, level: number | null) =>
    world.as(who, (ctx) => readUnclear(ctx, list[0]!.answerId, level))
  await assert.rejects(read(people.officer, 5), { code: 'not-permitted' })
  await assert.rejects(read(people.deskOfStationA, 5), { code: 'answer-not-found' })
  await assert.rejects(read(people.desk, 6), { code: 'invalid-input' })
  await read(people.desk, 2)
  await assert.rejects(read(people.desk, 5), { code: 'answer-settled' })

  const rated = await world.row(id)
  assert.deepEqual([rated.state, rated.level, rated.rated_at.toString()], ['answered', 2, repliedAt.toString()])
  await world.carry()
  assert.equal(world.told.orders[0]!.startedAt.toString(), repliedAt.toString())
})

test('what the desk cannot read either is settled without a rating', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  world.wait('PT31M')
  await world.carry()
  await world.reply('哈哈')
  const [answer] = await world.as(people.desk, listUnclear)
  await world.as(people.desk, (ctx) => readUnclear(ctx, answer!.answerId, null))
  assert.deepEqual(await world.as(people.desk, listUnclear), [])
  const { state, level } = await world.row(id)
  assert.deepEqual({ state, level }, { state: 'unclear', level: null })
})

test('a clear reply to the clarifying question is the rating', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  world.wait('PT31M')
  await world.carry()
  await world.reply('嗯')
  await world.reply('满意')
  assert.deepEqual((({ state, level }) => ({ state, level }))(await world.row(id)), { state: 'answered', level: 4 })
})

test('an opt-out ends open questions, is confirmed once, holds for later matters, and loses no rating given with it', async (t) => {
  const world = await callbackWorld(t)
  const [first, second] = [await world.finish(), await world.finish()]
  world.wait('PT31M')
  await world.carry()
  await world.reply('1 退订')
  await world.carry()
  await world.reply('T')
  await world.carry()
  const states = [(await world.row(first)).state, (await world.row(second)).state].sort()
  assert.deepEqual(states, ['answered', 'opted_out'])
  assert.equal(world.textsTo().filter((text) => text.includes('已退订')).length, 1)
  assert.equal(world.textsTo().filter((text) => text.includes('是否同意')).length, 0, 'nothing more is asked')
  assert.equal(world.told.orders.length, 1)
  const later = await world.finish()
  world.wait('PT31M')
  await world.carry()
  assert.equal((await world.row(later)).state, 'opted_out')
  assert.equal(world.textsTo().length, 3)
})

test('a late reply, a further one and one without a question are kept and rate nothing', async (t) => {
  const world = await callbackWorld(t)
  const late = await world.finish()
  const rated = await world.finish({ phone: '13900000002' })
  world.wait('PT31M')
  await world.carry()
  await world.reply('5', '13900000002')
  await world.reply('1', '13900000002')
  world.wait('P8D')
  await world.carry()
  await world.reply('1')
  await world.reply('你好', '13900000003')
  const { rows } = await world.admin.query(
    `select callback_id, raw, level, reading ? 'late' as late, reading ? 'further' as further from callback.answer order by received_at, id`,
  )
  assert.deepEqual(
    new Set(rows.map((row) => JSON.stringify(row))),
    new Set(
      [
        { callback_id: rated, raw: '5', level: 5, late: false, further: false },
        { callback_id: rated, raw: '1', level: null, late: false, further: true },
        { callback_id: late, raw: '1', level: null, late: true, further: false },
      ].map((row) => JSON.stringify(row)),
    ),
  )
  assert.equal((await world.row(late)).state, 'no_answer')
  assert.equal((await world.row(rated)).level, 5)
  const inbound = await world.admin.query('select count(*) from platform.inbound_message where handled_at is null')
  assert.equal(inbound.rows[0].count, 0)
})

test('the last moment counts, the next one does not, also before the sweep has closed the question', async (t) => {
  const world = await callbackWorld(t)
  const [inTime, late] = [await world.finish(), await world.finish({ phone: '13900000002' })]
  world.wait('PT31M')
  await world.carry()
  const { answer_by } = await world.row(inTime)
  const receive = async (phone: string, at: Temporal.Instant) => {
    world.clock.set(at)
    const { id } = await world.as(systemActor, (ctx) => acceptInbound(ctx, { ref: phone, phone, text: '2' }))
    return world.as(systemActor, (ctx) => receiveReply(ctx, id!))
  }
  assert.equal(await receive(citizen, answer_by.subtract({ seconds: 1 })), 'rated')
  assert.equal(await receive('13900000002', answer_by), 'late')
  assert.equal((await world.row(late)).level, null)
})

test('a reply that overtakes the gateway’s answer counts, and nothing is sent afterwards', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish()
  world.wait('PT31M')
  await world.as(systemActor, sendDue)
  await world.reply('2')
  assert.deepEqual((({ state, level }) => ({ state, level }))(await world.row(id)), { state: 'answered', level: 2 })
  await world.carry()
  assert.equal(world.textsTo().filter((text) => text.includes('请评价')).length, 0)
})

test('the latest open question is answered first, then the one before; a message read twice counts once', async (t) => {
  const world = await callbackWorld(t)
  const first = await world.finish()
  world.wait('PT31M')
  await world.carry()
  const second = await world.finish({}, people.officerB)
  world.wait('PT31M')
  await world.carry()
  await world.reply('5')
  assert.deepEqual([(await world.row(first)).level, (await world.row(second)).level], [null, 5])
  const { rows } = await world.admin.query('select id from platform.inbound_message')
  assert.equal(await world.as(systemActor, (ctx) => receiveReply(ctx, rows[0].id)), 'handled-before')
  await world.reply('4')
  assert.deepEqual([(await world.row(first)).level, (await world.row(second)).level], [4, 5])
})
