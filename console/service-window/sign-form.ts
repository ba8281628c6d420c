import { errorOf } from '#console/frame.ts'
import type { NoticeRow } from '#modules/service-window/index.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { dialogDetails } from '#platform/ui/parts.ts'
import type { MatterData } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { errorsIn, fieldIn, nameIn, typed } from './shared.ts'
import { matterWords } from './words.ts'

/** By finger where script runs; on paper, by fingerprint or declined before a witness everywhere (R48, R58). */
export function signForms(data: MatterData, one: NoticeRow, meta: Meta): Html {
  const w = pageWords(meta.lang).notices
  const kinds = matterWords(meta.lang).signatures
  const back = data.returned?.form === `sign-${one.id}` ? data.returned : undefined
  const errors = errorsIn(back?.problem, meta.lang).filter((error) => error.name !== '')
  const shared = { action: `/console/notices/${one.id}/sign`, csrf: meta.csrf, swap: true }
  const options = (['paper', 'witnessed_mark', 'declined'] as const).map((kind) => ({
    value: kind,
    label: kinds[kind],
  }))
  return html`${errorSummary({ lang: meta.lang, errors: errors.map((error) => ({ ...error, name: nameIn(one.id, error.name) })) })}<div data-signature hidden><p class="field-label">${w.pad}</p>${form(
    {
      ...shared,
      hidden: { kind: 'drawn' },
      submit: { label: w.confirm },
      body: html`<canvas role="img" aria-label="${w.pad}"></canvas><input type="hidden" name="strokes" value="">`,
      beside: html`<button type="button" class="button button-plain" data-clear>${w.clear}</button>`,
    },
  )}</div>${dialogDetails({
    summary: w.otherWays,
    open: back !== undefined,
    body: form({
      ...shared,
      submit: { label: w.record, kind: 'plain' },
      body: html`${fieldIn(one.id, { lang: meta.lang, kind: 'radio', name: 'kind', label: w.kind, options, value: typed(back?.body, 'kind') ?? 'paper', error: errorOf(errors, 'kind') })}${fieldIn(one.id, { lang: meta.lang, kind: 'text', name: 'witness', label: w.witness, optional: true, value: typed(back?.body, 'witness'), error: errorOf(errors, 'witness'), maxlength: 100 })}`,
    }),
  })}`
}
