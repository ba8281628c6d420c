import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemsOn } from '#modules/registration/index.ts'
import { dayOf } from '#platform/context.ts'
import { unansweredQuestions } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { materialsRequired } from '#policy/registration/requirements.ts'
import { acceptMatter } from './accept-matter.ts'
import { checkMaterials } from './check-materials.ts'
import { aCounter, checksOf, dice } from './counter-testing.ts'
import { completeMatter, refuseMatter } from './finish-matter.ts'
import { issueNotice } from './issue-notice.ts'
import { findMatter } from './matter-store.ts'
import { receiveCitizen } from './receive-citizen.ts'
import { startReturnVisit } from './return-visit.ts'
import { decideSecondNotice, requestSecondNotice } from './second-notice.ts'

type Dice = ReturnType<typeof dice>

function anyAnswers(content: ItemContent, die: Dice): Answers {
  const answers: Record<string, string> = {}
  for (;;) {
    const [question] = unansweredQuestions(content, answers)
    if (!question) break
    answers[question.code] = die.pick(question.options).code
  }
  return answers
}

/** A fault on about a third of the papers that this case calls for. */
function anyFaults(content: ItemContent, answers: Answers, die: Dice): MaterialCheck[] {
  const required = materialsRequired(content, answers)
  if ('refused' in required) throw new Error('unanswered')
  return required
    .filter((material) => material.toBring && die.below(3) === 0)
    .map(({ code }) =>
      die.below(2) === 0
        ? { code, verdict: 'missing' as const }
        : { code, verdict: 'defective' as const, defect: `缺陷${die.below(9)}` },
    )
}

test('whatever the case, the first notice names exactly the gaps that the rule found, and a gap hidden then becomes an omission (b-10)', async (t) => {
  const c = await aCounter(t)
  const die = dice(20261123)
  const items = await c.as('officer', (ctx) => itemsOn(ctx, dayOf(ctx.now)))
  let hidden = 0
  for (let n = 0; n < 40; n++) {
    const { content, itemCode } = die.pick(items)
    const answers = anyAnswers(content, die)
    const { id } = await c.as('officer', (ctx) =>
      receiveCitizen(ctx, { name: `申请人${n}`, request: '办证', itemCode }),
    )
    const faults = anyFaults(content, answers, die)
    const found = await c.as('officer', (ctx) =>
      checkMaterials(ctx, id, { version: 1, answers, checks: checksOf(content, answers, faults) }),
    )
    if (found.branch !== 'supplement') {
      assert.ok(found.branch === 'refuse' || faults.length === 0)
      continue
    }
    const { noticeId } = await c.as('officer', (ctx) => issueNotice(ctx, id, { version: 2 }))
    const named = await c.rows('select material_code from service_window.notice_gap where notice_id = $1', [noticeId])
    assert.deepEqual(
      named.map((row) => row.material_code).toSorted(),
      faults.map((fault) => fault.code).toSorted(),
      itemCode,
    )

    // At the second visit a paper that was passed before turns out to be missing.
    const passed = checksOf(content, answers, faults).filter((check) => check.verdict === 'present')
    if (passed.length === 0) continue
    const late = die.pick(passed).code
    await c.as('officer2', (ctx) => startReturnVisit(ctx, id, { version: 3 }))
    await c.as('officer2', (ctx) =>
      checkMaterials(ctx, id, {
        version: 4,
        answers,
        checks: checksOf(content, answers, [{ code: late, verdict: 'missing' }]),
      }),
    )
    const asked = await c.as('officer2', (ctx) =>
      requestSecondNotice(ctx, id, { version: 5, cause: 'officer_omission', note: '首次漏告' }),
    )
    await c.as('chief', (ctx) => decideSecondNotice(ctx, asked.noticeId, { approve: true, note: '' }))
    const [finding] = await c.rows(
      `select person_id, detail from standing.entry where source_id = $1 and kind = 'notice_omission'`,
      [asked.noticeId],
    )
    assert.deepEqual([finding?.person_id, finding?.detail.overlooked], [c.bureau.people.officer.id, [late]])
    hidden += 1
  }
  assert.ok(hidden >= 5, `only ${hidden} cases had something to hide`)
  assert.equal((await c.rows('select 1 from standing.entry')).length, hidden)
})

