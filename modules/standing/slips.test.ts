import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '#platform/actor.ts'
import { chinaCalendar, createWorkCalendar } from '#policy/calendar/work-calendar.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { annulResponsibility } from './annul-responsibility.ts'
import { listInformation, noteInformation, viewSlip } from './slip-view.ts'
import { type StandingWorld, standingWorld } from './standing-testing.ts'
import { sweepStanding } from './sweep-standing.ts'
import { overdueDeductions } from './task-view.ts'
import { answerSlip, editSlip, holdTalk, noteRefusal, receiveSlip, signSlip, witnessRefusal } from './work-slip.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

async function drafted(at: StandingWorld, deductions = 3) {
  const made = []
  for (let n = 0; n < deductions; n++) made.push(await at.deduct())
  const [slip] = (await at.rows<{ id: string }>('select id from standing.slip order by nth')) as [{ id: string }]
  return { id: slip.id, made }
}

const row = async (at: StandingWorld, id: string) =>
  (await at.rows('select * from standing.slip where id = $1', [id]))[0] as Record<string, unknown>
const sweep = (at: StandingWorld) => at.as(systemActor, sweepStanding)

test('a slip is drafted with its three cases, edited, signed, received, answered, talked over', async (t) => {
  const at = await standingWorld(t)
  const { id, made } = await drafted(at)
  const draft = await at.be('political', (ctx) => viewSlip(ctx, id))
  assert.deepEqual(
    draft.lines.map((line) => [line.caseNo, line.unitPoints, line.officerPoints]),
    made.map((one) => [one.caseNo, 1, 1]),
  )
  for (const one of made) assert.match(draft.slip.text, new RegExp(`${one.caseNo}：${one.factLine}`))
  assert.equal(draft.slip.serve_due_on, '2026-03-05')
  await at.be('political', (ctx) => editSlip(ctx, id, { version: 1, text: '请注意改进。' }))
  await at.be('leader', (ctx) => signSlip(ctx, id, { version: 2 }))
  assert.equal((await row(at, id)).no, '提示〔2026〕1号')
  await at.be('officer', (ctx) => receiveSlip(ctx, id, { version: 3 }))
  await at.be('officer', (ctx) => answerSlip(ctx, id, { version: 4, what: 'remark', text: '知道了' }))
  await at.be('officer', (ctx) => answerSlip(ctx, id, { version: 5, what: 'plan', text: '每天复盘接待' }))
  assert.equal((await row(at, id)).talk_due_on, '2026-04-01')
  await at.be('head', (ctx) => holdTalk(ctx, id, { version: 6, result: '态度明显改进' }))
  const closed = await at.be('officer', (ctx) => viewSlip(ctx, id))
  assert.deepEqual([closed.slip.status, closed.signedBy, closed.talkBy], ['closed', '卫东', '孙志强'])
  assert.deepEqual(
    closed.steps.map((step) => step.kind),
    ['drafted', 'edited', 'signed', 'received', 'remark', 'plan', 'talk'],
  )
})

test('the officer does not see a draft, and nobody but a leader signs', async (t) => {
  const at = await standingWorld(t)
  const { id } = await drafted(at)
  for (const who of ['officer', 'head'] as const)
    await assert.rejects(
      at.be(who, (ctx) => viewSlip(ctx, id)),
      { code: 'slip-not-found' },
    )
  await assert.rejects(
    at.be('political', (ctx) => signSlip(ctx, id, { version: 1 })),
    { code: 'wrong-person' },
  )
  await assert.rejects(
    at.be('inspector', (ctx) => signSlip(ctx, id, { version: 1 })),
    { code: 'slip-not-found' },
  )
  await at.be('leader', (ctx) => signSlip(ctx, id, { version: 1 }))
  await assert.rejects(
    at.be('political', (ctx) => editSlip(ctx, id, { version: 2, text: '改' })),
    { code: 'wrong-state' },
  )
})

test('a refusal is noted by one and served when a second person says so; the officer may still sign', async (t) => {
  const at = await standingWorld(t)
  const { id } = await drafted(at)
  await at.be('leader', (ctx) => signSlip(ctx, id, { version: 1 }))
  await at.be('head', (ctx) => noteRefusal(ctx, id, { version: 2, note: '当面拒绝签收' }))
  assert.equal((await row(at, id)).served_at, null)
  await assert.rejects(
    at.be('head', (ctx) => witnessRefusal(ctx, id, { version: 3 })),
    { code: 'other-than-first' },
  )
  await assert.rejects(
    at.be('officer', (ctx) => witnessRefusal(ctx, id, { version: 3 })),
    { code: 'wrong-person' },
  )
  const asWitness: PersonKey = 'political'
  await at.be(asWitness, (ctx) => witnessRefusal(ctx, id, { version: 3 }))
  const served = await row(at, id)
  assert.deepEqual(
    [served.status, served.refused_before, served.witness],
    ['served', at.bureau.people.head.id, at.bureau.people.political.id],
  )
})

test('a slip no longer due is withdrawn even after it was served, with the reason in its history', async (t) => {
  const at = await standingWorld(t)
  const { id, made } = await drafted(at)
  await at.be('leader', (ctx) => signSlip(ctx, id, { version: 1 }))
  await at.be('officer', (ctx) => receiveSlip(ctx, id, { version: 2 }))
  at.setDay('2026-03-20')
  await at.be('leader2', (ctx) =>
    annulResponsibility(ctx, { findingId: made[0]!.findingId, reason: '复核撤销', annulledOn: day('2026-03-20') }),
  )
  const seen = await at.be('officer', (ctx) => viewSlip(ctx, id))
  assert.deepEqual([seen.slip.status, seen.slip.withdraw_reason, seen.can], ['withdrawn', '复核撤销', []])
  assert.equal(seen.steps.at(-1)?.text, '复核撤销')
})

