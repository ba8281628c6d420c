import { mergeable, type Status } from './lifecycle.ts'

/** `heard`: an officer was asked in it. `survives`: other cases were merged into it. Dates as YYYY-MM-DD. */
export type MergeSide = {
  id: string
  no: string
  status: Status
  accusation: boolean
  receivedOn: string
  dueOn: string | null
  heard: boolean
  survives: boolean
}

export type MergeRefusal = 'same-case' | 'not-mergeable' | 'other-access-class' | 'both-heard' | 'both-survive'

/**
 * Which of two cases about one event goes on (A22): the one in which an officer was heard or into which others were
 * merged already, then the one further along, then the older. The other is kept whole, so that it can be undone.
 */
export function survivorOf(
  a: MergeSide,
  b: MergeSide,
): { survivor: MergeSide; absorbed: MergeSide } | { refused: MergeRefusal } {
  if (a.id === b.id) return { refused: 'same-case' }
  if (!mergeable.includes(a.status) || !mergeable.includes(b.status)) return { refused: 'not-mergeable' }
  if (a.accusation !== b.accusation) return { refused: 'other-access-class' }
  if (a.heard && b.heard) return { refused: 'both-heard' }
  const bound = [a, b].filter((side) => side.heard || side.survives)
  if (bound.length === 2) return { refused: 'both-survive' }
  const survivor = bound[0] ?? (before(a, b) ? a : b)
  return { survivor, absorbed: survivor === a ? b : a }
}

function before(a: MergeSide, b: MergeSide): boolean {
  const rank = ({ status }: MergeSide) => mergeable.indexOf(status)
  if (rank(a) !== rank(b)) return rank(a) > rank(b)
  if (a.receivedOn !== b.receivedOn) return a.receivedOn < b.receivedOn
  return a.no < b.no
}

/** The earlier of two last days: nobody waits longer because somebody else complained, too. */
export function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
