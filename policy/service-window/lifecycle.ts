/**
 * A matter's life at the counter as a table: state → action → next state, by whom, on what condition (style rule 13).
 * Server, buttons, diagram and tests all read it. R47: complete → accepted, policy not met → refused, else one-time notice.
 */
export const statuses = [
  'received',
  'awaiting_applicant',
  'accepted',
  'completed',
  'refused',
  'transferred',
  'withdrawn',
  'lapsed',
] as const
export type Status = (typeof statuses)[number]
export const actions = [
  'choose-item',
  'check-materials',
  'issue-notice',
  'request-second-notice',
  'decide-second-notice',
  'return-visit',
  'accept',
  'refuse',
  'complete',
  'transfer-out',
  'withdraw',
  'lapse',
  'hand-over',
  'request-extension',
  'decide-extension',
] as const
export type Action = (typeof actions)[number]

/** holder: who holds the work (or, before anybody took it over, the first-contact officer). decider: window chief or unit head, never the requester. */
export type By = 'holder' | 'counter' | 'decider' | 'system'
export type Step = { to: Status | 'same'; by: readonly By[]; needs?: readonly Need[] }
export type Need =
  | 'item'
  | 'all-present'
  | 'gaps'
  | 'policy-not-met'
  | 'first-notice'
  | 'no-earlier-notice'
  | 'earlier-notice'
  | 'named-receiver'
  | 'due-passed'

const open: Partial<Record<Action, Step>> = {
  'hand-over': { to: 'same', by: ['holder'] },
  withdraw: { to: 'withdrawn', by: ['holder'] },
  'transfer-out': { to: 'transferred', by: ['holder'], needs: ['named-receiver'] },
}

const checking: Partial<Record<Action, Step>> = {
  ...open,
  'choose-item': { to: 'same', by: ['holder'] },
  'check-materials': { to: 'same', by: ['holder'], needs: ['item'] },
  accept: { to: 'accepted', by: ['holder'], needs: ['item', 'all-present'] },
  refuse: { to: 'refused', by: ['holder'], needs: ['item', 'policy-not-met'] },
  'issue-notice': { to: 'awaiting_applicant', by: ['holder'], needs: ['item', 'gaps', 'no-earlier-notice'] },
  'request-second-notice': { to: 'same', by: ['holder'], needs: ['item', 'gaps', 'earlier-notice'] },
  'decide-second-notice': { to: 'awaiting_applicant', by: ['decider'] },
}

export const lifecycle: Record<Status, Partial<Record<Action, Step>>> = {
  received: checking,
  awaiting_applicant: {
    ...open,
    'return-visit': { to: 'received', by: ['counter'] },
    lapse: { to: 'lapsed', by: ['system'], needs: ['due-passed'] },
  },
  accepted: {
    ...open,
    complete: { to: 'completed', by: ['holder'] },
    refuse: { to: 'refused', by: ['holder'] },
    'request-extension': { to: 'same', by: ['holder'] },
    'decide-extension': { to: 'same', by: ['decider'] },
  },
  completed: {},
  refused: {},
  transferred: {},
  withdrawn: {},
  lapsed: {},
}

export const ended: readonly Status[] = ['completed', 'refused', 'transferred', 'withdrawn', 'lapsed']

export type Refusal = 'wrong-state' | 'wrong-person' | Need

/** May this step be taken? `met` are the conditions that hold. Returns the next state or why not. */
export function step(
  from: Status,
  action: Action,
  who: readonly By[],
  met: ReadonlySet<Need>,
): { to: Status } | { refused: Refusal } {
  const found = lifecycle[from][action]
  if (!found) return { refused: 'wrong-state' }
  if (!found.by.some((by) => who.includes(by))) return { refused: 'wrong-person' }
  const lacking = found.needs?.find((need) => !met.has(need))
  if (lacking) return { refused: lacking }
  return { to: found.to === 'same' ? from : found.to }
}

/** The actions somebody may try in this state; conditions that input can still meet are not judged here. */
export function possible(from: Status, who: readonly By[]): Action[] {
  return actions.filter((action) => lifecycle[from][action]?.by.some((by) => who.includes(by)))
}
