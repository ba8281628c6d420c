import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { Problem } from '#platform/problem.ts'
import { channels, oralChannels, usualDepartment } from '#policy/complaints/lists.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { seedDesks } from './complaints-testing.ts'
import { groupedCode, hashReceiptCode, openReceiptCode } from './submission-code.ts'
import { openSubmission } from './submission-open.ts'
import { type TakeDownInput, takeDown } from './take-down.ts'

async function aDesk(t: TestContext) {
  const db = await freshDatabase(t, '2026-11-23T01:00:00Z')
  const bureau = await aBureau(db)
  await seedDesks(db, bureau)
  const down = (who: PersonKey, input: Partial<TakeDownInput> = {}) =>
    db.as(bureau.actors[who], (ctx) =>
      takeDown(ctx, {
        channel: 'visit',
        text: '窗口民警态度冷淡，让我白跑一趟',
        readBack: true,
        complainant: { name: '赵某', phone: '13800138000' },
        ...input,
      }),
    )
  const rows = async (text: string, values: unknown[] = []) => (await db.admin.query(text, values)).rows
  return { db, bureau, down, rows }
}

const wrong = (fields: Record<string, string>) => (error: unknown) => {
  assert.ok(error instanceof Problem)
  assert.deepEqual(error.fields, fields)
  return true
}

test('every channel comes into one register, each desk into its own queue', async (t) => {
  const { down, rows } = await aDesk(t)
  for (const channel of channels)
    await down('petitionClerk', { channel, readBack: oralChannels.includes(channel), sourceRef: `ref ${channel}` })
  await down('commandClerk', { channel: 'desk_960111' })
  const found = await rows(
    `select s.channel, c.department, c.status, c.no from complaints.case c join complaints.submission s on s.case_id = c.id`,
  )
  assert.deepEqual(new Set(found.map((row) => row.channel)), new Set(channels))
  assert.deepEqual(
    found.filter((row) => row.department === 'command_centre').map((row) => row.channel),
    ['desk_960111'],
  )
  assert.ok(found.every((row) => row.status === 'received' && /^XF2026-\d{6}$/.test(row.no)))
})

test('the words stand as they were said, the complainant apart from them and sealed', async (t) => {
  const { db, down, rows } = await aDesk(t)
  const text = '我是赵某，电话138-0013-8000。\n民警说“没时间”👍🏽，名字叫𠮷野。'
  const made = await down('petitionClerk', {
    text,
    complainant: { name: '赵某', phone: '138 0013 8000', citizenNo: '37021119900307123X', address: '山海路1号' },
  })
  const [submission] = await rows('select text, oral, read_back, reachable from complaints.submission')
  assert.deepEqual(submission, { text, oral: true, read_back: true, reachable: true })
  const [who] = await rows('select * from complaints.complainant')
  const open = (column: string) =>
    db.house.seal.open(who[`${column}_sealed`], `complaints.complainant.${column}.${made.submissionId}`)
  assert.deepEqual(['name', 'phone', 'citizen_no', 'address'].map(open), [
    '赵某',
    '13800138000',
    '37021119900307123X',
    '山海路1号',
  ])
  assert.equal(who.phone_index, db.house.seal.blindIndex('phone', '13800138000'))
  const [found] = await rows('select summary from complaints.case')
  assert.equal(found.summary, '我是〔投诉人〕，电话〔号码〕。 民警说“没时间”👍🏽，名字叫𠮷野。')
  const all = JSON.stringify(
    await rows(
      'select c.*, s.source_ref, t.text, t.detail from complaints.case c join complaints.submission s on s.case_id = c.id join complaints.step t on t.case_id = c.id',
    ),
  )
  assert.doesNotMatch(all, /赵某|138001|山海路|3702111990/)
})

