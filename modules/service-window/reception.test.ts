import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '#platform/problem.ts'
import { acceptMatter } from './accept-matter.ts'
import { checkMaterials, chooseItem } from './check-materials.ts'
import { aCounter } from './counter-testing.ts'
import { completeMatter, refuseMatter, transferOut, withdrawMatter } from './finish-matter.ts'
import { findMatter } from './matter-store.ts'
import { hashQueryCode } from './query-code.ts'
import { receiveCitizen } from './receive-citizen.ts'
import { revealContact } from './reveal-contact.ts'
import { otherMattersOf } from './same-citizen.ts'

const problem = (code: string, status?: number) => (error: unknown) =>
  error instanceof Problem && error.code === code && (status === undefined || error.status === status)
const field = (name: string, code: string) => (error: unknown) =>
  error instanceof Problem && error.fields[name] === code

test('the officer who receives is the first-contact officer, holds the work and has visit 1 on record', async (t) => {
  const c = await aCounter(t)
  const { id, no, queryCode } = await c.receive('officer', { counterId: c.bureau.counters.east1 })
  const { matter, visits, firstOfficer } = await c.view('officer', id)
  assert.equal(no, '20261123-000001')
  assert.equal(matter.holder_id, c.bureau.people.officer.id)
  assert.equal(firstOfficer.policeNo, 'J100001')
  assert.deepEqual(
    visits.map((visit) => [visit.no, visit.counterNo]),
    [[1, '1']],
  )
  assert.equal(
    matter.query_code_hash,
    await c.as('officer', async (ctx) => hashQueryCode(ctx, queryCode.toLowerCase())),
  )
})

test('phone and citizen number are stored sealed, shown masked, and opened only for a stated reason', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer', { citizenNo: '37021119900307123x' })
  const [row] = await c.rows('select * from service_window.matter where id = $1', [id])
  assert.doesNotMatch(JSON.stringify(row), /13812345621|37021119900307123X/i)
  assert.deepEqual([row.phone_masked, row.citizen_no_masked], ['138****5621', '370***********123X'])
  const shown = await c.as('officer2', (ctx) => revealContact(ctx, id, 'contact-applicant'))
  assert.deepEqual([shown.phone, shown.citizenNo], ['13812345621', '37021119900307123X'])
  await assert.rejects(
    c.as('officer2', (ctx) => revealContact(ctx, id, 'curious')),
    field('reason', 'choose-one'),
  )
  await assert.rejects(
    c.as('head', (ctx) => revealContact(ctx, id, 'contact-applicant')),
    problem('not-permitted', 403),
  )
})

test('everything wrong with a reception is said at once, and nothing is stored', async (t) => {
  const c = await aCounter(t)
  const wrong = c.as('officer', (ctx) =>
    receiveCitizen(ctx, { name: ' ', request: '', phone: '12', citizenNo: '440524188001010015' }),
  )
  await assert.rejects(wrong, (error: Problem) => {
    assert.deepEqual(Object.keys(error.fields).toSorted(), ['citizenNo', 'name', 'phone', 'request'])
    return true
  })
  assert.deepEqual(await c.rows('select 1 from service_window.matter'), [])
})

test('names of all peoples and rare characters are received as they are; a NUL is refused, not stored', async (t) => {
  const c = await aCounter(t)
  for (const name of [
    '阿卜杜热合曼·买买提吐尔逊·阿卜杜拉·努尔艾合买提·依明江·吐尔洪江·热',
    '𬭎',
    '<script>alert(1)</script>',
  ]) {
    const { id } = await c.receive('officer', { name })
    assert.equal((await c.as('officer', (ctx) => findMatter(ctx, id))).applicant_name, name)
  }
  await assert.rejects(c.receive('officer', { name: '王\0英' }), field('name', 'name-control-character'))
  await assert.rejects(c.receive('officer', { request: '换\0证' }), field('request', 'text-control-character'))
})

