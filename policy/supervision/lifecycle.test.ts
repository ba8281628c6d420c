import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Action, actions, type By, lifecycle, type Need, possible, statuses, step } from './lifecycle.ts'
import { outcomeOfSecondOpinion } from './second-opinion.ts'

const everybody: By[] = ['owner', 'assigner', 'issuer', 'leader', 'citizen', 'system']
const everything = new Set<Need>(['wait-over', 'closed-by-silence', 'other-than-answerer'])

test('nobody but citizen, silence and issuer closes an order, and an open one cannot be closed at all', () => {
  const closing: string[] = []
  for (const from of statuses) {
    for (const action of actions) {
      for (const who of everybody) {
        const answer = step(from, action, [who], everything)
        if ('to' in answer && answer.to === 'closed') closing.push(`${from} ${action} ${who}`)
      }
    }
  }
  assert.deepEqual(closing, [
    'answered opinion-satisfied citizen',
    'answered close-silent system',
    'answered accept-answer issuer',
    'closed opinion-satisfied citizen',
  ])
})

test('the owner can measure, prove, note and answer, and nothing once he has answered but note', () => {
  assert.deepEqual(possible('open', ['owner']), ['add-measure', 'add-evidence', 'note', 'answer'])
  assert.deepEqual(possible('answered', ['owner']), ['note'])
  assert.deepEqual(possible('closed', ['owner']), [])
})

test('somebody who stands in no relation to an order can do nothing with it', () => {
  for (const from of statuses) assert.deepEqual(possible(from, []), [])
})

test('an order that the citizen closed by his opinion stays closed; one closed by silence does not', () => {
  assert.deepEqual(step('closed', 'opinion-dissatisfied', ['citizen']), { refused: 'closed-by-silence' })
  assert.deepEqual(step('closed', 'opinion-dissatisfied', ['citizen'], new Set(['closed-by-silence'])), { to: 'open' })
})

test('an issuer who answered his own order cannot accept the answer', () => {
  assert.deepEqual(step('answered', 'accept-answer', ['issuer', 'owner']), { refused: 'other-than-answerer' })
})

test('each action has a place in the table', () => {
  const used = new Set(statuses.flatMap((status) => Object.keys(lifecycle[status]) as Action[]))
  assert.deepEqual([...used].sort(), [...actions].sort())
})

test('the two lowest levels reopen, the three others close, anything else is no level', () => {
  assert.deepEqual([1, 2, 3, 4, 5].map(outcomeOfSecondOpinion), ['reopened', 'reopened', 'closed', 'closed', 'closed'])
  for (const level of [0, 6, 2.5, Number.NaN])
    assert.deepEqual(outcomeOfSecondOpinion(level), { refused: 'not-a-level' })
})
