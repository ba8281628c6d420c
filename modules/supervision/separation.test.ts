import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { listLedger } from '#modules/standing/index.ts'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { addEvidence, readEvidence } from './add-evidence.ts'
import { addNote } from './add-note.ts'
import { answerCitizen } from './answer-citizen.ts'
import { assignOrder } from './assign-order.ts'
import { decideAnswer } from './decide-answer.ts'
import { desk, person, unit } from './desk-testing.ts'
import { countOrders, listOrders, type OrderCursor, orderViews } from './order-list.ts'
import { viewOrder } from './order-view.ts'
import { recordSecondOpinion } from './second-opinion.ts'
import { sweepOrders } from './sweep-orders.ts'
import { addMeasure } from './work-order.ts'

const rated = [person.rated, person.head, person.misplaced, person.stranger]
const solved = { version: 1, answer: '已办结', result: 'solved' }
const ports = { askSecondOpinion: async () => {} }

test('rated officer, head and colleagues see no order in any list, and an order as if it did not exist', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const zhou = await at.actor(person.zhou)
  const { id: file } = await at.as(zhou, (ctx) =>
    addEvidence(ctx, id, { name: 'a.pdf', bytes: Buffer.from('%PDF-1.7 %%EOF') }),
  )
  at.setClock('2026-11-26T08:00:00')
  await at.as(systemActor, sweepOrders)

  const doors: ((ctx: Context, orderId: string) => Promise<unknown>)[] = [
    viewOrder,
    (ctx, orderId) => assignOrder(ctx, orderId, { version: 1, ownerId: person.wu }),
    (ctx, orderId) => addMeasure(ctx, orderId, { text: 'x' }),
    (ctx, orderId) => addNote(ctx, orderId, { text: 'x' }),
    (ctx, orderId) => addEvidence(ctx, orderId, { name: 'a.pdf', bytes: Buffer.from('%PDF-1.7 %%EOF') }),
    (ctx, orderId) => readEvidence(ctx, orderId, file),
    (ctx, orderId) => answerCitizen(ctx, orderId, solved, ports),
    (ctx, orderId) => decideAnswer(ctx, orderId, { version: 1, accept: true }),
  ]
  for (const personId of rated) {
    const actor = await at.actor(personId)
    for (const view of orderViews) {
      assert.deepEqual(await at.as(actor, (ctx) => listOrders(ctx, { view })), { rows: [], next: null })
    }
    assert.deepEqual(new Set(Object.values(await at.as(actor, countOrders))), new Set([0]))
    for (const door of doors) {
      const answer = (orderId: string) =>
        at
          .as(actor, (ctx) => door(ctx, orderId))
          .then(
            () => assert.fail('got in'),
            ({ status, code, fields, detail }) => ({ status, code, fields, detail }),
          )
      const real = await answer(id)
      assert.deepEqual(real, await answer(randomUUID()))
      assert.ok(real.status === 404 || real.status === 403)
    }
    for (const table of ['step', 'evidence']) {
      const rows = await at.as(actor, (ctx) => sql`select * from ${sql.table(`supervision.${table}`)}`.execute(ctx.db))
      assert.equal(rows.rows.length, 0)
    }
  }
})

test('an overdue and a reopened order leave nothing in the ledger that the rated unit can read', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  at.setClock('2026-11-26T08:00:00')
  await at.as(systemActor, sweepOrders)
  const zhou = await at.actor(person.zhou)
  const { version } = await at.row(id)
  await at.as(zhou, (ctx) => answerCitizen(ctx, id, { ...solved, version }, ports))
  await at.as(systemActor, (ctx) => recordSecondOpinion(ctx, { orderId: id, level: 1, at: ctx.now }))
  assert.equal((await at.ledger()).length, 2)
  for (const personId of rated) {
    const actor = await at.actor(personId)
    assert.deepEqual(await at.as(actor, (ctx) => listLedger(ctx, {})), [])
  }
  assert.equal((await at.as(zhou, (ctx) => listLedger(ctx, {}))).length, 2)
})

test('the database refuses owner, answer and closing by those whom an order is about', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const set = (columns: string, ...values: string[]) =>
    at.admin.query(`update supervision.order set ${columns} where id = $1`, [id, ...values])
  for (const personId of [person.rated, person.head, person.misplaced, person.leader]) {
    await assert.rejects(set('owner_id = $2', personId), { code: /23001|23514/ })
  }
  const answer = `status = 'answered', result = 'solved', answer_to_citizen = 'x', answered_at = now()`
  for (const personId of [person.rated, person.head]) {
    await assert.rejects(set(`${answer}, answered_by = $2`, personId), { code: /23001|23514/ })
  }
  await set(`${answer}, answered_by = $2`, person.zhou)
  const close = `status = 'closed', closing = 'issuer', closed_at = now(), closed_by = $2`
  for (const personId of [person.rated, person.head, person.zhou, person.wu]) {
    await assert.rejects(set(close, personId), { code: /23001|23514/ })
  }
})

test('the database keeps what an order is about, its states and its history', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const refused = async (statement: string) =>
    assert.rejects(at.admin.query(statement, [id]), { code: /23001|23514|P0001/ }, statement)
  await refused(`update supervision.order set concerned_person_id = null where id = $1`)
  await refused(`update supervision.order set problem = 'x' where id = $1`)
  await refused(`update supervision.order set started_at = now() where id = $1`)
  await refused(`update supervision.order set status = 'closed', closing = 'silence', closed_at = now() where id = $1`)
  await refused(`update supervision.order set status = 'answered', answered_at = now() where id = $1`)
  await assert.rejects(at.admin.query('update supervision.step set text = $2 where order_id = $1', [id, 'x']))
  await assert.rejects(at.admin.query('delete from supervision.step where order_id = $1', [id]))
})

test('a person cannot issue an order in the name of a reply, nor sign a step as somebody else', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const zhou = await at.actor(person.zhou)
  await assert.rejects(
    at.as(zhou, (ctx) =>
      ctx.db
        .insertInto('supervision.step')
        .values({ order_id: id, round: 1, kind: 'note', at: ctx.now, person_id: person.wu })
        .execute(),
    ),
    /row-level security/,
  )
  await assert.rejects(
    at.as(zhou, (ctx) =>
      sql`insert into supervision.order (id, no, source_kind, source_id, concerned_unit_id, problem, requirement,
        started_at, round_started_at, issued_at, due_on, due_basis)
      values (gen_random_uuid(), 'X', 'callback', gen_random_uuid(), ${unit.window}, 'x', 'y', now(), now(), now(), '2030-01-01', 'R53')`.execute(
        ctx.db,
      ),
    ),
    /row-level security/,
  )
})

test('the list is paged by key and loses no order', async (t) => {
  const at = await desk(t)
  for (let n = 0; n < 25; n++) await at.open()
  const zhou = await at.actor(person.zhou)
  for (const view of ['open', 'all'] as const) {
    const seen: string[] = []
    let after: OrderCursor | null = null
    do {
      const page: Awaited<ReturnType<typeof listOrders>> = await at.as(zhou, (ctx) =>
        listOrders(ctx, { view }, after, 10),
      )
      seen.push(...page.rows.map((row) => row.id))
      after = page.next
    } while (after)
    assert.equal(new Set(seen).size, 25)
    assert.equal(seen.length, 25)
  }
  const one = await at.as(zhou, (ctx) => listOrders(ctx, { view: 'all', no: 'db20261120-0007' }))
  assert.deepEqual(
    one.rows.map((row) => row.no),
    ['DB20261120-0007'],
  )
})
