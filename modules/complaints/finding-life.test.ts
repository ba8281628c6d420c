import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingLifecycle } from '#policy/complaints/lifecycle.ts'
import { assignCase } from './assign-case.ts'
import { decideFinding } from './decide-finding.ts'
import { aHandlingBureau } from './handling-testing.ts'
import { requestStatement } from './request-statement.ts'
import { reviewFinding } from './review-finding.ts'
import { sweepStatements } from './sweep-statements.ts'

test('a case goes from the desk to an approved finding, each step by another person', async (t) => {
  const at = await aHandlingBureau(t)
  const { id, finding } = await at.decided('a')
  const row = await at.row(id)
  assert.equal(row.status, 'decided')
  const [found] = await at.rows('select * from complaints.finding where id = $1', [finding])
  assert.deepEqual(
    [found.status, found.proposed_by, found.reviewed_by, found.approved_by],
    ['approved', at.idOf('caseOfficer'), at.idOf('caseOfficer2'), at.idOf('leader')],
  )
  assert.equal(found.appeal_until, '2026-12-07', 'ten working days')
  const postings = await at.rows('select level, unit_id, points::float as points from standing.posting')
  assert.deepEqual(postings, [{ level: 'unit', unit_id: at.bureau.units.eastWindow, points: 1 }])
  const steps = await at.rows('select kind from complaints.step where case_id = $1 order by seq', [id])
  assert.deepEqual(
    steps.map((step) => step.kind),
    ['assigned', 'statement_requested', 'proposed', 'agreed', 'approved'],
  )
})

test('what was alleged and what two coders confirmed are kept apart', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.decided('a')
  const codings = await at.rows(
    'select stage, coder_id, style from complaints.coding where case_id = $1 order by coded_at, style',
    [id],
  )
  assert.deepEqual(
    codings.map((coding) => [coding.stage, coding.coder_id]).sort(),
    [
      ['confirmed', at.idOf('caseOfficer')],
      ['confirmed', at.idOf('caseOfficer2')],
    ].sort(),
  )
})

test('nobody is found responsible unheard: not by the rule, and not by the database', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await assert.rejects(at.propose(id), { status: 409, code: 'officer-heard' })
  await at.ask(id)
  await assert.rejects(at.propose(id), { status: 409, code: 'officer-heard' }, 'asked, his time still running')
  await at.rows(
    `insert into complaints.finding (id, case_id, round, person_id, unit_id, outcome, severity, facts, fact_line, clause, proposed_by, proposed_at, reviewed_by, reviewed_at, status)
     values (gen_random_uuid(), $1, 1, $2, $3, 'responsible', 'minor', 'x', 'x', 'x', $4, now(), null, null, 'draft')`,
    [id, at.idOf('officer'), at.bureau.units.eastWindow, at.idOf('caseOfficer')],
  )
  await at.rows(`update complaints.finding set status = 'reviewed', reviewed_by = $1, reviewed_at = now()`, [
    at.idOf('caseOfficer2'),
  ])
  await assert.rejects(
    at.rows(`update complaints.finding set status = 'approved', approved_by = $1, approved_at = now()`, [
      at.idOf('leader'),
    ]),
    /was not heard/,
  )
})

test('time that passed without an answer is being heard, and only time itself lets it pass', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  const statement = await at.ask(id)
  await assert.rejects(
    at.as('caseOfficer', (ctx) =>
      ctx.db
        .updateTable('complaints.statement')
        .set({ status: 'expired', expired_at: ctx.now })
        .where('id', '=', statement)
        .execute(),
    ),
    /only time lets a request pass/,
  )
  at.setClock('2026-11-30T15:59:00Z')
  assert.equal(await at.system(sweepStatements), 0, 'his last day is not over')
  at.setClock('2026-11-30T16:00:00Z')
  assert.equal(await at.system(sweepStatements), 1)
  assert.equal(await at.system(sweepStatements), 0, 'twice has one effect')
  assert.equal((await at.propose(id)).submitted, true)
})

