import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '#platform/problem.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { acceptCase } from './accept-case.ts'
import { classifyCase } from './classify.ts'
import { codeCase, coderAgreement, codingsOf } from './code-case.ts'
import { allRelations, declareRelation, endRelation, ownRelations } from './declare-relation.ts'
import { nameAccused } from './name-accused.ts'
import { recuse } from './recuse.ts'
import { redirectCase } from './redirect-case.ts'
import { openReceipt } from './submission-receipt.ts'
import { returnTransfer, transferCase } from './transfer-case.ts'
import { aTriageBureau } from './triage-testing.ts'

const code = (wanted: string) => (error: unknown) => error instanceof Problem && error.code === wanted
const field = (wanted: Record<string, string>) => (error: unknown) => {
  assert.deepEqual(error instanceof Problem && error.fields, wanted)
  return true
}

test('the words that tell of a style are kept as a proposal without a coder', async (t) => {
  const { as, down } = await aTriageBureau(t)
  const text = '窗口民警态度冷淡，问他也不理'
  const { caseId } = await down('petitionClerk', { text })
  const { own, rows } = await as('petitionClerk', (ctx) => codingsOf(ctx, caseId))
  assert.equal(own, false)
  assert.deepEqual(
    rows.map(({ coderId, stage }) => [coderId, stage]),
    [[null, 'alleged']],
  )
  assert.ok(rows[0]?.style.includes('cold'))
  for (const word of rows[0]?.words ?? []) assert.equal(text.slice(word.start, word.end), word.text)
})

test('a case is classified and accepted: sixty days run, and whoever complained is told', async (t) => {
  const { as, down, row, rows, version } = await aTriageBureau(t)
  const { caseId } = await down('petitionClerk')
  await assert.rejects(
    as('petitionClerk', (ctx) => acceptCase(ctx, caseId, { version: 1 })),
    code('classified'),
  )
  await as('petitionClerk', (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'appeal' }))
  await as('petitionClerk', async (ctx) => acceptCase(ctx, caseId, { version: await version(caseId) }))
  const found = await row(caseId)
  assert.deepEqual([found.status, found.class, found.department], ['accepted', 'appeal', 'petition_section'])
  assert.equal(found.due_on, '2027-01-22')
  assert.match(found.due_basis, /petition-regulations:34/)
  assert.notEqual(found.noticed_at, null)
  const told = await rows('select kind, content from complaints.citizen_notice')
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['accepted'],
  )
  assert.doesNotMatch(JSON.stringify(told), /赵某|13800138000/)
})

test('of two who classify the same page the second is told; nothing is overwritten', async (t) => {
  const { as, down, row } = await aTriageBureau(t)
  const { caseId } = await down('petitionClerk')
  const classify = (who: PersonKey, caseClass: string) =>
    as(who, (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass }))
  const both = await Promise.allSettled([classify('petitionClerk', 'appeal'), classify('caseOfficer', 'suggestion')])
  const refused = both.filter((one) => one.status === 'rejected')
  assert.equal(refused.length, 1)
  assert.ok(code('changed-meanwhile')(refused[0]?.reason))
  assert.equal((await row(caseId)).version, 2)
})

test('an accusation goes to discipline inspection and out of sight of the desk that classified it', async (t) => {
  const { as, down, row, sees, rows } = await aTriageBureau(t)
  const { caseId } = await down('petitionClerk', { text: '民警收了我两千元才给办证' })
  await assert.rejects(
    as('petitionClerk', (ctx) =>
      classifyCase(ctx, caseId, { version: 1, caseClass: 'accusation', department: 'petition_section' }),
    ),
    field({ department: 'accusation-to-discipline' }),
  )
  await as('petitionClerk', (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'accusation' }))
  assert.deepEqual([(await row(caseId)).department, (await row(caseId)).version], ['discipline_inspection', 2])
  for (const who of ['petitionClerk', 'caseOfficer', 'leader'] as const) assert.deepEqual(await sees(who), [], who)
  assert.deepEqual(await sees('inspector'), [caseId])
  await assert.rejects(
    as('petitionClerk', (ctx) => classifyCase(ctx, caseId, { version: 2, caseClass: 'appeal' })),
    code('case-not-found'),
  )
  assert.deepEqual(
    (await rows(`select kind from complaints.step order by seq`)).map(({ kind }) => kind),
    ['received', 'classified'],
  )
})

test('a clerk hands a case to another queue and sees it no more; a stranger to it can do nothing with it', async (t) => {
  const { as, down, sees } = await aTriageBureau(t)
  const { caseId } = await down('petitionClerk')
  const move = (who: PersonKey) =>
    as(who, (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'suggestion', department: 'command_centre' }))
  await assert.rejects(move('commandClerk'), code('case-not-found'))
  await assert.rejects(move('leader'), code('wrong-person'))
  await move('petitionClerk')
  assert.deepEqual(await sees('petitionClerk'), [])
  assert.deepEqual(await sees('commandClerk'), [caseId])
})

