import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { chinaCalendar, createWorkCalendar } from '#policy/calendar/work-calendar.ts'
import { answerCitizen } from './answer-citizen.ts'
import { type Desk, desk, person, unit } from './desk-testing.ts'
import { openOrder } from './open-order.ts'
import { orderFigures } from './order-figures.ts'
import { recordSecondOpinion } from './second-opinion.ts'
import { sweepOrders } from './sweep-orders.ts'

const sweep = (at: Desk) => at.as(systemActor, sweepOrders)
const day = (text: string) => Temporal.PlainDate.from(text)
const ports = { askSecondOpinion: async () => {} }

test('an order is called to mind a working day before and on its due day, once each', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const reminded: number[] = []
  for (const moment of [
    '2026-11-23T09:00:00',
    '2026-11-24T00:10:00',
    '2026-11-24T15:00:00',
    '2026-11-25T09:00:00',
    '2026-11-25T18:00:00',
  ]) {
    at.setClock(moment)
    reminded.push((await sweep(at)).reminded)
  }
  assert.deepEqual(reminded, [0, 1, 0, 1, 0])
  assert.deepEqual(await at.stepsOf(id), ['issued', 'assigned', 'reminded', 'reminded'])
})

test('an overdue order goes to the leader in charge and into the ledger, once, from 24:00 of its due day', async (t) => {
  const at = await desk(t)
  const { id, no } = await at.open()
  at.setClock('2026-11-25T23:59:59')
  assert.equal((await sweep(at)).overdue, 0)
  at.setClock('2026-11-26T00:00:00')
  assert.equal((await sweep(at)).overdue, 1)
  assert.equal((await sweep(at)).overdue, 0)
  const order = await at.row(id)
  assert.deepEqual([order.escalated_to, order.late_rounds], [person.inCharge, 1])
  assert.deepEqual((await at.stepsOf(id)).slice(-2), ['overdue', 'escalated'])
  const ledger = await at.ledger()
  assert.equal(ledger.length, 1)
  assert.deepEqual(
    [ledger[0].kind, ledger[0].person_id, ledger[0].unit_id],
    ['order_overdue', person.zhou, unit.brigade],
  )
  assert.deepEqual(
    [ledger[0].occurred_on, ledger[0].detail.orderNo, ledger[0].detail.concernedUnitId],
    ['2026-11-26', no, unit.window],
  )
})

test('two sweeps at once do the work once', async (t) => {
  const at = await desk(t)
  for (let n = 0; n < 5; n++) await at.open()
  at.setClock('2026-11-26T08:00:00')
  const both = await Promise.all([sweep(at), sweep(at)])
  assert.equal(both[0].overdue + both[1].overdue, 5)
  assert.equal((await at.ledger()).length, 5)
})

test('an answer after 24:00 of the due day is late even if no sweep came first', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  at.setClock('2026-11-26T00:05:00')
  const zhou = await at.actor(person.zhou)
  await at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 1, answer: '已办结', result: 'solved' }, ports))
  const order = await at.row(id)
  assert.deepEqual([order.status, order.late_rounds, order.escalated_to], ['answered', 1, person.inCharge])
  assert.equal((await at.ledger()).length, 1)
  assert.equal((await sweep(at)).overdue, 0)
})

test('a second round that is late is a fact of its own', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  at.setClock('2026-11-26T00:05:00')
  const zhou = await at.actor(person.zhou)
  await at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 1, answer: '已办结', result: 'solved' }, ports))
  await at.as(systemActor, (ctx) => recordSecondOpinion(ctx, { orderId: id, level: 1, at: ctx.now }))
  at.setClock('2026-12-02T00:00:00')
  assert.equal((await sweep(at)).overdue, 1)
  assert.deepEqual(
    (await at.ledger()).map((entry) => entry.kind),
    ['order_overdue', 'order_reopened', 'order_overdue'],
  )
  assert.equal((await at.row(id)).late_rounds, 2)
})

