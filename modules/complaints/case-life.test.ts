import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerCase } from './answer-case.ts'
import { closeCase, sweepClosings } from './close-case.ts'
import { annulByReview, decideReview } from './decide-review.ts'
import { decideExtension, requestExtension } from './extend-case.ts'
import { aHandlingBureau, type HandlingBureau } from './handling-testing.ts'
import { decidePause, requestPause, resumeCase } from './pause-case.ts'
import { reopenCase } from './reopen-case.ts'
import { revealComplainant } from './reveal-complainant.ts'
import { sweepOverdue, sweepReminders } from './sweep-cases.ts'
import { takeUpWish } from './take-up-wishes.ts'
import { recordWithdrawal, withdrawCase } from './withdraw-case.ts'

const letter = { facts: '查明', reasons: '理由', opinion: '意见', basis: '《信访工作条例》第三十二条' }
const answered = async (at: HandlingBureau, name = 'a') => {
  const made = await at.decided(name, { outcome: 'not_responsible', severity: undefined })
  await at.as('caseOfficer', async (ctx) => answerCase(ctx, made.id, { ...letter, version: await at.version(made.id) }))
  return { ...made, code: `receipt ${name}` }
}

test('more time is given once, at most thirty days, by a leader, and whoever complained reads the reasons', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  const ask = async (days: number, reason = '需要委托外地核实', who: 'caseOfficer' | 'leader' = 'caseOfficer') =>
    at.as(who, async (ctx) => requestExtension(ctx, id, { version: await at.version(id), days, reason }))
  const decide = async (who: 'leader' | 'caseOfficer', approve = true) =>
    at.as(who, async (ctx) => decideExtension(ctx, id, { version: await at.version(id), approve, note: '理由不足' }))
  await assert.rejects(ask(31), { fields: { days: 'too-long' } })
  await assert.rejects(ask(10, ' '), { fields: { reason: 'required' } })
  await assert.rejects(ask(10, '需要', 'leader'), { status: 403 })
  await ask(30)
  await assert.rejects(decide('caseOfficer'), { status: 403 })
  await decide('leader', false)
  assert.equal((await at.row(id)).due_on, '2027-01-22')
  await ask(30)
  await decide('leader')
  assert.equal((await at.row(id)).due_on, '2027-02-22', '90 days after 23 November, moved off a day off')
  await assert.rejects(ask(5), { code: 'already-extended' })
  const [notice] = await at.rows(`select content, told_how from complaints.citizen_notice where kind = 'extended'`)
  assert.deepEqual([notice.content.reasons, notice.told_how], [['需要委托外地核实'], 'sms'])
  await assert.rejects(at.rows(`update complaints.extension set decided_by = requested_by`), /check|leader/)
})

test('the clock stands only for a listed reason and by a leader’s word, and the days are added', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  const version = () => at.version(id)
  await assert.rejects(
    at.as('caseOfficer', async (ctx) => requestPause(ctx, id, { version: await version(), kind: 'busy', reason: 'x' })),
    { fields: { kind: 'choose-one' } },
  )
  await at.as('caseOfficer', async (ctx) =>
    requestPause(ctx, id, { version: await version(), kind: 'hearing', reason: '12月1日听证' }),
  )
  assert.equal((await at.row(id)).due_provisional, false, 'asked for is not granted')
  await at.as('leader', async (ctx) => decidePause(ctx, id, { version: await version(), approve: true }))
  assert.equal((await at.row(id)).due_provisional, true)
  at.setClock('2026-12-03T01:00:00Z')
  await at.as('caseOfficer', async (ctx) => resumeCase(ctx, id, { version: await version() }))
  assert.equal((await at.row(id)).due_on, '2027-02-01', 'ten days later')
  await assert.rejects(
    at.as('caseOfficer', (ctx) =>
      ctx.db
        .insertInto('complaints.pause')
        .values({
          case_id: id,
          kind: 'hearing',
          reason: 'x',
          requested_by: at.idOf('leader'),
          approved_by: at.idOf('leader2'),
          paused_on: '2026-12-03',
        })
        .execute(),
    ),
    /a leader approves/,
  )
})

