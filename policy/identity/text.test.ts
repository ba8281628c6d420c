import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanText } from './text.ts'

function read(text: string, max = 100): string {
  const result = cleanText(text, max)
  return 'refused' in result ? result.refused : result.text
}

test('emoji, line breaks, tabs and private-use characters are kept, line ends made one kind', () => {
  assert.equal(read(' 很好👍🏽\r\n第二行\r第三行\u2028四\t五 '), '很好👍🏽\n第二行\n第三行\n四\t五')
  assert.equal(read('👩‍👩‍👧'), '👩‍👩‍👧')
})

test('control characters, half characters and overrides are refused', () => {
  assert.equal(read('a\u0000b'), 'control-character')
  assert.equal(read('a\u0085b'), 'control-character')
  assert.equal(read('a\u001Bb'), 'control-character')
  assert.equal(read('a\uDC00b'), 'broken-character')
  assert.equal(read('a\u202Eb'), 'bidi-character')
})

test('length counts characters, not code units, after cleaning', () => {
  assert.equal(read(` ${'𠮷'.repeat(5)} `, 5), '𠮷'.repeat(5))
  assert.deepEqual(cleanText('𠮷'.repeat(6), 5), { refused: 'too-long', length: 6, max: 5 })
})

test('empty text passes; whether it may be empty is the rule of the field', () => assert.equal(read('  '), ''))