test('the rate of matters done by the second visit is what a count of the visits themselves gives, over 300 cases (b-11)', async (t) => {
  const c = await aCounter(t)
  const die = dice(11)
  const items = (await c.as('officer', (ctx) => itemsOn(ctx, dayOf(ctx.now)))).filter((item) =>
    item.content.materials.some((material) => material.source === 'applicant'),
  )
  let expectedSecond = 0
  let expectedLater = 0
  for (let n = 0; n < 300; n++) {
    const { content, itemCode } = die.pick(items)
    const answers = anyAnswers(content, die)
    // How often this person will come: most once or twice, some a third time.
    const visits = [1, 1, 2, 2, 2, 3][die.below(6)] as number
    // One transaction a case: what is under test is the counting, not the transactions.
    const end = await c.as('officer', async (ctx) => {
      const { id } = await receiveCitizen(ctx, { name: `申请人${n}`, request: '办证', itemCode })
      for (let visit = 1; ; visit++) {
        const before = await findMatter(ctx, id)
        const all = checksOf(content, answers)
        const faulty = visit < visits && all[0] ? [{ code: all[0].code, verdict: 'missing' as const }] : []
        const found = await checkMaterials(ctx, id, {
          version: before.version,
          answers,
          checks: checksOf(content, answers, faulty),
        })
        const version = before.version + 1
        if (found.branch === 'refuse') {
          await refuseMatter(ctx, id, { version, reason: '不符合', canDo: '符合后再来' })
          return 'refused'
        }
        if (found.branch === 'accept') {
          await acceptMatter(ctx, id, { version })
          await completeMatter(ctx, id, { version: version + 1 })
          return visit
        }
        if (visit === 1) await issueNotice(ctx, id, { version })
        else return { id, version }
        await startReturnVisit(ctx, id, { version: version + 1 })
      }
    })
    if (end === 2) expectedSecond += 1
    if (typeof end !== 'object') continue
    // Still missing at the second visit: told again with approval, done at the third.
    const { noticeId } = await c.as('officer', (ctx) =>
      requestSecondNotice(ctx, end.id, { version: end.version, cause: 'new_fact', note: '仍未带来' }),
    )
    await c.as('chief', (ctx) => decideSecondNotice(ctx, noticeId, { approve: true, note: '' }))
    await c.as('officer', async (ctx) => {
      await startReturnVisit(ctx, end.id, { version: end.version + 2, cause: 'applicant_choice' })
      await checkMaterials(ctx, end.id, { version: end.version + 3, answers, checks: checksOf(content, answers) })
      await acceptMatter(ctx, end.id, { version: end.version + 4 })
    })
    expectedLater += 1
  }
  const figures = Object.fromEntries(
    (await c.rows(`select measure, sum(amount)::int as n from platform.figure_delta group by 1`)).map((row) => [
      row.measure,
      row.n,
    ]),
  )
  const [recount] =
    await c.rows(`select count(*) filter (where visits = 2)::int as second, count(*) filter (where visits > 2)::int as later,
      count(*)::int as told from service_window.matter m where accepted_at is not null
      and exists (select from service_window.notice n where n.matter_id = m.id and n.status = 'issued')`)
  assert.deepEqual([figures.done_by_visit_2, figures.done_later ?? 0], [recount.second, recount.later])
  assert.deepEqual([recount.second, recount.later], [expectedSecond, expectedLater])
  assert.equal(recount.told, expectedSecond + expectedLater)
  assert.equal(figures.received, 300)
  const causes = await c.rows('select cause, count(*)::int as n from service_window.visit where no >= 3 group by 1')
  assert.deepEqual(causes, [{ cause: 'applicant_choice', n: expectedLater }])
  assert.ok(expectedSecond > 30 && expectedLater > 5, `${expectedSecond} and ${expectedLater} are too few to tell`)
})
