import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { annulResponsibility } from './annul-responsibility.ts'
import { eligibility, eligibilityOfMany } from './check-eligibility.ts'
import { viewNomination } from './nomination-view.ts'
import { grant, nominate, withdrawNomination } from './nominations.ts'
import { confirmRestriction, proposeMeritRestriction, withdrawMeritRestriction } from './restrictions.ts'
import { type StandingWorld, standingWorld } from './standing-testing.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

const result = (at: StandingWorld, sourceId = randomUUID()) => ({
  personId: at.bureau.people.officer.id,
  year: 2026,
  sourceKind: 'evaluation' as const,
  sourceId,
  basis: 'R41',
  factLine: '满意度 89.96%',
})

const may = (at: StandingWorld, awardKind: string, by: 'political' | 'head' | 'officer' | 'westHead' = 'political') =>
  at.be(by, (ctx) => eligibility(ctx, { personId: at.bureau.people.officer.id, awardKind, on: day('2026-03-10') }))

const nomination = (at: StandingWorld, awardKind = 'merit_third', year = 2026) =>
  at.be('political', (ctx) =>
    nominate(ctx, { personId: at.bureau.people.officer.id, awardKind, year, reason: '工作成绩突出' }),
  )

test('two deductions block all honours of the year and the answer names the cases that bear it', async (t) => {
  const at = await standingWorld(t)
  const made = [await at.deduct(), await at.deduct(), await at.deduct()]
  for (const kind of ['annual_excellent', 'model_post', 'commendation', 'honorary_title']) {
    const answer = await may(at, kind)
    assert.equal(answer.eligible, false, kind)
    assert.deepEqual(
      answer.reasons.map((reason) => [reason.rule.basis, reason.rule.needs, reason.restriction.confirmed]),
      [['R127, A12, A13', 2, false]],
    )
    assert.deepEqual(
      answer.reasons[0]?.deductions.map((one) => one.caseNo),
      made.slice(0, 2).map((one) => one.caseNo),
    )
  }
  const next = await at.be('political', (ctx) =>
    eligibility(ctx, { personId: at.bureau.people.officer.id, awardKind: 'merit_third', on: day('2027-03-10') }),
  )
  assert.equal(next.eligible, true, 'another year')
})

test('it blocks from the moment the facts exist; confirming puts a name under it and changes no answer', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  await at.deduct()
  const [{ id }] = (await at.rows<{ id: string }>('select id from standing.restriction')) as [{ id: string }]
  assert.equal((await may(at, 'merit_third')).eligible, false)
  await at.be('political', (ctx) => confirmRestriction(ctx, id, { version: 1, note: '已核对两件认定' }))
  const after = await may(at, 'merit_third')
  assert.deepEqual([after.eligible, after.reasons[0]?.restriction.confirmed], [false, true])
  await assert.rejects(
    at.be('political', (ctx) => confirmRestriction(ctx, id, { version: 2 })),
    { code: 'wrong-state' },
  )
})

