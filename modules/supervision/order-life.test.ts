import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { addEvidence } from './add-evidence.ts'
import { addNote } from './add-note.ts'
import { answerCitizen } from './answer-citizen.ts'
import { assignOrder } from './assign-order.ts'
import { noteConsent, revealCitizen } from './contact.ts'
import { decideAnswer } from './decide-answer.ts'
import { type Desk, desk, person, unit } from './desk-testing.ts'
import { issueOrder } from './issue-order.ts'
import { countOrders } from './order-list.ts'
import { viewOrder } from './order-view.ts'
import { recordSecondOpinion } from './second-opinion.ts'
import { sweepOrders } from './sweep-orders.ts'
import { addMeasure } from './work-order.ts'

const solved = { answer: '已向群众说明并当场补办', result: 'solved' }
const nobodyAsked = { askSecondOpinion: async () => {} }

async function answered(at: Desk, more = {}) {
  const { id } = await at.open(more)
  await at.as(await at.actor(person.zhou), (ctx) => answerCitizen(ctx, id, { version: 1, ...solved }, nobodyAsked))
  return id
}

const opinion = (at: Desk, orderId: string, level: number, round?: number) =>
  at.as(systemActor, (ctx) => recordSecondOpinion(ctx, { orderId, level, at: ctx.now, round }))

test('the owner measures, proves and answers; the citizen is asked again', async (t) => {
  const at = await desk(t)
  const zhou = await at.actor(person.zhou)
  const source = at.source()
  const { id } = await at.open(source)
  await at.as(zhou, (ctx) => addMeasure(ctx, id, { text: '调取叫号记录' }))
  await at.as(zhou, (ctx) => addEvidence(ctx, id, { name: '记录.pdf', bytes: Buffer.from('%PDF-1.7\n%%EOF') }))
  const asked: unknown[] = []
  const askSecondOpinion = async (_: unknown, about: unknown) => void asked.push(about)
  await at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 1, ...solved }, { askSecondOpinion }))
  assert.deepEqual(asked, [{ orderId: id, round: 1, sourceId: source.sourceId }])
  assert.deepEqual(await at.stepsOf(id), ['issued', 'assigned', 'measure', 'evidence', 'answered'])
  const view = await at.as(zhou, (ctx) => viewOrder(ctx, id))
  assert.deepEqual([view.order.status, view.order.result, view.evidence[0]?.name], ['answered', 'solved', '记录.pdf'])
  assert.deepEqual(view.can, ['note'])
})

test('an explanation needs its legal basis, and neither answer nor result may be missing', async (t) => {
  const at = await desk(t)
  const zhou = await at.actor(person.zhou)
  const { id } = await at.open()
  const attempt = (input: object) =>
    at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 1, ...solved, ...input }, nobodyAsked))
  await assert.rejects(attempt({ result: 'explained' }), { fields: { basis: 'required' } })
  await assert.rejects(attempt({ answer: '  ' }), { fields: { answer: 'required' } })
  await assert.rejects(attempt({ result: 'unreachable' }), { fields: { result: 'choose-one' } })
  await attempt({ result: 'explained', basis: '《中华人民共和国户口登记条例》' })
  assert.equal((await at.row(id)).result, 'explained')
})

test('a colleague who does not own the order cannot answer it', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const wu = await at.actor(person.wu)
  await assert.rejects(
    at.as(wu, (ctx) => answerCitizen(ctx, id, { version: 1, ...solved }, nobodyAsked)),
    { status: 403, code: 'wrong-person' },
  )
})

test('a satisfied second opinion closes, a dissatisfied one reopens with three new working days', async (t) => {
  const at = await desk(t)
  const content = await answered(at)
  assert.equal(await opinion(at, content, 4), 'closed')
  const closed = await at.row(content)
  assert.deepEqual([closed.status, closed.closing, closed.closed_by], ['closed', 'second_opinion', null])

  const again = await answered(at)
  at.setClock('2026-11-27T10:00:00')
  assert.equal(await opinion(at, again, 2), 'reopened')
  const open = await at.row(again)
  assert.deepEqual(
    [open.status, open.round, open.due_on, open.result, open.answered_by],
    ['open', 2, '2026-12-02', null, null],
  )
  assert.deepEqual((await at.stepsOf(again)).slice(-2), ['second_opinion', 'reopened'])
  const [fact] = await at.ledger()
  assert.deepEqual(
    [fact.kind, fact.person_id, fact.unit_id, fact.detail.round],
    ['order_reopened', person.zhou, unit.brigade, 2],
  )
})

