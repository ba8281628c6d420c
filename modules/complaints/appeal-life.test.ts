import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clarify } from './clarify.ts'
import { decideAppeal } from './decide-appeal.ts'
import { fileAppeal } from './file-appeal.ts'
import { aHandlingBureau, type HandlingBureau } from './handling-testing.ts'
import { clarificationsFor } from './own-papers.ts'

const appealed = async (at: HandlingBureau, name = 'a', more = {}) => {
  const made = await at.decided(name, more)
  await at.as('officer', (ctx) => fileAppeal(ctx, made.finding, { grounds: '录像不完整' }))
  const [appeal] = await at.rows('select id from complaints.appeal where finding_id = $1', [made.finding])
  const decide = (who: Parameters<HandlingBureau['as']>[0], input: object) =>
    at.as(who, (ctx) => decideAppeal(ctx, made.id, appeal.id, { decision: 'annulled', reason: '已补充证据', ...input }))
  return { ...made, appeal: appeal.id as string, decide }
}
const balance = async (at: HandlingBureau) =>
  Number(
    (
      await at.rows(
        'select coalesce(sum(case when reverses is null then points else -points end), 0) as sum from standing.posting',
      )
    )[0].sum,
  )

test('an appeal is filed by the officer himself, until the end of the tenth working day, once', async (t) => {
  const at = await aHandlingBureau(t)
  const { finding } = await at.decided('a')
  const file = (who: 'officer' | 'officer2') => at.as(who, (ctx) => fileAppeal(ctx, finding, { grounds: '不符合事实' }))
  await assert.rejects(file('officer2'), { status: 404 })
  at.setClock('2026-12-07T16:00:00Z')
  await assert.rejects(file('officer'), { status: 409, code: 'within-appeal-days' })
  await assert.rejects(
    at.rows(
      `insert into complaints.appeal (id, finding_id, person_id, grounds, filed_at, due_on) values (gen_random_uuid(), $1, $2, 'x', $3, '2026-12-31')`,
      [finding, at.idOf('officer'), '2026-12-07T16:00:00Z'],
    ),
    /days to appeal are over/,
  )
  at.setClock('2026-12-07T15:59:00Z')
  await file('officer')
  await assert.rejects(file('officer'), { status: 409, code: 'already-appealed' })
})

test('whoever proposed, reviewed or approved decides no appeal in the case: not by the rule, and not by the database', async (t) => {
  const at = await aHandlingBureau(t)
  const { decide, appeal } = await appealed(at)
  await assert.rejects(decide('leader', {}), { code: 'has-not-decided' })
  await assert.rejects(decide('caseOfficer', {}), { status: 403, code: 'wrong-person' })
  for (const who of ['caseOfficer', 'caseOfficer2', 'leader'] as const)
    await assert.rejects(
      at.rows(
        `update complaints.appeal set decided_by = $1, decided_at = now(), decision = 'upheld', reason = 'x' where id = $2`,
        [at.idOf(who), appeal],
      ),
      /not decided before/,
    )
  await assert.rejects(
    at.as('leader2', (ctx) =>
      ctx.db
        .updateTable('complaints.appeal')
        .set({ decided_by: at.idOf('disciplineLeader'), decided_at: ctx.now, decision: 'upheld', reason: 'x' })
        .execute(),
    ),
    /another's name/,
  )
  await decide('leader2', { decision: 'upheld' })
})

test('a finding that falls takes its deduction with it; one that is upheld leaves it', async (t) => {
  const at = await aHandlingBureau(t)
  const fallen = await appealed(at, 'a')
  assert.equal(await balance(at), 1)
  await fallen.decide('leader2', {})
  assert.equal(await balance(at), 0)
  const [task] = await at.rows('select status from standing.deduction_task')
  assert.equal(task.status, 'cancelled')
  const upheld = await appealed(at, 'b')
  await upheld.decide('leader2', { decision: 'upheld' })
  assert.equal(await balance(at), 1)
  assert.deepEqual(
    (await at.rows('select status from complaints.finding order by status::text')).map((one) => one.status),
    ['annulled', 'upheld'].sort(),
  )
})

