import { answerResults, type DeskOfficer, type OrderDetails } from '#modules/supervision/index.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { type Field, field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { dialogDetails, section } from '#platform/ui/parts.ts'
import { orderWords } from './words.ts'

export type FormName = 'measure' | 'evidence' | 'answer' | 'assign' | 'note' | 'reveal' | 'decide' | 'style'

/** A form that came back: which, what was typed, and what is wrong. */
export type Returned = { form: FormName; typed: Record<string, unknown>; errors: FieldError[] }

type Drawn = { details: OrderDetails; meta: Meta; returned?: Returned; officers: readonly DeskOfficer[] }

/** The forms that the reader may use in this state, most wanted first. */
export function orderForms(drawn: Drawn): Html {
  const { can, isOwner, order } = drawn.details
  const reveal = isOwner && order.contact_consent === true && order.status !== 'closed'
  return html`${can.includes('add-measure') ? measureForm(drawn) : nothing}${can.includes('add-evidence') ? evidenceForm(drawn) : nothing}${
    can.includes('answer') ? answerForm(drawn) : nothing
  }${reveal ? revealForm(drawn) : nothing}${can.includes('accept-answer') ? decideForm(drawn) : nothing}${
    can.includes('note') && !isOwner ? noteForm(drawn) : nothing
  }${can.includes('assign') ? assignForm(drawn) : nothing}${mayBecomeComplaint(drawn) ? styleForm(drawn) : nothing}`
}

/** Draws one question of a form with what was typed into it and what is wrong with it. */
function ask(drawn: Drawn, name: FormName, question: Omit<Field, 'lang' | 'value' | 'error'>): Html {
  const back = drawn.returned?.form === name ? drawn.returned : undefined
  const typed = back?.typed[question.name]
  return field({
    ...question,
    lang: drawn.meta.lang,
    value: typeof typed === 'string' ? typed : undefined,
    error: back?.errors.find((error) => error.name === question.name)?.message,
  })
}

function wrapped(drawn: Drawn, name: FormName, title: string, body: Html, always = false): Html {
  const back = drawn.returned?.form === name ? drawn.returned : undefined
  const whole = html`${back ? errorSummary({ lang: drawn.meta.lang, errors: back.errors }) : nothing}${body}`
  if (always || back) return section({ title, body: whole, id: name })
  return dialogDetails({ summary: title, body: whole, id: name })
}

function post(
  drawn: Drawn,
  name: FormName,
  body: Html,
  label: string,
  more: Partial<Parameters<typeof form>[0]> = {},
): Html {
  const { details, meta } = drawn
  return form({
    action: `/console/orders/${details.order.id}/${name}`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    version: details.order.version,
    body,
    submit: { label },
    swap: true,
    ...more,
  })
}

function measureForm(drawn: Drawn): Html {
  const words = orderWords(drawn.meta.lang).forms
  const body = ask(drawn, 'measure', {
    kind: 'textarea',
    name: 'text',
    label: words.measureText,
    rows: 3,
    width: 'wide',
    maxlength: 2000,
  })
  const buttons = { submit: { label: words.measureSave, kind: 'plain' as const } }
  return wrapped(drawn, 'measure', words.measure, post(drawn, 'measure', body, words.measureSave, buttons), true)
}

function evidenceForm(drawn: Drawn): Html {
  const words = orderWords(drawn.meta.lang).forms
  const accept = 'application/pdf,image/png,image/jpeg'
  const body = ask(drawn, 'evidence', {
    kind: 'file',
    name: 'file',
    label: words.evidenceFile,
    hint: words.evidenceHint,
    accept,
  })
  const sent = { files: true, swap: false, submit: { label: words.evidenceSave, kind: 'plain' as const } }
  return wrapped(drawn, 'evidence', words.evidence, post(drawn, 'evidence', body, words.evidenceSave, sent))
}

