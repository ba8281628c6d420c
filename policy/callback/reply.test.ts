import assert from 'node:assert/strict'
import { test } from 'node:test'
import cases from './cases/replies.json' with { type: 'json' }
import { isBad, levelOfDigit, levels, levelTable } from './levels.ts'
import { readReply } from './reply.ts'

function read(text: string): string {
  const reply = readReply(text)
  if ('level' in reply) return reply.optOut ? `${reply.level}+opt-out` : reply.level
  return 'optOut' in reply ? 'opt-out' : `unclear:${reply.why}`
}

for (const { text, read: expected } of cases) {
  test(`“${text}” is read as ${expected}`, () => assert.equal(read(text), expected))
}

test('the table of cases is large and names every level and every reason', () => {
  assert.ok(cases.length >= 150)
  const reads = new Set(cases.map((row) => row.read))
  for (const level of levels) assert.ok(reads.has(level), level)
})

test('each level is read from its digit, its name and both together', () => {
  for (const level of levels) {
    const { digit, zh } = levelTable[level]
    for (const text of [String(digit), zh, `${digit}${zh}`, `${zh} ${digit}`]) assert.equal(read(text), level, text)
    assert.equal(levelOfDigit(digit), level)
  }
  assert.deepEqual(levels.filter(isBad), ['dissatisfied', 'very_dissatisfied'])
})

test('no word before or after a rating turns a bad one into a good one', () => {
  const bad = cases.filter((row) => row.read === 'dissatisfied' || row.read === 'very_dissatisfied')
  for (const { text } of bad) {
    for (const other of ['👍', '谢谢', '好', '满意', '5', '很好', '都', '我']) {
      for (const joined of [`${text}，${other}`, `${other}，${text}`]) {
        const reply = readReply(joined)
        assert.ok(!('level' in reply) || isBad(reply.level), joined)
      }
    }
  }
})

test('an unlisted character beside a rating makes it unclear', () => {
  for (const strange of ['不', '没', '非', '未', '假', '才', 'x', '🙃']) {
    for (const joined of [`${strange}，满意`, `很好${strange}`]) assert.ok('unclear' in readReply(joined), joined)
  }
})

test('a very long reply is left to a person', () => {
  assert.deepEqual(readReply('满意，'.repeat(200)), { unclear: true, why: 'too-long' })
})
