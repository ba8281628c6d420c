import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { chinaCalendar, createWorkCalendar } from '#policy/calendar/work-calendar.ts'
import { desk, person, unit } from './desk-testing.ts'
import { openOrder } from './open-order.ts'
import { settleProvisional } from './sweep-orders.ts'

test('a dissatisfied reply opens an order of the desk, due after three working days', async (t) => {
  const at = await desk(t)
  const opened = await at.open()
  assert.match(opened.no, /^DB20261120-0001$/)
  assert.equal(opened.dueOn.toString(), '2026-11-25')
  const order = await at.row(opened.id)
  assert.equal(order.owner_id, person.zhou)
  assert.equal(order.status, 'open')
  assert.deepEqual(await at.stepsOf(opened.id), ['issued', 'assigned'])
})

test('the eve of a holiday with a make-up Saturday gets the make-up Saturday', async (t) => {
  const at = await desk(t, '2026-09-30T15:30:00Z')
  assert.equal((await at.open()).dueOn.toString(), '2026-10-10')
})

test('the same source opens one order and spends one number, also when six come at once', async (t) => {
  const at = await desk(t)
  const source = at.source()
  const opened = await Promise.all(Array.from({ length: 6 }, () => at.as(systemActor, (ctx) => openOrder(ctx, source))))
  assert.equal(new Set(opened.map((order) => order.id)).size, 1)
  assert.equal((await at.admin.query('select 1 from supervision.order')).rowCount, 1)
  assert.equal((await at.open()).no, 'DB20261120-0002')
})

test('orders go to the eligible officer with the fewest open ones', async (t) => {
  const at = await desk(t)
  const owners = []
  for (let n = 0; n < 4; n++) owners.push((await at.row((await at.open()).id)).owner_id)
  assert.deepEqual(owners, [person.zhou, person.wu, person.zhou, person.wu])
})

test('neither rated officer nor chain ever owns an order, whatever unit is rated', async (t) => {
  const at = await desk(t)
  for (const concernedUnitId of Object.values(unit)) {
    for (const concernedPersonId of [...Object.values(person), null]) {
      const { id } = await at.open({ concernedUnitId, concernedPersonId })
      const { owner_id } = await at.row(id)
      if (owner_id === null) continue
      assert.notEqual(owner_id, concernedPersonId)
      const apart = await at.admin.query('select supervision.stands_apart($1, $2, $3, true) as apart', [
        owner_id,
        concernedPersonId,
        concernedUnitId,
      ])
      assert.equal(apart.rows[0].apart, true)
    }
  }
  const owned = await at.admin.query('select count(*) as n, count(owner_id) as owned from supervision.order')
  assert.equal(owned.rows[0].n, 54)
  // Window, station and other station go to the desk; orders about the desk itself go to the station's officer, who stands
  // beside it, except where he is the one concerned; nobody stands beside the bureau.
  assert.equal(owned.rows[0].owned, 43)
})

test('when nobody is eligible the order waits for the desk instead of getting lost', async (t) => {
  const at = await desk(t)
  const opened = await at.open({ concernedUnitId: unit.bureau, concernedPersonId: null })
  assert.equal((await at.row(opened.id)).owner_id, null)
})

test('a missing calendar year does not lose the order: natural days, provisional, and settled when the year is there', async (t) => {
  const at = await desk(t, '2026-02-13T02:00:00Z')
  const short = createWorkCalendar(chinaCalendar.years.filter((year) => year.year <= 2025))
  const opened = await at.as(systemActor, (ctx) => openOrder({ ...ctx, calendar: short }, at.source()))
  const before = await at.row(opened.id)
  assert.deepEqual([before.due_on, before.due_provisional], ['2026-02-16', true])
  assert.match(before.due_basis, /natural-days-2026/)
  assert.equal(await at.as(systemActor, (ctx) => settleProvisional({ ...ctx, calendar: short })), 0)
  assert.equal(await at.as(systemActor, settleProvisional), 1)
  const after = await at.row(opened.id)
  assert.deepEqual([after.due_on, after.due_provisional], ['2026-02-25', false])
})

test('odd characters and length of a citizen’s words lose no order', async (t) => {
  const at = await desk(t)
  const odd = await at.open({ problem: 'a\u0000b\u202Ec\uD800d' })
  assert.equal((await at.row(odd.id)).problem, 'abc\uFFFDd')
  const long = await at.open({ problem: '𠮷'.repeat(2500) })
  assert.equal([...(await at.row(long.id)).problem].length, 2000)
  const none = await at.open({ problem: ' \u202E ' })
  assert.match((await at.row(none.id)).problem, /未留下具体意见/)
})
