import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recountNightly } from '#modules/figures/index.ts'
import { allParameters } from '#modules/rules/index.ts'
import { systemActor } from '#platform/actor.ts'
import { alarmMetrics } from '#platform/alarms/alarm-metrics.ts'
import { readAlarms } from '#platform/alarms/read-alarms.ts'
import { insertAudit } from '#platform/audit/audit-entry.ts'
import { createMetrics } from '#platform/metrics.ts'
import { runRetention } from '#platform/retention/run-retention.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { parameterFaults } from '#policy/sources.ts'
import { retentionTasks } from '#upkeep'
import { type Keeping, keeping } from './keeping-testing.ts'

const raised = async (world: Keeping, witnessDir: string | null = world.witnessDir) =>
  (await world.db.as(systemActor, (ctx) => readAlarms(ctx, witnessDir)))
    .filter((alarm) => alarm.raised)
    .map(({ name }) => name)

const backupMade = (world: Keeping, hoursAgo: number) =>
  world.db.admin.query(
    `insert into platform.setting values ('last-backup', jsonb_build_object('at', to_char((now() - $1 * interval '1 hour') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')), now())
     on conflict (name) do update set value = excluded.value`,
    [hoursAgo],
  )

const audit = (world: Keeping) =>
  world.db.as(systemActor, (ctx) =>
    insertAudit(ctx.db, {
      at: ctx.now,
      actorKind: 'system',
      actorId: null,
      event: 'test',
      subjectKind: null,
      subjectId: null,
      unitId: null,
      outcome: 'done',
      data: {},
      requestId: null,
    }),
  )

test('a backup is missed after 26 hours, and an installation that never had one is no better', async (t) => {
  const world = await keeping(t)
  assert.deepEqual(await raised(world), [])
  await world.db.admin.query(`update platform.migration set applied_at = now() - interval '27 hours'`)
  assert.deepEqual(await raised(world), ['backup'])
  await backupMade(world, 25)
  assert.deepEqual(await raised(world), [])
  await backupMade(world, 27)
  assert.deepEqual(await raised(world), ['backup'])
})

test('an audit entry without a witnessed head is missed after five minutes, also when the witness file fell behind', async (t) => {
  const world = await keeping(t)
  await audit(world)
  assert.deepEqual(await raised(world), [])
  world.db.clock.set(world.db.clock.now().add({ minutes: 6 }))
  assert.deepEqual(await raised(world), ['witness'])
  await world.makeHead()
  assert.deepEqual(await raised(world), [])
  // The head was made, and the file that witnesses keep is gone.
  await world.db.admin.query('alter table platform.audit_head disable trigger append_only')
  await world.db.admin.query(`update platform.audit_head set at = now() - interval '6 minutes'`)
  assert.deepEqual(await raised(world), [])
  assert.deepEqual(await raised(world, `${world.witnessDir}/elsewhere`), ['witness'])
})

test('a job that is due and not begun for a minute is missed; one that waits for its time is not', async (t) => {
  const world = await keeping(t)
  const job = (start: string) =>
    world.db.admin.query(
      `insert into pgboss.job (name, data, created_on, start_after) values ('callback.follow', '{}', now() - interval '5 minutes', ${start})`,
    )
  await job(`now() + interval '1 hour'`)
  assert.deepEqual(await raised(world), [])
  await job(`now() - interval '61 seconds'`)
  assert.deepEqual(await raised(world), ['queue'])
})

