import { answersThatCount, holds, unansweredQuestions } from './circumstances.ts'
import type { Answers, ItemContent } from './item.ts'
import type { Gap } from './material-check.ts'

/** One visit: the version judged by, the circumstances recorded, the gaps named. */
export type NoticeBasis = { content: ItemContent; answers: Answers; gaps: readonly Gap[] }

/** `still_open` is no addition: the first notice named it and it is not settled yet. */
export type LaterGapCause = 'still_open' | 'new_fact' | 'changed_policy' | 'officer_omission'

/**
 * Why each gap of a later visit was not settled by the first notice (R49).
 * In doubt the office bears it: only a changed answer, a changed version or a paper not shown before excuses it.
 */
export function laterGapCauses(first: NoticeBasis, later: NoticeBasis): { code: string; cause: LaterGapCause }[] {
  return later.gaps.map((gap) => ({ code: gap.code, cause: causeOf(gap, first, later) }))
}

/**
 * The later gaps that already existed at the first visit: each is an omission of the officer who gave the first notice,
 * not of the one who noticed (R49, HR04).
 */
export function overlookedGaps(first: NoticeBasis, later: NoticeBasis): string[] {
  return laterGapCauses(first, later)
    .filter(({ cause }) => cause === 'officer_omission')
    .map(({ code }) => code)
}

function causeOf(gap: Gap, first: NoticeBasis, later: NoticeBasis): LaterGapCause {
  const named = first.gaps.find(({ code }) => code === gap.code)
  if (named) return causeWhenNamed(named, gap)
  if (gap.newPaper) return 'new_fact'
  if (appliesTo(gap.code, first.content, first.answers)) return 'officer_omission'
  if (unansweredQuestions(first.content, first.answers).length > 0) return 'officer_omission'
  if (appliesTo(gap.code, first.content, later.answers)) return 'new_fact'
  return appliesTo(gap.code, later.content, later.answers) ? 'changed_policy' : 'officer_omission'
}

/** A paper that was missing could not be examined; one that was examined should have had all its defects named. */
function causeWhenNamed(named: Gap, gap: Gap): LaterGapCause {
  if (gap.problem === 'missing') return 'still_open'
  if (named.problem === 'missing' || gap.newPaper) return 'new_fact'
  return named.defect === gap.defect ? 'still_open' : 'officer_omission'
}

function appliesTo(code: string, content: ItemContent, answers: Answers): boolean {
  const material = content.materials.find((candidate) => candidate.code === code)
  return (
    material !== undefined &&
    material.source === 'applicant' &&
    holds(material.requiredIf, answersThatCount(content, answers)) === 'yes'
  )
}
