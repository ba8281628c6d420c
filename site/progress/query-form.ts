import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { progressWords } from './words.ts'

export type Typed = { no?: string; code?: string; wrong?: Record<string, string> }

/** Number and code; comes back with what was typed, and with one and the same answer for every pair that does not fit. */
export function queryForm({ no = '', code = '', wrong = {} }: Typed, lang: Lang): Html {
  const words = progressWords(lang)
  const said = (name: 'no' | 'code') => (wrong[name] ? words.required[name] : null)
  const errors = [
    ...(['no', 'code'] as const).filter((name) => wrong[name]).map((name) => ({ name, message: words.required[name] })),
    ...(wrong.form ? [{ name: 'no', message: words.notFound }] : []),
  ]
  return html`${errorSummary({ lang, errors })}<p>${words.intro}</p>${form({
    action: '/q',
    attempt: '',
    body: html`${field({ lang, kind: 'text', name: 'no', label: words.number, hint: words.numberHint, value: no, error: said('no'), autocomplete: 'off', maxlength: 100 })}${field(
      {
        lang,
        kind: 'text',
        name: 'code',
        label: words.code,
        hint: words.codeHint,
        value: code,
        error: said('code'),
        autocomplete: 'off',
        maxlength: 40,
      },
    )}`,
    submit: { label: words.look },
  })}<p class="hint">${words.lost}</p>`
}