test('with a fourth deduction the third slip stays when one case falls: signed it says so, a draft is drafted anew', async (t) => {
  const at = await standingWorld(t)
  const { id, made } = await drafted(at, 4)
  await at.be('leader', (ctx) => signSlip(ctx, id, { version: 1 }))
  at.setDay('2026-03-20')
  const annul = (n: number) =>
    at.be('leader2', (ctx) =>
      annulResponsibility(ctx, { findingId: made[n]!.findingId, reason: '撤销', annulledOn: day('2026-03-20') }),
    )
  await annul(0)
  assert.deepEqual(await at.slips(), [
    { nth: 3, status: 'signed' },
    { nth: 4, status: 'withdrawn' },
  ])
  assert.equal(
    (await at.rows(`select 1 from standing.slip_step where slip_id = $1 and kind = 'changed'`, [id])).length,
    1,
  )
  const other = await standingWorld(t)
  const drafts = await drafted(other, 4)
  await other.be('leader2', (ctx) =>
    annulResponsibility(ctx, { findingId: drafts.made[0]!.findingId, reason: '撤销', annulledOn: day('2026-03-02') }),
  )
  const fresh = await other.rows<{ lines: { caseNo: string }[] }>(
    `select lines from standing.slip where status = 'draft'`,
  )
  assert.deepEqual(
    fresh.map(({ lines }) => lines.map((line) => line.caseNo)),
    [drafts.made.slice(1).map((one) => one.caseNo)],
  )
})

test('discipline inspection is informed of the fourth and takes note; nobody else reads that', async (t) => {
  const at = await standingWorld(t)
  await drafted(at, 5)
  const list = await at.be('inspector', listInformation)
  assert.deepEqual(list.map((one) => [one.nth, one.seenBy]).sort(), [
    [4, null],
    [5, null],
  ])
  assert.deepEqual(await at.be('political', listInformation), [])
  await at.be('inspector', (ctx) => noteInformation(ctx, list[0]!.id))
  await at.be('inspector2', (ctx) => noteInformation(ctx, list[0]!.id))
  assert.deepEqual((await at.be('inspector', listInformation)).map((one) => one.seenBy).filter(Boolean), ['曹雯'])
  await assert.rejects(
    at.be('leader', (ctx) => noteInformation(ctx, list[0]!.id)),
    { code: 'information-not-found' },
  )
})

test('time marks what was not done, once: deduction, service, talk; the meeting sees the overdue deduction', async (t) => {
  const at = await standingWorld(t)
  const late = await at.record()
  const { id } = await drafted(at)
  at.setDay('2026-03-05', '23:59:00')
  assert.deepEqual(await sweep(at), {
    settled: 0,
    overdueDeductions: 0,
    unservedSlips: 0,
    overdueTalks: 0,
    more: false,
  })
  at.setDay('2026-03-10', '00:00:30')
  assert.deepEqual(await sweep(at), {
    settled: 0,
    overdueDeductions: 1,
    unservedSlips: 1,
    overdueTalks: 0,
    more: false,
  })
  assert.deepEqual((await sweep(at)).overdueDeductions, 0)
  const facts = await at.rows(
    `select unit_id, person_id, occurred_on, detail from standing.entry where kind = 'deduction_overdue'`,
  )
  assert.deepEqual(facts, [
    {
      unit_id: at.bureau.units.eastWindow,
      person_id: null,
      occurred_on: '2026-03-10',
      detail: { dueOn: '2026-03-09', findingId: late.findingId, caseNo: late.caseNo },
    },
  ])
  const meeting = await at.be('leader', (ctx) =>
    overdueDeductions(ctx, { from: day('2026-03-01'), until: day('2026-04-01') }),
  )
  assert.deepEqual(
    meeting.map((one) => one.caseNo),
    [late.caseNo],
  )
  await at.be('leader', (ctx) => signSlip(ctx, id, { version: 2 }))
  await at.be('officer', (ctx) => receiveSlip(ctx, id, { version: 3 }))
  at.setDay('2026-04-10')
  assert.equal((await sweep(at)).overdueTalks, 1)
  await at.be('head', (ctx) => holdTalk(ctx, id, { version: 5, result: '已谈' }))
})

test('a provisional day makes no unit guilty; it is settled when the year’s notice is loaded', async (t) => {
  const at = await standingWorld(t, '2026-02-13T02:00:00Z')
  const short = createWorkCalendar(chinaCalendar.years.filter((year) => year.year <= 2025))
  const { recordResponsibility } = await import('./record-responsibility.ts')
  await at.be('leader', (ctx) => recordResponsibility({ ...ctx, calendar: short }, at.finding()))
  at.setDay('2026-02-20')
  assert.equal((await at.as(systemActor, (ctx) => sweepStanding({ ...ctx, calendar: short }))).overdueDeductions, 0)
  const swept = await sweep(at)
  assert.deepEqual([swept.settled, swept.overdueDeductions], [1, 0])
  assert.deepEqual(await at.rows('select due_on, due_provisional from standing.deduction_task'), [
    { due_on: '2026-02-27', due_provisional: false },
  ])
})
