import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { aCase, seedDesks } from '../complaints-testing.ts'
import { confirmMonth, findMonth } from './confirm-month.ts'
import { freezeMonths } from './freeze-months.ts'
import { beginInstitution } from './institution.ts'
import { closeLedgers, openMonths } from './open-months.ts'

async function aYear(t: TestContext, now = '2026-12-01T02:00:00Z') {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  await seedDesks(db, bureau)
  db.clock.set(now)
  const system = <T>(work: (ctx: Context) => Promise<T>) => db.house.write(systemActor, 'worker', work)
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) => db.house.write(bureau.actors[who], 'test', work)
  await system((ctx) => beginInstitution(ctx, Temporal.PlainDate.from('2026-10-01')))
  return { db, bureau, system, as }
}

test('every month since the institution began is opened once, also those in which nothing ran', async (t) => {
  const { db, system } = await aYear(t)
  assert.equal(await system(openMonths), 3)
  assert.equal(await system(openMonths), 0)
  const { rows } = await db.admin.query(
    'select period, cut_off, confirm_by, report_by, meeting_by from complaints.month order by 1',
  )
  assert.deepEqual(rows[0], {
    period: '2026-10',
    cut_off: '2026-10-31',
    confirm_by: '2026-11-03',
    report_by: '2026-11-04',
    meeting_by: '2026-11-06',
  })
})

test('at the cut-off the set is frozen; what comes in late belongs to the next month and changes nothing', async (t) => {
  const { db, bureau, system } = await aYear(t)
  await system(openMonths)
  await aCase(db, bureau, 'oct', { receivedAt: '2026-10-31T15:59:59Z', class: 'appeal', accused: 'officer' })
  await aCase(db, bureau, 'nov', { receivedAt: '2026-10-31T16:00:01Z', class: 'appeal', accused: 'officer' })
  assert.equal(await system(freezeMonths), 2)
  assert.equal(await system(freezeMonths), 0)
  const october = await system((ctx) => findMonth(ctx, '2026-10'))
  assert.equal(october.figures?.cases, 1)
  assert.deepEqual(
    october.figures?.byUnit.map(({ unitId, cases }) => [unitId === bureau.units.eastWindow, cases]),
    [[true, 1]],
  )
  const late = await aCase(db, bureau, 'late', { receivedAt: '2026-10-20T01:00:00Z', class: 'appeal' })
  db.clock.set('2027-01-02T02:00:00Z')
  await system(openMonths)
  await system(freezeMonths)
  const { rows } = await db.admin.query('select period from complaints.month_case where case_id = $1', [late.id])
  assert.deepEqual(rows, [{ period: '2026-12' }])
  assert.equal((await system((ctx) => findMonth(ctx, '2026-10'))).figures_digest, october.figures_digest)
  await assert.rejects(
    db.admin.query(`update complaints.month set figures = '{}' where period = '2026-10'`),
    /does not change/,
  )
})

test('a department confirms for itself, after the cut-off, once, and "nil" only without cases', async (t) => {
  const { db, bureau, system, as } = await aYear(t, '2026-11-02T02:00:00Z')
  await system(openMonths)
  await aCase(db, bureau, 'a', { receivedAt: '2026-10-05T01:00:00Z', class: 'appeal' })
  await assert.rejects(
    as('caseOfficer', (ctx) => confirmMonth(ctx, '2026-10', { department: 'petition_section', result: 'complete' })),
    {
      code: 'before-cut-off',
    },
  )
  await system(freezeMonths)
  await assert.rejects(
    as('caseOfficer', (ctx) => confirmMonth(ctx, '2026-10', { department: 'petition_section', result: 'nil' })),
    {
      fields: { result: 'has-cases' },
    },
  )
  await assert.rejects(
    as('caseOfficer', (ctx) => confirmMonth(ctx, '2026-10', { department: 'supervision_brigade', result: 'nil' })),
    {
      code: 'not-permitted',
    },
  )
  await as('caseOfficer', (ctx) => confirmMonth(ctx, '2026-10', { department: 'petition_section', result: 'complete' }))
  await as('brigadeOfficer', (ctx) =>
    confirmMonth(ctx, '2026-10', { department: 'supervision_brigade', result: 'nil' }),
  )
  await assert.rejects(
    as('caseOfficer2', (ctx) => confirmMonth(ctx, '2026-10', { department: 'petition_section', result: 'complete' })),
    {
      code: 'already-confirmed',
    },
  )
})

test('the ledger of a month closes when the month was met about, once, and not before', async (t) => {
  const { db, system } = await aYear(t)
  await system(openMonths)
  await system(freezeMonths)
  assert.equal(await system(closeLedgers), 0)
  await db.admin.query(`update complaints.month set status = 'met' where period = '2026-10'`)
  assert.equal(await system(closeLedgers), 1)
  assert.equal(await system(closeLedgers), 0)
  const { rows } = await db.admin.query(`select to_char(period, 'YYYY-MM') as period from standing.closed_month`)
  assert.deepEqual(rows, [{ period: '2026-10' }])
})