test('every complainant who can be reached is answered, by his page and a message that tells nothing', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.decided('a', { outcome: 'not_responsible', severity: undefined })
  for (const [n, reachable] of [
    [2, true],
    [3, false],
  ] as const)
    await at.rows(
      `insert into complaints.submission (id, case_id, first_case_id, channel, department, received_at, text, reachable, receipt_hash, receipt_sealed)
       values (gen_random_uuid(), $1, $1, 'letter', 'petition_section', now(), '原话', $2, $3, 'sealed')`,
      [id, reachable, `more ${n}`],
    )
  const { told } = await at.as('caseOfficer', async (ctx) =>
    answerCase(ctx, id, { ...letter, version: await at.version(id) }),
  )
  assert.equal(told, 2)
  const ways = await at.rows(`select told_how from complaints.citizen_notice where kind = 'opinion' order by told_how`)
  assert.deepEqual(
    ways.map((one) => one.told_how),
    ['page', 'sms'],
  )
  const messages = await at.rows('select body from platform.outbound_message')
  assert.equal(messages.length, 1)
  for (const { body } of messages) assert.doesNotMatch(body, /投诉|信访|举报|警察|民警|意见/)
  const [content] = await at.rows(`select content::text as text from complaints.citizen_notice where kind = 'opinion'`)
  assert.doesNotMatch(content.text, /赵某|13800000009/, 'who complained is not in what officers keep')
  await assert.rejects(at.rows(`update complaints.citizen_notice set content = '{}'`), /does not change/)
})

test('with nobody to be told a decided case is closed, and never while somebody is owed an answer', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.decided('a', { outcome: 'not_established', severity: undefined })
  const close = async () => at.as('caseOfficer', async (ctx) => closeCase(ctx, id, { version: await at.version(id) }))
  await assert.rejects(close(), { code: 'nobody-to-tell' })
  await at.rows('update complaints.submission set reachable = false')
  await assert.rejects(
    at.as('caseOfficer', async (ctx) => answerCase(ctx, id, { ...letter, version: await at.version(id) })),
    { code: 'nobody-reachable' },
  )
  await close()
  assert.equal((await at.row(id)).status, 'closed')
})

test('the code on the receipt asks for review, then re-review; the same facts are not taken up after that', async (t) => {
  const at = await aHandlingBureau(t)
  const { id, code } = await answered(at)
  const wish = (kind: 'review' | 'reopen', newFacts = false) =>
    at.wishBy(code, { kind, text: '请上级再看', newFacts }).then((noted) => {
      assert.equal(noted, true)
      return at.system(takeUpWish)
    })
  const review = async (level: number, outcome: string) => {
    const [row] = await at.rows('select id from complaints.review where level = $1', [level])
    await at.as('caseOfficer', async (ctx) =>
      decideReview(ctx, id, row.id, {
        version: await at.version(id),
        body: '云州市公安局',
        opinion: '维持处理意见',
        outcome,
      }),
    )
  }
  assert.equal(await at.wishBy('no such code', { kind: 'review', text: 'x', newFacts: false }), false)
  at.setClock('2026-12-20T01:00:00Z')
  await wish('review')
  assert.deepEqual(await at.rows(`select level, due_on from complaints.review`), [{ level: 1, due_on: '2027-01-19' }])
  await wish('review')
  const refused = (await at.byCode(code)).wishes
  assert.deepEqual(
    refused.map((one) => one.refused),
    [null, 'review-running'],
  )
  at.setClock('2027-02-10T01:00:00Z')
  assert.equal(await at.system(sweepClosings), 0, 'a review is running')
  await review(1, 'maintained')
  await wish('review')
  await review(2, 'maintained')
  await wish('reopen')
  assert.equal((await at.byCode(code)).wishes.at(-1)?.refused, 'reopen-exhausted')
  const told = (await at.byCode(code)).notices
  assert.deepEqual(
    told.map((one) => one.kind),
    ['opinion', 'review_accepted', 'review_opinion', 'review_accepted', 'review_opinion'],
  )
  assert.equal(told.at(-1)?.content.review?.further, undefined, 'a re-review is final')
})

test('a complainant comes back once inside his days, with new facts at any time; then it is heard and found anew', async (t) => {
  const at = await aHandlingBureau(t)
  const { id, code } = await answered(at)
  const wish = (newFacts: boolean) =>
    at.wishBy(code, { kind: 'reopen', text: '问题没有解决', newFacts }).then(() => at.system(takeUpWish))
  await wish(false)
  const row = await at.row(id)
  assert.deepEqual([row.status, row.round, row.answered_at, row.due_on], ['investigating', 2, null, '2027-01-22'])
  await assert.rejects(at.propose(id), { code: 'officer-heard' }, 'another round hears him again')
  await at.heard(id)
  await at.propose(id, { outcome: 'not_responsible', severity: undefined })
  await at.agree(id)
  await at.approve(id)
  await at.as('caseOfficer', async (ctx) => answerCase(ctx, id, { ...letter, version: await at.version(id) }))
  await wish(false)
  assert.equal((await at.row(id)).round, 2, 'once only')
  await wish(true)
  assert.equal((await at.row(id)).round, 3)
})

