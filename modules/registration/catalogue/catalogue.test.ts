import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { valueOn } from '#policy/parameter.ts'
import { unansweredQuestions } from '#policy/registration/circumstances.ts'
import { circumstancesOf, compareVersions } from '#policy/registration/compare-versions.ts'
import { randomAnswers, stream } from '#policy/registration/example-item.ts'
import { crossStationChoice } from '#policy/registration/id-card.ts'
import type { Answers, ItemContent } from '#policy/registration/item.ts'
import { noticeGaps } from '#policy/registration/material-check.ts'
import { crossStationTypes, idCardFees, idCardLimit, temporaryCard } from '#policy/registration/parameters.ts'
import { publishProblems } from '#policy/registration/publish-problems.ts'
import { feeFor, materialsRequired, policyVerdict } from '#policy/registration/requirements.ts'
import { loadCatalogue } from './load.ts'
import { ItemVersionSchema } from './schema.ts'

const catalogue = await loadCatalogue()
const day = Temporal.PlainDate.from('2026-05-06')

function item(code: string): ItemContent {
  const version = catalogue.findLast(({ content }) => content.code === code)
  assert.ok(version, code)
  return version.content
}

/** Every way of answering all the questions. */
function everyCase(content: ItemContent): Answers[] {
  const all = circumstancesOf(
    [content],
    content.questions.map(({ code }) => code),
  )
  return all.filter((answers) => unansweredQuestions(content, answers).length === 0)
}

test('the catalogue holds the identity card, the temporary card and the household items', () => {
  assert.deepEqual([...new Set(catalogue.map(({ content }) => content.code))].toSorted(), [
    'household.birth_registration',
    'household.move_in',
    'household.name_change',
    'id_card.damage_replacement',
    'id_card.first_issue',
    'id_card.loss_replacement',
    'id_card.renewal',
    'temporary_id_card',
  ])
})

test('every version fits the schema and may be published', () => {
  for (const version of catalogue) {
    assert.ok(Value.Check(ItemVersionSchema, version), version.content.code)
    assert.deepEqual(publishProblems(version.content), [], version.content.code)
  }
})

test('the schema refuses a misspelt key, a nested condition of no kind and a negative fee', () => {
  const [version] = catalogue
  assert.ok(version)
  const withContent = (change: object) => ({ ...version, content: { ...version.content, ...change } })
  const [material] = version.content.materials
  const requiring = (requiredIf: unknown) => withContent({ materials: [{ ...material, requiredIf }] })
  assert.ok(Value.Check(ItemVersionSchema, requiring({ not: { any: [{ question: 'a', is: ['b'] }] } })))
  assert.ok(!Value.Check(ItemVersionSchema, requiring({ not: { any: [{ question: 'a' }] } })))
  assert.ok(!Value.Check(ItemVersionSchema, withContent({ sumary: 'x' })))
  const { fee } = version.content
  const negative = fee.cases.map((one) => ({ ...one, amountFen: -1 }))
  assert.ok(!Value.Check(ItemVersionSchema, withContent({ fee: { ...fee, cases: negative } })))
})

test('no text promises a time that could be booked online: there is no such thing here', () => {
  for (const { content } of catalogue)
    assert.doesNotMatch(JSON.stringify(content), /网上预约|按预约|book(ed)? (online|time)|be booked/)
})

test('fees and limits of the identity card are those of the law', () => {
  const fees = valueOn(idCardFees, day).value
  const highest = (code: string) =>
    Math.max(
      ...everyCase(item(code)).map((answers) => {
        const due = feeFor(item(code), answers)
        return 'refused' in due ? Number.NaN : due.amountFen
      }),
    )
  assert.equal(highest('id_card.first_issue'), fees.firstIssue)
  assert.equal(highest('id_card.renewal'), fees.renewal)
  assert.equal(highest('id_card.loss_replacement'), fees.lossReplacement)
  assert.equal(highest('id_card.damage_replacement'), fees.damageReplacement)
  assert.equal(highest('temporary_id_card'), fees.temporary)

  const law = valueOn(idCardLimit, day).value
  for (const { content } of catalogue.filter(({ content }) => content.code.startsWith('id_card.'))) {
    const { days, unit, extension } = content.statutoryLimit
    assert.deepEqual([days, unit, extension?.days], [law.days, 'natural_day', law.remoteExtension], content.code)
  }
  assert.equal(item('temporary_id_card').statutoryLimit.days, valueOn(temporaryCard, day).value.issueDays)
})

test('the lists and the cross-station rule refuse the same business', () => {
  const codes = catalogue.map(({ content }) => content.code).filter((code) => !code.startsWith('household.'))
  for (const code of new Set(codes)) {
    const cases = everyCase(item(code)).filter((answers) => answers.registered_at === 'this_city')
    const possible = cases.some((answers) => {
      const verdict = policyVerdict(item(code), answers)
      return 'met' in verdict && verdict.met
    })
    const choice = crossStationChoice({ item: code, homeService: false }, day)
    assert.equal(possible, 'allowed' in choice, code)
    assert.equal(possible, valueOn(crossStationTypes, day).value.includes(code), code)
  }
})

test('no answer leads to a list with nothing to bring, with a paper twice or with a paper unexplained', () => {
  for (const { content } of catalogue) {
    for (const answers of everyCase(content)) {
      const required = materialsRequired(content, answers)
      assert.ok(Array.isArray(required), `${content.code} ${JSON.stringify(answers)}`)
      const codes = required.map(({ code }) => code)
      assert.equal(new Set(codes).size, codes.length)
      assert.ok(required.some(({ toBring }) => toBring))
    }
  }
})

test('gaps named for random cases of the catalogue are exactly the papers missing', () => {
  const next = stream(5)
  for (let i = 0; i < 400; i++) {
    const { content } = catalogue[next(catalogue.length)]!
    const required = materialsRequired(content, randomAnswers(content, next))
    if (!Array.isArray(required)) continue
    const checks = required.map(({ code }) => ({
      code,
      verdict: next(2) ? ('missing' as const) : ('present' as const),
    }))
    const wanting = checks.filter(({ verdict }) => verdict === 'missing').map(({ code }) => code)
    const gaps = noticeGaps(required, checks).map(({ code }) => code)
    assert.deepEqual(
      gaps,
      required.filter(({ code, toBring }) => toBring && wanting.includes(code)).map(({ code }) => code),
    )
  }
})

test('a certificate of origin is asked for only after a failed verification', () => {
  const content = item('household.move_in')
  for (const answers of everyCase(content)) {
    const required = materialsRequired(content, answers)
    assert.ok(Array.isArray(required))
    const asked = required.some(({ name }) => name.zh.includes('户籍证明'))
    assert.equal(asked, ['inconsistent', 'not_found'].includes(answers.verification ?? ''))
  }
})

test('no list asks the citizen for a copy of what the counter can scan, except the earlier renewal', () => {
  const copied = catalogue.filter(({ content }) => content.materials.some(({ copies }) => copies > 0))
  assert.deepEqual(
    copied.map(({ content, from }) => `${content.code}@${from}`),
    ['id_card.renewal@2025-01-01'],
  )
})

test('the newer renewal only relieves the citizen', () => {
  const [old, next] = catalogue.filter(({ content }) => content.code === 'id_card.renewal')
  assert.ok(old && next)
  assert.deepEqual(
    compareVersions(old.content, next.content).map(({ effect, code }) => `${effect} ${code}`),
    ['relief fewer_copies', 'relief promised_limit_shorter'],
  )
})
