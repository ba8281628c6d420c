import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { complaintWords } from './words.ts'

/** The code alone; one and the same answer for every code that opens nothing. */
export function codeForm(typed: string, wrong: 'required' | 'unknown' | null, lang: Lang): Html {
  const words = complaintWords(lang)
  const error = wrong && words[wrong]
  return html`${errorSummary({ lang, errors: error ? [{ name: 'code', message: error }] : [] })}<p>${words.intro}</p>${form(
    {
      id: 'code-form',
      action: '/complaint',
      attempt: '',
      body: field({
        lang,
        kind: 'text',
        name: 'code',
        label: words.code,
        hint: words.codeHint,
        value: typed.slice(0, 60),
        error,
        autocomplete: 'off',
        inputmode: 'numeric',
        maxlength: 40,
      }),
      submit: { label: words.look, name: 'do', value: 'look' },
    },
  )}<p class="hint">${words.lost}</p>`
}