test('nobody receives where he has no duty, and no counter of another unit is taken', async (t) => {
  const c = await aCounter(t)
  await assert.rejects(c.receive('head'), problem('not-permitted', 403))
  await assert.rejects(c.receive('officer', { unitId: c.bureau.units.westWindow }), problem('not-permitted', 403))
  await assert.rejects(c.receive('officer', { counterId: c.bureau.counters.west1 }), field('counterId', 'choose-one'))
})

test('a person who has another open matter is recognised within reach, by number or by phone, and not beyond', async (t) => {
  const c = await aCounter(t)
  const first = await c.receive('officer', { citizenNo: '37021119900307123X', phone: undefined })
  const second = await c.receive('officer2', { citizenNo: '37021119900307123X' })
  const elsewhere = await c.receive('westOfficer', { citizenNo: '37021119900307123X', phone: undefined })
  const known = await c.as('officer2', async (ctx) => otherMattersOf(ctx, await findMatter(ctx, second.id)))
  assert.deepEqual(
    known.map((other) => other.id),
    [first.id],
  )
  assert.deepEqual(
    await c.as('westOfficer', async (ctx) => otherMattersOf(ctx, await findMatter(ctx, elsewhere.id))),
    [],
  )
})

test('complete papers are accepted with a number of 22 digits, a day and its basis; half checked ones are not', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await assert.rejects(
    c.as('officer', async (ctx) => acceptMatter(ctx, id, { version: 1 })),
    problem('all-present', 409),
  )
  const assessment = await c.check('officer', id)
  assert.equal(assessment.branch, 'accept')
  const accepted = await c.as('officer', (ctx) => acceptMatter(ctx, id, { version: 2 }))
  // Ten working days after Mon 23 November, the day itself not counted (A10).
  assert.deepEqual(accepted, { acceptanceNo: '9901011012026112300001', dueOn: '2026-12-07', provisional: false })
  const { matter } = await c.view('officer', id)
  assert.equal(matter.status, 'accepted')
  assert.ok(matter.due_basis)
})

test('one gap of each kind is named; a paper mended at the counter is none', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  const found = await c.check('officer', id, [
    { code: 'id_card', verdict: 'missing' },
    { code: 'household_booklet', verdict: 'defective', defect: '本人页缺失' },
    { code: 'statement', verdict: 'defective', defect: '未签名', mended: true },
  ])
  assert.equal(found.branch, 'supplement')
  assert.deepEqual(
    found.gaps.map((gap) => [gap.code, gap.problem, gap.defect]),
    [
      ['household_booklet', 'defective', '本人页缺失'],
      ['id_card', 'missing', undefined],
    ],
  )
  await assert.rejects(
    c.check('officer', id, [{ code: 'id_card', verdict: 'defective', defect: ' ' }]),
    field('defect.id_card', 'defect-not-named'),
  )
  await assert.rejects(
    c.check('officer', id, [{ code: 'id_card', verdict: 'defective', defect: '缺\0页' }]),
    field('defect.id_card', 'text-control-character'),
  )
})

test('policy not met is refused with reason and what can be done; the citizen is asked all the same', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer', { itemCode: 'id_card.renewal' })
  const found = await c.as('officer', async (ctx) => {
    return checkMaterials(ctx, id, {
      version: 1,
      answers: { registered_at: 'this_station', reason: 'later' },
      checks: [],
    })
  })
  assert.equal(found.branch, 'refuse')
  await assert.rejects(
    c.as('officer', (ctx) => acceptMatter(ctx, id, { version: 2 })),
    problem('all-present'),
  )
  await assert.rejects(
    c.as('officer', (ctx) => refuseMatter(ctx, id, { version: 2, reason: '未到换领时间', canDo: ' ' })),
    field('canDo', 'required'),
  )
  await c.as('officer', (ctx) =>
    refuseMatter(ctx, id, { version: 2, reason: '未到换领时间', canDo: '到期前三个月内再来' }),
  )
  assert.equal((await c.view('officer', id)).matter.status, 'refused')
  assert.equal((await c.rows('select 1 from callback.callback where matter_id = $1', [id])).length, 1)
})

