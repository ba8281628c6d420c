import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingInForce } from './finding-lifecycle.ts'
import {
  type Action,
  actions,
  appealDecider,
  type By,
  type FindingBy,
  findingActions,
  findingLifecycle,
  findingStatuses,
  findingStep,
  lifecycle,
  mergeable,
  type Need,
  officersHeard,
  openStatuses,
  possible,
  possibleForFinding,
  possibleForStatement,
  type Status,
  statementStep,
  statuses,
  step,
} from './lifecycle.ts'
import { mayBeReopened, type Reopening } from './reopen.ts'
import { transferAllowed } from './transfer.ts'

const everybody: By[] = ['intake', 'handler', 'second_reviewer', 'leader', 'complainant', 'system']
const everything = new Set<Need>(
  statuses.flatMap((status) => Object.values(lifecycle[status]).flatMap((each) => each.needs ?? [])),
)

/** Every step of the table: who takes what from where to where, when all needs are met. */
const steps = statuses.flatMap((from) =>
  actions.flatMap((action) =>
    everybody.flatMap((by) => {
      const answer = step(from, action, [by], everything)
      return 'to' in answer ? [{ from, action, by, to: answer.to }] : []
    }),
  ),
)

const leadingTo = (to: Status) => [
  ...new Set(steps.filter((each) => each.to === to && each.from !== to).map((each) => `${each.from} ${each.action}`)),
]

/** All states that can be reached from one, using only the steps that `use` allows. */
function reached(from: Status, use: (each: (typeof steps)[number]) => boolean): Set<Status> {
  const found = new Set<Status>([from])
  for (let grown = true; grown; ) {
    grown = false
    for (const each of steps) {
      if (found.has(each.from) && !found.has(each.to) && use(each)) {
        found.add(each.to)
        grown = true
      }
    }
  }
  return found
}

test('nobody decides alone: no single role leads a case from investigation to a decision', () => {
  for (const one of everybody) {
    assert.ok(!reached('received', (each) => each.by === one).has('decided'), one)
    assert.ok(!reached('investigating', (each) => each.by === one).has('decided'), one)
  }
})

test('two roles do not suffice either: handler, second reviewer and leader are all needed', () => {
  const three: By[] = ['handler', 'second_reviewer', 'leader']
  assert.ok(reached('investigating', (each) => three.includes(each.by)).has('decided'))
  for (const missing of three) {
    assert.ok(!reached('received', (each) => each.by !== missing).has('decided'), `without ${missing}`)
  }
})

test('one person in all roles is still stopped twice, at the second review and at the approval', () => {
  const alone = new Set([...everything].filter((need) => !need.startsWith('other-than')))
  assert.deepEqual(step('proposed', 'agree', everybody, alone), { refused: 'other-than-proposer' })
  assert.deepEqual(step('proposed', 'disagree', everybody, alone), { refused: 'other-than-proposer' })
  assert.deepEqual(step('reviewed', 'approve', everybody, alone), { refused: 'other-than-reviewers' })
  assert.deepEqual(step('reviewed', 'return', everybody, alone), { refused: 'other-than-reviewers' })
})

test('there is no finding before the officer was heard, and none is approved without it either', () => {
  const unheard = new Set([...everything].filter((need) => need !== 'officer-heard'))
  for (const from of statuses) {
    for (const action of ['propose_finding', 'approve'] as const) {
      assert.ok('refused' in step(from, action, everybody, unheard), `${from} ${action}`)
    }
  }
})

test('each step to a decision has one door', () => {
  assert.deepEqual(leadingTo('proposed'), ['investigating propose_finding'])
  assert.deepEqual(leadingTo('reviewed'), ['proposed agree'])
  assert.deepEqual(leadingTo('decided'), ['reviewed approve'])
})

test('a case is answered after a decision only, except a suggestion, which accuses nobody', () => {
  assert.deepEqual(leadingTo('answered'), ['investigating answer', 'decided answer'])
  const noSuggestion = new Set([...everything].filter((need) => need !== 'suggestion'))
  assert.deepEqual(step('investigating', 'answer', everybody, noSuggestion), { refused: 'suggestion' })
})