test('figures that differ from the matters are reported by unit, on the page and in the metrics, and stay as they are', async (t) => {
  const world = await keeping(t)
  await recountNightly(world.house)
  assert.deepEqual(await raised(world), [])
  const unit = world.bureau.units.eastWindow
  await world.db.admin.query(
    `insert into platform.figure (day, unit_id, measure, amount) values ('2026-11-20', $1, 'received', 3), ('2026-11-20', $1, 'callback:answered:sd:1', 2)`,
    [unit],
  )
  await recountNightly(world.house)
  assert.deepEqual(await raised(world), ['figures'])
  const page = await world.get('systemAdmin', '/console/system?lang=en')
  assert.deepEqual(faultsIn(page.body, 'page'), [])
  assert.match(page.body, /Qingshan Road Window[\s\S]*received[\s\S]*>3<[\s\S]*>0</)
  assert.match(page.body, /To be looked at: Recount of figures/)
  assert.doesNotMatch(page.body, /callback:answered/, 'how somebody rated is not told')
  const { rows } = await world.db.admin.query(`select sum(amount) as n from platform.figure where measure = 'received'`)
  assert.equal(rows[0].n, 3)

  const metrics = createMetrics()
  alarmMetrics(metrics, world.house, world.witnessDir)
  const text = await metrics.text()
  assert.match(text, /jingmin_figure_differences 2\n/)
  assert.match(text, /jingmin_alarms 1\n/)
  for (const name of ['backup_age', 'unwitnessed', 'queue_age'])
    assert.match(text, new RegExp(`jingmin_${name}_seconds \\d+\\n`))
})

test('the system page says what the night removed, what it held back and what is to come', async (t) => {
  const world = await keeping(t)
  await world.db.admin.query(
    `insert into platform.attempt (actor, attempt, endpoint, request_hash, at) select 'x', gen_random_uuid(), 'x', 'x', '2026-11-01' from generate_series(1, 7)`,
  )
  await runRetention(world.house, retentionTasks)
  for (const lang of ['zh', 'en']) {
    const page = await world.get('systemAdmin', `/console/system/retention?lang=${lang}`)
    assert.deepEqual(faultsIn(page.body, 'page'), [])
    assert.doesNotMatch(page.body, /undefined|\[object/)
    assert.match(page.body, lang === 'en' ? /Ids of submitted forms[\s\S]*>7</ : /重复提交识别记录[\s\S]*>7</)
  }
  assert.match((await world.get('systemAdmin', '/console/system')).body, /保存期限/)
})

test('each dated rule and catalogue version that was not looked at for a year is listed, until somebody says it still holds', async (t) => {
  const world = await keeping(t)
  const list = await world.get('officer', '/console/rules?lang=en')
  assert.deepEqual(faultsIn(list.body, 'page'), [])
  assert.match(list.body, /Working days in which a dissatisfied reply is supervised and solved/)
  const due = () =>
    world
      .get('systemAdmin', '/console/system?lang=en')
      .then((page) => Number(/(\d+) rules were not reviewed/.exec(page.body)?.[1]))
  const before = await due()
  assert.ok(before > 20)

  const path = '/console/rules/supervision.solveWithin'
  const page = await world.get('publisher', `${path}?lang=zh`)
  assert.match(page.body, /复核：仍然适用/)
  assert.doesNotMatch((await world.get('editor', path)).body, /复核：仍然适用/)
  assert.equal((await world.post('editor', `${path}/reviews`, { ruleVersion: '2013-01-01' })).statusCode, 403)
  assert.equal((await world.post('publisher', `${path}/reviews`, { ruleVersion: '2012-01-01' })).statusCode, 409)
  const done = await world.post('publisher', `${path}/reviews`, { ruleVersion: '2013-01-01', note: '与实际一致' })
  assert.equal(done.statusCode, 303)
  assert.match((await world.get('officer', path)).body, /沈阳[\s\S]*与实际一致/)
  assert.equal(await due(), before - 1)

  const catalogue = '/console/rules/catalogue.id_card.renewal'
  assert.match((await world.get('officer', `${catalogue}?lang=en`)).body, /Version in force/)
  world.db.clock.set(world.db.clock.now().add({ hours: 24 * 366 }))
  assert.match((await world.get('officer', path)).body, /应复核/)
})

test('every parameter of policy/ is found, sound, and under one name', async () => {
  const all = await allParameters()
  assert.ok(all.length > 40)
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length)
  for (const { name, parameter } of all) assert.deepEqual(parameterFaults(parameter), [], name)
})
