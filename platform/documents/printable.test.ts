import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printable, unprintable } from './printable.ts'
import { latinName, longName, rareNames } from './samples/window-extremes.ts'

const half = String.fromCharCode(0xd840)

test('rare names, long Uyghur names and Latin names can be printed', () => {
  for (const name of [
    ...rareNames,
    longName,
    latinName,
    'Özgür Şahin',
    'Łukasz Żółć',
    'Серік Әбдіков',
    '（姓名）123 ABC·',
  ]) {
    assert.deepEqual(unprintable(name), [], name)
  }
})

test('every one of the extensions B to F has its first and last common character', () => {
  for (const code of [0x20000, 0x2a6d6, 0x2a700, 0x2b734, 0x2b740, 0x2b81d, 0x2b820, 0x2cea1, 0x2ceb0, 0x2ebe0]) {
    assert.deepEqual(unprintable(String.fromCodePoint(code)), [], code.toString(16))
  }
})

test('a private-use character is refused with its code point, each once', () => {
  assert.deepEqual(unprintable('李\uE863\uE863'), [{ char: '\uE863', codePoint: 'U+E863' }])
  assert.deepEqual(unprintable(String.fromCodePoint(0xf0000))[0]?.codePoint, 'U+F0000')
})

test('emoji, right-to-left scripts, half a surrogate pair and invisible characters are reported', () => {
  const points = (text: string) => unprintable(text).map(({ codePoint }) => codePoint)
  assert.deepEqual(points('好😀'), ['U+1F600'])
  assert.deepEqual(points('م א'), ['U+0645', 'U+05D0'])
  assert.deepEqual(points(half), ['U+D840'])
  assert.deepEqual(points('张\u200B三\uFE00'), ['U+200B', 'U+FE00'])
})

test('a mark is printable after a Latin letter and not after an ideograph', () => {
  assert.deepEqual(unprintable('x\u0304'), [])
  assert.deepEqual(unprintable('字\u0304'), [{ char: '\u0304', codePoint: 'U+0304' }])
})

test('line breaks and tabs are no fault of a text', () => {
  assert.deepEqual(unprintable('第一行\r\n第二行\t完'), [])
})

test('free text for print shows 〓 and the code point, and loses only what is invisible', () => {
  assert.equal(printable('李\uE863来了😀'), '李〓（U+E863）来了〓（U+1F600）')
  assert.equal(printable('张\u200B三\uFEFF\u0007'), '张三')
  assert.equal(printable('e\u0301\r\n\t'), 'é\n ')
  assert.deepEqual(unprintable(printable(`م😀${half}字\u0304`)), [])
})
