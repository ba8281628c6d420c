import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Problem } from '#platform/problem.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { acceptMatter } from './accept-matter.ts'
import { chooseItem, versionOf } from './check-materials.ts'
import { aCounter, plainAnswers } from './counter-testing.ts'
import { waitingDecisions } from './decision-list.ts'
import { findMatter } from './matter-store.ts'
import { decideSecondNotice, requestSecondNotice, type SupplementCause } from './second-notice.ts'
import { signNotice } from './sign-notice.ts'

const problem = (code: string, status?: number) => (error: unknown) =>
  error instanceof Problem && error.code === code && (status === undefined || error.status === status)
const field = (name: string, code: string) => (error: unknown) =>
  error instanceof Problem && error.fields[name] === code
const missing = (code: string): MaterialCheck => ({ code, verdict: 'missing' })

/** A name change told once that the identity card is missing; the citizen is back. */
async function toldOnce(t: TestContext, first: MaterialCheck[] = [missing('id_card')]) {
  const c = await aCounter(t)
  const { id } = await c.receive('officer')
  await c.check('officer', id, first)
  const notice = await c.notify('officer', id)
  c.later('PT26H')
  const ask = (cause: SupplementCause, note = '情况说明', who: 'officer' | 'officer2' = 'officer') =>
    c.as(who, async (ctx) =>
      requestSecondNotice(ctx, id, { version: (await findMatter(ctx, id)).version, cause, note }),
    )
  const decide = (who: 'chief' | 'head' | 'westChief' | 'officer', noticeId: string, approve = true, note = '同意') =>
    c.as(who, (ctx) => decideSecondNotice(ctx, noticeId, { approve, note }))
  const findings = () => c.rows('select person_id, unit_id, kind, basis, detail from standing.entry')
  return { ...c, id, notice, ask, decide, findings }
}

test('a one-time notice names every gap, keeps what was told, and waits for the citizen', async (t) => {
  const c = await aCounter(t)
  const { id, no: matterNo } = await c.receive('officer')
  await c.check('officer', id, [missing('id_card'), { code: 'statement', verdict: 'defective', defect: '未签名' }])
  const { no } = await c.notify('officer', id)
  assert.equal(no, 'GZ20261123-0001')
  const { matter, notices } = await c.view('officer', id)
  assert.equal(matter.status, 'awaiting_applicant')
  const content = notices[0]?.content
  assert.deepEqual(
    content?.gaps.map((gap) => gap.code),
    ['id_card', 'statement'],
  )
  assert.equal(content?.matterNo, matterNo)
  assert.equal(content?.unit.sealOf, '云州市公安局青山分局青山路派出所')
  // Ninety days after 23 November is Sunday 21 February 2027: a last day that is off moves on.
  assert.equal(content?.keptUntil, '2027-02-22')
  for (const part of Object.values(content?.sixNotices ?? {})) assert.ok(part.zh && part.en)
  assert.doesNotMatch(content?.basis ?? '', /R\d|design/)
  assert.match(content?.link ?? '', /^https:\/\/qingshan\.example\/q\/GZ20261123-0001\/[2-9A-Z]{8}$/)
})

test('an issued notice cannot be changed, not even by the owner of the database', async (t) => {
  const c = await toldOnce(t)
  await assert.rejects(
    c.rows(`update service_window.notice set content = '{}' where id = $1`, [c.notice.noticeId]),
    /does not change/,
  )
  await assert.rejects(
    c.as('officer', (ctx) => chooseItem(ctx, c.id, { version: 3, itemCode: 'id_card.renewal' })),
    problem('wrong-state'),
  )
})

test('what was found in order at the first visit is not examined again at the second', async (t) => {
  const c = await toldOnce(t, [
    missing('id_card'),
    { code: 'statement', verdict: 'defective', defect: '未签名', mended: true },
  ])
  await c.comeBack('officer', c.id)
  const checks = await c.rows(
    'select material_code, verdict from service_window.material_check where visit_no = 2 order by 1',
  )
  assert.deepEqual(
    checks.map((check) => `${check.material_code} ${check.verdict}`),
    ['household_booklet present', 'statement present'],
  )
  await c.check('officer', c.id)
  await c.as('officer', async (ctx) => acceptMatter(ctx, c.id, { version: await c.now('officer', c.id) }))
  const done = await c.rows(`select measure from platform.figure_delta where measure like 'done%'`)
  assert.deepEqual(
    done.map((row) => row.measure),
    ['done_by_visit_2'],
  )
})

