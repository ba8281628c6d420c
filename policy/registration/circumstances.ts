import type { Answers, Condition, ItemContent, Question } from './item.ts'

/** `unknown` while an answer that decides it is still missing. */
export type Truth = 'yes' | 'no' | 'unknown'

/** Whether a circumstance holds, as far as the answers tell. */
export function truthOf(condition: Condition, answers: Answers): Truth {
  if ('all' in condition) return allOf(condition.all.map((part) => truthOf(part, answers)))
  if ('any' in condition) return negated(allOf(condition.any.map((part) => negated(truthOf(part, answers)))))
  if ('not' in condition) return negated(truthOf(condition.not, answers))

  const answer = answers[condition.question]
  if (answer === undefined) return 'unknown'
  return condition.is.includes(answer) ? 'yes' : 'no'
}

/** A condition that is not stated always holds. */
export function holds(condition: Condition | undefined, answers: Answers): Truth {
  return condition ? truthOf(condition, answers) : 'yes'
}

function allOf(parts: Truth[]): Truth {
  if (parts.includes('no')) return 'no'
  return parts.includes('unknown') ? 'unknown' : 'yes'
}

function negated(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown'
  return truth === 'yes' ? 'no' : 'yes'
}

/** Every question a condition looks at. */
export function questionsIn(condition: Condition | undefined): string[] {
  if (!condition) return []
  if ('all' in condition) return condition.all.flatMap(questionsIn)
  if ('any' in condition) return condition.any.flatMap(questionsIn)
  if ('not' in condition) return questionsIn(condition.not)
  return [condition.question]
}

/** Every (question, option) pair a condition names. */
export function optionsIn(condition: Condition | undefined): { question: string; option: string }[] {
  if (!condition) return []
  if ('all' in condition) return condition.all.flatMap(optionsIn)
  if ('any' in condition) return condition.any.flatMap(optionsIn)
  if ('not' in condition) return optionsIn(condition.not)
  return condition.is.map((option) => ({ question: condition.question, option }))
}

type Walk = { asked: Question[]; answers: Record<string, string> }

/** An answer counts only while its question is asked: changing an earlier answer makes a later one void, not wrong. */
function walk(content: ItemContent, given: Answers): Walk {
  const asked: Question[] = []
  const answers: Record<string, string> = {}
  for (const question of content.questions) {
    const ask = holds(question.askIf, answers)
    if (ask === 'yes') asked.push(question)
    const answer = ask === 'yes' ? validAnswer(question, given) : ask === 'no' ? notAsked : undefined
    if (answer !== undefined) answers[question.code] = answer
  }
  return { asked, answers }
}

/** Stands for the answer to a question that does not arise; no option may bear this code. */
const notAsked = ''

function validAnswer(question: Question, given: Answers): string | undefined {
  const answer = Object.hasOwn(given, question.code) ? given[question.code] : undefined
  return question.options.some((option) => option.code === answer) ? answer : question.assumed
}

/** The answers that count, a question that does not arise standing as answered with none of its options. */
export function answersThatCount(content: ItemContent, answers: Answers): Answers {
  return walk(content, answers).answers
}

/**
 * The questions that matter with these answers, in order (HR02). A later one shows once the earlier ones call for it.
 * `of` leaves only the applicant's or only the officer's.
 */
export function questionsToAsk(content: ItemContent, answers: Answers, of?: 'applicant' | 'officer'): Question[] {
  return walk(content, answers).asked.filter((question) => !of || (question.askedOf ?? 'applicant') === of)
}

/** The questions still to be answered before anything definite can be said. */
export function unansweredQuestions(content: ItemContent, answers: Answers): Question[] {
  const { asked, answers: counted } = walk(content, answers)
  return asked.filter((question) => counted[question.code] === undefined)
}