test('the receipt’s code has sixteen digits, is kept as a keyed hash and sealed, and is told once', async (t) => {
  const { db, down, rows } = await aDesk(t)
  const { code, submissionId } = await down('petitionClerk')
  assert.match(code as string, /^\d{16}$/)
  assert.match(groupedCode(code as string), /^\d{4} \d{4} \d{4} \d{4}$/)
  const [row] = await rows('select receipt_hash, receipt_sealed from complaints.submission')
  assert.equal(row.receipt_hash, hashReceiptCode(db.house, ` ${groupedCode(code as string).replaceAll(' ', '－')}`))
  assert.equal(openReceiptCode(db.house, submissionId, row.receipt_sealed), code)
  const stored =
    JSON.stringify(await rows(`select * from complaints.submission`)) +
    JSON.stringify(await rows('select * from complaints.step'))
  assert.doesNotMatch(stored, new RegExp(code as string))
})

test('a source that sends the same reference again gets the same case, also at the same moment', async (t) => {
  const { down, rows } = await aDesk(t)
  const import12345 = () => down('commandClerk', { channel: 'hotline_12345', sourceRef: 'GD-2026-1', readBack: true })
  const [first, second] = await Promise.all([import12345(), import12345()])
  const third = await import12345()
  assert.equal(first.caseId, second.caseId)
  assert.equal(third.caseId, first.caseId)
  assert.deepEqual([first, second, third].map(({ known }) => known).sort(), [false, true, true])
  assert.deepEqual([first, second, third].filter(({ code }) => code !== null).length, 1)
  assert.equal((await rows('select 1 from complaints.case')).length, 1)
  const other = await down('commandClerk', { channel: 'wechat', sourceRef: 'GD-2026-1' })
  assert.notEqual(other.caseId, first.caseId)
})

test('the notice is due fifteen natural days after the letter arrived, not after it was opened', async (t) => {
  const { down, rows } = await aDesk(t)
  await down('petitionClerk', { channel: 'letter', receivedAt: Temporal.Instant.from('2026-11-09T02:00:00Z') })
  const [found] = await rows('select received_on::text, notice_due_on::text, opened_at::text from complaints.case')
  assert.deepEqual([found.received_on, found.notice_due_on], ['2026-11-09', '2026-11-24'])
  const [submission] = await rows('select received_at, taken_at from complaints.submission')
  assert.equal(submission.received_at.toString(), '2026-11-09T02:00:00Z')
  assert.equal(submission.taken_at.toString(), '2026-11-23T01:00:00Z')
})

test('everything that is wrong is named at once, and nothing is written', async (t) => {
  const { down, rows } = await aDesk(t)
  await assert.rejects(
    down('petitionClerk', {
      text: ' \n',
      readBack: false,
      complainant: { name: '张\u0000三', phone: '12345', citizenNo: '370211199003071231', address: '\u202E' },
      receivedAt: Temporal.Instant.from('2026-11-23T01:00:01Z'),
      occurredOn: '2026-12-01',
      place: '在'.repeat(201),
      wish: 'a\u0007b',
      groupSize: 0,
      sourceRef: '\uD800',
    }),
    wrong({
      text: 'required',
      readBack: 'read-back-needed',
      name: 'name-control-character',
      phone: 'phone-service-number',
      citizenNo: 'citizen-number-check-digit',
      address: 'text-bidi-character',
      receivedAt: 'in-the-future',
      occurredOn: 'in-the-future',
      place: 'text-too-long',
      wish: 'text-control-character',
      groupSize: 'out-of-range',
      sourceRef: 'text-broken-character',
    }),
  )
  const refused = (input: Partial<TakeDownInput>, fields: Record<string, string>) =>
    assert.rejects(down('petitionClerk', input), wrong(fields))
  await refused({ text: '字'.repeat(10_001) }, { text: 'text-too-long' })
  await refused({ occurredOn: '2026-02-30' }, { occurredOn: 'malformed' })
  await refused({ receivedAt: Temporal.Instant.from('1999-01-01T00:00:00Z') }, { receivedAt: 'out-of-range' })
  await refused({ complainant: {} }, { name: 'name-or-anonymous' })
  await refused({ anonymous: true }, { anonymous: 'anonymous-but-named' })
  await refused({ channel: 'pigeon' as never }, { channel: 'choose-one' })
  assert.deepEqual(await rows('select 1 from complaints.case'), [])
  await down('petitionClerk', { text: '字'.repeat(10_000) })
  await down('petitionClerk', {
    text: 'ئۇ ماڭا قوپال مۇئامىلە قىلدى',
    complainant: { name: 'ئابدۇرېھىم', phone: '13800138000' },
  })
})

