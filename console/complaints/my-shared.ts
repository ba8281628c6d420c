import { Type } from 'typebox'
import { fieldErrors, problemText } from '#console/frame.ts'
import { formatDay, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { uuid } from './case-form.ts'
import { mineWords } from './my-statements-words.ts'

export const minePath = '/console/me/statements'
export const params = Type.Object({ id: uuid })
export const query = Type.Object({
  done: Type.Optional(Type.String({ maxLength: 20 })),
  lang: Type.Optional(Type.String()),
  elder: Type.Optional(Type.String()),
})

export type Returned = { typed: Record<string, unknown>; errors: FieldError[] }

export function mineErrors(problem: Problem, lang: Lang): FieldError[] {
  const own = mineWords(lang).codes as Record<string, string>
  const known = (code: string | undefined) => (code && Object.hasOwn(own, code) ? own[code] : undefined)
  if (Object.keys(problem.fields).length === 0)
    return [{ name: '', message: known(problem.code) ?? problemText(problem.code, lang) }]
  return fieldErrors(problem, lang).map((error) => ({
    // Files of the statement are one question, whichever of them is wrong.
    name: error.name === 'file' ? 'files' : error.name,
    message: known(problem.fields[error.name]) ?? error.message,
  }))
}

export const day = (date: string, lang: Lang) => formatDay(Temporal.PlainDate.from(date), lang)
