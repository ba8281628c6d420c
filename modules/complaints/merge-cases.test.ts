import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '#platform/problem.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { acceptCase } from './accept-case.ts'
import { classifyCase } from './classify.ts'
import { likelyDuplicates } from './likely-duplicates.ts'
import { mergeCases, takenInto, unmergeCase } from './merge-cases.ts'
import { aTriageBureau } from './triage-testing.ts'

const code = (wanted: string) => (error: unknown) => error instanceof Problem && error.code === wanted
const said = '在青山路派出所户籍窗口补办身份证，民警低头玩手机，问了三遍都不理'

test('the same event told again is proposed with its reasons, to those only who may see both', async (t) => {
  const { bureau, as, down } = await aTriageBureau(t)
  const accused = { officers: bureau.people.officer.policeNo }
  const first = await down('petitionClerk', { text: `${said}。`, accused })
  const again = await down('commandClerk', {
    channel: 'desk_960111',
    text: `我打电话反映：${said}，还说让我等着`,
    accused,
    complainant: { name: '钱某', phone: '13900139000' },
  })
  const other = await down('petitionClerk', {
    text: '派出所门口停车场收费太贵',
    accused: { unitId: bureau.units.west },
  })
  const likely = (who: PersonKey, id: string) => as(who, (ctx) => likelyDuplicates(ctx, id))
  const [found, ...rest] = await likely('caseOfficer', again.caseId)
  assert.deepEqual([found?.caseId, rest], [first.caseId, []])
  assert.ok((found?.score ?? 0) > 0.4)
  assert.ok(found?.why.some(({ kind }) => kind === 'officer'))
  assert.ok(!found?.why.some(({ kind }) => kind === 'complainant'))
  assert.deepEqual(await likely('caseOfficer', other.caseId), [])
  assert.deepEqual(await likely('petitionClerk', first.caseId), [], 'the other queue is not the clerk’s to see')
  assert.deepEqual(await likely('officer2', first.caseId), [])
})

test('the same person about the same matter is recognised without telling who it is', async (t) => {
  const { down, as } = await aTriageBureau(t)
  const first = await down('petitionClerk', { relatedMatterNo: '20261120-000001', text: '没有一次性告知，跑了三趟' })
  const again = await down('petitionClerk', {
    channel: 'letter',
    relatedMatterNo: '20261120-000001',
    text: '材料告知不全让我多次往返',
  })
  const [found] = await as('caseOfficer', (ctx) => likelyDuplicates(ctx, again.caseId))
  assert.equal(found?.caseId, first.caseId)
  assert.deepEqual(found?.why.map(({ kind }) => kind).slice(0, 2), ['complainant', 'matter'])
  assert.doesNotMatch(JSON.stringify(found), /13800138000|赵某/)
})

