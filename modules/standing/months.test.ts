import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { annulResponsibility } from './annul-responsibility.ts'
import { closeMonth, renderMonth } from './close-month.ts'
import { deriveConsequences } from './derive-consequences.ts'
import { recordResponsibility } from './record-responsibility.ts'
import { type StandingWorld, standingWorld } from './standing-testing.ts'

const march = Temporal.PlainYearMonth.from('2026-03')
const april = Temporal.PlainYearMonth.from('2026-04')
const close = (at: StandingWorld, period = march) => at.as(systemActor, (ctx) => closeMonth(ctx, period))
const render = (at: StandingWorld, period = march) => at.be('political', (ctx) => renderMonth(ctx, period))

test('a closed month gives the same bytes for ever, whatever happens afterwards', async (t) => {
  const at = await standingWorld(t)
  const made = [await at.deduct(), await at.deduct({ who: 'westOfficer', unit: 'westWindow', by: 'westHead' })]
  at.setDay('2026-04-01', '00:10:00')
  const closed = await close(at)
  const first = await render(at)
  assert.deepEqual([first.digest, first.postings, first.closed], [closed.digest, 4, true])
  await at.deduct()
  await at.be('leader2', (ctx) =>
    annulResponsibility(ctx, {
      findingId: made[0]!.findingId,
      reason: '撤销',
      annulledOn: Temporal.PlainDate.from('2026-04-02'),
    }),
  )
  await at.admin.query(`update directory.person set name = '改名' where id = $1`, [at.bureau.people.officer.id])
  await at.admin.query(`update directory.unit set name_zh = '改名' where id = $1`, [at.bureau.units.eastWindow])
  at.setDay('2027-06-01')
  assert.equal((await render(at)).text, first.text)
  assert.deepEqual(await close(at), closed, 'closing it again changes nothing')
})

test('what comes late for a closed month stands in the next open one and says so; by name it is refused', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  at.setDay('2026-05-04')
  await close(at)
  await close(at, april)
  const late = await at.record({ on: '2026-03-30' })
  const [row] = await at.rows('select effective_on, period, late_for from standing.posting where finding_id = $1', [
    late.findingId,
  ])
  assert.deepEqual(row, { effective_on: '2026-03-30', period: '2026-05-01', late_for: '2026-03-01' })
  await at.admin.query(
    `insert into standing.responsibility (finding_id, case_id, case_no, fact_line, clause, severity, unit_id, counts_for_person, unit_only_reason, effective_on, recorded_at)
     select '33333333-3333-4333-8333-333333333333', case_id, 'XF-x', 'x', 'x', 'minor', unit_id, false, 'x', '2026-03-30', now() from standing.responsibility limit 1`,
  )
  const named = at.admin.query(
    `insert into standing.posting (id, level, finding_id, case_id, unit_id, points, effective_on, period, basis, rule_from, recorded_at)
     select gen_random_uuid(), 'unit', finding_id, case_id, unit_id, 1, '2026-03-30', '2026-03-01', 'R125', '2013-01-01', now()
     from standing.responsibility where finding_id = '33333333-3333-4333-8333-333333333333'`,
  )
  await assert.rejects(named, /the month 2026-03 is closed/)
  const may = JSON.parse((await render(at, Temporal.PlainYearMonth.from('2026-05'))).text)
  assert.deepEqual(
    may.postings.map((one: { lateFor: string }) => one.lateFor),
    ['2026-03-01'],
  )
})

test('a month that is not over is not closed', async (t) => {
  const at = await standingWorld(t)
  at.setDay('2026-03-31', '23:59:59')
  await assert.rejects(close(at), { code: 'month-not-over' })
  at.setDay('2026-04-01', '00:00:00')
  assert.equal((await close(at)).postings, 0, 'an empty month is closed too')
})

test('closing and posting at once: what is in the month is in its digest, the rest is late', async (t) => {
  const at = await standingWorld(t)
  at.setDay('2026-04-01', '00:00:01')
  const inputs = Array.from({ length: 8 }, () => at.finding({ on: '2026-03-31' }))
  const posts = inputs.map((input) => () => at.be('leader', (ctx) => recordResponsibility(ctx, input)))
  await Promise.all([...posts.slice(0, 4).map((post) => post()), close(at), ...posts.slice(4).map((post) => post())])
  const month = await render(at)
  const rows = await at.rows<{ period: string; n: number }>(
    'select period, count(*)::int as n from standing.posting group by period',
  )
  assert.equal(rows.find((one) => one.period === '2026-03-01')?.n ?? 0, month.postings)
  assert.equal(
    rows.reduce((sum, one) => sum + one.n, 0),
    8,
  )
})

