import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '#platform/problem.ts'
import { acceptMatter } from './accept-matter.ts'
import { aCounter } from './counter-testing.ts'
import { answerOffer, handOver, takeOver } from './hand-over.ts'
import { listMatters } from './matter-list.ts'
import { holdsOf } from './matter-view.ts'
import { openByNumber, readNumber, startReturnVisit } from './return-visit.ts'
import { decideSecondNotice, requestSecondNotice } from './second-notice.ts'
import { listThirdVisits } from './third-visits.ts'

const problem = (code: string, status?: number) => (error: unknown) =>
  error instanceof Problem && error.code === code && (status === undefined || error.status === status)
const field = (name: string, code: string) => (error: unknown) =>
  error instanceof Problem && error.fields[name] === code

test('ten hand-overs: the first officer never changes, and the holds add up to the time that has passed (b-13)', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  const began = c.db.clock.now()
  const people = ['officer', 'officer2', 'chief'] as const
  for (let turn = 0; turn < 10; turn++) {
    const from = people[turn % 3] as 'officer'
    const to = people[(turn + 1) % 3] as 'officer'
    c.later(`PT${turn + 1}H`)
    await c.as(from, async (ctx) =>
      handOver(ctx, id, {
        version: await c.now(from, id),
        toPersonId: c.bureau.people[to].id,
        reason: `第${turn + 1}次交接`,
      }),
    )
    c.later('PT7M')
    // Until the receipt the work stays where it is.
    assert.equal((await c.view(to, id)).matter.holder_id, c.bureau.people[from].id)
    await c.as(to, (ctx) => answerOffer(ctx, id, { take: true }))
  }
  c.later('PT30M')
  const view = await c.view('officer', id)
  const holds = holdsOf(view)
  assert.equal(holds.length, 11)
  assert.equal(view.matter.first_officer_id, c.bureau.people.officer.id)
  const held = holds
    .map((hold) => (hold.until ?? c.db.clock.now()).since(hold.from).total('seconds'))
    .reduce((sum, one) => sum + one, 0)
  assert.equal(held, c.db.clock.now().since(began).total('seconds'))
  await assert.rejects(
    c.rows('update service_window.matter set first_officer_id = $2 where id = $1', [id, c.bureau.people.chief.id]),
    /does not change/,
  )
})

test('work offered to a colleague of another unit is seen by the receiver alone, and declined with a reason it stays', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  const offer = (to: 'westOfficer' | 'desk') =>
    c.as('officer', async (ctx) =>
      handOver(ctx, id, {
        version: await c.now('officer', id),
        toPersonId: c.bureau.people[to].id,
        reason: '申请人现住长河街',
      }),
    )
  await assert.rejects(offer('desk'), field('toPersonId', 'choose-one'))
  await offer('westOfficer')
  await assert.rejects(offer('westOfficer'), problem('offer-waiting', 409))
  assert.equal((await c.as('westOfficer', (ctx) => listMatters(ctx, { view: 'offered' }, null))).rows.length, 1)
  assert.equal((await c.view('westOfficer', id)).offeredToMe, true)
  await assert.rejects(c.view('westOfficer2', id), problem('matter-not-found', 404))
  await assert.rejects(
    c.as('westOfficer', (ctx) => answerOffer(ctx, id, { take: false, reason: '' })),
    field('reason', 'required'),
  )
  await c.as('westOfficer', (ctx) => answerOffer(ctx, id, { take: false, reason: '不属本所辖区' }))
  await assert.rejects(c.view('westOfficer', id), problem('matter-not-found', 404))
  await assert.rejects(
    c.as('westOfficer', (ctx) => answerOffer(ctx, id, { take: true })),
    problem('matter-not-found', 404),
  )
  const view = await c.view('officer', id)
  assert.deepEqual([view.matter.holder_id, view.batons[0]?.declineReason], [c.bureau.people.officer.id, '不属本所辖区'])
})

