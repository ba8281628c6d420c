import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { amendResponsibility, annulResponsibility } from './annul-responsibility.ts'
import { decideDeduction } from './decide-deduction.ts'
import { recordResponsibility } from './record-responsibility.ts'
import { standingWorld } from './standing-testing.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('a finding deducts from the unit by the table of its day and gives the head a task of five working days', async (t) => {
  const at = await standingWorld(t)
  const made = await at.record({ severity: 'serious' })
  assert.deepEqual([made.recorded, made.unitPoints], [true, 3])
  const [task] = await at.rows('select status, due_on, min_points, max_points, unit_id from standing.deduction_task')
  assert.deepEqual(task, {
    status: 'open',
    due_on: '2026-03-09',
    min_points: 2,
    max_points: 5,
    unit_id: at.bureau.units.eastWindow,
  })
  const ledger = await at.rows('select kind, person_id, basis, detail from standing.entry')
  assert.deepEqual(ledger, [
    {
      kind: 'complaint_responsible',
      person_id: null,
      basis: 'R125, A24',
      detail: { caseNo: made.caseNo, points: 3, findingId: made.findingId },
    },
  ])
})

test('the same finding reported again, also by several at once, is one deduction', async (t) => {
  const at = await standingWorld(t)
  const input = at.finding()
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => at.be('leader', (ctx) => recordResponsibility(ctx, input))),
  )
  assert.equal(answers.filter((one) => one.recorded).length, 1)
  await at.be('leader', (ctx) => recordResponsibility(ctx, input))
  assert.equal((await at.rows('select 1 from standing.posting')).length, 1)
  assert.equal((await at.rows('select 1 from standing.deduction_task')).length, 1)
})

test('the head decides inside the band, never nothing, and once, however many times it is sent at once', async (t) => {
  const at = await standingWorld(t)
  const { taskId } = await at.record()
  const decide = (points: number, version = 1) =>
    at.be('head', (ctx) => decideDeduction(ctx, taskId!, { version, points, reason: '接待失当' }))
  for (const points of [0, -1, 3, 1.5]) await assert.rejects(decide(points), { code: 'invalid-input' })
  const tries = await Promise.allSettled(Array.from({ length: 6 }, () => decide(2)))
  assert.equal(tries.filter((one) => one.status === 'fulfilled').length, 1)
  const refused = tries.filter((one) => one.status === 'rejected').map((one) => (one.reason as { code: string }).code)
  assert.deepEqual(new Set(refused), new Set(['changed-meanwhile']))
  await assert.rejects(decide(1, 2), { code: 'wrong-state' })
  const posted = await at.rows(`select level, points, effective_on from standing.posting order by seq`)
  assert.deepEqual(posted, [
    { level: 'unit', points: 1, effective_on: '2026-03-02' },
    { level: 'officer', points: 2, effective_on: '2026-03-02' },
  ])
})

test('the head of another unit finds no such task; the leader does not decide where a head can', async (t) => {
  const at = await standingWorld(t)
  const { taskId } = await at.record()
  const decide = { version: 1, points: 1, reason: '接待失当' }
  await assert.rejects(
    at.be('westHead', (ctx) => decideDeduction(ctx, taskId!, decide)),
    { code: 'deduction-not-found' },
  )
  await assert.rejects(
    at.be('officer', (ctx) => decideDeduction(ctx, taskId!, decide)),
    { code: 'deduction-not-found' },
  )
  await assert.rejects(
    at.be('leader', (ctx) => decideDeduction(ctx, taskId!, decide)),
    { code: 'wrong-person' },
  )
})

test('nobody decides his own: for a head a leader decides, and for a unit without a head too', async (t) => {
  const at = await standingWorld(t)
  const own = await at.record({ who: 'head', unit: 'east' })
  const decide = { version: 1, points: 1, reason: '接待失当' }
  await assert.rejects(
    at.be('head', (ctx) => decideDeduction(ctx, own.taskId!, decide)),
    { code: 'deduction-not-found' },
  )
  await at.be('leader2', (ctx) => decideDeduction(ctx, own.taskId!, decide))
  const without = await at.record({ who: 'petitionClerk', unit: 'petition' })
  await at.be('leader', (ctx) => decideDeduction(ctx, without.taskId!, decide))
  assert.equal((await at.rows(`select 1 from standing.posting where level = 'officer'`)).length, 2)
  await assert.rejects(
    at.be('leader', (ctx) => recordResponsibility(ctx, at.finding({ who: 'leader', unit: 'bureau' }))),
    { code: 'own-case' },
  )
})

test('where nobody can be named the unit answers alone, with the reason; for an auxiliary too', async (t) => {
  const at = await standingWorld(t)
  await at.admin.query(`update directory.person set kind = 'auxiliary' where id = $1`, [at.bureau.people.officer2.id])
  const unnamed = await at.record({ who: null })
  const auxiliary = await at.record({ who: 'officer2' })
  assert.deepEqual([unnamed.taskId, auxiliary.taskId], [null, null])
  const reasons = await at.rows(
    'select counts_for_person, unit_only_reason from standing.responsibility order by case_no',
  )
  assert.deepEqual(reasons, [
    { counts_for_person: false, unit_only_reason: '无法查明当班人员' },
    { counts_for_person: false, unit_only_reason: 'auxiliary' },
  ])
  const { unitOnlyReason: _, ...unreasoned } = at.finding({ who: null })
  await assert.rejects(
    at.be('leader', (ctx) => recordResponsibility(ctx, unreasoned)),
    { code: 'invalid-input' },
  )
})