test('an order that nobody could own goes to somebody as soon as there is somebody', async (t) => {
  const at = await desk(t)
  await at.admin.query(
    `update directory.duty set valid = '[2020-01-01,2026-11-23)' where role = 'supervision_officer' and unit_id = $1`,
    [unit.brigade],
  )
  at.setClock('2026-11-23T09:00:00')
  const { id } = await at.open()
  assert.equal((await at.row(id)).owner_id, null)
  assert.equal((await sweep(at)).assigned, 0)
  await at.admin.query(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'supervision_officer', $2, '[2026-11-24,)')`,
    [person.wu, unit.brigade],
  )
  at.setClock('2026-11-24T09:00:00')
  assert.equal((await sweep(at)).assigned, 1)
  assert.equal((await at.row(id)).owner_id, person.wu)
})

test('orders of an officer who has left the desk go to one who is there', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  assert.equal((await sweep(at)).assigned, 0)
  await at.admin.query(`update directory.duty set valid = '[2020-01-01,2026-11-21)' where person_id = $1`, [
    person.zhou,
  ])
  at.setClock('2026-11-23T09:00:00')
  assert.equal((await sweep(at)).assigned, 1)
  assert.equal((await at.row(id)).owner_id, person.wu)
})

test('an order without a leader in charge is escalated when there is one', async (t) => {
  const at = await desk(t)
  await at.admin.query(`update directory.duty set valid = '[2020-01-01,2026-11-01)' where role = 'bureau_leader'`)
  const { id } = await at.open()
  at.setClock('2026-11-26T08:00:00')
  assert.deepEqual([(await sweep(at)).overdue, (await at.row(id)).escalated_to], [1, null])
  await at.admin.query(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'bureau_leader', $2, '[2026-11-27,)')`,
    [person.leader, unit.bureau],
  )
  at.setClock('2026-11-27T08:00:00')
  assert.equal((await sweep(at)).escalated, 1)
  assert.equal((await at.row(id)).escalated_to, person.leader)
})

test('a provisional day makes nobody guilty: the ledger waits for the year’s notice', async (t) => {
  const at = await desk(t, '2026-02-13T02:00:00Z')
  const short = createWorkCalendar(chinaCalendar.years.filter((year) => year.year <= 2025))
  const opened = await at.as(systemActor, (ctx) => openOrder({ ...ctx, calendar: short }, at.source()))
  at.setClock('2026-02-17T09:00:00')
  await at.as(systemActor, (ctx) => sweepOrders({ ...ctx, calendar: short }))
  assert.deepEqual([(await at.row(opened.id)).late_rounds, (await at.ledger()).length], [1, 0])
  await sweep(at)
  const settled = await at.row(opened.id)
  assert.deepEqual([settled.due_on, settled.overdue_at, settled.late_rounds], ['2026-02-25', null, 0])
  at.setClock('2026-02-26T00:00:00')
  await sweep(at)
  assert.equal((await at.ledger()).length, 1)
})

test('the figures count the orders of a period and what became of them', async (t) => {
  const at = await desk(t)
  const ids: string[] = []
  for (let n = 0; n < 4; n++) ids.push((await at.open()).id)
  const [zhou, leader] = [await at.actor(person.zhou), await at.actor(person.leader)]
  for (const id of [ids[0]!, ids[2]!]) {
    await at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 1, answer: '已办结', result: 'solved' }, ports))
  }
  await at.as(systemActor, (ctx) => recordSecondOpinion(ctx, { orderId: ids[0]!, level: 5, at: ctx.now }))
  await at.as(systemActor, (ctx) => recordSecondOpinion(ctx, { orderId: ids[2]!, level: 2, at: ctx.now }))
  at.setClock('2026-11-26T08:00:00')
  await sweep(at)
  const period = { from: day('2026-11-20'), until: day('2026-11-21') }
  const figures = await at.as(leader, (ctx) => orderFigures(ctx, period))
  assert.deepEqual(figures, {
    opened: 4,
    open: 3,
    answered: 0,
    closed: 1,
    closedOnTime: 1,
    overdue: 3,
    reopened: 1,
    solved: 1,
    explained: 0,
    closedByOpinion: 1,
    closedBySilence: 0,
  })
  const empty = await at.as(leader, (ctx) => orderFigures(ctx, { from: day('2026-11-21'), until: day('2026-11-30') }))
  assert.equal(empty.opened, 0)
  const head = await at.actor(person.head)
  assert.equal((await at.as(head, (ctx) => orderFigures(ctx, period))).opened, 0)
})