test('a case is closed only from answered, or from decided when nobody can be told', () => {
  assert.deepEqual(leadingTo('closed'), ['decided close', 'answered close'])
  assert.deepEqual(step('answered', 'close', ['handler', 'system']), { refused: 'review-days-over' })
  assert.deepEqual(step('decided', 'close', ['handler']), { refused: 'nobody-to-tell' })
})

test('no case leaves for another body without passing the check of the receiver', () => {
  const open = new Set([...everything].filter((need) => need !== 'receiver-not-accused'))
  for (const from of statuses) assert.ok('refused' in step(from, 'transfer', everybody, open), from)
  assert.deepEqual(leadingTo('transferred'), ['received transfer', 'accepted transfer'])
})

test('an accusation is never transferred to the accused, his unit, a part of it, or anybody but discipline', () => {
  const to = {
    caseClass: 'accusation',
    receiverUnit: 'discipline',
    receiverChain: ['bureau'],
    receiverIsDiscipline: true,
    receiverPerson: null,
    accusedUnits: ['station'],
    accusedPersons: ['officer'],
  } as const
  assert.deepEqual(transferAllowed(to), { allowed: true })
  assert.deepEqual(transferAllowed({ ...to, receiverUnit: 'station' }), { refused: 'accused-unit' })
  assert.deepEqual(transferAllowed({ ...to, receiverUnit: 'window', receiverChain: ['station', 'bureau'] }), {
    refused: 'accused-unit',
  })
  assert.deepEqual(transferAllowed({ ...to, receiverPerson: 'officer' }), { refused: 'accused-person' })
  assert.deepEqual(transferAllowed({ ...to, receiverIsDiscipline: false }), { refused: 'discipline-only' })
  assert.deepEqual(transferAllowed({ ...to, caseClass: 'appeal', receiverIsDiscipline: false }), { allowed: true })
  assert.deepEqual(transferAllowed({ ...to, caseClass: 'appeal', receiverUnit: 'station' }), {
    refused: 'accused-unit',
  })
})

test('an accusation cannot be withdrawn, and no case is dropped by the person who handles it', () => {
  const accusation = new Set([...everything].filter((need) => need !== 'not-accusation'))
  const unasked = new Set([...everything].filter((need) => need !== 'complainant-asked'))
  for (const from of statuses) {
    assert.ok('refused' in step(from, 'withdraw', everybody, accusation), from)
    assert.ok('refused' in step(from, 'withdraw', everybody, unasked), from)
    assert.ok('refused' in step(from, 'withdraw', ['handler', 'second_reviewer', 'complainant'], everything), from)
  }
})

test('nothing is withdrawn, merged or redirected once it is decided', () => {
  for (const from of ['decided', 'answered', 'closed'] as const) {
    for (const action of ['withdraw', 'merge', 'redirect', 'transfer', 'classify'] as const) {
      assert.deepEqual(step(from, action, everybody, everything), { refused: 'wrong-state' })
    }
  }
})

test('what has another legal path is not accepted, and who is sent there is told', () => {
  const other = new Set<Need>(['classified', 'other-path'])
  assert.deepEqual(step('received', 'accept', ['intake'], other), { refused: 'own-path' })
  assert.deepEqual(step('received', 'redirect', ['intake'], other), { refused: 'path-told' })
  assert.deepEqual(step('received', 'accept', ['intake']), { refused: 'classified' })
})

test('a case may be extended once, by the leader, with reasons', () => {
  for (const from of ['accepted', 'investigating', 'proposed', 'reviewed'] as const) {
    assert.deepEqual(step(from, 'extend', ['leader'], new Set(['reasons-told'])), { refused: 'not-yet-extended' })
    assert.deepEqual(step(from, 'extend', ['leader'], new Set(['not-yet-extended'])), { refused: 'reasons-told' })
    assert.deepEqual(step(from, 'extend', ['handler', 'intake', 'system'], everything), { refused: 'wrong-person' })
    assert.deepEqual(step(from, 'extend', ['leader'], everything), { to: from })
    assert.deepEqual(step(from, 'pause', ['handler'], everything), { refused: 'wrong-person' })
  }
})

