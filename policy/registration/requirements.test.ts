import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questionsToAsk, truthOf, unansweredQuestions } from './circumstances.ts'
import { exampleItem, paper, randomAnswers, stream, when } from './example-item.ts'
import { versionOn } from './item.ts'
import { feeFor, materialsPreview, materialsRequired, policyVerdict } from './requirements.ts'

const item = exampleItem()
const codes = (things: readonly { code: string }[]) => things.map(({ code }) => code)

test('a missing answer leaves a circumstance unknown unless another answer decides it', () => {
  const both = { all: [when('a', 'yes'), when('b', 'yes')] }
  const either = { any: [when('a', 'yes'), when('b', 'yes')] }
  assert.equal(truthOf(both, { a: 'yes' }), 'unknown')
  assert.equal(truthOf(both, { a: 'no' }), 'no')
  assert.equal(truthOf(either, { a: 'yes' }), 'yes')
  assert.equal(truthOf(either, { a: 'no' }), 'unknown')
  assert.equal(truthOf({ not: either }, { a: 'yes' }), 'no')
  assert.equal(truthOf({ not: either }, {}), 'unknown')
})

test('a question shows only when an earlier answer calls for it', () => {
  assert.deepEqual(codes(questionsToAsk(item, {}, 'applicant')), ['lives', 'applicant'])
  assert.deepEqual(codes(questionsToAsk(item, { applicant: 'proxy' }, 'applicant')), ['lives', 'applicant', 'mandate'])
  assert.deepEqual(codes(questionsToAsk(item, { applicant: 'self' }, 'officer')), ['check'])
})

test('an answer to a question that is no longer asked does not count', () => {
  const answers = { lives: 'here', applicant: 'self', mandate: 'none' }
  assert.deepEqual(policyVerdict(item, answers), { met: true })
  assert.deepEqual(codes(materialsRequired(item, { ...answers, mandate: 'written' }) as []), ['booklet', 'form'])
})

test('an answer that is no option is no answer, and an inherited property neither', () => {
  assert.deepEqual(codes(unansweredQuestions(item, { lives: 'moon', applicant: 'toString' })), ['lives', 'applicant'])
  const inherited = Object.create({ lives: 'here', applicant: 'self' })
  assert.deepEqual(codes(unansweredQuestions(item, inherited)), ['lives', 'applicant'])
})

test('the officer’s finding is assumed until given, so the list can be seen beforehand', () => {
  const answers = { lives: 'here', applicant: 'self' }
  assert.deepEqual(codes(unansweredQuestions(item, answers)), [])
  assert.deepEqual(codes(materialsRequired(item, answers) as []), ['booklet', 'form'])
  assert.deepEqual(codes(materialsRequired(item, { ...answers, check: 'mismatch' }) as []), [
    'booklet',
    'remedy',
    'form',
  ])
})

test('what the office makes or fetches is on the list but not to be brought', () => {
  const required = materialsRequired(item, { lives: 'here', applicant: 'self' })
  assert.ok(Array.isArray(required))
  assert.deepEqual(
    required.map(({ code, toBring }) => [code, toBring]),
    [
      ['booklet', true],
      ['form', false],
    ],
  )
})

test('no definite list is given while an answer it depends on is missing', () => {
  assert.deepEqual(materialsRequired(item, { lives: 'here', applicant: 'proxy' }), {
    refused: 'questions_unanswered',
    questions: ['mandate'],
  })
  const preview = materialsPreview(item, { lives: 'here', applicant: 'proxy' })
  assert.equal(preview.find(({ code }) => code === 'mandate')?.applies, 'unknown')
})

test('a refusal gives every reason at once and what can be done', () => {
  const verdict = policyVerdict(item, { lives: 'elsewhere', applicant: 'proxy', mandate: 'none' })
  assert.ok(!('refused' in verdict) && !verdict.met)
  assert.deepEqual(
    verdict.reasons.map(({ reason, canDo }) => [reason.zh, canDo.zh]),
    [
      ['不在本地', '去居住地'],
      ['没有委托', '补办委托'],
    ],
  )
})

test('policy is not called met while a question it depends on is open', () => {
  assert.deepEqual(policyVerdict(item, { lives: 'here' }), {
    refused: 'questions_unanswered',
    questions: ['applicant'],
  })
})

test('the first fee case that applies decides', () => {
  const text = { zh: '免费', en: 'free' }
  const poor = { amountFen: 0, text, appliesIf: when('applicant', 'proxy'), basis: 'id-card-law:21' }
  const priced = exampleItem({ fee: { ...item.fee, cases: [poor, ...item.fee.cases] } })
  assert.deepEqual(feeFor(priced, { applicant: 'proxy' }), { free: true, amountFen: 0, text, basis: 'id-card-law:21' })
  const due = feeFor(priced, { applicant: 'self' })
  assert.ok(!('refused' in due))
  assert.deepEqual([due.free, due.amountFen], [false, 1000])
  assert.ok('refused' in feeFor(priced, {}))
})

test('the version of the day applies, whatever the order of the list', () => {
  const version = (from: string) => ({ from, changeNote: item.name, content: item })
  const versions = [version('2026-04-01'), version('2025-01-01'), version('2027-01-01')]
  const on = (day: string) => versionOn(versions, Temporal.PlainDate.from(day))?.from
  assert.equal(on('2026-03-31'), '2025-01-01')
  assert.equal(on('2026-04-01'), '2026-04-01')
  assert.equal(on('2024-12-31'), undefined)
})

test('two papers of one list keep their order and none appears twice, whatever is answered', () => {
  const long = exampleItem({ materials: [...item.materials, paper('extra', { requiredIf: when('lives', 'here') })] })
  const next = stream(7)
  for (let i = 0; i < 500; i++) {
    const answers = randomAnswers(long, next)
    const listed = codes(materialsPreview(long, answers))
    assert.deepEqual(
      listed,
      codes(long.materials).filter((code) => listed.includes(code)),
      JSON.stringify(answers),
    )
  }
})
