import { possibleSteps, type Table, type Taken, takeStep } from '../complaints/step.ts'

/** From nomination to grant; eligibility is asked at both ends (domain 6.3). */
export const nominationStatuses = ['nominated', 'granted', 'withdrawn'] as const
export type NominationStatus = (typeof nominationStatuses)[number]

export const nominationActions = ['grant', 'withdraw'] as const
export type NominationAction = (typeof nominationActions)[number]

export type NominationBy = 'nominator' | 'leader'
export type NominationNeed = 'eligible' | 'other-than-nominator' | 'not-the-candidate'

export const nominationLifecycle: Table<NominationStatus, NominationAction, NominationBy, NominationNeed> = {
  nominated: {
    grant: { to: 'granted', by: ['leader'], needs: ['not-the-candidate', 'other-than-nominator', 'eligible'] },
    withdraw: { to: 'withdrawn', by: ['nominator', 'leader'], needs: ['not-the-candidate'] },
  },
  granted: {},
  withdrawn: {},
}

export function nominationStep(
  from: NominationStatus,
  action: NominationAction,
  who: readonly NominationBy[],
  met: ReadonlySet<NominationNeed> = new Set(),
): Taken<NominationStatus, NominationNeed> {
  return takeStep(nominationLifecycle, from, action, who, met)
}

export function possibleForNomination(from: NominationStatus, who: readonly NominationBy[]): NominationAction[] {
  return possibleSteps(nominationLifecycle, nominationActions, from, who)
}
