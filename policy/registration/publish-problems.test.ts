import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleItem, paper, when } from './example-item.ts'
import type { ItemContent } from './item.ts'
import { publishProblems } from './publish-problems.ts'

const item = exampleItem()
const problems = (change: Partial<ItemContent>) =>
  publishProblems(exampleItem(change)).map(({ notice, code, at }) => `${notice} ${code} ${at}`)
const words = (zh: string, en: string) => ({ zh, en })

test('a complete version may be published', () => {
  assert.deepEqual(publishProblems(item), [])
})

test('each of the six notices must be there', () => {
  assert.deepEqual(problems({ name: words('', '') }), ['item empty name'])
  assert.deepEqual(problems({ process: [] }), ['process empty process'])
  assert.deepEqual(problems({ promisedLimit: { ...item.promisedLimit, text: words('', '') } }), [
    'time_limit empty promisedLimit.text',
  ])
  assert.deepEqual(problems({ supervision: { ...item.supervision, phones: [] } }), [
    'supervision empty supervision.phones',
  ])
  assert.deepEqual(problems({ fee: { ...item.fee, text: words(' ', ' ') } }), ['fee empty fee.text'])
  assert.ok(problems({ materials: [] }).includes('materials empty materials'))
})

test('a text in one language only is not published', () => {
  assert.deepEqual(problems({ result: words('登记', '') }), ['item empty result'])
})

test('no fee is said in words, in both languages, and asks for nothing', () => {
  const free = (zh: string, en: string, amountFen = 0) => ({
    fee: { free: true, cases: [{ amountFen, text: words('不收费', 'free'), basis: 'R46' }], text: words(zh, en) },
  })
  assert.deepEqual(problems(free('不收费', 'Free of charge')), [])
  assert.deepEqual(problems(free('无', 'none')), ['fee no_fee_not_said fee.text'])
  assert.deepEqual(problems(free('不收费', 'none')), ['fee no_fee_not_said fee.text'])
  assert.deepEqual(problems(free('不收费', 'free', 500)), ['fee free_with_amount fee.cases'])
})

test('some fee case applies to everybody', () => {
  const only = { amountFen: 1000, text: words('10元', '10 yuan'), appliesIf: when('lives', 'here'), basis: 'R46' }
  assert.deepEqual(problems({ fee: { ...item.fee, cases: [only] } }), ['fee no_default_fee fee.cases'])
})

test('a condition may ask only after questions and options that exist', () => {
  const asking = (condition: ReturnType<typeof when>) =>
    problems({ materials: [...item.materials, paper('extra', { requiredIf: condition })] })
  assert.deepEqual(asking(when('weather', 'fine')), ['materials unknown_question materials.extra.requiredIf'])
  assert.deepEqual(asking(when('lives', 'moon')), ['materials unknown_option materials.extra.requiredIf'])
})

test('a question that decides nothing is not asked, and none depends on a later one', () => {
  const [lives, applicant, mandate, check] = item.questions
  assert.ok(lives && applicant && mandate && check)
  assert.deepEqual(problems({ questions: [...item.questions, { ...lives, code: 'idle' }] }), [
    'item question_unused questions.idle',
  ])
  assert.deepEqual(problems({ questions: [lives, mandate, applicant, check] }), [
    'item question_asked_later questions.mandate',
  ])
  assert.deepEqual(problems({ questions: [lives, applicant, mandate, { ...check, assumed: undefined }] }), [
    'item assumption_invalid questions.check',
  ])
})

test('whatever can be refused comes with a reason and a way out', () => {
  const bare = { text: words('条件', 'condition'), failIf: when('lives', 'elsewhere') }
  assert.deepEqual(problems({ conditions: [...item.conditions, bare] }), ['item refusal_missing conditions.2'])
})

test('everything rests on a known source', () => {
  const based = (basis: string) => problems({ materials: [...item.materials, paper('extra', { basis })] })
  assert.deepEqual(based('id-card-law:10, R62'), [])
  assert.deepEqual(based(''), ['materials basis_missing materials.extra'])
  assert.deepEqual(based('custom'), ['materials basis_unknown materials.extra'])
  assert.deepEqual(problems({ basis: [] }), ['item basis_missing basis'])
  assert.deepEqual(problems({ basis: [{ source: 'hearsay' }] }), ['item basis_unknown basis.hearsay'])
})

test('an example says that the bureau has still to confirm it', () => {
  const limit = { ...item.promisedLimit, basis: 'design' }
  assert.deepEqual(problems({ promisedLimit: limit }), ['time_limit example_not_said promisedLimit'])
  const said = words('20日（示例，上线前由分局确认）', '20 days (example; the bureau confirms it)')
  assert.deepEqual(problems({ promisedLimit: { ...limit, text: said } }), [])
})

test('a promise may not exceed the law; twenty working days are within thirty days, twenty-five are not', () => {
  const limits = (days: number, unit: 'working_day' | 'natural_day', statutory: number | null) =>
    problems({
      promisedLimit: { ...item.promisedLimit, days, unit },
      statutoryLimit: { ...item.statutoryLimit, days: statutory },
    })
  const tooLong = ['time_limit promise_longer_than_law promisedLimit']
  assert.deepEqual(limits(30, 'natural_day', 30), [])
  assert.deepEqual(limits(31, 'natural_day', 30), tooLong)
  assert.deepEqual(limits(20, 'working_day', 30), [])
  assert.deepEqual(limits(25, 'working_day', 30), tooLong)
  assert.deepEqual(limits(500, 'natural_day', null), [])
})

test('a paper the citizen brings is counted, and none is listed twice', () => {
  const [booklet] = item.materials
  assert.ok(booklet)
  assert.deepEqual(problems({ materials: [...item.materials, booklet] }), [
    'materials duplicate_code materials.booklet',
  ])
  assert.deepEqual(problems({ materials: [...item.materials, paper('nothing', { original: 0 })] }), [
    'materials count_invalid materials.nothing',
  ])
})
