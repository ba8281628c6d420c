import { fieldErrors, problemText } from '#console/frame.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { orderWords } from './words.ts'

/** What is wrong, in words, first with this area's words and then with the console's. */
export function errorsOf(problem: Problem | undefined, lang: Lang, order: readonly string[] = []): FieldError[] {
  if (!problem) return []
  const own = orderWords(lang).codes as Record<string, string>
  const known = (code: string) => (Object.hasOwn(own, code) ? own[code] : undefined)
  if (Object.keys(problem.fields).length === 0) {
    return [{ name: '', message: known(problem.code) ?? problemText(problem.code, lang) }]
  }
  return fieldErrors(problem, lang, order).map((error) => {
    const code = problem.fields[error.name]
    return { name: error.name === 'form' ? '' : error.name, message: (code && known(code)) ?? error.message }
  })
}
