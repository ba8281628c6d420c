import type { Status } from './lifecycle.ts'

/**
 * `until`: the last day on which the complainant may come back, null where the law sets none. `reopenedByComplainant`:
 * how often he already did. `reReviewed`: a re-review opinion exists, after which the same facts are not taken up again
 * (petition-regulations:36). `newFacts`: what is brought was not known when it was decided.
 */
export type Reopening = {
  status: Status
  by: 'complainant' | 'bureau'
  today: Temporal.PlainDate
  until: Temporal.PlainDate | null
  reopenedByComplainant: number
  reReviewed: boolean
  newFacts: boolean
}

export type ReopenRefusal = 'not-over' | 'exhausted' | 'too-late' | 'once-only'

const over: readonly Status[] = ['answered', 'closed', 'redirected', 'transferred', 'withdrawn']

/**
 * May a case be taken up again? New facts always count. Without them the complainant may come back once, within his
 * days; the bureau, which corrects its own mistake or follows a review opinion, at any time.
 */
export function mayBeReopened(wish: Reopening): { allowed: true } | { refused: ReopenRefusal } {
  if (!over.includes(wish.status)) return { refused: 'not-over' }
  if (wish.newFacts) return { allowed: true }
  if (wish.reReviewed) return { refused: 'exhausted' }
  if (wish.by === 'bureau') return { allowed: true }
  if (wish.reopenedByComplainant > 0) return { refused: 'once-only' }
  const late = wish.until !== null && Temporal.PlainDate.compare(wish.today, wish.until) > 0
  return late ? { refused: 'too-late' } : { allowed: true }
}
