import { Type } from 'typebox'
import { fieldErrors, problemText } from '#console/frame.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { formatDay, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { errorSummary, type FieldError } from '#platform/ui/form.ts'
import { notice } from '#platform/ui/parts.ts'
import { keepingProblems } from './problem-words.ts'

/** Hidden fields that every form brings along. */
export const posted = {
  _csrf: Type.Optional(Type.String({ maxLength: 200 })),
  attempt: Type.Optional(Type.String({ maxLength: 40 })),
}
export const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))
/** What every page may carry in its address: the language, and what has just happened. */
export const pageQuery = { lang: text(5), elder: text(2), done: text(40) }
export const idParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

export function said(named: { zh: string; en: string }, lang: Lang): string {
  return (lang === 'en' ? named.en : named.zh) || named.zh || named.en
}

export function unitOf(row: { unitZh: string; unitEn: string }, lang: Lang): string {
  return said({ zh: row.unitZh, en: row.unitEn }, lang)
}

/** What somebody typed, as text, from a body that may hold anything. */
export function typed(body: Record<string, unknown> | undefined, name: string): string {
  const value = body?.[name]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export { readDay } from '#policy/calendar/typed-day.ts'

/** 2026年12月1日 of an ISO day, or a dash for none. */
export function dayText(day: string | null, lang: Lang): string {
  return day ? formatDay(Temporal.PlainDate.from(day), lang) : '–'
}

/** The day before a half-open end: the last day on which something holds. */
export function lastDay(until: string | null): string | null {
  return until && Temporal.PlainDate.from(until).subtract({ days: 1 }).toString()
}

/** What is wrong, in words: first those of these pages, then those all pages share. */
export function errorsIn(problem: Problem | undefined, lang: Lang, order: readonly string[] = []): FieldError[] {
  if (!problem) return []
  const words = keepingProblems(lang)
  return fieldErrors(problem, lang, order).map((error) => {
    const code = problem.fields[error.name] ?? problem.code
    return { name: problem.fields[error.name] ? error.name : '', message: words[code] ?? error.message }
  })
}

export function reasonText(code: string, lang: Lang): string {
  return keepingProblems(lang)[code] ?? problemText(code, lang)
}

/** Errors of fields in a summary that links to them; a problem of no field as a box. */
export function problemBox(problem: Problem | undefined, lang: Lang, order: readonly string[] = []): Html {
  if (!problem) return nothing
  if (Object.keys(problem.fields).length === 0)
    return notice({ lang, kind: 'error', title: reasonText(problem.code, lang) })
  return errorSummary({ lang, errors: errorsIn(problem, lang, order) })
}

/** Blocks one after another, for pages made of parts. */
export function stack(...parts: (Html | null | false | undefined)[]): Html {
  return html`${parts.map((part) => part || nothing)}`
}