test('what has another legal path is told where to go, and nothing else may happen to it', async (t) => {
  const { as, down, row, rows } = await aTriageBureau(t)
  const { caseId } = await down('petitionClerk')
  const redirect = (version: number, pathTold: string, path = 'reconsideration') =>
    as('petitionClerk', (ctx) => redirectCase(ctx, caseId, { version, path, pathTold }))
  await assert.rejects(redirect(1, '请向区政府申请行政复议'), code('other-path'))
  await as('petitionClerk', (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'other_path' }))
  await assert.rejects(
    as('petitionClerk', (ctx) => acceptCase(ctx, caseId, { version: 2 })),
    code('own-path'),
  )
  await assert.rejects(redirect(2, '  '), field({ pathTold: 'required' }))
  await assert.rejects(redirect(2, '请去', 'heaven'), field({ path: 'choose-one' }))
  await redirect(2, '请向区政府申请行政复议')
  assert.equal((await row(caseId)).status, 'redirected')
  assert.deepEqual(
    (await rows('select kind from complaints.citizen_notice')).map(({ kind }) => kind),
    ['redirected'],
  )
})

test('a case is never transferred to whom it complains of, and comes back when the receiver objects in time', async (t) => {
  const { db, bureau, as, down, row } = await aTriageBureau(t)
  const { caseId } = await down('petitionClerk', { accused: { officers: bureau.people.officer.policeNo } })
  await as('petitionClerk', (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'appeal' }))
  const send = (version: number, to: { unitId?: string; body?: string }) =>
    as('petitionClerk', (ctx) => transferCase(ctx, caseId, { version, reason: '属其职责', ...to }))
  await assert.rejects(send(2, { unitId: bureau.units.eastWindow }), field({ unitId: 'transfer-accused-unit' }))
  await assert.rejects(send(2, {}), field({ body: 'required' }))
  await send(2, { unitId: bureau.units.west })
  const sent = await row(caseId)
  assert.deepEqual(
    [sent.status, sent.transferred_to, sent.objection_due_on],
    ['transferred', '长河街派出所', '2026-11-30'],
  )
  db.clock.set('2026-11-30T15:59:00Z')
  await as('petitionClerk', (ctx) =>
    returnTransfer(ctx, caseId, { version: 3, by: 'receiver', reason: '不属本所管辖' }),
  )
  assert.equal((await row(caseId)).status, 'received')
  await send(4, { body: '市公安局信访处' })
  db.clock.set('2026-12-08T01:00:00Z')
  await assert.rejects(
    as('petitionClerk', (ctx) => returnTransfer(ctx, caseId, { version: 5, by: 'receiver', reason: '迟' })),
    code('objection-late'),
  )
  await as('petitionClerk', (ctx) => returnTransfer(ctx, caseId, { version: 5, by: 'bureau', reason: '转错' }))
  assert.equal((await row(caseId)).status, 'received')
})

test('an accusation is sent to discipline and supervision bodies alone', async (t) => {
  const { as, down } = await aTriageBureau(t)
  const { caseId } = await down('inspector')
  await as('inspector', (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'accusation' }))
  const send = (discipline: boolean) =>
    as('inspector', (ctx) => transferCase(ctx, caseId, { version: 2, body: '区纪委监委', discipline, reason: '管辖' }))
  await assert.rejects(send(false), field({ body: 'transfer-discipline-only' }))
  await send(true)
})

test('two coders read for themselves; neither is shown the other’s reading before his own', async (t) => {
  const { as, down } = await aTriageBureau(t, '2026-11-23T01:00:00Z')
  const cases = []
  for (let n = 0; n < 12; n++) cases.push((await down('petitionClerk')).caseId)
  const first = cases[0] as string
  const reading = (who: PersonKey, id: string, style: string[]) =>
    as(who, (ctx) => codeCase(ctx, id, { style, behaviour: ['bad_attitude'] }))
  await reading('caseOfficer', first, ['cold'])
  await assert.rejects(reading('caseOfficer', first, ['harsh']), code('coded-already'))
  const coders = async (who: PersonKey) =>
    (await as(who, (ctx) => codingsOf(ctx, first))).rows.map(({ coderName }) => coderName)
  assert.deepEqual(await coders('caseOfficer2'), [null])
  await reading('caseOfficer2', first, ['cold', 'stalling'])
  assert.equal((await coders('caseOfficer2')).length, 3)
  await assert.rejects(reading('brigadeOfficer', first, ['warm']), field({ style: 'choose-one' }))
  for (const id of cases.slice(1)) {
    await reading('caseOfficer', id, ['cold'])
    await reading('caseOfficer2', id, id === cases[1] ? ['cold', 'harsh'] : ['cold'])
  }
  const agreed = await as('caseOfficer', (ctx) => coderAgreement(ctx, '2026-11-01', '2026-12-01'))
  assert.equal(agreed.style.overall.n, 12)
  assert.deepEqual(
    agreed.style.disagreements.map(({ onlyFirst, onlySecond }) => [...onlyFirst, ...onlySecond]).sort(),
    [['harsh'], ['stalling']],
  )
  const none = await as('commandClerk', (ctx) => coderAgreement(ctx, '2026-11-01', '2026-12-01'))
  assert.equal(none.style.overall.n, 0)
})

