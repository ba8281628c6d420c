import { possibleSteps, type Step, type Table, takeStep } from './step.ts'

export {
  type AppealDecider,
  appealDecider,
  type FindingAction,
  type FindingBy,
  type FindingNeed,
  type FindingStatus,
  findingActions,
  findingLifecycle,
  findingStatuses,
  findingStep,
  possibleForFinding,
} from './finding-lifecycle.ts'
export {
  officersHeard,
  possibleForStatement,
  type StatementAction,
  type StatementBy,
  type StatementNeed,
  type StatementStatus,
  statementActions,
  statementLifecycle,
  statementStatuses,
  statementStep,
} from './statement-lifecycle.ts'

/** A complaint case's life as a table. Use cases, buttons, diagram, triggers and tests read it (R110, R124, A22). */
export const statuses = [
  'received',
  'accepted',
  'investigating',
  'proposed',
  'reviewed',
  'decided',
  'answered',
  'closed',
  'redirected',
  'transferred',
  'withdrawn',
  'merged',
] as const
export type Status = (typeof statuses)[number]

export const actions = [
  'classify',
  'accept',
  'redirect',
  'transfer',
  'merge',
  'unmerge',
  'withdraw',
  'assign',
  'add_evidence',
  'request_statement',
  'extend',
  'pause',
  'resume',
  'propose_finding',
  'agree',
  'disagree',
  'approve',
  'return',
  'answer',
  'request_review',
  'close',
  'reopen',
] as const
export type Action = (typeof actions)[number]

/**
 * intake: the desk and its department. handler: the first reviewer, to whom the case is assigned. leader: the bureau
 * leader in charge. None of them may be concerned by the case (recusal, petition-regulations:28).
 */
export type By = 'intake' | 'handler' | 'second_reviewer' | 'leader' | 'complainant' | 'system'

/**
 * classified: somebody has said what class it is. own-path / other-path: whether it is ours or has another legal path.
 * path-told: the complainant is told where to go. receiver-not-accused: see transfer.ts. same-access-class: neither
 * case is an accusation, or both are. complainant-asked: his wish to withdraw is on record. not-accusation: an
 * accusation does not end because somebody was made to take it back. not-concerned: the person it is assigned to
 * passes the recusal check. officer-heard: see `officersHeard`. review-days-over: no review was asked for in time, or
 * the review asked for is done. nobody-to-tell: name or address is not known (A23). may-be-reopened: see reopen.ts.
 */
export type Need =
  | 'classified'
  | 'own-path'
  | 'other-path'
  | 'path-told'
  | 'receiver-not-accused'
  | 'same-access-class'
  | 'complainant-asked'
  | 'not-accusation'
  | 'not-concerned'
  | 'suggestion'
  | 'officer-heard'
  | 'not-yet-extended'
  | 'reasons-told'
  | 'running'
  | 'paused'
  | 'other-than-proposer'
  | 'other-than-reviewers'
  | 'nobody-to-tell'
  | 'within-review-days'
  | 'review-days-over'
  | 'may-be-reopened'

type CaseStep = Step<Status, By, Need>

const redirect: CaseStep = { to: 'redirected', by: ['intake'], needs: ['other-path', 'path-told'] }
const transfer: CaseStep = { to: 'transferred', by: ['intake'], needs: ['classified', 'receiver-not-accused'] }
const merge: CaseStep = { to: 'merged', by: ['intake', 'handler'], needs: ['same-access-class'] }
// Whoever handles a case cannot drop it: once accepted, only the leader lets it go.
const letGo: CaseStep = { to: 'withdrawn', by: ['leader'], needs: ['complainant-asked', 'not-accusation'] }

/** What may happen on any day while the clock runs, without the case moving on. */
function meanwhile(status: Status) {
  return {
    add_evidence: { to: status, by: ['handler', 'complainant'] },
    extend: { to: status, by: ['leader'], needs: ['not-yet-extended', 'reasons-told'] },
    pause: { to: status, by: ['leader'], needs: ['running', 'reasons-told'] },
    resume: { to: status, by: ['handler', 'leader', 'system'], needs: ['paused'] },
    withdraw: letGo,
  } satisfies Partial<Record<Action, CaseStep>>
}

