import { possibleSteps, type Table, type Taken, takeStep } from './step.ts'

/** How an officer is heard: facts put to him without the complainant, time to answer, his words (R124). */
export const statementStatuses = ['requested', 'answered', 'expired'] as const
export type StatementStatus = (typeof statementStatuses)[number]

export const statementActions = ['answer', 'expire'] as const
export type StatementAction = (typeof statementActions)[number]

export type StatementBy = 'officer' | 'system'

/** time-over: his last day has ended. not-decided: no finding of this case has been approved yet. */
export type StatementNeed = 'time-over' | 'not-decided'

export const statementLifecycle: Table<StatementStatus, StatementAction, StatementBy, StatementNeed> = {
  requested: {
    answer: { to: 'answered', by: ['officer'], needs: ['not-decided'] },
    expire: { to: 'expired', by: ['system'], needs: ['time-over'] },
  },
  answered: {},
  // A late answer is still heard as long as nothing is decided.
  expired: { answer: { to: 'answered', by: ['officer'], needs: ['not-decided'] } },
}

export function statementStep(
  from: StatementStatus,
  action: StatementAction,
  who: readonly StatementBy[],
  met: ReadonlySet<StatementNeed> = new Set(),
): Taken<StatementStatus, StatementNeed> {
  return takeStep(statementLifecycle, from, action, who, met)
}

export function possibleForStatement(from: StatementStatus, who: readonly StatementBy[]): StatementAction[] {
  return possibleSteps(statementLifecycle, statementActions, from, who)
}

/**
 * Whether everybody complained of was heard: each was asked, and has answered or let his time pass. With no officer
 * known the unit alone is concerned, and its head is asked (A21): pass him as the only person.
 */
export function officersHeard(
  persons: readonly string[],
  requests: readonly { personId: string; status: StatementStatus }[],
): boolean {
  const open = requests.some(({ status }) => status === 'requested')
  return !open && persons.every((person) => requests.some(({ personId }) => personId === person))
}