test('two deductions bring a restriction, the third a slip, the fourth one more and word to discipline inspection', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  assert.deepEqual(await at.restrictions(), [])
  await at.deduct()
  assert.deepEqual(await at.restrictions(), [{ status: 'proposed', year: 2026, merit: true, decoration: true }])
  assert.deepEqual(await at.slips(), [])
  await at.deduct()
  assert.deepEqual(await at.slips(), [{ nth: 3, status: 'draft' }])
  assert.equal((await at.rows('select 1 from standing.information')).length, 0)
  await at.deduct()
  assert.deepEqual(await at.slips(), [
    { nth: 3, status: 'draft' },
    { nth: 4, status: 'draft' },
  ])
  assert.equal((await at.rows('select 1 from standing.information')).length, 1)
  assert.equal((await at.restrictions()).length, 1)
})

test('several findings in one case count once; another year counts by itself', async (t) => {
  const at = await standingWorld(t)
  const caseId = randomUUID()
  await at.deduct({ caseId })
  await at.deduct({ caseId })
  assert.deepEqual(await at.restrictions(), [])
  at.setDay('2027-01-08')
  await at.deduct()
  assert.deepEqual(await at.restrictions(), [], 'one case in 2026, one in 2027')
})

test('a finding of December deducted in January counts in the new year', async (t) => {
  const at = await standingWorld(t, '2026-01-05T02:00:00Z')
  await at.deduct()
  at.setDay('2026-12-30')
  const { taskId } = await at.record()
  at.setDay('2027-01-04')
  await at.be('head', (ctx) => decideDeduction(ctx, taskId!, { version: 1, points: 1, reason: '接待失当' }))
  assert.deepEqual(await at.restrictions(), [])
  await at.deduct()
  assert.deepEqual(
    (await at.restrictions()).map((one) => one.year),
    [2027],
  )
})

test('an annulled finding takes everything back: both deductions, the restriction and the slip', async (t) => {
  const at = await standingWorld(t)
  const made = [await at.deduct(), await at.deduct(), await at.deduct()]
  const annul = (index: number) =>
    at.be('leader2', (ctx) =>
      annulResponsibility(ctx, {
        findingId: made[index]!.findingId,
        reason: '复核认定有误',
        annulledOn: day('2026-03-05'),
      }),
    )
  at.setDay('2026-03-05')
  assert.deepEqual(await annul(0), { annulled: true })
  assert.deepEqual(await at.slips(), [{ nth: 3, status: 'withdrawn' }])
  assert.equal((await at.restrictions())[0]?.status, 'proposed')
  assert.deepEqual(await annul(1), { annulled: true })
  assert.equal((await at.restrictions())[0]?.status, 'withdrawn')
  assert.deepEqual(await annul(1), { annulled: false }, 'a second time changes nothing')
  const balance =
    await at.rows(`select level, sum(case when reverses is null then points else -points end)::int as points
    from standing.posting group by level order by level`)
  assert.deepEqual(balance, [
    { level: 'unit', points: 1 },
    { level: 'officer', points: 1 },
  ])
  const [step] = await at.rows(`select text from standing.slip_step where kind = 'withdrawn'`)
  assert.deepEqual(step, { text: '复核认定有误' })
  assert.equal((await at.rows(`select 1 from standing.entry where reverses is not null`)).length, 4)
})

test('an open task is cancelled with its finding, and a decision that comes too late finds it so', async (t) => {
  const at = await standingWorld(t)
  const { findingId, taskId } = await at.record()
  const decide = () =>
    at.be('head', (ctx) => decideDeduction(ctx, taskId!, { version: 1, points: 1, reason: '接待失当' }))
  const annul = () =>
    at.be('leader2', (ctx) => annulResponsibility(ctx, { findingId, reason: '撤销', annulledOn: day('2026-03-02') }))
  const [decided, annulled] = await Promise.allSettled([decide(), annul()])
  assert.equal(annulled.status, 'fulfilled')
  const live = await at.rows(
    `select level from standing.posting p where reverses is null and not exists (select from standing.posting b where b.reverses = p.id)`,
  )
  assert.deepEqual(live, [], `decided ${decided.status}: nothing of the finding is left`)
})

test('an amendment of words takes over the decision and its day; one of severity asks the head again', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  const second = await at.deduct()
  at.setDay('2026-04-01')
  const amend = (findingId: string, more: object) =>
    at.be('leader2', (ctx) =>
      amendResponsibility(ctx, {
        findingId,
        reason: '复核更正',
        amendedOn: day('2026-04-01'),
        becomes: { ...at.finding({ caseId: second.caseId }), ...more },
      }),
    )
  const words = await amend(second.findingId, { findingId: '11111111-1111-4111-8111-111111111111' })
  assert.equal(words.amended, true)
  assert.deepEqual(
    (await at.restrictions()).map((one) => one.status),
    ['proposed'],
    'the restriction never fell',
  )
  const carried = await at.rows(
    `select effective_on from standing.posting where finding_id = '11111111-1111-4111-8111-111111111111' and level = 'officer'`,
  )
  assert.deepEqual(carried, [{ effective_on: '2026-03-02' }])

  const severity = await amend('11111111-1111-4111-8111-111111111111', {
    findingId: '22222222-2222-4222-8222-222222222222',
    severity: 'serious',
  })
  assert.deepEqual(
    (await at.restrictions()).map((one) => one.status),
    ['withdrawn'],
  )
  await at.be('head', (ctx) => decideDeduction(ctx, severity.taskId!, { version: 1, points: 4, reason: '情节较重' }))
  assert.deepEqual(
    (await at.restrictions()).map((one) => one.status),
    ['withdrawn', 'proposed'],
  )
  const again = await at.rows(
    `select effective_on from standing.posting where finding_id = '22222222-2222-4222-8222-222222222222' and level = 'officer'`,
  )
  assert.deepEqual(again, [{ effective_on: '2026-03-02' }], 'the day of the first deduction stays')
})
