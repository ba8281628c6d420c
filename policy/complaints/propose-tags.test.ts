import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import cases from './cases/tags.json' with { type: 'json' }
import { behaviours, styleTags } from './lists.ts'
import { type ProposedTags, proposeTags } from './propose-tags.ts'
import { oneOf, whole } from './random-testing.ts'

const labels = ({ style, behaviours: acts }: ProposedTags) => ({
  style: style.map(({ label }) => label),
  behaviours: acts.map(({ label }) => label),
})

for (const { text, style, behaviours: acts } of cases) {
  test(`「${text}」 proposes ${[...style, ...acts].join(', ') || 'nothing'}`, () => {
    assert.deepEqual(labels(proposeTags(text)), { style, behaviours: acts })
  })
}

test('the sentences are many, name every tag and behaviour but “other”, and a quarter of them propose nothing', () => {
  assert.ok(cases.length >= 180)
  const used = new Set(cases.flatMap((row) => [...row.style, ...row.behaviours]))
  assert.deepEqual(
    [...styleTags, ...behaviours].filter((label) => !used.has(label)),
    ['other'],
  )
  const silent = cases.filter((row) => row.style.length + row.behaviours.length === 0).length
  assert.ok(silent > cases.length / 4)
})

test('each proposal shows the words that led to it and where they stand', () => {
  const text = '窗口態度冷淡，办证一托再托。'
  const { style } = proposeTags(text)
  assert.deepEqual(style, [
    { label: 'cold', words: [{ start: 2, end: 6, text: '態度冷淡' }] },
    { label: 'stalling', words: [{ start: 9, end: 13, text: '一托再托' }] },
  ])
})

/** Sentences that accuse somebody, and ways of saying that it was not so. */
const accusing = cases.filter((row) => row.style.length > 0).map((row) => row.text)
const words = ['推诿', '推卸责任', '敷衍', '不耐烦', '刁难', '偏袒', '粗暴', '冷漠', '辱骂']
const denials = ['没有', '从未', '并没有', '绝不', '不再', '不会', '从来没有', '没有任何', '杜绝', '没有民警', '谈不上']

test('whatever word is denied in whatever way proposes nothing', () => {
  for (const denial of denials) {
    for (const word of words) {
      for (const sentence of [`民警${denial}${word}。`, `窗口${denial}出现${word}、拖延的情况，很好`]) {
        assert.deepEqual(labels(proposeTags(sentence)), { style: [], behaviours: [] }, sentence)
      }
    }
  }
})

test('words always stand where they are said to, in order, without overlap, in any text', () => {
  const random = randomFrom(107)
  for (let run = 0; run < 500; run += 1) {
    const text = Array.from({ length: whole(random, 1, 6) }, () => oneOf(random, cases).text).join('')
    const { style, behaviours: acts } = proposeTags(text)
    for (const { words: found } of [...style, ...acts]) {
      assert.ok(found.length > 0)
      for (const [place, { start, end, text: said }] of found.entries()) {
        assert.equal(text.slice(start, end), said)
        assert.ok(end > start && start >= (found[place - 1]?.end ?? 0))
      }
    }
  }
})

test('what a sentence proposes it still proposes after and before an unrelated one', () => {
  const random = randomFrom(108)
  for (const text of accusing) {
    const other = oneOf(random, ['我上周办了身份证。', '请尽快给我答复。', '附上照片两张。', '窗口在二楼。'])
    for (const joined of [`${other}${text}`, `${text}${other}`]) {
      assert.deepEqual(labels(proposeTags(joined)), labels(proposeTags(text)), joined)
    }
  }
})

test('text made to keep the reader busy is read all the same', () => {
  for (const part of ['真是', '非常', '没有人说是', '我自己', '不是', '以前现在', '拖', '态度很', '邻居跟']) {
    assert.ok(proposeTags(`态度${part.repeat(6000)}好`).style.length <= 1)
  }
})

test('a text of 20,000 characters is read, an empty one too', () => {
  const long = '民警推诿，'.repeat(4000)
  assert.equal(proposeTags(long).style[0]?.words.length, 4000)
  assert.deepEqual(proposeTags(''), { style: [], behaviours: [] })
})
