import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Condition } from '#policy/registration/item.ts'
import { loadCatalogue } from './catalogue/load.ts'
import { readRule, ruleInWords, writeRule } from './rule-text.ts'

const a: Condition = { question: 'a', is: ['x', 'y'] }
const b: Condition = { question: 'b', is: ['z'] }
const read = (text: string) => {
  const found = readRule(text)
  assert.ok('condition' in found, JSON.stringify(found))
  return found.condition
}

test('a rule reads as it is written, 且 closer than 或, in both languages and widths', () => {
  assert.deepEqual(read('a = x, y'), a)
  assert.deepEqual(read('a＝x，y 且 b=z'), { all: [a, b] })
  assert.deepEqual(read('a = x、y or b = z and not a = x, y'), { any: [a, { all: [b, { not: a }] }] })
  assert.deepEqual(read('非（a=x,y 或 b=z）且 b=z'), { all: [{ not: { any: [a, b] } }, b] })
  assert.equal(read('  '), undefined)
})

test('a rule that cannot be read is refused with the piece that is wrong', () => {
  assert.deepEqual(readRule('a'), { refused: 'rule-incomplete', at: 'a' })
  assert.deepEqual(readRule('a = x 且'), { refused: 'rule-incomplete', at: '且' })
  assert.deepEqual(readRule('a = x b'), { refused: 'rule-not-understood', at: 'b' })
  assert.deepEqual(readRule('(a = x'), { refused: 'rule-bracket', at: 'x' })
  assert.deepEqual(readRule('a = x)'), { refused: 'rule-bracket', at: ')' })
  assert.deepEqual(readRule('A1 = x'), { refused: 'rule-not-understood', at: 'A1' })
})

test('every condition of the delivered catalogue survives being written out and read again', async () => {
  let seen = 0
  for (const { content } of await loadCatalogue()) {
    const conditions = [
      ...content.conditions.map(({ failIf }) => failIf),
      ...content.questions.map(({ askIf }) => askIf),
      ...content.materials.map(({ requiredIf }) => requiredIf),
      ...content.fee.cases.map(({ appliesIf }) => appliesIf),
    ]
    for (const condition of conditions) {
      assert.deepEqual(read(writeRule(condition)), condition)
      if (!condition) continue
      seen += 1
      for (const lang of ['zh', 'en'] as const)
        assert.doesNotMatch(ruleInWords(condition, content, lang), /undefined|_/)
    }
  }
  assert.ok(seen > 20)
})
