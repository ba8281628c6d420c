import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import cases from './cases/similar.json' with { type: 'json' }
import { oneOf, whole } from './random-testing.ts'
import { type Compared, likelySame } from './similarity.ts'
import { likeness, sharedPhrases, shingles } from './text-likeness.ts'

const day = Temporal.PlainDate.from('2026-04-01')

const base: Compared = {
  caseId: 'own',
  text: cases.same[0]![0]!,
  on: Temporal.PlainDate.from('2026-03-02'),
  officers: ['wang'],
  units: ['station'],
  complainant: null,
  matter: null,
}
const pair = (own: Partial<Compared>, other: Partial<Compared>) =>
  likelySame({ ...base, ...own }, [{ ...base, caseId: 'other', ...other }], day)[0]

for (const [own = '', other = ''] of cases.same) {
  test(`“${own.slice(0, 14)}…” and “${other.slice(0, 14)}…” of one officer are proposed as one event`, () => {
    assert.ok(pair({ text: own }, { text: other }))
    assert.ok(pair({ text: other }, { text: own }))
  })
}

for (const [own = '', other = ''] of cases.different) {
  test(`“${own.slice(0, 14)}…” and “${other.slice(0, 14)}…” of one officer on one day are not`, () => {
    assert.equal(pair({ text: own }, { text: other }), undefined)
  })
}

test('the same words about another officer of another unit by somebody else are not the same event', () => {
  assert.equal(pair({}, { officers: ['li'], units: ['elsewhere'] }), undefined)
  assert.equal(pair({ complainant: null, matter: null }, { officers: [], units: [], complainant: null }), undefined)
})

test('more than thirty days apart nothing is proposed, at thirty it is', () => {
  assert.ok(pair({}, { on: base.on.add({ days: 30 }) }))
  assert.equal(pair({}, { on: base.on.add({ days: 31 }) }), undefined)
  assert.equal(pair({}, { on: base.on.subtract({ days: 31 }) }), undefined)
})

test('who writes again about the same matter is proposed in whatever words', () => {
  const again = { text: '怎么还没有人回复我', complainant: 'p', matter: 'm' }
  assert.ok(pair({ complainant: 'p', matter: 'm' }, again))
  assert.equal(pair({ complainant: 'p', matter: 'm' }, { ...again, complainant: 'q' }), undefined)
})

test('the reasons are told: who, how far apart, how alike and in which words', () => {
  const found = pair({}, { text: cases.same[0]![1]!, on: base.on.add({ days: 2 }) })
  assert.deepEqual(
    found?.why.map((reason) => reason.kind),
    ['officer', 'unit', 'days', 'text'],
  )
  const text = found?.why.find((reason) => reason.kind === 'text')
  assert.ok(text?.kind === 'text' && text.phrases[0] === '照片不合格' && text.phrases.length === 3)
})

test('the likeliest comes first, and a case is never its own duplicate', () => {
  const others = [
    { ...base, caseId: 'near', text: cases.same[0]![1]! },
    { ...base, caseId: 'equal' },
    { ...base, caseId: 'unit', officers: [] },
    base,
  ]
  assert.deepEqual(
    likelySame(base, others, day).map(({ caseId }) => caseId),
    ['equal', 'unit', 'near'],
  )
})

const words = [...cases.same, ...cases.different].flat().flatMap((text) => text.split(/[，。]/).filter(Boolean))
const story = (random: () => number) =>
  Array.from({ length: whole(random, 1, 8) }, () => oneOf(random, words)).join('，')

test('likeness is symmetric, from 0 to 1, and 1 only for the same pairs', () => {
  const random = randomFrom(112)
  for (let run = 0; run < 500; run += 1) {
    const [a, b] = [shingles(story(random)), shingles(story(random))]
    const value = likeness(a, b)
    assert.equal(value, likeness(b, a))
    assert.ok(value >= 0 && value <= 1)
    if (a.size > 0) assert.equal(likeness(a, a), 1)
    if (value === 1) assert.deepEqual([...a].sort(), [...b].sort())
  }
})

test('spaces, line breaks, full-width digits and punctuation make no difference', () => {
  const random = randomFrom(113)
  for (let run = 0; run < 200; run += 1) {
    const text = story(random)
    const typed = text
      .replaceAll('，', oneOf(random, ['。', ' ', '\n', '！！', '、']))
      .replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    assert.deepEqual(shingles(typed), shingles(text))
  }
})

test('scores are symmetric, never above 1, and nearer in time never lower', () => {
  const random = randomFrom(114)
  for (let run = 0; run < 300; run += 1) {
    const one = {
      text: story(random),
      complainant: oneOf(random, [null, 'p']),
      officers: oneOf(random, [[], ['wang']]),
    }
    const two = { text: run % 3 ? `${one.text}，${story(random)}` : story(random), complainant: 'p', matter: 'm' }
    const score = (away: number) => pair(one, { ...two, on: base.on.add({ days: away }) })?.score ?? 0
    const back = pair(two, one)?.score ?? 0
    assert.equal(score(0), back)
    assert.ok(score(0) <= 1 && score(0) >= score(5) && score(5) >= score(25))
  }
})

test('every shared phrase stands in both texts', () => {
  const random = randomFrom(115)
  for (let run = 0; run < 300; run += 1) {
    const a = story(random)
    const b = `${story(random)}，${a.slice(0, 12)}`
    for (const phrase of sharedPhrases(a, b)) {
      assert.ok(phrase.length >= 3 && a.includes(phrase) && b.includes(phrase), phrase)
    }
  }
})

test('at most ten are proposed, the likeliest', () => {
  const others = Array.from({ length: 40 }, (_, at) => ({ ...base, caseId: `${at}`, on: base.on.add({ days: at }) }))
  const found = likelySame(base, others, day)
  assert.deepEqual(
    found.map(({ caseId }) => Number(caseId)),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
})
