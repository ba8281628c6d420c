import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPersonName } from './person-name.ts'

function read(text: string): string {
  const result = checkPersonName(text)
  return 'refused' in result ? result.refused : result.name
}

test('rare characters, long names and foreign names pass', () => {
  const uyghur = '阿卜杜热西提·买买提艾力·吐尔逊·阿布克里木·艾则孜·玉素甫·阿不都外力'
  assert.ok([...uyghur].length >= 36)
  const forty = `${uyghur}·古丽仙`
  assert.equal([...forty].length, 40)
  for (const name of ['王𬭎', '㛃', '䶮', '𠮷野', '〇一', uyghur, forty, 'Zoë O’Brien-Smith', 'ئابدۇرېھىم', '葛󠄀']) {
    assert.equal(read(name), name)
  }
})

test('every kind of middle dot becomes ·, spaces are trimmed and joined', () => {
  for (const dot of ['•', '‧', '・', '･', '∙', '·', ' · ', '\u0387'])
    assert.equal(read(`买买提${dot}艾山`), '买买提·艾山')
  assert.equal(read('　张三 \n'), '张三')
  assert.equal(read('Anna  Maria\u00A0Li'), 'Anna Maria Li')
})

test('a decomposed letter is stored composed', () => assert.equal(read('Zoe\u0308'), 'Zoë'))

test('what cannot be stored or printed is refused by its own code', () => {
  assert.equal(read('   '), 'empty')
  assert.equal(read('张'.repeat(51)), 'too-long')
  assert.equal(read('𠮷'.repeat(50)), '𠮷'.repeat(50))
  assert.equal(read('张\u0000三'), 'control-character')
  assert.equal(read('张\n三'), 'control-character')
  assert.equal(read('张\u2028三'), 'control-character')
  assert.equal(read('张\u0378'), 'unassigned-character')
  assert.equal(read('张\uD842'), 'broken-character')
  assert.equal(read('张\u202E三'), 'bidi-character')
  assert.equal(read('张\u200B三'), 'invisible-character')
  assert.equal(read('张三😊'), 'emoji')
  assert.equal(read('张三❤'), 'emoji')
})

test('a private-use character comes back with its code point and place', () => {
  assert.deepEqual(checkPersonName('张\uE863三'), {
    refused: 'private-use-character',
    character: '\uE863',
    codePoint: 'U+E863',
    position: 1,
  })
  assert.deepEqual(checkPersonName('𠮷\u{F0001}'), {
    refused: 'private-use-character',
    character: '\u{F0001}',
    codePoint: 'U+F0001',
    position: 1,
  })
})