test('an answered case closes by itself when nobody can ask for a review any more, and not a day before', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await answered(at)
  at.setClock('2026-12-23T15:59:00Z')
  assert.equal(await at.system(sweepClosings), 0)
  at.setClock('2026-12-23T16:00:00Z')
  assert.equal(await at.system(sweepClosings), 1)
  assert.equal(await at.system(sweepClosings), 0)
  assert.equal((await at.row(id)).status, 'closed')
  await at.as('leader', async (ctx) => reopenCase(ctx, id, { version: await at.version(id), reason: '发现新证据' }))
  assert.equal((await at.row(id)).status, 'investigating')
})

test('what the superior revokes falls by the hand of a leader who had none in it, with its deduction', async (t) => {
  const at = await aHandlingBureau(t)
  const { id, finding } = await at.decided('a')
  const annul = async (who: 'leader' | 'leader2') =>
    at.as(who, async (ctx) => annulByReview(ctx, id, finding, { version: await at.version(id), reason: '上级撤销' }))
  await assert.rejects(annul('leader2'), { code: 'review-ordered' })
  await at.as('caseOfficer', async (ctx) => answerCase(ctx, id, { ...letter, version: await at.version(id) }))
  await at.wishBy('receipt a', { kind: 'review', text: '不服', newFacts: false })
  await at.system(takeUpWish)
  const [review] = await at.rows('select id from complaints.review')
  await at.as('caseOfficer', async (ctx) =>
    decideReview(ctx, id, review.id, {
      version: await at.version(id),
      body: '市局',
      opinion: '事实不清，撤销',
      outcome: 'revoked',
    }),
  )
  await assert.rejects(annul('leader'), { code: 'has-not-decided' })
  await annul('leader2')
  assert.equal(
    Number(
      (
        await at.rows(
          'select sum(case when reverses is null then points else -points end) as sum from standing.posting',
        )
      )[0].sum,
    ),
    0,
  )
})

test('a case is let go only when everybody who complained wants it and a leader agrees; an accusation never', async (t) => {
  const at = await aHandlingBureau(t)
  const { id, submission } = await at.assigned('a')
  const letGo = async (who: 'leader' | 'caseOfficer' | 'disciplineLeader', wanted = id) =>
    at.as(who, async (ctx) => withdrawCase(ctx, wanted, { version: await at.version(wanted), reason: '书面撤回' }))
  await assert.rejects(letGo('leader'), { code: 'complainant-asked' })
  await at.as('caseOfficer', async (ctx) =>
    recordWithdrawal(ctx, id, { version: await at.version(id), submissionId: submission, words: '我不追究了' }),
  )
  await assert.rejects(letGo('caseOfficer'), { code: 'wrong-person' })
  await letGo('leader')
  assert.equal((await at.row(id)).status, 'withdrawn')
  const accusation = await at.accepted('b', { class: 'accusation', department: 'discipline_inspection' })
  await at.rows('update complaints.submission set withdrawn_at = now()')
  await assert.rejects(letGo('disciplineLeader', accusation.id), { code: 'not-accusation' })
})

test('an overdue case is marked once and stands in the ledger without telling which it is', async (t) => {
  const at = await aHandlingBureau(t)
  const { id } = await at.assigned('a')
  at.setClock('2027-01-12T01:00:00Z')
  assert.equal(await at.system(sweepReminders), 1)
  assert.equal(await at.system(sweepReminders), 0, 'once for each point')
  at.setClock('2027-01-22T15:59:00Z')
  assert.equal(await at.system(sweepOverdue), 0)
  at.setClock('2027-01-22T16:00:00Z')
  assert.equal(await at.system(sweepOverdue), 1)
  assert.equal(await at.system(sweepOverdue), 0)
  const [entry] = await at.rows(
    `select unit_id, source_id, detail from standing.entry where kind = 'complaint_overdue'`,
  )
  assert.equal(entry.unit_id, at.bureau.units.petition)
  assert.notEqual(entry.source_id, id)
  assert.deepEqual(entry.detail, {})
})

test('a look at the identity is on record with its reason, and the complainant reads of it', async (t) => {
  const at = await aHandlingBureau(t)
  const { id, submission } = await at.assigned('a')
  const look = (who: 'caseOfficer' | 'petitionClerk' | 'officer', reason = '电话核实') =>
    at.as(who, (ctx) => revealComplainant(ctx, id, { submissionId: submission, reason }))
  await assert.rejects(look('caseOfficer', ' '), { fields: { reason: 'required' } })
  await assert.rejects(look('petitionClerk'), { status: 403 })
  await assert.rejects(look('officer'), { status: 404 })
  assert.equal((await look('caseOfficer')).name, 'canary 赵某')
  const told = (await at.byCode('receipt a')).looks
  assert.deepEqual(
    told.map((one) => one.unitZh),
    ['信访科'],
  )
})
