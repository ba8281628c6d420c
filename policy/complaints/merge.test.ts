import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statuses } from './lifecycle.ts'
import { earlier, type MergeSide, survivorOf } from './merge.ts'

const side = (id: string, more: Partial<MergeSide> = {}): MergeSide => ({
  id,
  no: `XF-${id}`,
  status: 'received',
  accusation: false,
  receivedOn: '2026-11-20',
  dueOn: null,
  heard: false,
  survives: false,
  ...more,
})
const goesOn = (a: MergeSide, b: MergeSide) => {
  const answers = [survivorOf(a, b), survivorOf(b, a)].map((answer) =>
    'refused' in answer ? answer.refused : `${answer.survivor.id} takes ${answer.absorbed.id}`,
  )
  assert.equal(answers[0], answers[1], 'the same from either side')
  return answers[0]
}

test('the case further along goes on, then the older, then the lower number', () => {
  assert.equal(goesOn(side('a'), side('b', { status: 'accepted' })), 'b takes a')
  assert.equal(goesOn(side('a', { status: 'investigating' }), side('b', { status: 'accepted' })), 'a takes b')
  assert.equal(goesOn(side('a', { receivedOn: '2026-11-21' }), side('b')), 'b takes a')
  assert.equal(goesOn(side('a'), side('b')), 'a takes b')
})

test('a case in which an officer was heard, or that took others in, is not taken in itself', () => {
  assert.equal(goesOn(side('a', { heard: true }), side('b', { status: 'investigating' })), 'a takes b')
  assert.equal(goesOn(side('a', { survives: true }), side('b', { receivedOn: '2020-01-01' })), 'a takes b')
  assert.equal(goesOn(side('a', { heard: true }), side('b', { heard: true })), 'both-heard')
  assert.equal(goesOn(side('a', { heard: true }), side('b', { survives: true })), 'both-survive')
})

test('an accusation is merged with accusations alone, and nothing is merged that is decided or over', () => {
  assert.equal(goesOn(side('a', { accusation: true }), side('b')), 'other-access-class')
  assert.equal(goesOn(side('a', { accusation: true }), side('b', { accusation: true })), 'a takes b')
  assert.equal(goesOn(side('a'), side('a')), 'same-case')
  for (const status of statuses.filter((one) => !['received', 'accepted', 'investigating'].includes(one)))
    assert.equal(goesOn(side('a'), side('b', { status })), 'not-mergeable', status)
})

test('of two last days the earlier holds', () => {
  assert.equal(earlier('2026-11-20', '2026-11-19'), '2026-11-19')
  assert.equal(earlier(null, '2026-11-19'), '2026-11-19')
  assert.equal(earlier(null, null), null)
})