test('an anonymous complaint is taken, and nobody is owed an answer; one who gives a name may ask for secrecy', async (t) => {
  const { down, rows } = await aDesk(t)
  await down('petitionClerk', { anonymous: true, complainant: {} })
  await down('petitionClerk', { complainant: { phone: '13800138000' } })
  await down('petitionClerk', { confidential: true })
  assert.deepEqual(
    await rows(
      'select anonymous, confidential, reachable from complaints.submission order by received_at, confidential, anonymous desc',
    ),
    [
      { anonymous: true, confidential: false, reachable: false },
      { anonymous: false, confidential: false, reachable: false },
      { anonymous: false, confidential: true, reachable: true },
    ],
  )
  assert.equal((await rows('select 1 from complaints.complainant')).length, 2)
})

test('a group that comes in person has one to five representatives', async (t) => {
  const { down } = await aDesk(t)
  await assert.rejects(down('petitionClerk', { groupSize: 12 }), wrong({ representatives: 'representatives-needed' }))
  await assert.rejects(
    down('petitionClerk', { groupSize: 12, representatives: 6 }),
    wrong({ representatives: 'representatives-too-many' }),
  )
  await assert.rejects(
    down('petitionClerk', { groupSize: 2, representatives: 3 }),
    wrong({ representatives: 'representatives-too-many' }),
  )
  await down('petitionClerk', { groupSize: 12, representatives: 5 })
  await down('petitionClerk', { channel: 'letter', groupSize: 12 })
})

test('scans are kept without what the camera wrote; a bomb with a harmless name is refused', async (t) => {
  const { down, rows } = await aDesk(t)
  const pdf = { name: '来信.exe', bytes: Buffer.from('%PDF-1.7\n%%EOF') }
  await down('petitionClerk', { channel: 'letter', files: [pdf, { ...pdf, name: '<script>.pdf' }] })
  assert.deepEqual(
    (await rows('select name, media_type from complaints.file order by name')).map((row) => row.name),
    ['_script_.pdf', '来信.exe.pdf'],
  )
  const bomb = { name: '照片.jpg', bytes: Buffer.from('PK\u0003\u0004zip') }
  await assert.rejects(down('petitionClerk', { channel: 'letter', files: [pdf, bomb] }), wrong({ files: 'file-type' }))
  const huge = { name: 'a.pdf', bytes: Buffer.alloc(10_485_761) }
  await assert.rejects(down('petitionClerk', { channel: 'letter', files: [huge] }), wrong({ files: 'file-too-large' }))
})

