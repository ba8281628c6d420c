import type { Lang } from '#platform/i18n.ts'
import type { Condition, ItemContent } from '#policy/registration/item.ts'

const joints = {
  zh: {
    all: '，并且',
    any: '，或者',
    not: (text: string) => `不属于“${text}”`,
    is: (question: string, options: string) => `${question}${options}`,
    or: '、',
  },
  en: {
    all: ', and ',
    any: ', or ',
    not: (text: string) => `not “${text}”`,
    is: (question: string, options: string) => `${question} ${options}`,
    or: ' / ',
  },
}

/** A circumstance as a person reads it: the question and the answers that call for it. Options no longer there are left out. */
export function conditionWords(content: ItemContent, condition: Condition, lang: Lang): string {
  const words = joints[lang]
  if ('all' in condition) return condition.all.map((part) => conditionWords(content, part, lang)).join(words.all)
  if ('any' in condition) return condition.any.map((part) => conditionWords(content, part, lang)).join(words.any)
  if ('not' in condition) return words.not(conditionWords(content, condition.not, lang))
  const question = content.questions.find(({ code }) => code === condition.question)
  const labels = (question?.options ?? [])
    .filter(({ code }) => condition.is.includes(code))
    .map(({ label }) => label[lang])
  return question ? words.is(question.text[lang], labels.join(words.or)) : ''
}