test('a row altered behind the ledger’s back is noticed', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  at.setDay('2026-04-01')
  await close(at)
  await at.admin.query(
    `alter table standing.posting disable trigger append_only; update standing.posting set points = 3 where level = 'unit'; alter table standing.posting enable trigger append_only`,
  )
  await assert.rejects(render(at), { code: 'month-altered' })
})

test('a head does not read the bureau’s month', async (t) => {
  const at = await standingWorld(t)
  await assert.rejects(
    at.be('head', (ctx) => renderMonth(ctx, march)),
    { code: 'month-not-found' },
  )
  await assert.rejects(
    at.be('political', (ctx) => closeMonth(ctx, march)),
    { code: 'not-permitted' },
  )
})

test('the database refuses what no finding bears, also from the owner of the tables', async (t) => {
  const at = await standingWorld(t)
  const one = await at.deduct()
  const officer = at.bureau.people.officer.id
  const refused = async (sql: string, reason: RegExp, values: unknown[] = []) =>
    assert.rejects(at.admin.query(sql, values), reason, sql)
  const posting = `insert into standing.posting (id, level, finding_id, case_id, unit_id, person_id, points, effective_on, basis, rule_from, recorded_at`
  await refused(
    `${posting}) select gen_random_uuid(), level, finding_id, case_id, unit_id, person_id, points, effective_on, basis, rule_from, now() from standing.posting where level = 'officer'`,
    /posting_once/,
  )
  await refused(
    `${posting}) select gen_random_uuid(), 'unit', finding_id, case_id, unit_id, null, 0, effective_on, basis, rule_from, now() from standing.posting where level = 'unit'`,
    /points/,
  )
  await refused(
    `${posting}, reverses, reason) select gen_random_uuid(), level, finding_id, case_id, unit_id, person_id, points, effective_on, basis, rule_from, now(), id, 'x' from standing.posting where level = 'unit'`,
    /its finding has ended/,
  )
  await refused('update standing.posting set points = 2', /append-only/)
  await refused('delete from standing.posting', /append-only/)
  await refused('truncate standing.posting cascade', /append-only/)
  await refused(`update standing.responsibility set severity = 'serious'`, /does not change/)
  await refused(`update standing.deduction_task set points = 2, version = 9`, /stays as it was decided/)
  const other = await at.record()
  await refused(
    `update standing.deduction_task set status = 'decided', points = 1, reason = 'x', decided_at = '2026-03-02T03:00Z', decided_by = $2 where finding_id = $1`,
    /decides|nobody his own/,
    [other.findingId, at.bureau.people.westHead.id],
  )
  await refused(
    `select standing.propose_restriction($1, 2026, '2026-03-02', 'R127', (select array_agg(id) from standing.posting where level = 'officer'), now())`,
    /nobody acts/,
    [officer],
  )
  const asSystem = (sql: string) =>
    at.as(systemActor, async (ctx) => {
      const { sql: raw } = await import('kysely')
      await raw.raw(sql).execute(ctx.db)
    })
  await assert.rejects(
    asSystem(
      `select standing.propose_restriction('${officer}', 2026, '2026-03-02', 'R127', (select array_agg(id) from standing.posting where level = 'officer'), now())`,
    ),
    /rests on two deductions/,
  )
  await assert.rejects(
    asSystem(
      `select standing.draft_slip(gen_random_uuid(), '${officer}', 2026, 3, 'x', '[]', '2026-03-09', false, now())`,
    ),
    /rests on the deductions/,
  )
  await assert.rejects(
    asSystem(
      `insert into standing.restriction (person_id, unit_id, year, merit, decoration, source_kind, basis, rule_on, proposed_at) values ('${officer}', '${one.unitId}', 2026, true, true, 'deductions', 'R127', '2026-03-02', now())`,
    ),
    /permission denied/,
  )
  // Posted past the use case, so that nothing was derived: the end of the transaction refuses it.
  await at.deduct()
  await refused(
    `with gone as (select 1) update standing.restriction set status = 'withdrawn', withdrawn_at = now(), withdraw_reason = 'x'; insert into standing.responsibility
    select gen_random_uuid(), gen_random_uuid(), 'XF-x', 'x', 'x', 'minor', unit_id, null, false, 'x', effective_on, now() from standing.responsibility limit 1; delete from standing.restriction`,
    /withdrawn, not deleted/,
  )
  assert.deepEqual(
    (await at.restrictions()).map((row) => row.status),
    ['proposed'],
  )
  await at.be('leader', (ctx) => deriveConsequences(ctx, { personId: officer, year: 2026 }))
  assert.equal((await at.restrictions()).length, 1, 'deriving again changes nothing')
})
