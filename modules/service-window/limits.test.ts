import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { Problem } from '#platform/problem.ts'
import { createWorkCalendar } from '#policy/calendar/work-calendar.ts'
import { shippedYears } from '#policy/calendar/years.ts'
import { acceptMatter } from './accept-matter.ts'
import { aCounter } from './counter-testing.ts'
import { waitingDecisions } from './decision-list.ts'
import { decideExtension, requestExtension } from './extend-limit.ts'
import { completeMatter } from './finish-matter.ts'
import { countViews, listMatters } from './matter-list.ts'
import { lapseUnreturned, markOverdue, recomputeProvisional } from './sweep-matters.ts'

const problem = (code: string, status?: number) => (error: unknown) =>
  error instanceof Problem && error.code === code && (status === undefined || error.status === status)
const field = (name: string, code: string) => (error: unknown) =>
  error instanceof Problem && error.fields[name] === code
type World = Awaited<ReturnType<typeof aCounter>>

async function accepted(c: World): Promise<string> {
  const { id } = await c.receive('officer')
  await c.check('officer', id)
  await c.as('officer', (ctx) => acceptMatter(ctx, id, { version: 2 }))
  return id
}

test('time is extended once, by the head of the unit, with the citizen told (R86)', async (t) => {
  const c = await aCounter(t)
  const id = await accepted(c)
  const ask = (days: number, reason = '需外地核查') =>
    c.as('officer', async (ctx) => requestExtension(ctx, id, { version: await c.now('officer', id), days, reason }))
  for (const days of [0, 11, 1.5, Number.NaN]) await assert.rejects(ask(days), field('days', 'out-of-range'))
  await assert.rejects(ask(5, ' '), field('reason', 'required'))
  await ask(5)
  await assert.rejects(ask(5), problem('already-asked', 409))
  assert.equal((await c.as('chief', waitingDecisions)).extensions.length, 0)
  assert.equal((await c.as('head', waitingDecisions)).extensions[0]?.days, 5)
  await assert.rejects(
    c.as('chief', (ctx) => decideExtension(ctx, id, { approve: true, toldHow: '电话' })),
    problem('unit-head-only', 403),
  )
  await assert.rejects(
    c.as('westHead', (ctx) => decideExtension(ctx, id, { approve: true, toldHow: '电话' })),
    problem('matter-not-found', 404),
  )
  await assert.rejects(
    c.as('head', (ctx) => decideExtension(ctx, id, { approve: true })),
    field('toldHow', 'citizen-must-be-told'),
  )
  await c.as('head', (ctx) => decideExtension(ctx, id, { approve: true, toldHow: '电话告知' }))
  await assert.rejects(
    c.as('head', (ctx) => decideExtension(ctx, id, { approve: true, toldHow: '电话告知' })),
    problem('already-decided', 409),
  )
  const { matter } = await c.view('officer', id)
  // Mon 7 December plus five working days.
  assert.deepEqual([matter.due_on, matter.extended_days], ['2026-12-14', 5])
  await assert.rejects(ask(2), problem('only-once', 409))
  assert.deepEqual(
    (await c.rows('select kind from standing.entry')).map((row) => row.kind),
    ['matter_extended'],
  )
})

test('an extension is asked for before the day has passed, not after it', async (t) => {
  const c = await aCounter(t)
  const id = await accepted(c)
  c.db.clock.set('2026-12-08T01:00:00Z')
  await assert.rejects(
    c.as('officer', (ctx) => requestExtension(ctx, id, { version: 3, days: 3, reason: '忘了' })),
    problem('due-already-past', 409),
  )
})

test('a matter past its day is one fact of the ledger, however often the sweep runs; due today is not past', async (t) => {
  const c = await aCounter(t)
  const id = await accepted(c)
  c.db.clock.set('2026-12-07T15:59:00Z')
  assert.equal(await c.db.as(systemActor, markOverdue), 0)
  assert.equal((await c.as('officer', (ctx) => countViews(ctx))).today, 1)
  c.db.clock.set('2026-12-07T16:01:00Z')
  assert.equal(await c.db.as(systemActor, markOverdue), 1)
  assert.equal(await c.db.as(systemActor, markOverdue), 0)
  const facts = await c.rows('select kind, person_id, occurred_on::text as day from standing.entry')
  assert.deepEqual(facts, [{ kind: 'matter_overdue', person_id: c.bureau.people.officer.id, day: '2026-12-08' }])
  assert.deepEqual(
    (await c.as('officer', (ctx) => listMatters(ctx, { view: 'overdue' }, null))).rows.map((row) => row.id),
    [id],
  )
  await c.as('officer', async (ctx) => completeMatter(ctx, id, { version: await c.now('officer', id) }))
  assert.deepEqual(
    (await c.rows(`select measure from platform.figure_delta where measure like 'completed_%'`)).map(
      (row) => row.measure,
    ),
    ['completed_late'],
  )
})

test('a matter lapses after the day that was printed for the citizen, not a day earlier, and nobody is asked about it', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await c.check('officer', id, [{ code: 'id_card', verdict: 'missing' }])
  await c.notify('officer', id)
  // Kept until Monday 22 February 2027 because the ninetieth day is a Sunday.
  c.db.clock.set('2027-02-22T15:59:00Z')
  assert.equal(await c.db.as(systemActor, lapseUnreturned), 0)
  c.db.clock.set('2027-02-22T16:01:00Z')
  assert.equal(await c.db.as(systemActor, lapseUnreturned), 1)
  assert.equal((await c.view('officer', id)).matter.status, 'lapsed')
  assert.equal((await c.rows('select 1 from callback.callback')).length, 0)
})

test('a date that ran into a year without its official table is computed again when that has come (b-9)', async (t) => {
  const c = await aCounter(t, '2026-12-28T01:00:00Z')
  const id = await accepted(c)
  const before = (await c.view('officer', id)).matter
  assert.deepEqual([before.due_on, before.due_provisional], ['2027-01-12', true])
  assert.equal(await c.db.as(systemActor, recomputeProvisional), 0)
  const statutory = shippedYears.find((year) => year.year === 2027)
  assert.ok(statutory)
  const official = createWorkCalendar([
    ...shippedYears,
    { ...statutory, status: 'official', off: [...statutory.off, '2027-01-04'] },
  ])
  assert.equal(await c.db.as(systemActor, (ctx) => recomputeProvisional({ ...ctx, calendar: official })), 1)
  const after = (await c.view('officer', id)).matter
  assert.deepEqual([after.due_on, after.due_provisional], ['2027-01-13', false])
})
