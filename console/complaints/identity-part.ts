import type { CaseDetails } from '#modules/complaints/index.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { dialogDetails, factList, notice, section } from '#platform/ui/parts.ts'
import type { CasePage } from './case-page.ts'
import { caseWords } from './case-words.ts'

/** Who complained, behind a reason; and who has looked so far (T8). */
export function identityPart(details: CaseDetails, meta: Meta, options: CasePage): Html {
  const words = caseWords(meta.lang)
  const looks = details.steps.filter((step) => step.kind === 'identity_viewed')
  const list =
    looks.length > 0
      ? html`<ul>${looks.map((look) => html`<li>${look.personName} · ${formatMoment(look.at, meta.lang)} · ${look.text}</li>`)}</ul>`
      : html`<p class="hint">${words.noLooks}</p>`
  return section({
    title: words.identity,
    id: 'identity',
    body: html`<p class="hint">${words.identityHidden}</p>${shown(options, meta)}${details.mayReveal ? revealForm(details, meta, options) : nothing}<h3>${words.looks}</h3>${list}`,
  })
}

function shown(options: CasePage, meta: Meta): Html {
  if (!options.revealed) return nothing
  const words = caseWords(meta.lang)
  const { identity } = options.revealed
  const fields = ['name', 'phone', 'citizenNo', 'address'] as const
  const body = factList(
    fields.map((key) => ({ label: words.identityFields[key], value: identity[key] ?? words.nothingLeft })),
  )
  return notice({ lang: meta.lang, kind: 'warning', title: words.identityShown, body })
}

function revealForm(details: CaseDetails, meta: Meta, options: CasePage): Html {
  const words = caseWords(meta.lang)
  const back = options.returned?.form === 'reveal' ? options.returned : undefined
  const error = (name: string) => back?.errors.find((one) => one.name === name)?.message
  const choice = details.submissions.map((one, at) => ({
    value: one.id,
    label: `${words.submission(at + 1)} · ${words.channel[one.channel]}`,
  }))
  const typed = (name: string) => (typeof back?.typed[name] === 'string' ? (back.typed[name] as string) : undefined)
  const body = html`${field({
    lang: meta.lang,
    kind: 'radio',
    name: 'submissionId',
    label: words.ask.submission,
    options: choice,
    value: typed('submissionId') ?? choice[0]?.value,
    error: error('submissionId'),
  })}${field({ lang: meta.lang, kind: 'text', name: 'revealReason', label: words.ask.revealReason, width: 'wide', maxlength: 500, value: typed('revealReason'), error: error('revealReason') })}`
  const whole = html`${back ? errorSummary({ lang: meta.lang, errors: back.errors }) : nothing}${form({
    action: `/console/cases/${details.case.id}/reveal`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    body,
    submit: { label: words.forms.reveal.submit, kind: 'plain' },
  })}`
  return dialogDetails({ summary: words.forms.reveal.title, body: whole, open: back !== undefined, id: 'reveal' })
}
