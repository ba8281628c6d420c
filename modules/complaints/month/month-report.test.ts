import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import type { Minutes } from '#platform/documents/data/official.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import { thaw } from '#platform/documents/frozen.ts'
import { departments } from '#policy/complaints/lists.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { aCase, seedDesks } from '../complaints-testing.ts'
import { confirmMonth, findMonth } from './confirm-month.ts'
import { draftReport } from './draft-report.ts'
import { freezeMonths } from './freeze-months.ts'
import { beginInstitution } from './institution.ts'
import { decideMeasure, evaluateMeasure, listMeasures, reportProgress } from './measures.ts'
import { callMeeting, noteAttendance, signMinutes, writeMinutes } from './meeting.ts'
import { listAttendance } from './minutes-content.ts'
import { openMonths } from './open-months.ts'
import { findReport, momentOf, receiveReport, signReport } from './sign-report.ts'

async function aFrozenOctober(t: TestContext) {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  await seedDesks(db, bureau)
  db.clock.set('2026-11-02T02:00:00Z')
  const documents = createDocuments()
  t.after(() => documents.close())
  const system = <T>(work: (ctx: Context) => Promise<T>) => db.house.write(systemActor, 'worker', work)
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) => db.house.write(bureau.actors[who], 'test', work)
  await system((ctx) => beginInstitution(ctx, Temporal.PlainDate.from('2026-10-01')))
  await system(openMonths)
  await aCase(db, bureau, 'a', { receivedAt: '2026-10-05T01:00:00Z', class: 'appeal', accused: 'officer' })
  await system(freezeMonths)
  const confirmAll = async () => {
    const who: PersonKey[] = ['inspector', 'brigadeOfficer']
    await as('caseOfficer', (ctx) =>
      confirmMonth(ctx, '2026-10', { department: 'petition_section', result: 'complete' }),
    )
    await as(who[0]!, (ctx) => confirmMonth(ctx, '2026-10', { department: 'discipline_inspection', result: 'nil' }))
    await as(who[1]!, (ctx) => confirmMonth(ctx, '2026-10', { department: 'supervision_brigade', result: 'nil' }))
  }
  return { db, bureau, documents, system, as, confirmAll }
}

const nothingSaid = { shortcomings: '', proposals: '', typical: [] }

test('the report waits for the four departments, but not past its last day, and then names who is missing', async (t) => {
  const { db, as, confirmAll } = await aFrozenOctober(t)
  await assert.rejects(
    as('caseOfficer', (ctx) => draftReport(ctx, '2026-10', nothingSaid)),
    { code: 'not-confirmed' },
  )
  await confirmAll()
  await assert.rejects(
    as('caseOfficer', (ctx) => draftReport(ctx, '2026-10', nothingSaid)),
    {
      code: 'not-confirmed',
      detail: { missing: ['command_centre'] },
    },
  )
  db.clock.set('2026-11-04T02:00:00Z')
  await as('caseOfficer', (ctx) => draftReport(ctx, '2026-10', nothingSaid))
  const report = await as('leader', (ctx) => findReport(ctx, '2026-10'))
  assert.match(report?.content.cautions.join() ?? '', /指挥中心.*尚未确认/)
  assert.equal(report?.content.confirmations.length, departments.length - 1)
})

test('whoever drew the report up does not sign it; signed, it has its number and the same bytes for ever', async (t) => {
  const { db, documents, as, confirmAll } = await aFrozenOctober(t)
  await confirmAll()
  db.clock.set('2026-11-04T02:00:00Z')
  await as('caseOfficer', (ctx) =>
    draftReport(ctx, '2026-10', {
      ...nothingSaid,
      shortcomings: '一次告知不完整\n解释不耐心',
      proposals: '开展窗口服务培训',
    }),
  )
  await assert.rejects(
    as('leader', (ctx) => signReport(ctx, '2026-10', { version: 7 }, documents)),
    { code: 'changed-meanwhile' },
  )
  await as('leader', (ctx) => signReport(ctx, '2026-10', { version: 1 }, documents))
  await assert.rejects(
    as('leader', (ctx) => signReport(ctx, '2026-10', { version: 2 }, documents)),
    { code: 'already-signed' },
  )
  await assert.rejects(
    as('caseOfficer', (ctx) => draftReport(ctx, '2026-10', nothingSaid)),
    { code: 'already-signed' },
  )
  await as('leader2', (ctx) => receiveReport(ctx, '2026-10'))
  const report = await as('head', (ctx) => findReport(ctx, '2026-10'))
  assert.equal(report?.no, '公信〔2026〕1号')
  assert.deepEqual(report?.content.shortcomings, ['一次告知不完整', '解释不耐心'])
  assert.equal(report?.content.cases.now, 1)
  db.clock.set('2027-11-04T02:00:00Z')
  const again = await documents.render('monthly-report', report!.content, momentOf(report!))
  assert.equal(createHash('sha256').update(again).digest('hex'), report?.digest)
  await assert.rejects(db.admin.query(`update complaints.month_report set content = '{}'`), /does not change/)
})

test('a draft is not for the heads who will meet about it', async (t) => {
  const { db, as, confirmAll } = await aFrozenOctober(t)
  await confirmAll()
  db.clock.set('2026-11-04T02:00:00Z')
  await as('caseOfficer', (ctx) => draftReport(ctx, '2026-10', nothingSaid))
  assert.equal(await as('head', (ctx) => findReport(ctx, '2026-10')), null)
})