test('an officer is named by number or name; what fits nobody stays as it was said; a namesake is asked about', async (t) => {
  const { db, bureau, down, rows } = await aDesk(t)
  await db.admin.query(
    `insert into directory.person (id, police_no, name, unit_id) select gen_random_uuid(), 'J199999', name, $2 from directory.person where id = $1`,
    [bureau.people.officer2.id, bureau.units.westWindow],
  )
  await down('petitionClerk', { accused: { officers: 'j100001、戴眼镜的高个子', unitId: bureau.units.eastWindow } })
  const named = await rows('select person_id, unit_id, said_as from complaints.accused order by said_as')
  assert.deepEqual(named, [
    { person_id: bureau.people.officer.id, unit_id: bureau.units.eastWindow, said_as: '' },
    { person_id: null, unit_id: null, said_as: '戴眼镜的高个子' },
  ])
  const twice = { officers: bureau.people.officer2.name }
  await assert.rejects(down('petitionClerk', { accused: twice }), (error: Problem) => {
    assert.deepEqual(error.fields, { officers: 'several-officers' })
    const [asked] = error.detail.ambiguous as { candidates: { policeNo: string }[] }[]
    assert.deepEqual(
      asked?.candidates.map(({ policeNo }) => policeNo),
      ['J100002', 'J199999'],
    )
    return true
  })
  const chosen = await down('petitionClerk', { accused: { ...twice, chosen: [bureau.people.officer2.id] } })
  assert.deepEqual(await rows('select person_id from complaints.accused where case_id = $1', [chosen.caseId]), [
    { person_id: bureau.people.officer2.id },
  ])
  const none = await down('petitionClerk', { accused: { ...twice, chosen: ['none'] } })
  assert.deepEqual(await rows('select person_id, said_as from complaints.accused where case_id = $1', [none.caseId]), [
    { person_id: null, said_as: twice.officers },
  ])
  await assert.rejects(
    down('petitionClerk', { accused: { unitId: '7d9c1f0e-2b7a-4f1d-9a55-0c1f2e3d4b5a' } }),
    wrong({ unitId: 'choose-one' }),
  )
})

test('a complaint about the desk’s own unit leaves the desk, and its clerk sees it no more', async (t) => {
  const { db, bureau, down, rows } = await aDesk(t)
  const own = await down('petitionClerk', { accused: { officers: bureau.people.caseOfficer.policeNo } })
  const inspectors = await down('inspector', { accused: { unitId: bureau.units.discipline } })
  assert.deepEqual(
    await rows('select department from complaints.case where id = any ($1) order by no', [
      [own.caseId, inspectors.caseId],
    ]),
    [{ department: 'discipline_inspection' }, { department: 'supervision_brigade' }],
  )
  const sees = (who: PersonKey) =>
    db.house.read(bureau.actors[who], 'test', async (ctx) =>
      (await ctx.db.selectFrom('complaints.case').select('id').execute()).map(({ id }) => id),
    )
  assert.deepEqual(await sees('petitionClerk'), [])
  assert.deepEqual(await sees('inspector'), [own.caseId])
  assert.deepEqual((await sees('brigadeOfficer')).sort(), [own.caseId, inspectors.caseId].sort())
})

test('for whoever is kept from a case its reference is as if it had never been sent', async (t) => {
  const { bureau, down } = await aDesk(t)
  const first = await down('brigadeOfficer', {
    channel: 'wechat',
    sourceRef: 'W1',
    accused: { officers: bureau.people.caseOfficer.policeNo },
  })
  const again = await down('petitionClerk', { channel: 'wechat', sourceRef: 'W1' })
  assert.equal(again.known, false)
  assert.notEqual(again.caseId, first.caseId)
  assert.match(again.code as string, /^\d{16}$/)
})

test('only a desk takes down, at its own department; the citizen’s form comes through the system', async (t) => {
  const { db, bureau, down, rows } = await aDesk(t)
  for (const who of ['officer', 'leader', 'desk', 'political', 'auditor'] as const)
    await assert.rejects(down(who), { status: 403, code: 'not-permitted' })
  await assert.rejects(down('commandClerk', { department: 'petition_section' }), { status: 403 })
  await db.admin.query('delete from complaints.desk')
  await assert.rejects(down('commandClerk'), { status: 403, code: 'no-desk' })
  await db.as(systemActor, (ctx) =>
    openSubmission(ctx, {
      channel: 'citizen_site',
      department: usualDepartment.citizen_site,
      text: '匿名反映',
      anonymous: true,
      accused: [{ personId: bureau.people.officer.id, unitId: bureau.units.eastWindow, saidAs: '' }],
    }),
  )
  assert.deepEqual(await rows('select reachable, received_by from complaints.submission'), [
    { reachable: true, received_by: null },
  ])
})