test('a second notice needs another person’s approval: the requester cannot decide, nor a chief of another unit', async (t) => {
  const c = await toldOnce(t)
  await c.comeBack('officer', c.id)
  await c.check('officer', c.id, [missing('household_booklet')])
  await assert.rejects(c.notify('officer', c.id), problem('no-earlier-notice', 409))
  const { noticeId } = await c.ask('officer_omission')
  await assert.rejects(c.ask('officer_omission'), problem('already-asked', 409))
  await assert.rejects(c.decide('officer', noticeId), problem('wrong-person', 403))
  await assert.rejects(c.decide('westChief', noticeId), problem('notice-not-found', 404))
  assert.equal((await c.as('chief', waitingDecisions)).notices.length, 1)
  await c.decide('chief', noticeId)
  await assert.rejects(c.decide('head', noticeId), problem('already-decided', 409))
  assert.deepEqual(await c.as('chief', waitingDecisions), { notices: [], extensions: [] })
})

test('a chief who asks for a second notice herself leaves the decision to the head of the unit', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('chief')
  await c.check('chief', id, [missing('id_card')])
  await c.notify('chief', id)
  await c.comeBack('chief', id)
  await c.check('chief', id, [missing('statement')])
  const { noticeId } = await c.as('chief', async (ctx) =>
    requestSecondNotice(ctx, id, { version: await c.now('chief', id), cause: 'officer_omission', note: '首次漏告' }),
  )
  assert.equal((await c.as('chief', waitingDecisions)).notices.length, 0)
  await assert.rejects(
    c.as('chief', (ctx) => decideSecondNotice(ctx, noticeId, { approve: true, note: '' })),
    problem('wrong-person', 403),
  )
  const { no } = await c.as('head', (ctx) => decideSecondNotice(ctx, noticeId, { approve: true, note: '' }))
  assert.equal(no, 'GZ20261123-0002')
})

test('a gap that existed at the first visit is an omission of whoever wrote the first notice, whoever notices it (R49)', async (t) => {
  const c = await toldOnce(t)
  await c.comeBack('officer2', c.id)
  await c.check('officer2', c.id, [missing('household_booklet')])
  for (const cause of ['new_fact', 'changed_policy'] as const)
    await assert.rejects(c.ask(cause, '说明', 'officer2'), field('cause', 'cause-contradicts-record'))
  const { noticeId } = await c.ask('officer_omission', '首次未核对户口簿', 'officer2')
  const [waiting] = (await c.as('chief', waitingDecisions)).notices
  assert.deepEqual(
    waiting?.gaps.map((gap) => [gap.code, gap.cause, gap.notice?.no]),
    [['household_booklet', 'officer_omission', 'GZ20261123-0001']],
  )
  await c.decide('chief', noticeId)
  const findings = await c.findings()
  assert.equal(findings.length, 1)
  assert.deepEqual(
    [findings[0].kind, findings[0].person_id, findings[0].basis, findings[0].detail.overlooked],
    ['notice_omission', c.bureau.people.officer.id, 'R49', ['household_booklet']],
  )
  assert.doesNotMatch(JSON.stringify(findings), /王秀英|1381234/)
  const second = (await c.view('officer2', c.id)).notices.at(-1)?.content
  assert.deepEqual([second?.second?.previousNo, second?.second?.approver], ['GZ20261123-0001', '赵晓梅'])
})

test('changed circumstances make a new fact, which is nobody’s finding', async (t) => {
  const c = await aCounter(t)
  const { id } = await c.receive('officer', { itemCode: 'id_card.renewal' })
  const { content } = await c.as('officer', async (ctx) => versionOf(ctx, await findMatter(ctx, id)))
  const grownUp = plainAnswers(content, { age: 'from_16' })
  await c.check('officer', id, [missing('old_id_card')], grownUp)
  await c.notify('officer', id)
  await c.comeBack('officer', id)
  // A child after all: the guardian's card is asked for, which the first answers did not call for.
  await c.check('officer', id, [missing('guardian_id_card')], plainAnswers(content, { ...grownUp, age: 'under_16' }))
  const ask = { cause: 'new_fact', note: '申请人实为未成年人' } as const
  const { noticeId } = await c.as('officer', async (ctx) =>
    requestSecondNotice(ctx, id, { version: await c.now('officer', id), ...ask }),
  )
  await c.as('chief', (ctx) => decideSecondNotice(ctx, noticeId, { approve: true, note: '' }))
  assert.deepEqual(await c.rows('select 1 from standing.entry'), [])
})