test('what policy allows cannot be refused at reception', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await c.check('officer', id)
  await assert.rejects(
    c.as('officer', (ctx) => refuseMatter(ctx, id, { version: 2, reason: '不想办', canDo: '无' })),
    problem('policy-not-met', 409),
  )
})

test('completing asks the citizen exactly once, and freezes who served where', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer', { counterId: c.bureau.counters.east2 })
  await c.check('officer', id)
  await c.as('officer', (ctx) => acceptMatter(ctx, id, { version: 2 }))
  await c.as('officer', (ctx) => completeMatter(ctx, id, { version: 3 }))
  await assert.rejects(
    c.as('officer', (ctx) => completeMatter(ctx, id, { version: 4 })),
    problem('wrong-state', 409),
  )
  const asked = await c.rows('select * from callback.callback where matter_id = $1', [id])
  assert.equal(asked.length, 1)
  assert.deepEqual(
    [asked[0].officer_id, asked[0].unit_id, asked[0].counter_id, asked[0].item_code],
    [c.bureau.people.officer.id, c.bureau.units.eastWindow, c.bureau.counters.east2, 'household.name_change'],
  )
})

test('outside competence ends only with a named receiver, a receipt and the citizen told', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer', { itemCode: undefined })
  const transfer = (receiver: Partial<{ name: string; phone: string; receipt: string; told: boolean }>) =>
    c.as('officer', (ctx) =>
      transferOut(ctx, id, {
        version: 1,
        reason: '属市场监管职责',
        receiver: { name: '市场监管所 高翔', phone: '80001111', receipt: '收文 12 号', told: true, ...receiver },
      }),
    )
  await assert.rejects(transfer({ name: '' }), field('receiverName', 'required'))
  await assert.rejects(transfer({ receipt: '  ' }), field('receiverReceipt', 'required'))
  await assert.rejects(transfer({ told: false }), field('told', 'citizen-must-be-told'))
  await transfer({})
  const { matter } = await c.view('officer', id)
  assert.equal(matter.status, 'transferred')
  assert.equal(matter.first_officer_id, c.bureau.people.officer.id)
})

test('two people at one matter: the second one is told, and nothing is overwritten', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer', { itemCode: undefined })
  await c.as('officer', (ctx) => chooseItem(ctx, id, { version: 1, itemCode: 'id_card.renewal' }))
  await assert.rejects(
    c.as('officer', (ctx) => withdrawMatter(ctx, id, { version: 1, reason: '不办了' })),
    problem('changed-meanwhile', 409),
  )
  const { matter } = await c.view('officer', id)
  assert.deepEqual(
    [matter.status, matter.item_code, matter.changed_by],
    ['received', 'id_card.renewal', c.bureau.people.officer.id],
  )
})

test('two completions sent at the same moment have one effect', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await c.check('officer', id)
  await c.as('officer', (ctx) => acceptMatter(ctx, id, { version: 2 }))
  const both = await Promise.allSettled(
    [0, 1].map(() => c.as('officer', (ctx) => completeMatter(ctx, id, { version: 3 }))),
  )
  assert.deepEqual(both.map((one) => one.status).toSorted(), ['fulfilled', 'rejected'])
  assert.equal((await c.rows(`select 1 from platform.figure_delta where measure = 'completed'`)).length, 1)
})

test('a matter of another station is not found, whatever is tried with it', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  for (const who of ['westOfficer', 'westChief', 'desk', 'leader', 'auditor', 'systemAdmin'] as const) {
    await assert.rejects(c.view(who, id), problem('matter-not-found', 404), who)
    await assert.rejects(
      c.as(who, (ctx) => withdrawMatter(ctx, id, { version: 1, reason: '撤' })),
      problem('matter-not-found', 404),
      who,
    )
  }
})

test('a colleague cannot carry on with what somebody else holds without taking it over', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await assert.rejects(c.check('officer2', id), problem('wrong-person', 403))
})
