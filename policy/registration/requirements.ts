import { answersThatCount, holds, type Truth, unansweredQuestions } from './circumstances.ts'
import type { Answers, ItemContent, Material, Refusal, Text } from './item.ts'

/** `toBring` is false for what the office holds, makes or fetches itself. */
export type RequiredMaterial = Material & { toBring: boolean }

/** Refused while answers are missing on which the result depends. */
export type Unanswered = { refused: 'questions_unanswered'; questions: string[] }

function unanswered(content: ItemContent, answers: Answers): Unanswered {
  return {
    refused: 'questions_unanswered',
    questions: unansweredQuestions(content, answers).map((question) => question.code),
  }
}

/** Exactly the materials that apply to this case (R46 b), in the order of the list; each once. */
export function materialsRequired(content: ItemContent, answers: Answers): RequiredMaterial[] | Unanswered {
  const judged = materialsPreview(content, answers)
  if (judged.some((material) => material.applies === 'unknown')) return unanswered(content, answers)
  return judged.map(({ applies: _, ...material }) => material)
}

/** What applies and what may still apply (`unknown`): the public page before all questions are answered (R51). */
export function materialsPreview(
  content: ItemContent,
  answers: Answers,
): (RequiredMaterial & { applies: 'yes' | 'unknown' })[] {
  const counted = answersThatCount(content, answers)
  return content.materials.flatMap((material) => {
    const applies: Truth = holds(material.requiredIf, counted)
    return applies === 'no' ? [] : [{ ...material, toBring: material.source === 'applicant', applies }]
  })
}

export type FeeDue = { free: boolean; amountFen: number; text: Text; basis: string }

/** The fee of this case: the first fee case that applies. `free` with the words for it when nothing is due. */
export function feeFor(content: ItemContent, answers: Answers): FeeDue | Unanswered {
  const counted = answersThatCount(content, answers)
  for (const fee of content.fee.cases) {
    const applies = holds(fee.appliesIf, counted)
    if (applies === 'unknown') return unanswered(content, answers)
    if (applies === 'yes') {
      return { free: fee.amountFen === 0, amountFen: fee.amountFen, text: fee.text, basis: fee.basis }
    }
  }
  return { free: true, amountFen: 0, text: content.fee.text, basis: '' }
}

export type PolicyVerdict = { met: true } | { met: false; reasons: Refusal[] }

/**
 * Whether policy allows the matter (R47). Every reason is given at once, each with what the person can do instead.
 * One certain reason is enough to refuse, even with questions still open.
 */
export function policyVerdict(content: ItemContent, answers: Answers): PolicyVerdict | Unanswered {
  const counted = answersThatCount(content, answers)
  const judged = content.conditions
    .filter((condition) => condition.failIf)
    .map((condition) => ({ refusal: condition.refusal, fails: holds(condition.failIf, counted) }))
  const failing = judged.filter(({ fails }) => fails === 'yes')
  if (failing.length > 0) return { met: false, reasons: failing.flatMap(({ refusal }) => refusal ?? []) }
  if (judged.some(({ fails }) => fails === 'unknown')) return unanswered(content, answers)
  return { met: true }
}