test('a paper first shown at the second visit may be defective without anybody’s fault; the claim of changed rules is on record', async (t) => {
  const c = await toldOnce(t)
  await c.comeBack('officer', c.id)
  await c.check('officer', c.id, [{ code: 'id_card', verdict: 'defective', defect: '已过有效期' }])
  const { noticeId } = await c.ask('changed_policy', '新规要求有效期内')
  await c.decide('chief', noticeId)
  assert.deepEqual(await c.findings(), [])
  assert.equal((await c.view('officer', c.id)).notices.at(-1)?.cause, 'changed_policy')
})

test('a request sent back must say why, and leaves the matter where it was', async (t) => {
  const c = await toldOnce(t)
  await c.comeBack('officer', c.id)
  await c.check('officer', c.id, [missing('household_booklet')])
  const { noticeId } = await c.ask('officer_omission')
  await assert.rejects(c.decide('chief', noticeId, false, ' '), field('note', 'required'))
  await c.decide('chief', noticeId, false, '可由数据共享核验，不必再要')
  const view = await c.view('officer', c.id)
  assert.deepEqual([view.matter.status, view.notices.at(-1)?.status], ['received', 'rejected'])
  assert.deepEqual(await c.findings(), [])
  await c.ask('officer_omission', '再次提请')
})

test('what was checked again while a request waited is judged as it is now, and cannot slip past the chief', async (t) => {
  const c = await toldOnce(t)
  await c.comeBack('officer', c.id)
  await c.check('officer', c.id, [{ code: 'id_card', verdict: 'defective', defect: '已过有效期' }])
  const { noticeId } = await c.ask('new_fact')
  const seen = await c.now('chief', c.id)
  await c.check('officer', c.id, [missing('household_booklet')])
  await assert.rejects(
    c.as('chief', (ctx) => decideSecondNotice(ctx, noticeId, { approve: true, note: '', version: seen })),
    problem('changed-meanwhile', 409),
  )
  await assert.rejects(c.decide('chief', noticeId), field('cause', 'cause-contradicts-record'))
  await c.check('officer', c.id)
  await assert.rejects(c.decide('chief', noticeId), problem('gaps', 409))
})

test('a notice is signed once: drawn, on paper, or before a witness', async (t) => {
  const c = await toldOnce(t)
  const { noticeId } = c.notice
  const sign = (input: Parameters<typeof signNotice>[2], who: 'officer' | 'westOfficer' = 'officer') =>
    c.as(who, (ctx) => signNotice(ctx, noticeId, input))
  const strokes = [
    [
      { x: 10, y: 10 },
      { x: 60.123, y: 40 },
    ],
  ]
  await assert.rejects(sign({ kind: 'paper' }, 'westOfficer'), problem('notice-not-found', 404))
  await assert.rejects(sign({ kind: 'declined', witness: '' }), field('witness', 'required'))
  await assert.rejects(
    sign({ kind: 'drawn', width: 300, height: 100, strokes: [] }),
    field('strokes', 'signature-empty'),
  )
  await assert.rejects(
    sign({
      kind: 'drawn',
      width: 300,
      height: 100,
      strokes: [
        [
          { x: 1e9, y: 0 },
          { x: 0, y: 0 },
        ],
      ],
    }),
    field('strokes', 'malformed'),
  )
  await assert.rejects(
    sign({ kind: 'drawn', width: 300, height: 100, strokes: 'x' as unknown as [] }),
    field('strokes', 'malformed'),
  )
  await sign({ kind: 'drawn', width: 300, height: 100, strokes })
  await assert.rejects(sign({ kind: 'paper' }), problem('already-signed', 409))
  const [row] = await c.rows('select signature_data from service_window.notice where id = $1', [noticeId])
  assert.deepEqual(row.signature_data, {
    width: 300,
    height: 100,
    strokes: [
      [
        { x: 10, y: 10 },
        { x: 60.1, y: 40 },
      ],
    ],
  })
})