test('the same second opinion twice has one effect, and one about an earlier round has none', async (t) => {
  const at = await desk(t)
  const id = await answered(at)
  assert.equal(await opinion(at, id, 1, 1), 'reopened')
  assert.equal(await opinion(at, id, 1, 1), 'ignored')
  assert.equal(await opinion(at, id, 1), 'ignored')
  assert.equal((await at.row(id)).round, 2)
  assert.equal((await at.ledger()).length, 1)
})

test('silence closes an order as silence, and an opinion that comes after it still counts', async (t) => {
  const at = await desk(t)
  const id = await answered(at)
  at.setClock('2026-11-30T23:59:00')
  assert.equal((await at.as(systemActor, sweepOrders)).closedSilent, 0)
  at.setClock('2026-12-01T00:00:00')
  assert.equal((await at.as(systemActor, sweepOrders)).closedSilent, 1)
  const closed = await at.row(id)
  assert.deepEqual([closed.status, closed.closing, closed.result], ['closed', 'silence', 'solved'])
  assert.equal(await opinion(at, id, 1), 'reopened')
  assert.equal((await at.row(id)).status, 'open')
})

test('nobody but the system brings a second opinion', async (t) => {
  const at = await desk(t)
  const id = await answered(at)
  const zhou = await at.actor(person.zhou)
  await assert.rejects(
    at.as(zhou, (ctx) => recordSecondOpinion(ctx, { orderId: id, level: 5, at: ctx.now })),
    { status: 403 },
  )
})

test('two who assign at once: one wins, the other sees the conflict', async (t) => {
  const at = await desk(t)
  const { id } = await at.open({ concernedUnitId: unit.bureau, concernedPersonId: null })
  const free = (await at.open()).id
  const [zhou, wu] = [await at.actor(person.zhou), await at.actor(person.wu)]
  const results = await Promise.allSettled([
    at.as(zhou, (ctx) => assignOrder(ctx, free, { version: 1, ownerId: person.wu })),
    at.as(wu, (ctx) => assignOrder(ctx, free, { version: 1, ownerId: person.wu })),
  ])
  const lost = results.find((result) => result.status === 'rejected')
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1)
  assert.equal(lost?.reason.code, 'changed-meanwhile')
  assert.equal((await at.row(free)).owner_id, person.wu)
  // The desk sits below the bureau: an order about the bureau is none of its business.
  await assert.rejects(
    at.as(zhou, (ctx) => assignOrder(ctx, id, { version: 1, ownerId: person.wu })),
    { status: 404 },
  )
})

test('an order is given to nobody of the rated unit and to nobody off the desk', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const zhou = await at.actor(person.zhou)
  for (const ownerId of [person.rated, person.head, person.misplaced, person.leader, person.stranger]) {
    await assert.rejects(
      at.as(zhou, (ctx) => assignOrder(ctx, id, { version: 1, ownerId })),
      { fields: { ownerId: 'not-eligible' } },
    )
  }
})

test('the phone is shown to the owner alone, with consent alone, and the look-up is in the history', async (t) => {
  const at = await desk(t)
  const source = at.source()
  const { id } = await at.open(source)
  const ports = { revealCitizen: async () => ({ phone: '13800000000' }) }
  const reveal = async (who: string, reason = '核实情况') =>
    at.as(await at.actor(who), (ctx) => revealCitizen(ctx, id, reason, ports))
  await assert.rejects(reveal(person.zhou), { status: 403, code: 'no-consent' })
  const consent = (value: boolean) =>
    at.as(systemActor, (ctx) => noteConsent(ctx, { sourceId: source.sourceId, consent: value }))
  await consent(true)
  await assert.rejects(reveal(person.wu), { code: 'wrong-person' })
  await assert.rejects(reveal(person.rated), { status: 404 })
  await assert.rejects(reveal(person.zhou, ''), { fields: { reason: 'required' } })
  assert.equal((await reveal(person.zhou)).phone, '13800000000')
  assert.equal((await at.stepsOf(id)).at(-1), 'note')
  await consent(false)
  await assert.rejects(reveal(person.zhou), { code: 'no-consent' })
})

