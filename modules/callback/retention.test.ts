import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { matterRetention } from '#modules/service-window/index.ts'
import { systemActor } from '#platform/actor.ts'
import { liftHold, placeHold } from '#platform/retention/holds.ts'
import type { RetentionTask } from '#platform/retention/retention-task.ts'
import { runRetention } from '#platform/retention/run-retention.ts'
import { platformRetention } from '#platform/retention/tasks.ts'
import { retentionRuleNames } from '#policy/retention/rules.ts'
import { auditRatings } from './audit-ratings.ts'
import { type CallbackWorld, callbackWorld, citizen, people, units } from './callback-fixture.ts'
import { rateByToken } from './rate-by-link.ts'
import { callbackRetention } from './retention.ts'

const tasks = [matterRetention, ...callbackRetention, ...platformRetention]
const night = (world: CallbackWorld) => runRetention(world.db.house, tasks)
const count = async (world: CallbackWorld, statement: string) => Number((await world.admin.query(statement)).rows[0].n)

/** One matter, asked and answered by message with words of the citizen's own. */
async function answered(world: CallbackWorld): Promise<string> {
  const id = await world.finish()
  const { rows } = await world.admin.query('select matter_id from callback.callback where id = $1', [id])
  await world.admin.query(
    `update service_window.matter set phone_sealed = 's', phone_index = 'i', phone_masked = '139****0001',
       citizen_no_sealed = 's', citizen_no_index = 'i', citizen_no_masked = '3****X' where id = $1`,
    [rows[0].matter_id],
  )
  await world.wait('PT1H')
  await world.carry()
  await world.reply('5')
  return id
}

test('every rule has its chore, and every chore its rule', () => {
  assert.deepEqual([...new Set(tasks.map((task) => task.rule))].sort(), [...retentionRuleNames].sort())
})

test('when its time is over a matter loses phone, number and code, the question its words, and the facts stay', async (t) => {
  const world = await callbackWorld(t)
  const id = await answered(world)
  assert.deepEqual(
    (await night(world)).map(({ removed, held }) => [removed, held]),
    Array(6).fill([0, 0]),
  )

  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 732 }))
  const done = new Map((await night(world)).map((result) => [result.rule, result.removed]))
  assert.equal(done.get('matter.contact'), 1)
  assert.equal(done.get('callback.words'), 1)
  assert.equal(done.get('message.received'), 1)
  assert.ok(done.get('message.sent')! >= 1)

  const { rows } = await world.admin.query('select * from service_window.matter')
  for (const column of [
    'phone_sealed',
    'phone_index',
    'phone_masked',
    'citizen_no_sealed',
    'citizen_no_index',
    'citizen_no_masked',
  ])
    assert.equal(rows[0][column], null, column)
  assert.equal(rows[0].query_code_sealed, '')
  assert.equal(rows[0].applicant_name, '张三')
  const callback = await world.row(id)
  assert.deepEqual(
    [callback.state, callback.level, callback.phone_sealed, callback.phone_index],
    ['answered', 5, null, null],
  )
  const words = await world.admin.query('select raw, comment, level from callback.answer')
  assert.deepEqual(words.rows, [{ raw: '', comment: null, level: 5 }])
  const inbound = await world.admin.query(
    'select body, phone_sealed, phone_index, proof_sealed from platform.inbound_message',
  )
  assert.deepEqual(inbound.rows, [{ body: '', phone_sealed: '', phone_index: '', proof_sealed: null }])
  assert.equal(await count(world, 'select count(*) as n from platform.outbound_message'), 0)

  // Nothing is left to do, the ratings still stand, and the log tells of the removal.
  assert.ok((await night(world)).every(({ removed, held }) => removed === 0 && held === 0))
  assert.deepEqual(await world.as(systemActor, (ctx) => auditRatings(ctx)), [])
  assert.ok(
    (await count(world, `select count(*) as n from platform.audit_entry where event = 'retention.removed'`)) >= 4,
  )
})

test('an order that is open holds its matter and everything said about it; closed, the period runs from its end', async (t) => {
  const world = await callbackWorld(t)
  const id = await answered(world)
  const at = world.db.clock.now().toString()
  await world.admin.query(
    `insert into supervision.order (id, no, source_kind, source_id, concerned_unit_id, problem, requirement, started_at, issued_at, round_started_at, due_on, due_basis)
     values ($1, 'D1', 'callback', $2, $3, 'x', 'x', $4, $4, $4, $4::timestamptz::date + 9, 'x')`,
    [randomUUID(), id, units.stationA, at],
  )
  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 732 }))
  const held = new Map((await night(world)).map((result) => [result.rule, result]))
  for (const rule of ['matter.contact', 'callback.words', 'message.received', 'message.sent'] as const)
    assert.deepEqual([held.get(rule)?.removed, (held.get(rule)?.held ?? 0) >= 1], [0, true], rule)

  await world.admin.query(
    `update supervision.order set status = 'answered', answered_at = $1, answered_by = $2, answer_to_citizen = 'x', result = 'solved'`,
    [world.db.clock.now().toString(), people.desk.personId],
  )
  await world.admin.query(`update supervision.order set status = 'closed', closed_at = $1, closing = 'silence'`, [
    world.db.clock.now().toString(),
  ])
  assert.ok(
    (await night(world)).every(({ removed }) => removed === 0),
    'the period begins again when the order is closed',
  )
  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 732 }))
  assert.ok((await night(world)).every(({ held }) => held === 0))
})

