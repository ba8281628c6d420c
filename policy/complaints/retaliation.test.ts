import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBasis } from '../sources.ts'
import { type Act, watchAct, watchedActs, watchedUntil } from './retaliation.ts'

const complaint = {
  complainantId: 'citizen',
  receivedAt: Temporal.Instant.from('2026-03-02T10:00:00+08:00'),
  accusedPersons: ['officer'],
  accusedUnits: ['station'],
}
const act: Act = {
  kind: 'record_looked_up',
  towards: 'citizen',
  at: Temporal.Instant.from('2026-05-01T09:00:00+08:00'),
  actorId: 'officer',
  actorUnits: ['elsewhere', 'bureau'],
  onHisRequest: false,
}
const watched = (change: Partial<Act>) => {
  const result = watchAct(complaint, { ...act, ...change })
  return result.flagged ? result.relation : result.why
}

test('each watched act of the accused is flagged, in whatever unit he serves by then', () => {
  for (const kind of watchedActs) assert.equal(watched({ kind }), 'accused')
})

test('an act of his colleagues is flagged as one of the unit, also from a part of it', () => {
  assert.equal(watched({ actorId: 'colleague', actorUnits: ['station', 'bureau'] }), 'accused-unit')
  assert.equal(watched({ actorId: 'colleague', actorUnits: ['window', 'station', 'bureau'] }), 'accused-unit')
  assert.equal(watched({ actorId: 'stranger', actorUnits: ['other-station', 'bureau'] }), 'unconcerned-actor')
})

test('the watch lasts twelve months, to the end of the last day, and does not look back', () => {
  assert.equal(`${watchedUntil(complaint).until}`, '2027-03-02')
  assert.ok(!('refused' in readBasis(watchedUntil(complaint).basis)))
  const at = (text: string) => watched({ at: Temporal.Instant.from(text) })
  assert.equal(at('2026-03-02T09:59:59+08:00'), 'before-complaint')
  assert.equal(at('2026-03-02T10:00:00+08:00'), 'accused')
  assert.equal(at('2027-03-02T23:59:59+08:00'), 'accused')
  assert.equal(at('2027-03-03T00:00:00+08:00'), 'after-window')
})

test('an act upon somebody else says nothing', () => assert.equal(watched({ towards: 'neighbour' }), 'other-person'))

test('what the complainant asked for is no retaliation, but a refusal of what he asked for may be', () => {
  assert.equal(watched({ kind: 'home_visit', onHisRequest: true }), 'asked-for')
  assert.equal(watched({ kind: 'record_looked_up', onHisRequest: true }), 'asked-for')
  assert.equal(watched({ kind: 'matter_refused', onHisRequest: true }), 'accused')
})
