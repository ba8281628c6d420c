import { answersThatCount, holds, questionsToAsk } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent, Material, Question, Refusal } from '#policy/registration/item.ts'
import {
  type FeeDue,
  feeFor,
  materialsRequired,
  policyVerdict,
  type RequiredMaterial,
} from '#policy/registration/requirements.ts'

export type SelfCheck = {
  /** What to ask the applicant with these answers, in order; `answer` where it is given. */
  asked: { question: Question; answer: string | undefined }[]
  /** What the counter will find out; the list assumes this until then. */
  assumed: { question: Question; answer: string }[]
} & (
  | { state: 'asking' }
  | { state: 'refused'; reasons: Refusal[] }
  | { state: 'list'; materials: RequiredMaterial[]; spared: Material[]; fee: FeeDue }
)

/** Where a person stands with the answers so far: more to ask, refused with every reason, or the list that applies (HR02). */
export function selfCheck(content: ItemContent, given: Answers): SelfCheck {
  const counted = answersThatCount(content, given)
  const asked = questionsToAsk(content, given, 'applicant').map((question) => ({
    question,
    answer: counted[question.code],
  }))
  const assumed = questionsToAsk(content, given, 'officer').flatMap((question) => {
    const answer = counted[question.code]
    return answer === undefined ? [] : [{ question, answer }]
  })
  const verdict = policyVerdict(content, given)
  if (!('refused' in verdict) && !verdict.met) return { asked, assumed, state: 'refused', reasons: verdict.reasons }
  const materials = materialsRequired(content, given)
  const fee = feeFor(content, given)
  const open =
    'refused' in verdict ||
    'refused' in materials ||
    'refused' in fee ||
    asked.some(({ answer }) => answer === undefined)
  if (open) return { asked, assumed, state: 'asking' }
  const spared = content.materials.filter((material) => holds(material.requiredIf, counted) === 'no')
  return { asked, assumed, state: 'list', materials, spared, fee }
}

const prefix = 'a_'

/** The answers in an address; the caller's other parameters are not among them. */
export function answersIn(query: Readonly<Record<string, string | undefined>>): Answers {
  const pairs = Object.entries(query).filter(([name, value]) => name.startsWith(prefix) && value)
  return Object.fromEntries(pairs.map(([name, value]) => [name.slice(prefix.length), value as string]))
}

export function answerName(question: string): string {
  return prefix + question
}

/** The address of a list: only the answers that count are in it. Empty when none is. */
export function answerQuery(check: Pick<SelfCheck, 'asked'>): string {
  const pairs = check.asked.flatMap(({ question, answer }) =>
    answer === undefined ? [] : [[answerName(question.code), answer]],
  )
  const query = new URLSearchParams(pairs).toString()
  return query && `?${query}`
}

export function labelOf(question: Question, answer: string | undefined, lang: 'zh' | 'en'): string {
  return question.options.find(({ code }) => code === answer)?.label[lang] ?? ''
}