test('a complaint about a matter holds it while it is open', async (t) => {
  const world = await callbackWorld(t)
  await answered(world)
  await world.admin.query(
    `insert into complaints.case (id, no, opened_at, received_on, department, summary, notice_due_on, related_matter_no)
     select gen_random_uuid(), 'T1', now(), now(), (enum_range(null::complaints.department))[1], '态度生硬', now(), no from service_window.matter`,
  )
  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 732 }))
  assert.ok((await night(world)).every(({ removed }) => removed === 0))
})

test('a hold that somebody placed keeps a matter until it is lifted', async (t) => {
  const world = await callbackWorld(t)
  await answered(world)
  const { rows } = await world.admin.query('select id from service_window.matter')
  const hold = { matterId: rows[0].id as string, reason: '行政诉讼', by: 'root' }
  assert.equal(await world.as(systemActor, (ctx) => placeHold(ctx, hold)), 'held')
  assert.equal(await world.as(systemActor, (ctx) => placeHold(ctx, hold)), 'held-before')
  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 732 }))
  assert.ok((await night(world)).every(({ removed }) => removed === 0))
  assert.equal(await world.as(systemActor, (ctx) => liftHold(ctx, hold)), 'released')
  assert.ok((await night(world)).some(({ removed }) => removed > 0))
})

test('the night reports what falls due within a month, and works in batches that a kill does not undo', async (t) => {
  const world = await callbackWorld(t)
  await answered(world)
  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 710 }))
  const soon = new Map((await night(world)).map((result) => [result.rule, result]))
  assert.deepEqual([soon.get('matter.contact')?.removed, soon.get('matter.contact')?.upcoming], [0, 1])

  await world.admin.query(
    `insert into platform.attempt (actor, attempt, endpoint, request_hash, at) select 'x', gen_random_uuid(), 'x', 'x', '2020-01-01' from generate_series(1, 1203)`,
  )
  const attempts = platformRetention[0]!
  let batches = 0
  const twice: RetentionTask = {
    ...attempts,
    async remove(ctx, cutoff, most) {
      batches += 1
      if (batches > 2) throw new Error('killed')
      return attempts.remove(ctx, cutoff, most)
    },
  }
  await assert.rejects(runRetention(world.db.house, [twice]), /killed/)
  const said = `select coalesce(sum(removed), 0) as n from platform.retention_run where rule = 'request.attempt'`
  assert.equal(await count(world, said), 1000)
  assert.equal(await count(world, 'select count(*) as n from platform.attempt'), 203)
  await night(world)
  assert.equal(await count(world, said), 1203)
})

test('no statement takes a citizen’s words out before half a year, changes them, or does it as anybody but the system', async (t) => {
  const world = await callbackWorld(t)
  await answered(world)
  const now = world.db.clock.now()
  const erase = (at: Temporal.Instant, raw = '') =>
    `update callback.answer set erased_at = '${at}', raw = '${raw}', comment = null, reading = '{}'`
  const run = (who: typeof systemActor, statement: string) =>
    world.as(who, async (ctx) => Number((await sql.raw(statement).execute(ctx.db)).numAffectedRows ?? 0))
  const later = now.add({ hours: 24 * 200 })
  const byFunction = (at: Temporal.Instant) =>
    `select callback.erase_words(array(select id from callback.callback), '${at}')`
  for (const who of [systemActor, people.officer, people.desk])
    await assert.rejects(run(who, erase(later)), { code: '42501' }, 'nobody has the right to update')
  for (const statement of [erase(later), erase(later, '1'), `update callback.answer set raw = '1'`])
    await assert.rejects(world.admin.query(statement), { code: '23001' }, statement)
  await assert.rejects(run(systemActor, byFunction(now)), { code: '23001' })
  for (const who of [people.officer, people.desk]) await run(who, byFunction(later))
  const left = () => count(world, `select count(*) as n from callback.answer where raw <> ''`)
  assert.equal(await left(), 1)
  await assert.rejects(
    run(
      systemActor,
      `update platform.inbound_message set erased_at = '${now}', body = '', phone_sealed = '', phone_index = '', proof_sealed = null`,
    ),
    { code: '23001' },
  )
  await run(systemActor, byFunction(later))
  assert.equal(await left(), 0)
})

test('an answer given on the page is taken out with its key, and the rating still passes its audit', async (t) => {
  const world = await callbackWorld(t)
  const id = await world.finish({ phone: null })
  const token = await world.tokenOf(id)
  await world.publicHouse.write({ ...systemActor, kind: 'citizen' }, 'test', (ctx) =>
    rateByToken(ctx, token, { level: 4, comment: '谢谢 13900000001' }),
  )
  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 740 }))
  await world.carry()
  await night(world)
  const { rows } = await world.admin.query('select raw, comment, page_key, level from callback.answer')
  assert.deepEqual(rows, [{ raw: '', comment: null, page_key: '', level: 4 }])
  assert.deepEqual(await world.as(systemActor, (ctx) => auditRatings(ctx)), [])
  assert.equal((await world.admin.query(`select 1 from callback.answer where comment like '%${citizen}%'`)).rowCount, 0)
})
