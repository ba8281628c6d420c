import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parameterFaults } from '../sources.ts'
import { levels, levelTable } from './levels.ts'
import { readReply } from './reply.ts'
import { type MessageKey, messageText, smsPartLength, smsParts } from './texts.ts'

const sender = { bureau: '黄岛公安', link: 'gaj.example/p/A1B2C3', solveWithin: 3 }
const day = Temporal.PlainDate.from('2026-11-23')
const keys: MessageKey[] = ['invitation', 'reminder', 'clarification', 'thanks', 'thanksWillCall', 'optedOut']

test('with a short mark and link every Chinese message fits one SMS', () => {
  for (const key of keys) assert.equal(smsParts(messageText(key, sender), day), 1, messageText(key, sender))
})

test('the limit for solving a bad rating is the one given', () => {
  assert.match(messageText('thanksWillCall', { ...sender, solveWithin: 2 }), /2个工作日/)
})

test('the questions offer all five levels with their digits, the link and no favourite', () => {
  for (const key of ['invitation', 'reminder', 'clarification'] as const) {
    const text = messageText(key, sender)
    for (const level of levels) assert.ok(text.includes(`${levelTable[level].digit}${levelTable[level].zh}`), key)
    assert.ok(text.includes(sender.link))
    assert.doesNotMatch(text, /好评|五星|支持|希望|期待/)
  }
})

test('the way to stop that the message prints is understood', () => {
  assert.match(messageText('invitation', sender), /退订回T/)
  assert.deepEqual(readReply('T'), { optOut: true })
})

test('every message exists in English too', () => {
  for (const key of keys)
    assert.doesNotMatch(messageText(key, { ...sender, bureau: 'HD' }, 'en').slice(4), /\p{Script=Han}/u)
})

test('parts are counted as the network counts them', () => {
  assert.deepEqual(
    ['字'.repeat(70), '字'.repeat(71), '字'.repeat(134), '字'.repeat(135), '𠮷'.repeat(36)].map((text) =>
      smsParts(text, day),
    ),
    [1, 2, 2, 3, 2],
  )
  assert.deepEqual(parameterFaults(smsPartLength), [])
})