test('one case goes on with every submission, each person is told, the earlier days hold; undone, all is as before', async (t) => {
  const { db, as, down, row, rows, version } = await aTriageBureau(t)
  const a = await down('petitionClerk', { text: said })
  db.clock.set('2026-11-25T01:00:00Z')
  const b = await down('petitionClerk', {
    channel: 'letter',
    text: `${said}！`,
    complainant: { name: '钱某', address: '山海路1号' },
  })
  await as('petitionClerk', (ctx) => classifyCase(ctx, b.caseId, { version: 1, caseClass: 'appeal' }))
  await as('petitionClerk', (ctx) => acceptCase(ctx, b.caseId, { version: 2 }))
  const [oldA, oldB] = [await row(a.caseId), await row(b.caseId)]

  const merged = await as('petitionClerk', async (ctx) =>
    mergeCases(ctx, a.caseId, { version: await version(a.caseId), otherId: b.caseId, reason: '同一事件' }),
  )
  assert.equal(merged.survivorId, b.caseId)
  const moved = await rows('select case_id, first_case_id from complaints.submission order by taken_at')
  assert.deepEqual(
    moved.map(({ case_id }) => case_id),
    [b.caseId, b.caseId],
  )
  assert.deepEqual(
    moved.map(({ first_case_id }) => first_case_id),
    [a.caseId, b.caseId],
  )
  const [absorbed, survivor] = [await row(a.caseId), await row(b.caseId)]
  assert.deepEqual([absorbed.status, absorbed.merged_into], ['merged', b.caseId])
  assert.deepEqual([survivor.notice_due_on, survivor.due_on], [oldA.notice_due_on, oldB.due_on])
  const told = await rows(`select submission_id from complaints.citizen_notice where kind = 'merged'`)
  assert.deepEqual(told, [{ submission_id: a.submissionId }])
  assert.deepEqual(
    (await as('petitionClerk', (ctx) => takenInto(ctx, b.caseId))).map(({ no }) => no),
    [a.caseNo],
  )
  await assert.rejects(
    as('petitionClerk', (ctx) => acceptCase(ctx, a.caseId, { version: absorbed.version })),
    code('wrong-state'),
  )

  await as('petitionClerk', async (ctx) =>
    unmergeCase(ctx, a.caseId, { version: await version(a.caseId), reason: '不是同一天' }),
  )
  const back = await rows('select case_id, first_case_id from complaints.submission')
  assert.ok(back.every((one) => one.case_id === one.first_case_id))
  const [newA, newB] = [await row(a.caseId), await row(b.caseId)]
  assert.deepEqual([newA.status, newA.merged_into], ['received', null])
  assert.deepEqual([newB.notice_due_on, newB.due_on], [oldB.notice_due_on, oldB.due_on])
  await assert.rejects(
    as('petitionClerk', (ctx) => unmergeCase(ctx, a.caseId, { version: newA.version, reason: '再来' })),
    code('wrong-state'),
  )
})

test('while two cases are one, whoever is kept from either is kept from both', async (t) => {
  const { bureau, as, down, sees, version } = await aTriageBureau(t)
  const a = await down('brigadeOfficer', { accused: { officers: bureau.people.officer.policeNo } })
  const b = await down('brigadeOfficer', { accused: { officers: bureau.people.caseOfficer.policeNo } })
  assert.deepEqual(await sees('caseOfficer2'), [a.caseId])
  const { survivorId } = await as('brigadeOfficer', (ctx) =>
    mergeCases(ctx, a.caseId, { version: 1, otherId: b.caseId, reason: '同一事件' }),
  )
  assert.equal(survivorId, a.caseId)
  assert.deepEqual(await sees('caseOfficer2'), [])
  await as('brigadeOfficer', async (ctx) =>
    unmergeCase(ctx, b.caseId, { version: await version(b.caseId), reason: '分开' }),
  )
  assert.deepEqual(await sees('caseOfficer2'), [a.caseId])
})

test('a case that one may not see cannot be merged with, and it answers as one that is not there', async (t) => {
  const { as, down } = await aTriageBureau(t)
  const own = await down('petitionClerk')
  const foreign = await down('commandClerk', { channel: 'desk_960111' })
  const merge = (otherId: string) =>
    as('petitionClerk', (ctx) => mergeCases(ctx, own.caseId, { version: 1, otherId, reason: '同' }))
  await assert.rejects(merge(foreign.caseId), code('case-not-found'))
  await assert.rejects(merge('7d9c1f0e-2b7a-4f1d-9a55-0c1f2e3d4b5a'), code('case-not-found'))
  await assert.rejects(merge(own.caseId), code('invalid-input'))
})

test('of two people who merge the same pair at once, one does', async (t) => {
  const { as, down, rows } = await aTriageBureau(t)
  const [a, b] = [await down('petitionClerk'), await down('petitionClerk')]
  const merge = (who: PersonKey, id: string, otherId: string) =>
    as(who, (ctx) => mergeCases(ctx, id, { version: 1, otherId, reason: '同' }))
  const both = await Promise.allSettled([
    merge('petitionClerk', a.caseId, b.caseId),
    merge('caseOfficer', b.caseId, a.caseId),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await rows('select 1 from complaints.merge')).length, 1)
})
