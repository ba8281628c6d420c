import { possibleSteps, type Table, type Taken, takeStep } from './step.ts'

/** A finding's life: two reviewers, a leader, one appeal (R124). */
export const findingStatuses = ['draft', 'reviewed', 'approved', 'appealed', 'upheld', 'annulled', 'amended'] as const
export type FindingStatus = (typeof findingStatuses)[number]

export const findingActions = ['agree', 'disagree', 'approve', 'return', 'appeal', 'uphold', 'annul', 'amend'] as const
export type FindingAction = (typeof findingActions)[number]

/** appeal_body: whoever decides an appeal or carries out the superior's review opinion; never one who decided before. */
export type FindingBy = 'handler' | 'second_reviewer' | 'leader' | 'officer' | 'appeal_body'

export type FindingNeed =
  | 'officer-heard'
  | 'other-than-proposer'
  | 'other-than-reviewers'
  | 'within-appeal-days'
  | 'has-not-decided'
  | 'review-ordered'

const byReview = ['has-not-decided', 'review-ordered'] as const

export const findingLifecycle: Table<FindingStatus, FindingAction, FindingBy, FindingNeed> = {
  draft: {
    agree: { to: 'reviewed', by: ['second_reviewer'], needs: ['officer-heard', 'other-than-proposer'] },
    disagree: { to: 'draft', by: ['second_reviewer'], needs: ['other-than-proposer'] },
  },
  reviewed: {
    approve: { to: 'approved', by: ['leader'], needs: ['officer-heard', 'other-than-reviewers'] },
    return: { to: 'draft', by: ['leader'], needs: ['other-than-reviewers'] },
  },
  approved: {
    appeal: { to: 'appealed', by: ['officer'], needs: ['within-appeal-days'] },
    annul: { to: 'annulled', by: ['appeal_body'], needs: byReview },
    amend: { to: 'amended', by: ['appeal_body'], needs: byReview },
  },
  appealed: {
    uphold: { to: 'upheld', by: ['appeal_body'], needs: ['has-not-decided'] },
    annul: { to: 'annulled', by: ['appeal_body'], needs: ['has-not-decided'] },
    amend: { to: 'amended', by: ['appeal_body'], needs: ['has-not-decided'] },
  },
  upheld: {
    annul: { to: 'annulled', by: ['appeal_body'], needs: byReview },
    amend: { to: 'amended', by: ['appeal_body'], needs: byReview },
  },
  amended: { annul: { to: 'annulled', by: ['appeal_body'], needs: byReview } },
  annulled: {},
}

/** The states in which a finding "responsible" carries its deductions: an appeal does not stop them (R125). */
export const findingInForce: readonly FindingStatus[] = ['approved', 'appealed', 'upheld', 'amended']

export function findingStep(
  from: FindingStatus,
  action: FindingAction,
  who: readonly FindingBy[],
  met: ReadonlySet<FindingNeed> = new Set(),
): Taken<FindingStatus, FindingNeed> {
  return takeStep(findingLifecycle, from, action, who, met)
}

export function possibleForFinding(from: FindingStatus, who: readonly FindingBy[]): FindingAction[] {
  return possibleSteps(findingLifecycle, findingActions, from, who)
}

/** `decided`: everybody who proposed, agreed, approved or decided an earlier appeal in this case. */
export type AppealDecider = { personId: string; decided: readonly string[]; concerned: boolean }

/** Who may decide an appeal: somebody who has not decided before and whom the case does not concern. */
export function appealDecider({
  personId,
  decided,
  concerned,
}: AppealDecider): { allowed: true } | { refused: 'has-decided' | 'concerned' } {
  if (decided.includes(personId)) return { refused: 'has-decided' }
  return concerned ? { refused: 'concerned' } : { allowed: true }
}
