import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markOverdue } from '#modules/service-window/index.ts'
import { systemActor } from '#platform/actor.ts'
import { dayOf } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { foldFigures } from '#platform/figures.ts'
import { aBureau } from '#test/fixtures/bureau.ts'
import { type Counter, counterOf } from './figures-testing.ts'
import {
  type CountedCursor,
  type CountedMeasure,
  countedMeasures,
  listCounted,
  recountFigures,
  windowFigures,
} from './index.ts'

type State = 'received' | 'told' | 'back' | 'accepted' | 'over'
type Known = { id: string; state: State; visits: number; counter: Counter; unitId: string }

/** The same numbers for the same seed, everywhere (mulberry32). */
function random(seed: number) {
  let a = seed
  return (below: number) => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

test('after a month of whatever happens at two counters, figures, lists and a recount all agree', async (t) => {
  const db = await freshDatabase(t, '2026-10-20T01:00:00Z')
  const { actors, units } = await aBureau(db)
  const counters = [
    { counter: counterOf(db, actors.officer, actors.chief), unitId: units.eastWindow },
    { counter: counterOf(db, actors.westOfficer, actors.westChief), unitId: units.westWindow },
  ]
  const pick = random(20261120)
  const open: Known[] = []
  const tally = new Map<string, number>()
  const add = (unitId: string, measure: CountedMeasure | 'third') =>
    tally.set(`${unitId} ${measure}`, (tally.get(`${unitId} ${measure}`) ?? 0) + 1)
  const days: Temporal.PlainDate[] = []

  const accepted = async (one: Known) => {
    await one.counter.accept(one.id)
    add(one.unitId, 'accepted')
    if (one.visits > 1) add(one.unitId, one.visits === 2 ? 'done_by_visit_2' : 'done_later')
    one.state = 'accepted'
  }
  const notified = async (one: Known) => {
    await one.counter.notify(one.id)
    add(one.unitId, 'notice_first')
    one.state = 'told'
  }
  const steps: Record<State, ((one: Known) => Promise<void>)[]> = {
    received: [
      accepted,
      notified,
      notified,
      async (one) => {
        await one.counter.refuse(one.id)
        add(one.unitId, 'refused')
        one.state = 'over'
      },
      async (one) => {
        await one.counter.transfer(one.id)
        add(one.unitId, 'transferred')
        one.state = 'over'
      },
    ],
    told: [
      async (one) => {
        await one.counter.comeBack(one.id)
        one.visits += 1
        if (one.visits >= 3) add(one.unitId, 'third')
        one.state = 'back'
      },
    ],
    back: [
      accepted,
      async (one) => {
        await one.counter.notifyAgain(one.id)
        add(one.unitId, 'notice_later')
        one.state = 'told'
      },
    ],
    accepted: [
      async (one) => {
        await one.counter.complete(one.id)
        add(one.unitId, 'completed')
        const { rows } = await db.admin.query('select due_on::text as due from service_window.matter where id = $1', [
          one.id,
        ])
        add(one.unitId, rows[0].due < dayOf(db.clock.now()).toString() ? 'completed_late' : 'completed_on_time')
        one.state = 'over'
      },
      async (one) => {
        await one.counter.withdraw(one.id)
        add(one.unitId, 'withdrawn')
        one.state = 'over'
      },
    ],
    over: [],
  }

  for (let day = 0; day < 16; day++) {
    days.push(dayOf(db.clock.now()))
    for (const { counter, unitId } of counters) {
      const id = await counter.receive()
      add(unitId, 'received')
      open.push({ id, state: 'received', visits: 1, counter, unitId })
    }
    for (let n = 0; n < 6; n++) {
      const alive = open.filter((one) => one.state !== 'over')
      const one = alive[pick(alive.length)]!
      const choices = steps[one.state]
      await choices[pick(choices.length)]!(one)
    }
    const overdue = await db.admin.query(
      `select unit_id from service_window.matter where status = 'accepted' and overdue_at is null and due_on < $1`,
      [dayOf(db.clock.now()).toString()],
    )
    for (const { unit_id } of overdue.rows) add(unit_id, 'overdue')
    assert.equal(await db.as(systemActor, markOverdue), overdue.rowCount)
    // Folded and not folded rows together are what readers see.
    if (day % 5 === 4) await db.as(systemActor, (ctx) => foldFigures(ctx, 7))
    db.clock.set(db.clock.now().add({ hours: 48 }))
  }

  for (const day of days) assert.deepEqual(await db.as(systemActor, (ctx) => recountFigures(ctx, day)), [], String(day))

  const period = { from: days[0]!, until: days.at(-1)!.add({ days: 1 }) }
  const both = [units.eastWindow, units.westWindow]
  const figures = await db.as(actors.leader, (ctx) => windowFigures(ctx, { ...period, unitIds: both }))
  for (const unitId of both) {
    const own = figures.units.get(unitId)!
    const expected = (measure: string) => tally.get(`${unitId} ${measure}`) ?? 0
    for (const measure of countedMeasures) assert.equal(own[measure], expected(measure), measure)
    assert.equal(own.thirdVisits, expected('third'))
    assert.deepEqual([own.onTime.x, own.onTime.n], [expected('completed_on_time'), expected('completed')])
  }
  for (const measure of [
    'received',
    'completed',
    'notice_first',
    'overdue',
    'done_by_visit_2',
    'completed_late',
  ] as const)
    assert.ok(figures.total[measure] > 0, `the month should hold some ${measure}`)

  for (const of of [
    'received',
    'accepted',
    'completed_on_time',
    'completed_late',
    'notice_later',
    'done_later',
  ] as const) {
    const rows = await everyPage((after) =>
      db.as(actors.chief, (ctx) => listCounted(ctx, { ...period, of, unitIds: [units.eastWindow] }, after, 3)),
    )
    assert.equal(rows.length, figures.units.get(units.eastWindow)![of], of)
    assert.equal(new Set(rows.map((row) => `${row.id} ${row.at}`)).size, rows.length)
  }

  await db.admin.query(
    `update platform.figure set amount = amount + 1 where measure = 'received' and day = $1 and unit_id = $2`,
    [days[0]!.toString(), units.eastWindow],
  )
  const wrong = await db.as(systemActor, (ctx) => recountFigures(ctx, days[0]!))
  assert.deepEqual(wrong, [{ unitId: units.eastWindow, measure: 'received', counted: 2, recounted: 1 }])
})

async function everyPage<Row>(
  read: (after: CountedCursor | null) => Promise<{ rows: Row[]; next: CountedCursor | null }>,
): Promise<Row[]> {
  const all: Row[] = []
  let after: CountedCursor | null = null
  do {
    const page: { rows: Row[]; next: CountedCursor | null } = await read(after)
    all.push(...page.rows)
    after = page.next
  } while (after)
  return all
}

test('months, days and deltas add up to the same for any period, and a reader sees his own units only', async (t) => {
  const db = await freshDatabase(t)
  const { actors, units } = await aBureau(db)
  const days = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2026-03-15', '2026-04-30']
  for (const [at, day] of days.entries()) {
    await db.admin.query(
      `insert into platform.figure_delta (day, unit_id, measure, amount) values ($1, $2, 'received', $3), ($1, $4, 'received', 1000)`,
      [day, units.eastWindow, 10 ** at, units.westWindow],
    )
  }
  const sum = async (from: string, until: string) => {
    const period = { from: Temporal.PlainDate.from(from), until: Temporal.PlainDate.from(until) }
    const ids = [units.eastWindow, units.westWindow]
    const { total } = await db.as(actors.head, (ctx) => windowFigures(ctx, { ...period, unitIds: ids }))
    return total.received
  }
  const spans = [
    '2026-01-31',
    '2026-02-01',
    '2026-02-02',
    '2026-03-01',
    '2026-03-02',
    '2026-04-30',
    '2026-05-01',
    '2026-05-02',
  ]
  for (const folded of [false, true]) {
    if (folded) await db.as(systemActor, (ctx) => foldFigures(ctx))
    for (const from of spans) {
      for (const until of spans.filter((day) => day >= from)) {
        const expected = days.reduce((all, day, at) => all + (day >= from && day < until ? 10 ** at : 0), 0)
        assert.equal(await sum(from, until), expected, `${from} to ${until}${folded ? ', folded' : ''}`)
      }
    }
  }
  await db.admin.query(`delete from platform.figure where day = '2026-02-28'`)
  assert.equal(await sum('2026-02-01', '2026-03-01'), 10, 'the months follow whatever happens to the days')
})
