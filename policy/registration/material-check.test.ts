import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleItem, randomAnswers, stream } from './example-item.ts'
import { counterBranch, type MaterialCheck, noticeGaps, unnamedGaps, verdictOnMaterials } from './material-check.ts'
import { materialsRequired, type RequiredMaterial } from './requirements.ts'

const item = exampleItem()
const proxy = { lives: 'here', applicant: 'proxy', mandate: 'written' }

function required(answers = proxy): RequiredMaterial[] {
  const list = materialsRequired(item, answers)
  assert.ok(Array.isArray(list))
  return list
}

const present = (code: string): MaterialCheck => ({ code, verdict: 'present' })
const missing = (code: string): MaterialCheck => ({ code, verdict: 'missing' })
const defective = (code: string, more: Partial<MaterialCheck> = {}): MaterialCheck => ({
  code,
  verdict: 'defective',
  defect: '没有签名',
  ...more,
})

test('all papers present is complete; what the office makes need not be checked', () => {
  const verdict = verdictOnMaterials(required(), [present('booklet'), present('mandate')])
  assert.deepEqual(verdict, { verdict: 'complete', mended: [] })
})

test('every gap is in one list, with where to get the paper', () => {
  const verdict = verdictOnMaterials(required(), [missing('booklet'), defective('mandate')])
  assert.ok('verdict' in verdict && verdict.verdict === 'supplement')
  assert.deepEqual(
    verdict.gaps.map(({ code, problem, defect, mendableOnSpot, obtain }) => [
      code,
      problem,
      defect,
      mendableOnSpot,
      obtain.zh,
    ]),
    [
      ['booklet', 'missing', undefined, false, '自备'],
      ['mandate', 'defective', '没有签名', true, '自备'],
    ],
  )
})

test('a defect put right at the counter is no gap', () => {
  const checks = [present('booklet'), defective('mandate', { mended: true })]
  assert.deepEqual(verdictOnMaterials(required(), checks), { verdict: 'complete', mended: ['mandate'] })
})

test('no verdict while a paper is unchecked', () => {
  assert.deepEqual(verdictOnMaterials(required(), [present('booklet')]), { refused: 'unchecked', codes: ['mandate'] })
})

test('a paper the list does not contain cannot be demanded', () => {
  const checks = [present('booklet'), present('mandate'), missing('remedy')]
  assert.deepEqual(verdictOnMaterials(required(), checks), { refused: 'not_required', codes: ['remedy'] })
})

test('what the office makes cannot be held against the citizen', () => {
  const checks = [present('booklet'), present('mandate'), missing('form')]
  assert.deepEqual(verdictOnMaterials(required(), checks), { refused: 'not_to_be_brought', codes: ['form'] })
  assert.deepEqual(noticeGaps(required(), checks), [])
})

test('a defect must be named, a check made once, and only what can be mended is mended', () => {
  const refusal = (checks: MaterialCheck[]) => {
    const verdict = verdictOnMaterials(required(), checks)
    return 'refused' in verdict ? verdict.refused : verdict.verdict
  }
  assert.equal(refusal([present('booklet'), defective('mandate', { defect: ' ' })]), 'defect_not_named')
  assert.equal(refusal([present('booklet'), missing('booklet'), present('mandate')]), 'checked_twice')
  assert.equal(refusal([defective('booklet', { mended: true }), present('mandate')]), 'not_mendable')
  assert.equal(refusal([{ ...missing('booklet'), mended: true }, present('mandate')]), 'not_mendable')
})

test('the counter has three ways, and policy comes before papers', () => {
  const reasons = [{ reason: item.name, canDo: item.name }]
  const gaps = verdictOnMaterials(required(), [missing('booklet'), present('mandate')])
  const complete = verdictOnMaterials(required(), [present('booklet'), present('mandate')])
  assert.deepEqual(counterBranch({ met: false, reasons }, complete), { branch: 'refuse', reasons })
  assert.deepEqual(counterBranch({ met: true }, complete), { branch: 'accept' })
  const supplement = counterBranch({ met: true }, gaps)
  assert.ok('branch' in supplement && supplement.branch === 'supplement')
  assert.deepEqual(counterBranch({ met: true }, { refused: 'unchecked', codes: ['booklet'] }), {
    refused: 'unchecked',
    codes: ['booklet'],
  })
})

test('a notice that leaves a gap out is found', () => {
  const gaps = noticeGaps(required(), [missing('booklet'), defective('mandate')])
  assert.deepEqual(unnamedGaps(['mandate'], gaps), ['booklet'])
  assert.deepEqual(unnamedGaps(['mandate', 'booklet'], gaps), [])
})

test('a paper that is missing stays a gap even if somebody calls it mended', () => {
  const gaps = noticeGaps(required(), [{ ...missing('booklet'), mended: true }, present('mandate')])
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ['booklet'],
  )
})

test('whatever is answered and found, the gaps are exactly what is missing or defective and unmended', () => {
  const next = stream(11)
  let supplements = 0
  for (let i = 0; i < 1000; i++) {
    const list = materialsRequired(item, randomAnswers(item, next))
    if (!Array.isArray(list)) continue
    const checks = list.filter(({ toBring }) => toBring).map(({ code }) => randomCheck(code, next))
    const wanting = checks.filter(({ verdict, mended }) => verdict !== 'present' && !mended).map(({ code }) => code)

    const verdict = verdictOnMaterials(list, checks)
    assert.ok('verdict' in verdict, JSON.stringify(verdict))
    const named = verdict.verdict === 'supplement' ? verdict.gaps.map(({ code }) => code) : []
    assert.deepEqual(named, wanting)
    if (named.length > 0) supplements++
  }
  assert.ok(supplements > 100, 'too few cases to mean anything')
})

function randomCheck(code: string, next: (below: number) => number): MaterialCheck {
  const kind = next(4)
  if (kind === 0) return missing(code)
  if (kind === 1) return defective(code)
  if (kind === 2) return defective(code, { mendableOnSpot: true, mended: true })
  return present(code)
}