export const lifecycle: Table<Status, Action, By, Need> = {
  received: {
    classify: { to: 'received', by: ['intake'] },
    accept: { to: 'accepted', by: ['intake'], needs: ['classified', 'own-path'] },
    redirect,
    transfer,
    merge,
    add_evidence: { to: 'received', by: ['intake', 'complainant'] },
    withdraw: { to: 'withdrawn', by: ['intake'], needs: ['complainant-asked', 'not-accusation'] },
  },
  accepted: {
    classify: { to: 'accepted', by: ['intake'] },
    redirect,
    transfer,
    merge,
    assign: { to: 'investigating', by: ['intake', 'leader'], needs: ['not-concerned'] },
    ...meanwhile('accepted'),
    add_evidence: { to: 'accepted', by: ['intake', 'complainant'] },
  },
  investigating: {
    // A case that turns out to be of another class is assigned anew: the handler may not be allowed to see it.
    classify: { to: 'accepted', by: ['intake', 'handler'] },
    merge,
    assign: { to: 'investigating', by: ['intake', 'leader'], needs: ['not-concerned'] },
    request_statement: { to: 'investigating', by: ['handler'] },
    propose_finding: { to: 'proposed', by: ['handler'], needs: ['officer-heard'] },
    answer: { to: 'answered', by: ['handler'], needs: ['suggestion'] },
    ...meanwhile('investigating'),
  },
  proposed: {
    agree: { to: 'reviewed', by: ['second_reviewer'], needs: ['other-than-proposer'] },
    disagree: { to: 'investigating', by: ['second_reviewer'], needs: ['other-than-proposer'] },
    ...meanwhile('proposed'),
  },
  reviewed: {
    approve: { to: 'decided', by: ['leader'], needs: ['other-than-reviewers', 'officer-heard'] },
    return: { to: 'investigating', by: ['leader'], needs: ['other-than-reviewers'] },
    ...meanwhile('reviewed'),
  },
  decided: {
    answer: { to: 'answered', by: ['handler', 'intake'] },
    close: { to: 'closed', by: ['handler'], needs: ['nobody-to-tell'] },
  },
  answered: {
    request_review: { to: 'answered', by: ['complainant'], needs: ['within-review-days'] },
    close: { to: 'closed', by: ['handler', 'system'], needs: ['review-days-over'] },
    reopen: { to: 'investigating', by: ['complainant', 'leader'], needs: ['may-be-reopened'] },
  },
  closed: { reopen: { to: 'investigating', by: ['complainant', 'leader'], needs: ['may-be-reopened'] } },
  redirected: { reopen: { to: 'received', by: ['intake', 'complainant', 'leader'], needs: ['may-be-reopened'] } },
  // The receiver may object with reasons within his days (petition-regulations:23): then the case is ours again.
  transferred: { reopen: { to: 'received', by: ['intake', 'leader'], needs: ['may-be-reopened'] } },
  withdrawn: { reopen: { to: 'received', by: ['intake', 'complainant', 'leader'], needs: ['may-be-reopened'] } },
  // Back to where it was: `step` is told the state before the merge.
  merged: { unmerge: { to: 'received', by: ['intake', 'handler'] } },
}

/** The states in which a case may be merged into another, and to which unmerging leads back. */
export const mergeable = statuses.filter((status) => lifecycle[status].merge !== undefined)

/** The states in which somebody still owes the case something; the others wait or are over. */
export const openStatuses: readonly Status[] = [
  'received',
  'accepted',
  'investigating',
  'proposed',
  'reviewed',
  'decided',
]

export type Refusal = 'wrong-state' | 'wrong-person' | Need

/**
 * May this step be taken? `met` are the conditions that hold; `beforeMerge` is the state a merged case had. Returns
 * the next state or why not.
 */
export function step(
  from: Status,
  action: Action,
  who: readonly By[],
  met: ReadonlySet<Need> = new Set(),
  beforeMerge?: Status,
): { to: Status } | { refused: Refusal } {
  const taken = takeStep(lifecycle, from, action, who, met)
  if ('refused' in taken || action !== 'unmerge' || beforeMerge === undefined) return taken
  return mergeable.includes(beforeMerge) ? { to: beforeMerge } : { refused: 'wrong-state' }
}

/** The actions somebody may try in this state. */
export function possible(from: Status, who: readonly By[]): Action[] {
  return possibleSteps(lifecycle, actions, from, who)
}