test('a merged case goes back exactly to where it was', () => {
  assert.deepEqual(mergeable, ['received', 'accepted', 'investigating'])
  for (const before of mergeable) {
    assert.deepEqual(step(before, 'merge', ['intake'], everything), { to: 'merged' })
    assert.deepEqual(step('merged', 'unmerge', ['intake'], everything, before), { to: before })
  }
  assert.deepEqual(step('merged', 'unmerge', ['handler'], everything, 'decided'), { refused: 'wrong-state' })
  assert.deepEqual(possible('merged', everybody), ['unmerge'])
})

test('an accusation is not merged with a case that other departments can read', () => {
  assert.deepEqual(step('received', 'merge', ['intake']), { refused: 'same-access-class' })
})

test('a case that changes its class while it is investigated is assigned anew', () => {
  assert.deepEqual(step('investigating', 'classify', ['handler']), { to: 'accepted' })
  assert.deepEqual(step('accepted', 'assign', ['intake']), { refused: 'not-concerned' })
})

test('the complainant can add, ask for a review and come back, and nothing else', () => {
  const his = statuses.flatMap((from) => possible(from, ['complainant']))
  assert.deepEqual([...new Set(his)].sort(), ['add_evidence', 'reopen', 'request_review'])
})

test('the system closes and resumes, and decides nothing', () => {
  const its = statuses.flatMap((from) => possible(from, ['system']))
  assert.deepEqual([...new Set(its)].sort(), ['close', 'resume'])
})

test('somebody who stands in no relation to a case can do nothing with it', () => {
  for (const from of statuses) assert.deepEqual(possible(from, []), [])
})

test('each action has a place in the table and every state can be reached and left', () => {
  const used = new Set(statuses.flatMap((status) => Object.keys(lifecycle[status]) as Action[]))
  assert.deepEqual([...used].sort(), [...actions].sort())
  assert.deepEqual([...reached('received', () => true)].sort(), [...statuses].sort())
  for (const from of statuses) assert.ok(reached(from, () => true).has('closed'), from)
  for (const from of openStatuses) assert.ok(possible(from, everybody).length > 0, from)
})

test('a case is taken up again once by the complainant within his days, always on new facts', () => {
  const wish: Reopening = {
    status: 'answered',
    by: 'complainant',
    today: Temporal.PlainDate.from('2026-05-20'),
    until: Temporal.PlainDate.from('2026-05-20'),
    reopenedByComplainant: 0,
    reReviewed: false,
    newFacts: false,
  }
  const late = { ...wish, today: Temporal.PlainDate.from('2026-05-21') }
  assert.deepEqual(mayBeReopened(wish), { allowed: true })
  assert.deepEqual(mayBeReopened(late), { refused: 'too-late' })
  assert.deepEqual(mayBeReopened({ ...late, until: null }), { allowed: true })
  assert.deepEqual(mayBeReopened({ ...late, newFacts: true }), { allowed: true })
  assert.deepEqual(mayBeReopened({ ...late, by: 'bureau' }), { allowed: true })
  assert.deepEqual(mayBeReopened({ ...wish, reopenedByComplainant: 1 }), { refused: 'once-only' })
  assert.deepEqual(mayBeReopened({ ...wish, by: 'bureau', reReviewed: true }), { refused: 'exhausted' })
  for (const status of openStatuses) assert.deepEqual(mayBeReopened({ ...wish, status }), { refused: 'not-over' })
})

const findingParties: FindingBy[] = ['handler', 'second_reviewer', 'leader', 'officer', 'appeal_body']