function answerForm(drawn: Drawn): Html {
  const all = orderWords(drawn.meta.lang)
  const words = all.forms
  const results = answerResults.map((value) => ({ value, label: all.results[value] }))
  const text = {
    kind: 'textarea',
    name: 'answer',
    label: words.answerText,
    hint: words.answerHint,
    rows: 6,
    width: 'wide',
    maxlength: 2000,
  } as const
  const body = html`${ask(drawn, 'answer', text)}${ask(drawn, 'answer', { kind: 'radio', name: 'result', label: words.answerResult, options: results })}${ask(
    drawn,
    'answer',
    {
      kind: 'text',
      name: 'basis',
      label: words.answerBasis,
      hint: words.answerBasisHint,
      optional: true,
      width: 'wide',
      maxlength: 500,
    },
  )}`
  const label = drawn.details.order.source_kind === 'callback' ? words.answerSave : words.answerSaveIssued
  return wrapped(
    drawn,
    'answer',
    words.answer,
    post(drawn, 'answer', body, label, { submit: { label, key: true } }),
    true,
  )
}

function revealForm(drawn: Drawn): Html {
  const words = orderWords(drawn.meta.lang).forms
  const body = ask(drawn, 'reveal', {
    kind: 'text',
    name: 'reason',
    label: words.revealReason,
    hint: words.revealHint,
    maxlength: 200,
  })
  const shown = { swap: false, submit: { label: words.revealShow, kind: 'plain' as const } }
  return wrapped(drawn, 'reveal', words.reveal, post(drawn, 'reveal', body, words.revealShow, shown))
}

/** Ended, and the citizen may be called: then he can be asked whether it is to become a complaint (A29). */
function mayBecomeComplaint({ details }: Drawn): boolean {
  const { order, isOwner, steps } = details
  const noted = steps.some((step) => step.detail.styleProblem === true)
  return (
    isOwner && order.source_kind === 'callback' && order.status !== 'open' && order.contact_consent === true && !noted
  )
}

function styleForm(drawn: Drawn): Html {
  const words = orderWords(drawn.meta.lang).forms
  const body = html`${ask(drawn, 'style', {
    kind: 'textarea',
    name: 'style',
    label: words.styleText,
    hint: words.styleHint,
    rows: 3,
    width: 'wide',
    maxlength: 2000,
  })}${ask(drawn, 'style', { kind: 'checkbox', name: 'agreed', label: words.styleAgreed })}`
  const buttons = { submit: { label: words.styleSave, kind: 'plain' as const } }
  return wrapped(drawn, 'style', words.style, post(drawn, 'style', body, words.styleSave, buttons))
}

function decideForm(drawn: Drawn): Html {
  const words = orderWords(drawn.meta.lang).forms
  const reason = {
    kind: 'textarea',
    name: 'reason',
    label: words.returnReason,
    rows: 3,
    optional: true,
    width: 'wide',
    maxlength: 1000,
  } as const
  const body = ask(drawn, 'decide', reason)
  const back = html`<button type="submit" class="button button-plain" name="decision" value="return">${words.returnIt}</button>`
  const submit = { label: words.accept, name: 'decision', value: 'accept' }
  return wrapped(
    drawn,
    'decide',
    words.decide,
    post(drawn, 'decide', body, words.accept, { submit, beside: back }),
    true,
  )
}

function noteForm(drawn: Drawn): Html {
  const words = orderWords(drawn.meta.lang).forms
  const body = ask(drawn, 'note', {
    kind: 'textarea',
    name: 'text',
    label: words.noteText,
    rows: 3,
    width: 'wide',
    maxlength: 2000,
  })
  return wrapped(drawn, 'note', words.note, post(drawn, 'note', body, words.noteSave), true)
}

function assignForm(drawn: Drawn): Html {
  const words = orderWords(drawn.meta.lang).forms
  const others = drawn.officers.filter((officer) => officer.personId !== drawn.details.order.owner_id)
  if (others.length === 0) return wrapped(drawn, 'assign', words.assign, html`<p>${words.noOfficer}</p>`)
  const options = others.map((officer) => ({
    value: officer.personId,
    label: words.assignOpen(officer.name, officer.policeNo, officer.openOrders),
  }))
  const body = ask(drawn, 'assign', {
    kind: 'select',
    name: 'ownerId',
    label: words.assignTo,
    hint: words.assignHint,
    options,
  })
  const buttons = { submit: { label: words.assignSave, kind: 'plain' as const } }
  return wrapped(drawn, 'assign', words.assign, post(drawn, 'assign', body, words.assignSave, buttons))
}