test('a colleague takes over what an absent one holds; the waiting offer ends, the chain shows it', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await c.as('officer', async (ctx) =>
    handOver(ctx, id, { version: 1, toPersonId: c.bureau.people.chief.id, reason: '请假' }),
  )
  await assert.rejects(
    c.as('head', (ctx) => takeOver(ctx, id, { version: 2, reason: '代办' })),
    problem('not-permitted', 403),
  )
  await assert.rejects(
    c.as('officer2', (ctx) => takeOver(ctx, id, { version: 2, reason: ' ' })),
    field('reason', 'required'),
  )
  await c.as('officer2', (ctx) => takeOver(ctx, id, { version: 2, reason: '承办人请假' }))
  const view = await c.view('officer2', id)
  assert.equal(view.matter.holder_id, c.bureau.people.officer2.id)
  assert.equal(view.offeredToMe, false)
  assert.deepEqual(
    view.batons.map((baton) => [baton.toName, baton.receiptAt !== null]),
    [
      ['赵晓梅', false],
      ['王建国', true],
    ],
  )
})

test('the number of a notice opens the matter at any counter, as it is typed or scanned (R48)', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await c.check('officer', id, [{ code: 'id_card', verdict: 'missing' }])
  const { no } = await c.notify('officer', id)
  await assert.rejects(c.view('westOfficer', id), problem('matter-not-found'))
  const typed = [
    ` ${no.toLowerCase()} `,
    `https://qingshan.example/q/${no}/2ERPY4CZ`,
    [...no].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join(''),
  ]
  for (const number of typed) assert.equal(await c.as('westOfficer', (ctx) => openByNumber(ctx, number)), id, number)
  await c.comeBack('westOfficer', id)
  const view = await c.view('westOfficer', id)
  assert.deepEqual(
    [view.matter.status, view.matter.visits, view.handlingUnit.zh, view.holder?.name, view.firstOfficer.name],
    ['received', 2, '长河街派出所户籍窗口', '周丽', '李敏'],
  )
  // The first station still sees what its officer answers for.
  assert.equal((await c.view('officer', id)).matter.id, id)
})

test('numbers that are none are not found, whatever they hold', async (t) => {
  const c = await aCounter(t)
  for (const number of ['', 'GZ', 'x'.repeat(5000), 'GZ\0', '/q/%E0%A4%A/x', "' or 1=1 --", '\ud800']) {
    await assert.rejects(
      c.as('officer', (ctx) => openByNumber(ctx, number)),
      problem('matter-not-found', 404),
      JSON.stringify(number.slice(0, 20)),
    )
  }
  await assert.rejects(
    c.as('head', (ctx) => openByNumber(ctx, 'GZ20261123-0001')),
    problem('not-permitted', 403),
  )
  assert.equal(readNumber('https://a/q/GZ%2F1/ABC'), 'GZ/1')
})

test('accepted work stays at its counter: its number opens it there and not elsewhere', async (t) => {
  const c = await aCounter(t)
  const { id, no } = await c.receive('officer')
  await c.check('officer', id)
  const { acceptanceNo } = await c.as('officer', (ctx) => acceptMatter(ctx, id, { version: 2 }))
  assert.equal(await c.as('officer2', (ctx) => openByNumber(ctx, acceptanceNo)), id)
  await assert.rejects(
    c.as('westOfficer', (ctx) => openByNumber(ctx, no)),
    problem('matter-not-found', 404),
  )
  assert.equal((await c.view('officer', id)).matter.handling_unit_id, c.bureau.units.eastWindow)
})

test('from the third visit on the cause must be said, and every such visit is listed with it (R50)', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await c.check('officer', id, [{ code: 'id_card', verdict: 'missing' }])
  await c.notify('officer', id)
  await c.comeBack('officer', id)
  await c.check('officer', id, [{ code: 'id_card', verdict: 'defective', defect: '已过有效期' }])
  const { noticeId } = await c.as('officer', async (ctx) =>
    requestSecondNotice(ctx, id, { version: await c.now('officer', id), cause: 'new_fact', note: '首次未带证' }),
  )
  await c.as('chief', (ctx) => decideSecondNotice(ctx, noticeId, { approve: true, note: '' }))
  const version = await c.now('officer', id)
  await assert.rejects(
    c.as('officer', (ctx) => startReturnVisit(ctx, id, { version })),
    field('cause', 'choose-one'),
  )
  await c.as('officer', (ctx) => startReturnVisit(ctx, id, { version, cause: 'new_fact' }))
  const listed = await c.as('head', (ctx) => listThirdVisits(ctx, null))
  assert.deepEqual(
    listed.rows.map((row) => [row.visit, row.cause, row.applicantName]),
    [[3, 'new_fact', '王秀英']],
  )
  assert.deepEqual((await c.as('westHead', (ctx) => listThirdVisits(ctx, null))).rows, [])
})