test('a leader’s order: answered by the desk, returned once, accepted by the leader alone', async (t) => {
  const at = await desk(t)
  const leader = await at.actor(person.leader)
  const input = {
    concernedUnitId: unit.station,
    concernedPoliceNo: '100011',
    problem: '窗口排队过长',
    requirement: '三日内整改',
  }
  const { id } = await at.as(leader, (ctx) => issueOrder(ctx, input))
  assert.equal((await at.row(id)).owner_id, person.zhou)
  assert.equal((await at.as(leader, countOrders)).issued, 1)
  const zhou = await at.actor(person.zhou)
  const port = { askSecondOpinion: async () => assert.fail('there is no citizen to ask') }
  await at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 1, ...solved }, port))
  await assert.rejects(
    at.as(zhou, (ctx) => decideAnswer(ctx, id, { version: 2, accept: true })),
    { status: 403, code: 'wrong-person' },
  )
  await assert.rejects(
    at.as(leader, (ctx) => decideAnswer(ctx, id, { version: 2, accept: false })),
    { fields: { reason: 'required' } },
  )
  await at.as(leader, (ctx) => decideAnswer(ctx, id, { version: 2, accept: false, reason: '没有说明增设窗口的时间' }))
  await at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 3, ...solved }, port))
  await at.as(leader, (ctx) => decideAnswer(ctx, id, { version: 4, accept: true }))
  const closed = await at.row(id)
  assert.deepEqual(
    [closed.status, closed.closing, closed.closed_by, closed.round],
    ['closed', 'issuer', person.leader, 2],
  )
})

test('an issuer gives no order about his own unit or himself', async (t) => {
  const at = await desk(t)
  const zhou = await at.actor(person.zhou)
  const issue = (more: object) =>
    at.as(zhou, (ctx) => issueOrder(ctx, { concernedUnitId: unit.window, problem: 'x', requirement: 'y', ...more }))
  await assert.rejects(issue({ concernedUnitId: unit.brigade }), { fields: { concernedUnitId: 'own-unit' } })
  await assert.rejects(issue({ concernedPoliceNo: '200021' }), { fields: { concernedPoliceNo: 'own-person' } })
  await assert.rejects(issue({ concernedPoliceNo: '999999' }), { fields: { concernedPoliceNo: 'no-such-officer' } })
})

test('who issued an order and came to own it cannot accept his own answer', async (t) => {
  const at = await desk(t)
  const zhou = await at.actor(person.zhou)
  const { id } = await at.as(zhou, (ctx) =>
    issueOrder(ctx, { concernedUnitId: unit.window, problem: '排队', requirement: '整改' }),
  )
  assert.equal((await at.row(id)).owner_id, person.zhou)
  await at.as(zhou, (ctx) => answerCitizen(ctx, id, { version: 1, ...solved }, nobodyAsked))
  await assert.rejects(
    at.as(zhou, (ctx) => decideAnswer(ctx, id, { version: 2, accept: true })),
    { code: 'other-than-answerer' },
  )
})

test('the leader to whom an order was escalated sees it, may instruct, and changes nothing else', async (t) => {
  const at = await desk(t)
  const { id } = await at.open()
  const leader = await at.actor(person.inCharge)
  await assert.rejects(
    at.as(leader, (ctx) => viewOrder(ctx, id)),
    { status: 404 },
  )
  at.setClock('2026-11-26T00:00:00')
  await at.as(systemActor, sweepOrders)
  assert.deepEqual((await at.as(leader, (ctx) => viewOrder(ctx, id))).can, ['note'])
  await at.as(leader, (ctx) => addNote(ctx, id, { text: '今日办结' }))
  await assert.rejects(
    at.as(leader, (ctx) => addMeasure(ctx, id, { text: 'x' })),
    { status: 404 },
  )
})
