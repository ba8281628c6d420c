import { fieldErrors, problemText } from '#console/frame.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { type Field, field } from '#platform/ui/field.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { monthWords } from './words.ts'

/** A form that came back: which, what was typed, what is wrong. */
export type Returned = { form: string; typed: Record<string, unknown>; errors: FieldError[] }

export function errorsOf(problem: Problem, lang: Lang, order: readonly string[] = []): FieldError[] {
  const own = monthWords(lang).codes
  const known = (code: string) => (Object.hasOwn(own, code) ? own[code] : undefined)
  if (Object.keys(problem.fields).length === 0)
    return [{ name: '', message: known(problem.code) ?? problemText(problem.code, lang) }]
  return fieldErrors(problem, lang, order).map((error) => {
    const code = problem.fields[error.name]
    return { name: error.name === 'form' ? '' : error.name, message: (code && known(code)) ?? error.message }
  })
}

export function ask(lang: Lang, back: Returned | undefined, question: Omit<Field, 'lang' | 'error'>) {
  const typed = back?.typed[question.name]
  return field({
    ...question,
    lang,
    value: typeof typed === 'string' ? typed : question.value,
    error: back?.errors.find((error) => error.name === question.name)?.message,
  })
}

export function periodText(period: string, lang: Lang): string {
  const [year, month] = period.split('-').map(Number) as [number, number]
  return String(monthWords(lang).period(year, month))
}

export function moment(at: Temporal.Instant, lang: Lang): string {
  return formatMoment(at, lang)
}

/** 2026-12-04 09:00 as it is meant here; null when it is no such moment. */
export function momentTyped(text: string): Temporal.Instant | null {
  try {
    const local = Temporal.PlainDateTime.from(text.trim().replace(/[  ]+/, 'T'), { overflow: 'reject' })
    if (local.year < 2000 || local.year > 2100) return null
    return local.toZonedDateTime('Asia/Shanghai').toInstant()
  } catch {
    return null
  }
}

export function typedMoment(at: Temporal.Instant | null): string {
  return at
    ? at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
    : ''
}