test('a finding is in force only after second review and approval by somebody else', () => {
  assert.deepEqual(findingStep('draft', 'agree', findingParties, new Set(['officer-heard'])), {
    refused: 'other-than-proposer',
  })
  assert.deepEqual(findingStep('reviewed', 'approve', findingParties, new Set(['officer-heard'])), {
    refused: 'other-than-reviewers',
  })
  assert.deepEqual(findingStep('draft', 'approve', findingParties), { refused: 'wrong-state' })
  const doors = findingStatuses.flatMap((from) =>
    findingActions.filter((action) => findingLifecycle[from][action]?.to === 'approved').map((by) => `${from} ${by}`),
  )
  assert.deepEqual(doors, ['reviewed approve'])
})

test('no finding about an officer who was not heard passes the second review or the leader', () => {
  assert.deepEqual(findingStep('draft', 'agree', findingParties, new Set(['other-than-proposer'])), {
    refused: 'officer-heard',
  })
  assert.deepEqual(findingStep('reviewed', 'approve', findingParties, new Set(['other-than-reviewers'])), {
    refused: 'officer-heard',
  })
})

test('an officer appeals once, in time, and nobody who decided decides his appeal', () => {
  assert.deepEqual(findingStep('approved', 'appeal', ['officer']), { refused: 'within-appeal-days' })
  for (const from of ['appealed', 'upheld', 'amended', 'annulled'] as const) {
    assert.ok('refused' in findingStep(from, 'appeal', ['officer'], new Set(['within-appeal-days'])), from)
  }
  for (const action of ['uphold', 'annul', 'amend'] as const) {
    assert.deepEqual(findingStep('appealed', action, findingParties), { refused: 'has-not-decided' })
    assert.deepEqual(possibleForFinding('appealed', ['handler', 'second_reviewer', 'leader', 'officer']), [])
  }
  const decided = ['handler', 'second', 'leader']
  for (const personId of decided) {
    assert.deepEqual(appealDecider({ personId, decided, concerned: false }), { refused: 'has-decided' })
  }
  assert.deepEqual(appealDecider({ personId: 'other', decided, concerned: true }), { refused: 'concerned' })
  assert.deepEqual(appealDecider({ personId: 'other', decided, concerned: false }), { allowed: true })
})

test('without an appeal a finding falls only when the superior’s review orders it, and what is annulled stays so', () => {
  for (const from of ['approved', 'upheld', 'amended'] as const) {
    assert.deepEqual(findingStep(from, 'annul', ['appeal_body'], new Set(['has-not-decided'])), {
      refused: 'review-ordered',
    })
  }
  assert.deepEqual(possibleForFinding('annulled', findingParties), [])
  assert.ok(!findingInForce.includes('annulled') && !findingInForce.includes('draft'))
})

test('an officer is heard when he answered or let his days pass; a late answer counts until the decision', () => {
  assert.deepEqual(statementStep('requested', 'expire', ['system']), { refused: 'time-over' })
  assert.deepEqual(statementStep('requested', 'expire', ['officer'], new Set(['time-over'])), {
    refused: 'wrong-person',
  })
  assert.deepEqual(statementStep('expired', 'answer', ['officer'], new Set(['not-decided'])), { to: 'answered' })
  assert.deepEqual(statementStep('expired', 'answer', ['officer']), { refused: 'not-decided' })
  assert.deepEqual(possibleForStatement('answered', ['officer', 'system']), [])
})

test('two officers are heard when both are, and an open request always holds the finding back', () => {
  const both = ['a', 'b']
  assert.equal(officersHeard(both, [{ personId: 'a', status: 'answered' }]), false)
  assert.equal(
    officersHeard(both, [
      { personId: 'a', status: 'answered' },
      { personId: 'b', status: 'requested' },
    ]),
    false,
  )
  assert.equal(
    officersHeard(both, [
      { personId: 'a', status: 'answered' },
      { personId: 'b', status: 'expired' },
    ]),
    true,
  )
  assert.equal(officersHeard([], []), true)
  assert.equal(officersHeard([], [{ personId: 'a', status: 'requested' }]), false)
})