test('an amended finding stands in the place of the old one, with its own deduction, and is final', async (t) => {
  const at = await aHandlingBureau(t)
  const { decide, finding } = await appealed(at, 'a', { severity: 'serious' })
  assert.equal(await balance(at), 3)
  await assert.rejects(decide('leader2', { decision: 'amended', outcome: 'responsible', severity: 'serious' }), {
    fields: { outcome: 'nothing-amended' },
  })
  await decide('leader2', { decision: 'amended', outcome: 'responsible', severity: 'minor' })
  assert.equal(await balance(at), 1)
  const [after] = await at.rows(
    'select id, status, appeal_until, approved_by from complaints.finding where amends = $1',
    [finding],
  )
  assert.deepEqual([after.status, after.appeal_until, after.approved_by], ['approved', null, at.idOf('leader2')])
  await assert.rejects(
    at.as('officer', (ctx) => fileAppeal(ctx, after.id, { grounds: '再申诉' })),
    { code: 'within-appeal-days' },
  )
})

test('two leaders deciding at once, and a repeat, reverse one deduction once', async (t) => {
  const at = await aHandlingBureau(t)
  const { decide } = await appealed(at)
  const both = await Promise.allSettled([decide('leader2', {}), decide('disciplineLeader', {}), decide('leader2', {})])
  assert.equal(both.filter((one) => one.status === 'fulfilled').length, 1)
  assert.equal(await balance(at), 0)
  assert.equal((await at.rows('select 1 from standing.posting where reverses is not null')).length, 1)
})

test('an officer cleared on appeal gets it in writing, and his unit only where he wished it', async (t) => {
  const at = await aHandlingBureau(t)
  const { id, finding, decide } = await appealed(at)
  const clear = async (tellUnit: boolean, matter = '窗口接待群众未作答复') =>
    at.as('caseOfficer', async (ctx) => clarify(ctx, id, finding, { version: await at.version(id), matter, tellUnit }))
  await assert.rejects(clear(false), { code: 'wrong-state' })
  await decide('leader2', {})
  await assert.rejects(clear(false, '群众 canary 赵某 反映的事'), { code: 'names-complainant' })
  await clear(true)
  await assert.rejects(clear(true), { code: 'already-decided' })
  const seen = async (who: 'officer' | 'head' | 'chief' | 'westHead') => (await at.as(who, clarificationsFor)).length
  assert.deepEqual(
    [await seen('officer'), await seen('head'), await seen('chief'), await seen('westHead')],
    [1, 1, 0, 0],
  )
})

test('what was unfounded from the start is cleared too; a finding of responsibility is not', async (t) => {
  const at = await aHandlingBureau(t)
  const good = await at.decided('a', { outcome: 'unfounded', severity: undefined })
  await at.as('caseOfficer', async (ctx) =>
    clarify(ctx, good.id, good.finding, { version: await at.version(good.id), matter: '未作答复', tellUnit: false }),
  )
  assert.equal(await balance(at), 0)
  const bad = await at.decided('b')
  await assert.rejects(
    at.as('caseOfficer', async (ctx) =>
      clarify(ctx, bad.id, bad.finding, { version: await at.version(bad.id), matter: 'x', tellUnit: false }),
    ),
    { code: 'wrong-state' },
  )
})

test('an approved finding and a decided appeal do not change, whoever writes', async (t) => {
  const at = await aHandlingBureau(t)
  const { finding, decide, appeal } = await appealed(at)
  await assert.rejects(at.rows(`update complaints.finding set facts = 'x' where id = $1`, [finding]), /does not change/)
  await assert.rejects(
    at.rows(`update complaints.finding set status = 'annulled' where id = $1`, [finding]),
    /only an appeal or a review/,
  )
  await assert.rejects(at.rows(`delete from complaints.finding where id = $1`, [finding]), /not removed/)
  await decide('leader2', {})
  await assert.rejects(at.rows(`update complaints.appeal set reason = 'x' where id = $1`, [appeal]), /stay as they are/)
  await assert.rejects(
    at.as('officer', (ctx) =>
      ctx.db.updateTable('complaints.finding').set({ status: 'approved' }).where('id', '=', finding).execute(),
    ),
    /does not go/,
  )
})
