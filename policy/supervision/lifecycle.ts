/**
 * An order's life as a table: state → action → next state, by whom, on what condition. Use cases, buttons, diagram and
 * tests read it (R53, domain.md 6.4 and 6.5 no. 8). Reopened is open again, in a new round.
 */
export const statuses = ['open', 'answered', 'closed'] as const
export type Status = (typeof statuses)[number]

export const actions = [
  'assign',
  'add-measure',
  'add-evidence',
  'note',
  'answer',
  'opinion-satisfied',
  'opinion-dissatisfied',
  'close-silent',
  'accept-answer',
  'return-answer',
] as const
export type Action = (typeof actions)[number]

/**
 * owner: who has to solve it. assigner: who may give it to somebody. issuer: the leader who wrote it. leader: whom it
 * was escalated to. citizen: the second opinion, brought by the system. Nobody of the rated unit is any of these.
 */
export type By = 'owner' | 'assigner' | 'issuer' | 'leader' | 'citizen' | 'system'
export type Need = 'wait-over' | 'closed-by-silence' | 'other-than-answerer'
export type Step = { to: Status; by: readonly By[]; needs?: readonly Need[] }

export const lifecycle: Record<Status, Partial<Record<Action, Step>>> = {
  open: {
    assign: { to: 'open', by: ['assigner', 'system'] },
    'add-measure': { to: 'open', by: ['owner'] },
    'add-evidence': { to: 'open', by: ['owner'] },
    note: { to: 'open', by: ['owner', 'issuer', 'leader'] },
    answer: { to: 'answered', by: ['owner'] },
  },
  answered: {
    note: { to: 'answered', by: ['owner', 'issuer', 'leader'] },
    'opinion-satisfied': { to: 'closed', by: ['citizen'] },
    'opinion-dissatisfied': { to: 'open', by: ['citizen'] },
    'close-silent': { to: 'closed', by: ['system'], needs: ['wait-over'] },
    'accept-answer': { to: 'closed', by: ['issuer'], needs: ['other-than-answerer'] },
    'return-answer': { to: 'open', by: ['issuer'], needs: ['other-than-answerer'] },
  },
  // Silence is not satisfaction: an opinion that arrives late still counts.
  closed: {
    'opinion-satisfied': { to: 'closed', by: ['citizen'], needs: ['closed-by-silence'] },
    'opinion-dissatisfied': { to: 'open', by: ['citizen'], needs: ['closed-by-silence'] },
  },
}

export type Refusal = 'wrong-state' | 'wrong-person' | Need

/** May this step be taken? `met` are the conditions that hold. Returns the next state or why not. */
export function step(
  from: Status,
  action: Action,
  who: readonly By[],
  met: ReadonlySet<Need> = new Set(),
): { to: Status } | { refused: Refusal } {
  const found = lifecycle[from][action]
  if (!found) return { refused: 'wrong-state' }
  if (!found.by.some((by) => who.includes(by))) return { refused: 'wrong-person' }
  const lacking = found.needs?.find((need) => !met.has(need))
  return lacking ? { refused: lacking } : { to: found.to }
}

/** The actions somebody may try in this state. */
export function possible(from: Status, who: readonly By[]): Action[] {
  return actions.filter((action) => lifecycle[from][action]?.by.some((by) => who.includes(by)))
}
