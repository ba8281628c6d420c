import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareVersions, lockedParts } from './compare-versions.ts'
import { exampleItem, paper, when } from './example-item.ts'
import type { ItemContent } from './item.ts'

const item = exampleItem()
const [booklet, mandate, remedy, form] = item.materials as [
  ReturnType<typeof paper>,
  ReturnType<typeof paper>,
  ReturnType<typeof paper>,
  ReturnType<typeof paper>,
]

function changes(change: Partial<ItemContent>, back = false): string[] {
  const other = exampleItem(change)
  const found = back ? compareVersions(other, item) : compareVersions(item, other)
  return found.map(({ effect, code, about }) => `${effect} ${code} ${about}`)
}

test('the same version changes nothing', () => {
  assert.deepEqual(changes({}), [])
})

test('a further paper is a burden, one fewer a relief', () => {
  const more = { materials: [...item.materials, paper('photo')] }
  assert.deepEqual(changes(more), ['burden material_added photo'])
  assert.deepEqual(changes(more, true), ['relief material_removed photo'])
})

test('a paper asked for in more cases is noticed, however the condition is written', () => {
  const always = { materials: [booklet, mandate, { ...remedy, requiredIf: undefined }, form] }
  assert.deepEqual(changes(always), ['burden material_required_more_often remedy'])
  assert.deepEqual(changes(always, true), ['relief material_required_less_often remedy'])
  const same = { all: [when('check', 'mismatch'), { not: when('check', 'match') }] }
  assert.deepEqual(changes({ materials: [booklet, mandate, { ...remedy, requiredIf: same }, form] }), [])
})

test('a change that depends on a follow-up question is noticed too', () => {
  const anyMandate = {
    materials: [booklet, { ...mandate, requiredIf: when('mandate', 'written', 'none') }, remedy, form],
  }
  assert.deepEqual(changes(anyMandate), ['burden material_required_more_often mandate'])
  const cheaper = {
    amountFen: 0,
    text: { zh: '免费', en: 'free' },
    appliesIf: when('mandate', 'written'),
    basis: 'R46',
  }
  assert.deepEqual(changes({ fee: { ...item.fee, cases: [cheaper, ...item.fee.cases] } }), ['relief fee_lowered fee'])
})

test('a paper may be asked for in other cases than before: both are told, the burden first', () => {
  const moved = { materials: [booklet, mandate, { ...remedy, requiredIf: when('check', 'match') }, form] }
  assert.deepEqual(changes(moved), [
    'burden material_required_more_often remedy',
    'relief material_required_less_often remedy',
  ])
})

test('a paper the office used to make and the citizen must now bring is a burden', () => {
  const brought = { materials: [{ ...booklet, copies: 2 }, mandate, remedy, { ...form, source: 'applicant' as const }] }
  assert.deepEqual(changes(brought), ['burden more_copies booklet', 'burden material_now_brought form'])
  assert.deepEqual(changes(brought, true), ['relief fewer_copies booklet', 'relief material_no_longer_brought form'])
})

test('longer limits are burdens, also across units', () => {
  assert.deepEqual(changes({ promisedLimit: { ...item.promisedLimit, days: 21 } }), [
    'burden promised_limit_longer promisedLimit',
  ])
  assert.deepEqual(changes({ promisedLimit: { ...item.promisedLimit, days: 10, unit: 'working_day' } }), [
    'relief promised_limit_shorter promisedLimit',
  ])
  assert.deepEqual(changes({ statutoryLimit: { ...item.statutoryLimit, days: null } }), [
    'burden statutory_limit_longer statutoryLimit',
  ])
})

test('a fee raised for some and lowered for others is both', () => {
  const text = { zh: '20元', en: '20 yuan' }
  const raised = { amountFen: 2000, text, basis: 'R46' }
  const free = { amountFen: 0, text: { zh: '免费', en: 'free' }, appliesIf: when('applicant', 'proxy'), basis: 'R46' }
  assert.deepEqual(changes({ fee: { ...item.fee, cases: [raised] } }), ['burden fee_raised fee'])
  assert.deepEqual(changes({ fee: { ...item.fee, cases: [free, raised] } }), [
    'burden fee_raised fee',
    'relief fee_lowered fee',
  ])
})

test('a step, a condition and a question more are burdens', () => {
  const [step] = item.process
  const [condition] = item.conditions
  const [question] = item.questions
  assert.ok(step && condition && question)
  assert.deepEqual(changes({ process: [...item.process, step] }), ['burden step_added process'])
  assert.deepEqual(changes({ conditions: [...item.conditions, condition] }), ['burden condition_added conditions'])
  assert.deepEqual(changes({ questions: [...item.questions, { ...question, code: 'more' }] }), [
    'burden question_added questions',
  ])
})

test('an item ordered by the municipal bureau is locked but for places and phones', () => {
  const ordered = exampleItem({ sourceNotice: { level: 'municipal', title: '通知' } })
  const [step] = item.process
  assert.ok(step)
  assert.deepEqual(lockedParts(ordered, { ...ordered, process: [step, step] }), [])
  assert.deepEqual(lockedParts(ordered, { ...ordered, materials: [] }), ['materials'])
  assert.deepEqual(lockedParts(ordered, { ...ordered, sourceNotice: undefined }), ['sourceNotice'])
  assert.deepEqual(lockedParts(item, exampleItem({ materials: [] })), [])
})