test('neither the officer confirms, nor a leader, nor whoever decided what it rests on', async (t) => {
  const at = await standingWorld(t)
  const political = at.bureau.people.political.id
  await at.admin.query(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'unit_head', $2, '[2020-01-01,)'), ($3, 'political_officer', $4, '[2020-01-01,)')`,
    [political, at.bureau.units.petition, at.bureau.people.petitionClerk.id, at.bureau.units.political],
  )
  await at.deduct({ who: 'petitionClerk', unit: 'petition', by: 'political' })
  await at.deduct({ who: 'petitionClerk', unit: 'petition', by: 'political' })
  const [{ id }] = (await at.rows<{ id: string }>('select id from standing.restriction')) as [{ id: string }]
  const confirm = (key: 'political' | 'petitionClerk' | 'leader') =>
    at.be(key, (ctx) => confirmRestriction(ctx, id, { version: 1 }))
  await assert.rejects(confirm('political'), { code: 'decided-before' })
  await assert.rejects(confirm('petitionClerk'), { code: 'restriction-not-found' })
  await assert.rejects(confirm('leader'), { code: 'not-permitted' })
})

test('a result below the line blocks merit alone, once for each result, and goes with the result', async (t) => {
  const at = await standingWorld(t)
  const cause = result(at)
  assert.equal(await at.as(systemActor, (ctx) => proposeMeritRestriction(ctx, cause)), true)
  assert.equal(await at.as(systemActor, (ctx) => proposeMeritRestriction(ctx, cause)), false)
  assert.equal((await may(at, 'annual_excellent')).eligible, false)
  assert.equal((await may(at, 'merit_third')).eligible, true)
  at.setDay('2026-03-03')
  await at.deduct()
  await at.deduct()
  const both = await may(at, 'annual_excellent')
  assert.deepEqual(
    both.reasons.map((reason) => reason.result?.factLine ?? reason.deductions.length),
    ['满意度 89.96%', 2],
  )
  await at.as(systemActor, (ctx) => withdrawMeritRestriction(ctx, { ...cause, reason: '重新核算' }))
  assert.equal((await may(at, 'annual_excellent')).reasons.length, 1)
  await assert.rejects(
    at.be('political', (ctx) => proposeMeritRestriction(ctx, result(at))),
    /brought by the system/,
  )
})

test('the officer and his head learn why; the head of another unit finds nobody', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  await at.deduct()
  for (const who of ['officer', 'head'] as const)
    assert.match((await may(at, 'merit_third', who)).reasons[0]?.deductions[0]?.caseNo ?? '', /^XF/)
  await assert.rejects(may(at, 'merit_third', 'westHead'), { code: 'person-not-found' })
})

test('one who now leads the officer, but not where it happened, gets the answer without case and fact', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  await at.deduct()
  await at.admin.query('update directory.person set unit_id = $1 where id = $2', [
    at.bureau.units.westWindow,
    at.bureau.people.officer.id,
  ])
  const answer = await may(at, 'merit_third', 'westHead')
  assert.equal(answer.eligible, false)
  assert.deepEqual(
    answer.reasons[0]?.deductions.map((one) => [one.caseNo, one.factLine]),
    [
      [null, null],
      [null, null],
    ],
  )
})

test('many people are answered at once', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  await at.deduct()
  const people = Object.values(at.bureau.people).map(({ id }) => id)
  const answers = await at.be('political', (ctx) =>
    eligibilityOfMany(ctx, people, { awardKind: 'merit_third', on: day('2026-03-10') }),
  )
  assert.equal(answers.size, people.length)
  assert.deepEqual(
    [...answers].filter(([, one]) => !one.eligible).map(([id]) => id),
    [at.bureau.people.officer.id],
  )
})

test('a nomination keeps what it saw; a restriction that arises in between stops the grant; annulled, it can be granted', async (t) => {
  const at = await standingWorld(t)
  await at.deduct()
  const { id } = await nomination(at)
  at.setDay('2026-03-03')
  const second = await at.deduct()
  const seen = await at.be('leader', (ctx) => viewNomination(ctx, id))
  assert.deepEqual([seen.nominatedSeen.eligible, seen.now?.eligible, seen.can], [true, false, ['withdraw']])
  await assert.rejects(
    at.be('leader', (ctx) => grant(ctx, id, { version: 1 })),
    { code: 'not-eligible' },
  )
  await assert.rejects(
    nomination(at, 'commendation'),
    (problem: { code: string; detail: { seen: { reasons: unknown[] } } }) => {
      assert.equal(problem.code, 'not-eligible')
      assert.equal(problem.detail.seen.reasons.length, 1, 'the refusal says why')
      return true
    },
  )
  at.setDay('2026-03-05')
  await at.be('leader2', (ctx) =>
    annulResponsibility(ctx, { findingId: second.findingId, reason: '撤销', annulledOn: day('2026-03-05') }),
  )
  await at.be('leader', (ctx) => grant(ctx, id, { version: 1 }))
  const granted = await at.be('political', (ctx) => viewNomination(ctx, id))
  assert.deepEqual([granted.status, granted.grantedSeen?.eligible, granted.grantedBy], ['granted', true, '卫东'])
})

test('nobody nominates himself, grants what he nominated, or grants himself', async (t) => {
  const at = await standingWorld(t)
  const { political, leader } = at.bureau.people
  const ask = (personId: string) => ({ personId, awardKind: 'merit_third', year: 2026, reason: '成绩突出' })
  await assert.rejects(
    at.be('political', (ctx) => nominate(ctx, ask(political.id))),
    { code: 'own-case' },
  )
  const own = await at.be('political', (ctx) => nominate(ctx, ask(leader.id)))
  await assert.rejects(
    at.be('leader', (ctx) => grant(ctx, own.id, { version: 1 })),
    { code: 'nomination-not-found' },
  )
  await assert.rejects(
    at.be('political', (ctx) => grant(ctx, own.id, { version: 1 })),
    { code: 'wrong-person' },
  )
  await at.be('leader2', (ctx) => grant(ctx, own.id, { version: 1 }))
  await at.admin.query(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'political_officer', $2, '[2020-01-01,)')`,
    [at.bureau.people.leader2.id, at.bureau.units.political],
  )
  const both = await at.be('leader2', (ctx) => nominate(ctx, ask(at.bureau.people.officer2.id)))
  await assert.rejects(
    at.be('leader2', (ctx) => grant(ctx, both.id, { version: 1 })),
    { code: 'other-than-nominator' },
  )
})

test('one nomination for an honour and year; withdrawn with a reason, it may be made again', async (t) => {
  const at = await standingWorld(t)
  const both = await Promise.allSettled([nomination(at), nomination(at)])
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
  const [{ id }] = (await at.rows<{ id: string }>('select id from standing.nomination')) as [{ id: string }]
  await assert.rejects(nomination(at), { code: 'nominated-already' })
  await assert.rejects(
    at.be('political', (ctx) => withdrawNomination(ctx, id, { version: 1, reason: ' ' })),
    { code: 'invalid-input' },
  )
  await at.be('political', (ctx) => withdrawNomination(ctx, id, { version: 1, reason: '材料不全' }))
  await nomination(at)
})

test('an honour of a year may be given when the year is over, a decoration only in its year', async (t) => {
  const at = await standingWorld(t, '2026-02-02T02:00:00Z')
  await at.deduct()
  await at.deduct()
  at.setDay('2027-01-12')
  await assert.rejects(nomination(at, 'annual_excellent', 2026), { code: 'not-eligible' })
  await assert.rejects(nomination(at, 'merit_third', 2026), { code: 'invalid-input' })
  await assert.rejects(nomination(at, 'annual_excellent', 2025), { code: 'invalid-input' })
  await nomination(at, 'annual_excellent', 2027)
})
