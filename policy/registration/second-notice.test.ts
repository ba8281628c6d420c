import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleItem, paper, randomAnswers, stream, when } from './example-item.ts'
import type { Answers, ItemContent } from './item.ts'
import { type MaterialCheck, noticeGaps } from './material-check.ts'
import { materialsRequired } from './requirements.ts'
import { laterGapCauses, type NoticeBasis, overlookedGaps } from './second-notice.ts'

const item = exampleItem()
const self = { lives: 'here', applicant: 'self' }
const proxy = { lives: 'here', applicant: 'proxy', mandate: 'written' }

function visit(content: ItemContent, answers: Answers, checks: MaterialCheck[]): NoticeBasis {
  const required = materialsRequired(content, answers)
  assert.ok(Array.isArray(required))
  return { content, answers, gaps: noticeGaps(required, checks) }
}

const missing = (code: string): MaterialCheck => ({ code, verdict: 'missing' })
const flawed = (code: string, defect: string, newPaper = false): MaterialCheck => ({
  code,
  verdict: 'defective',
  defect,
  newPaper,
})
const causes = (first: NoticeBasis, later: NoticeBasis) => laterGapCauses(first, later).map(({ cause }) => cause)

test('a paper that applied at the first visit and was not named is the officer’s omission', () => {
  const first = visit(item, proxy, [missing('booklet')])
  const later = visit(item, proxy, [missing('mandate')])
  assert.deepEqual(overlookedGaps(first, later), ['mandate'])
})

test('what the first notice named and is still missing is no addition', () => {
  const first = visit(item, proxy, [missing('booklet')])
  assert.deepEqual(causes(first, visit(item, proxy, [missing('booklet')])), ['still_open'])
})

test('a paper that was missing and is now brought with a defect is a new fact', () => {
  const first = visit(item, proxy, [missing('booklet')])
  assert.deepEqual(causes(first, visit(item, proxy, [flawed('booklet', '缺页')])), ['new_fact'])
})

test('a second defect of a paper examined before should have been named, unless the paper is another one', () => {
  const first = visit(item, proxy, [flawed('booklet', '缺页')])
  assert.deepEqual(causes(first, visit(item, proxy, [flawed('booklet', '缺页')])), ['still_open'])
  assert.deepEqual(causes(first, visit(item, proxy, [flawed('booklet', '姓名不符')])), ['officer_omission'])
  assert.deepEqual(causes(first, visit(item, proxy, [flawed('booklet', '姓名不符', true)])), ['new_fact'])
})

test('a paper found in order at first and replaced by a flawed one since is a new fact', () => {
  const first = visit(item, proxy, [missing('booklet')])
  assert.deepEqual(causes(first, visit(item, proxy, [flawed('mandate', '没有签名', true)])), ['new_fact'])
  assert.deepEqual(causes(first, visit(item, proxy, [flawed('mandate', '没有签名')])), ['officer_omission'])
})

test('a paper that a changed circumstance calls for is a new fact', () => {
  const first = visit(item, self, [missing('booklet')])
  assert.deepEqual(causes(first, visit(item, proxy, [missing('mandate')])), ['new_fact'])
  const mismatch = visit(item, { ...self, check: 'mismatch' }, [missing('remedy')])
  assert.deepEqual(causes(first, mismatch), ['new_fact'])
})

test('a paper that only a later version asks for is changed policy', () => {
  const next = exampleItem({ materials: [...item.materials, paper('photo')] })
  const first = visit(item, self, [missing('booklet')])
  assert.deepEqual(causes(first, visit(next, self, [missing('photo')])), ['changed_policy'])
})

test('a later version does not excuse what the earlier one asked for already', () => {
  const next = exampleItem({ materials: [...item.materials, paper('photo')] })
  const first = visit(item, self, [])
  assert.deepEqual(causes(first, visit(next, self, [missing('booklet')])), ['officer_omission'])
})

test('an unasked question at the first visit is the office’s fault too', () => {
  const first: NoticeBasis = { content: item, answers: { lives: 'here' }, gaps: [] }
  assert.deepEqual(causes(first, visit(item, proxy, [missing('mandate')])), ['officer_omission'])
})

test('a gap hidden at the first visit always becomes an omission, a named one never does', () => {
  const next = stream(23)
  const long = exampleItem({ materials: [...item.materials, paper('photo', { requiredIf: when('lives', 'here') })] })
  let hidden = 0
  for (let i = 0; i < 500; i++) {
    const answers = randomAnswers(long, next)
    const required = materialsRequired(long, answers)
    if (!Array.isArray(required)) continue
    const all = noticeGaps(
      required,
      required.map(({ code }) => missing(code)),
    )
    const named = all.filter(() => next(2) === 0)
    const later: NoticeBasis = { content: long, answers, gaps: all }

    const overlooked = overlookedGaps({ content: long, answers, gaps: named }, later)
    const unnamed = all.filter((gap) => !named.includes(gap)).map(({ code }) => code)
    assert.deepEqual(overlooked, unnamed)
    hidden += unnamed.length
  }
  assert.ok(hidden > 100, 'too few cases to mean anything')
})