test('whoever recuses himself sees the case no more, and a case he handled waits for somebody else', async (t) => {
  const { bureau, as, down, row, rows, sees, version } = await aTriageBureau(t)
  const { caseId } = await down('petitionClerk')
  await as('petitionClerk', (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'appeal' }))
  await as('petitionClerk', (ctx) => acceptCase(ctx, caseId, { version: 2 }))
  await rows(`update complaints.case set status = 'investigating', handler_id = $2 where id = $1`, [
    caseId,
    bureau.people.caseOfficer.id,
  ])
  await assert.rejects(
    as('caseOfficer', async (ctx) => recuse(ctx, caseId, { version: await version(caseId), reason: ' ' })),
    field({ reason: 'required' }),
  )
  await as('caseOfficer', async (ctx) =>
    recuse(ctx, caseId, { version: await version(caseId), reason: '与投诉人是邻居' }),
  )
  assert.deepEqual(await sees('caseOfficer'), [])
  assert.deepEqual(await sees('caseOfficer2'), [caseId])
  const found = await row(caseId)
  assert.deepEqual([found.status, found.handler_id], ['accepted', null])
})

test('a declared tie keeps both from cases about the other, also after it has ended', async (t) => {
  const { db, bureau, as, down, sees } = await aTriageBureau(t)
  const officer = bureau.people.westOfficer
  const { id } = await as('brigadeOfficer', (ctx) => declareRelation(ctx, { relative: officer.policeNo, kind: '配偶' }))
  for (const [relative, wanted] of [
    [officer.name, 'declared-already'],
    [bureau.people.brigadeOfficer.policeNo, 'oneself'],
    ['J000000', 'no-such-officer'],
  ] as const)
    await assert.rejects(
      as('brigadeOfficer', (ctx) => declareRelation(ctx, { relative, kind: '配偶' })),
      field({ relative: wanted }),
    )
  await assert.rejects(
    as('westOfficer', (ctx) => declareRelation(ctx, { relative: bureau.people.brigadeOfficer.policeNo, kind: '配偶' })),
    field({ relative: 'declared-already' }),
  )
  const before = await down('petitionClerk', { accused: { officers: officer.policeNo } })
  assert.deepEqual(await sees('brigadeOfficer'), [])
  await assert.rejects(
    as('westOfficer', (ctx) => endRelation(ctx, id)),
    code('relation-not-found'),
  )
  db.clock.set('2026-11-24T01:00:00Z')
  await as('brigadeOfficer', (ctx) => endRelation(ctx, id))
  assert.deepEqual(await sees('brigadeOfficer'), [], `still kept from ${before.caseNo}`)
  db.clock.set('2026-11-24T01:01:00Z')
  const after = await down('petitionClerk', { accused: { officers: officer.policeNo } })
  assert.deepEqual(await sees('brigadeOfficer'), [after.caseId])
  const read = (who: PersonKey, list: typeof allRelations | typeof ownRelations) => as(who, (ctx) => list(ctx))
  assert.equal((await read('brigadeOfficer', ownRelations)).length, 1)
  assert.equal((await read('inspector', allRelations)).length, 1)
  assert.equal((await read('caseOfficer', allRelations)).length, 0)
})

test('an officer who turns out to be meant is named later, and is kept out from then on', async (t) => {
  const { bureau, as, down, sees } = await aTriageBureau(t)
  const { caseId } = await down('brigadeOfficer')
  assert.deepEqual(await sees('caseOfficer'), [caseId])
  const name = (version: number) =>
    as('brigadeOfficer', (ctx) =>
      nameAccused(ctx, caseId, { version, officers: bureau.people.caseOfficer2.name, reason: '调取录像后确认' }),
    )
  await name(1)
  assert.deepEqual(await sees('caseOfficer'), [])
  await assert.rejects(name(2), field({ officers: 'required' }))
})

test('the receipt opens for whoever took the complaint down, for half an hour, and for nobody else', async (t) => {
  const { db, as, down } = await aTriageBureau(t)
  const { submissionId, code: told, caseId } = await down('petitionClerk')
  await as('petitionClerk', (ctx) => classifyCase(ctx, caseId, { version: 1, caseClass: 'accusation' }))
  const open = (who: PersonKey) => as(who, (ctx) => openReceipt(ctx, submissionId))
  const receipt = await open('petitionClerk')
  assert.deepEqual([receipt.code, receipt.name, receipt.phoneMasked], [told, '赵某', '138****8000'])
  for (const who of ['caseOfficer', 'inspector', 'officer', 'auditor'] as const)
    await assert.rejects(open(who), code('receipt-not-found'))
  db.clock.set('2026-11-23T01:31:00Z')
  await assert.rejects(open('petitionClerk'), code('receipt-not-found'))
})
