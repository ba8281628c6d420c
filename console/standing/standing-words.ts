import { fieldErrors, problemText } from '#console/frame.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { en } from './standing-words-en.ts'
import { zh } from './standing-words-zh.ts'

export type StandingWords = typeof en

export function standingWords(lang: Lang): StandingWords {
  return lang === 'en' ? en : zh
}

/** What is wrong, in this room's words first. */
export function errorsOf(problem: Problem, lang: Lang, order: readonly string[] = []): FieldError[] {
  const own = standingWords(lang).codes as Record<string, string>
  const known = (code: string | undefined) => (code && Object.hasOwn(own, code) ? own[code] : undefined)
  if (Object.keys(problem.fields).length === 0)
    return [{ name: '', message: known(problem.code) ?? problemText(problem.code, lang) }]
  return fieldErrors(problem, lang, order).map((error) => ({
    name: error.name === 'form' ? '' : error.name,
    message: known(problem.fields[error.name]) ?? error.message,
  }))
}