test('the meeting: everybody required is listed, a deputy is not the head, leave is the chair’s, signed minutes end the month', async (t) => {
  const { db, bureau, documents, as, confirmAll } = await aFrozenOctober(t)
  await confirmAll()
  db.clock.set('2026-11-04T02:00:00Z')
  await as('caseOfficer', (ctx) => draftReport(ctx, '2026-10', nothingSaid))
  await as('leader', (ctx) => signReport(ctx, '2026-10', { version: 1 }, documents))
  const call = {
    plannedAt: Temporal.Instant.from('2026-11-05T01:00:00Z'),
    place: '分局会议室',
    chairId: bureau.people.leader.id,
    recorderId: bureau.people.caseOfficer.id,
  }
  await assert.rejects(
    as('caseOfficer', (ctx) => callMeeting(ctx, '2026-10', { ...call, chairId: bureau.people.head.id })),
    {
      fields: { chairId: 'choose-one' },
    },
  )
  await as('caseOfficer', (ctx) => callMeeting(ctx, '2026-10', call))
  const required = await as('leader', (ctx) => listAttendance(ctx, '2026-10'))
  assert.deepEqual(
    required.map((row) => [row.name, row.requiredAs]),
    [
      ['卫东', 'leader'],
      ['尤岩', 'leader'],
      ['许衡', 'leader'],
      ['孙志强', 'head'],
      ['冯涛', 'head'],
    ],
  )
  const note = (who: PersonKey, person: PersonKey, state: string, more = {}) =>
    as(who, (ctx) => noteAttendance(ctx, '2026-10', { personId: bureau.people[person].id, state, ...more }))
  for (const leader of ['leader', 'leader2', 'disciplineLeader'] as const) await note('caseOfficer', leader, 'present')
  await assert.rejects(note('caseOfficer', 'head', 'leave', { reason: '外出培训' }), { code: 'chair-only' })
  await note('leader', 'head', 'leave', { reason: '外出培训' })
  db.clock.set('2026-11-05T04:00:00Z')
  await as('caseOfficer', (ctx) =>
    writeMinutes(ctx, '2026-10', {
      version: 1,
      beganAt: Temporal.Instant.from('2026-11-05T01:00:00Z'),
      endedAt: Temporal.Instant.from('2026-11-05T02:30:00Z'),
      discussion: [{ topic: '案件成因分析', text: ['窗口一次性告知不完整。'] }],
    }),
  )
  await as('leader', (ctx) =>
    decideMeasure(ctx, '2026-10', { text: '开展窗口服务培训', unitId: bureau.units.west, dueOn: '2026-11-30' }),
  )
  await assert.rejects(
    as('caseOfficer', (ctx) => signMinutes(ctx, '2026-10', { version: 2 }, documents)),
    { code: 'attendance-open' },
  )
  await note('caseOfficer', 'westHead', 'deputy', { deputyId: bureau.people.westChief.id })
  await assert.rejects(
    as('leader', (ctx) => signMinutes(ctx, '2026-10', { version: 2 }, documents)),
    { code: 'recorder-first' },
  )
  assert.equal(await as('caseOfficer', (ctx) => signMinutes(ctx, '2026-10', { version: 2 }, documents)), 'recorder')
  assert.equal(await as('leader', (ctx) => signMinutes(ctx, '2026-10', { version: 3 }, documents)), 'chair')
  const { rows } = await db.admin.query('select minutes, minutes_digest, chair_signed_at from complaints.meeting')
  const minutes = thaw<Minutes>(rows[0].minutes)
  assert.deepEqual(minutes.attendance.deputies, [{ name: '郑芳', post: '长河街派出所', inPlaceOf: '冯涛' }])
  assert.deepEqual(
    minutes.attendance.leave.map((row) => [row.name, row.approvedBy]),
    [['孙志强', '卫东']],
  )
  assert.equal(minutes.decisions[0]?.unit, '长河街派出所')
  const bytes = await documents.render('minutes', minutes, minutes.signed!.chairAt)
  assert.equal(createHash('sha256').update(bytes).digest('hex'), rows[0].minutes_digest)
  assert.equal((await as('leader', (ctx) => findMonth(ctx, '2026-10'))).status, 'met')
  const published = await db.admin.query('select period from complaints.published_month')
  assert.deepEqual(
    published.rows,
    [{ period: '2026-10' }],
    'what the public may know stands from the chair’s signature on',
  )
  await assert.rejects(db.admin.query(`update complaints.meeting set place = 'x'`), /do not change/)
})

test('a measure stays on the agenda until it was evaluated, whatever its day', async (t) => {
  const { db, bureau, as } = await aFrozenOctober(t)
  const id = await as('leader', (ctx) =>
    decideMeasure(ctx, '2026-10', { text: '公示办理时限', unitId: bureau.units.west, dueOn: '2026-11-10' }),
  )
  await as('westHead', (ctx) => reportProgress(ctx, id, '已公示'))
  await assert.rejects(
    as('head', (ctx) => reportProgress(ctx, id, '不是我的')),
    { code: 'not-permitted' },
  )
  db.clock.set('2027-02-01T02:00:00Z')
  const [open] = await as('leader', (ctx) => listMeasures(ctx, { open: true }))
  assert.equal(open?.progress, '已公示')
  await as('leader', (ctx) => evaluateMeasure(ctx, id, { version: 1, status: 'done', evaluation: '现场核查属实' }))
  assert.deepEqual(await as('leader', (ctx) => listMeasures(ctx, { open: true })), [])
  await assert.rejects(
    as('leader', (ctx) => evaluateMeasure(ctx, id, { version: 2, status: 'dropped', evaluation: '再' })),
    {
      code: 'already-evaluated',
    },
  )
})