test('nobody appears twice in the chain: not as reviewer of his own proposal, not as approver of his own review', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await at.heard(id)
  await at.propose(id)
  await assert.rejects(at.agree(id, 'caseOfficer'), { code: 'other-than-proposer' })
  await at.agree(id)
  await at.rows(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'bureau_leader', $2, '[2020-01-01,)')`,
    [at.idOf('caseOfficer2'), at.bureau.units.bureau],
  )
  at.bureau.actors.caseOfficer2 = await at.bureau.actorNow('caseOfficer2')
  await assert.rejects(at.approve(id, 'caseOfficer2'), { code: 'other-than-reviewers' })
  // And in the database, whoever writes.
  const mine = (sql: string, who: 'caseOfficer' | 'caseOfficer2' | 'leader') => at.rows(sql, [at.idOf(who)])
  await assert.rejects(mine(`update complaints.finding set reviewed_by = $1`, 'caseOfficer'), /check|does not change/)
  await assert.rejects(
    mine(`update complaints.finding set status = 'approved', approved_at = now(), approved_by = $1`, 'caseOfficer2'),
    /check/,
  )
  await at.approve(id)
})

test('nobody reviews or approves in another’s name, and what was reviewed is what is approved', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await at.heard(id)
  await at.propose(id)
  const write = (who: 'caseOfficer' | 'caseOfficer2' | 'leader', change: Record<string, unknown>) =>
    at.as(who, (ctx) => ctx.db.updateTable('complaints.finding').set(change).where('case_id', '=', id).execute())
  await assert.rejects(
    write('caseOfficer', {
      reviewed_by: at.idOf('caseOfficer2'),
      reviewed_at: new Date().toISOString(),
      status: 'reviewed',
    }),
    /another/,
  )
  await at.agree(id)
  await assert.rejects(
    write('leader', { outcome: 'unfounded', severity: null, status: 'approved' }),
    /does not change|check/,
  )
  await assert.rejects(
    write('caseOfficer', { status: 'approved', approved_by: at.idOf('leader'), approved_at: new Date().toISOString() }),
    /another/,
  )
})

test('disagreeing and returning send the case back with reasons, and the next round of hands is asked again', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await at.heard(id)
  await at.propose(id)
  await assert.rejects(at.agree(id, 'caseOfficer2', { agree: false }), { fields: { note: 'required' } })
  await at.agree(id, 'caseOfficer2', { agree: false, note: '证据不足' })
  assert.equal((await at.row(id)).status, 'investigating')
  await at.propose(id, { severity: 'medium' })
  await at.agree(id)
  const back = { version: await at.version(id), approve: false, reason: '请补充录像' }
  await at.as('leader', (ctx) => decideFinding(ctx, id, back))
  assert.equal((await at.row(id)).status, 'investigating')
  const [finding] = await at.rows('select status, reviewed_by, severity from complaints.finding where case_id = $1', [
    id,
  ])
  assert.deepEqual(finding, { status: 'draft', reviewed_by: null, severity: 'medium' })
  assert.equal((await at.rows('select 1 from standing.posting')).length, 0)
})

test('two leaders approving at once, and a repeated approval, make one decision and one deduction', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await at.heard(id)
  await at.propose(id)
  await at.agree(id)
  const input = { version: await at.version(id), approve: true }
  const both = await Promise.allSettled(
    (['leader', 'leader2', 'leader', 'leader2'] as const).map((who) =>
      at.as(who, (ctx) => decideFinding(ctx, id, input)),
    ),
  )
  assert.equal(both.filter((one) => one.status === 'fulfilled').length, 1)
  for (const one of both) if (one.status === 'rejected') assert.equal(one.reason.code, 'changed-meanwhile')
  assert.equal((await at.rows('select 1 from standing.posting')).length, 1)
  assert.equal((await at.rows(`select 1 from complaints.step where kind = 'approved'`)).length, 1)
})

test('of two who edit the same case the second is told and overwrites nothing', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.accepted('a')
  const version = await at.version(id)
  const give = (who: 'caseOfficer' | 'caseOfficer2') =>
    at.as('petitionClerk', (ctx) => assignCase(ctx, id, { version, handlerId: at.idOf(who) }))
  const both = await Promise.allSettled([give('caseOfficer'), give('caseOfficer2')])
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected'])
})

test('a case is given to nobody whom it concerns, and an accusation to discipline inspection alone', async (t) => {
  const at = await aHandlingBureau(t)
  const mine = await at.accepted('mine', { accused: 'brigadeOfficer' })
  const give = (
    id: string,
    to: 'brigadeOfficer' | 'caseOfficer' | 'inspector',
    by: 'petitionClerk' | 'disciplineLeader' = 'petitionClerk',
  ) => at.as(by, async (ctx) => assignCase(ctx, id, { version: await at.version(id), handlerId: at.idOf(to) }))
  await assert.rejects(give(mine.id, 'brigadeOfficer'), { fields: { handlerId: 'barred-accused' } })
  const kin = await at.accepted('kin', { accused: 'westOfficer' })
  await at.rows(
    `insert into complaints.relation (person_id, relative_id, kind, declared_at, declared_by) values ($1, $2, '配偶', now(), $1)`,
    [at.idOf('westOfficer'), at.idOf('brigadeOfficer')],
  )
  await assert.rejects(give(kin.id, 'brigadeOfficer'), { fields: { handlerId: 'barred-related' } })
  await assert.rejects(
    at.rows(`update complaints.case set handler_id = $1 where id = $2`, [at.idOf('brigadeOfficer'), kin.id]),
    /nobody handles his own case/,
  )
  const accusation = await at.accepted('accusation', { class: 'accusation', department: 'discipline_inspection' })
  await assert.rejects(give(accusation.id, 'caseOfficer', 'disciplineLeader'), { fields: { handlerId: 'choose-one' } })
  await give(accusation.id, 'inspector', 'disciplineLeader')
})

test('a request that would give the complainant away is refused, by name, number or his own words', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await at.rows(
    `insert into complaints.submission (id, case_id, first_case_id, channel, department, received_at, text, receipt_hash, receipt_sealed)
    values (gen_random_uuid(), $1, $1, 'letter', 'petition_section', now(), '我上周三去办身份证，窗口的人头也不抬。', 'second', 'sealed')`,
    [id],
  )
  const send = (facts: string) =>
    at.as('caseOfficer', async (ctx) =>
      requestStatement(ctx, id, { version: await at.version(id), personId: at.idOf('officer'), facts }),
    )
  const refused = (code: string) => ({ status: 409, code: 'names-complainant', fields: { facts: code } })
  await assert.rejects(send('群众 canary 赵某 反映未作答复'), refused('betrays-name'))
  await assert.rejects(send('来电 138-0000-0009 的群众'), refused('betrays-phone'))
  await assert.rejects(send('反映：上周三去办身份证，窗口的人头也不抬'), refused('betrays-own-words'))
  await send('当日上午在窗口未作答复，请说明经过。')
  assert.equal((await at.rows('select 1 from complaints.statement')).length, 1)
})

test('of a unit complained of its head is asked, and where nobody can be named the unit alone is deducted', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a', { accused: undefined, accusedUnit: 'eastWindow' })
  await assert.rejects(at.ask(id, 'officer'), { fields: { personId: 'choose-one' } })
  await at.heard(id, 'head')
  const unit = { personId: undefined, unitId: at.bureau.units.eastWindow }
  await assert.rejects(at.propose(id, unit), { fields: { nobodyReason: 'required' } })
  await at.propose(id, { ...unit, nobodyReason: '当日三名民警轮换，无法确定' })
  await at.agree(id)
  await at.approve(id)
  assert.deepEqual(await at.rows('select level, person_id from standing.posting'), [{ level: 'unit', person_id: null }])
  assert.equal((await at.rows('select 1 from standing.deduction_task')).length, 0)
})

test('a finding responsible needs clause, severity and evidence', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await at.heard(id)
  await assert.rejects(at.propose(id, { severity: undefined }), { fields: { severity: 'choose-one' } })
  await assert.rejects(at.propose(id, { clause: ' ' }), { fields: { clause: 'required' } })
  await assert.rejects(at.propose(id, { otherEvidence: '' }), { fields: { evidence: 'evidence-missing' } })
  await assert.rejects(at.propose(id, { outcome: 'guilty' }), { fields: { outcome: 'choose-one' } })
})

test('a case about several officers is proposed only with a finding for each', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  await at.rows(`insert into complaints.accused (case_id, person_id, unit_id, named_at) values ($1, $2, $3, now())`, [
    id,
    at.idOf('officer2'),
    at.bureau.units.eastWindow,
  ])
  await at.heard(id)
  await at.heard(id, 'officer2')
  assert.deepEqual(await at.propose(id), { submitted: false })
  assert.equal((await at.row(id)).status, 'investigating')
  assert.deepEqual(await at.propose(id, { personId: at.idOf('officer2'), outcome: 'unfounded' }), { submitted: true })
  await at.agree(id)
  await at.approve(id)
  assert.deepEqual(
    (await at.rows(`select outcome, status from complaints.finding order by outcome`)).map((one) => one.outcome),
    ['responsible', 'unfounded'],
  )
})

test('the database knows the same moves of a finding as the rule', async (t) => {
  const at = await aHandlingBureau(t)
  const ruled = Object.entries(findingLifecycle).flatMap(([from, steps]) =>
    Object.values(steps).flatMap((step) => (step.to === from ? [] : [`${from} ${step.to}`])),
  )
  const held = await at.rows(`select from_status || ' ' || to_status as move from complaints.finding_move`)
  assert.deepEqual(held.map((row) => row.move).sort(), [...new Set(ruled)].sort())
})

test('whoever is complained of finds nothing of the case, whatever he tries', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a', { accused: 'caseOfficer2' }, 'brigadeOfficer', 'disciplineLeader')
  for (const who of ['caseOfficer2', 'caseOfficer', 'petitionClerk'] as const) {
    const none = { status: 404, code: 'case-not-found' }
    const input = { version: 1, agree: true, tags: { style: [], behaviour: [] } }
    await assert.rejects(
      at.as(who, (ctx) => reviewFinding(ctx, id, input)),
      none,
    )
    await assert.rejects(
      at.as(who, (ctx) => assignCase(ctx, id, { version: 1, handlerId: at.idOf('inspector') })),
      none,
    )
  }
})
