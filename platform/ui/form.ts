import { randomUUID } from 'node:crypto'
import { attrs, type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { fieldId } from './field.ts'
import { uiWords } from './words.ts'

export type FieldError = { name: string; message: string }

/** All errors of a form in one box that receives focus; each links to its field. Prints nothing for an empty list. */
export function errorSummary(options: { lang: Lang; errors: readonly FieldError[]; title?: string }): Html {
  if (options.errors.length === 0) return nothing
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-focus aria-labelledby="error-summary-title"><h2 id="error-summary-title">${
    options.title ?? uiWords(options.lang).errorsTitle
  }</h2><ul>${options.errors.map(
    (error) =>
      html`<li>${error.name ? html`<a href="${`#${fieldId(error.name)}`}">${error.message}</a>` : error.message}</li>`,
  )}</ul></div>`
}

/** The page title says so first when a form came back with errors. */
export function titleWithErrors(lang: Lang, title: string, wrong: boolean | undefined): string {
  return wrong ? uiWords(lang).withErrors + title : title
}

export type ButtonKind = 'main' | 'plain' | 'danger'

export type Form = {
  action: string
  method?: 'post' | 'get'
  /** Required for post: printed as `_csrf`. */
  csrf?: string
  /** The id of this attempt (`attempt`), so that a retried request does not act twice. Made here for post when left out. */
  attempt?: string
  /** The record's version when the form was made (`version`); a different one on arrival is a conflict. */
  version?: string | number
  /** More hidden fields. */
  hidden?: Record<string, string>
  body?: Printable
  /** `key` tells the person that Ctrl+Enter sends the form. Only the main form of a page has it. */
  submit: { label: string; kind?: ButtonKind; key?: boolean; name?: string; value?: string }
  /** Other buttons or links beside the submit button. */
  beside?: Printable
  /** The answer replaces `<main>` without a page load, where script runs (console only). */
  swap?: boolean
  /** The form carries files. */
  files?: boolean
  id?: string
  /** Buttons stand in the line instead of below. */
  inline?: boolean
}

/** A whole form with its hidden fields and its one main button. */
export function form(options: Form): Html {
  const post = options.method !== 'get'
  const submit = options.submit
  return html`<form${attrs({
    class: options.inline ? 'form-inline' : 'form',
    id: options.id,
    action: options.action,
    method: post ? 'post' : 'get',
    enctype: options.files ? 'multipart/form-data' : undefined,
    'data-swap': options.swap,
    'data-main': submit.key,
    novalidate: true,
  })}>${post ? postFields(options) : nothing}${hiddenFields(options.hidden)}${options.body ?? nothing}<div class="buttons"><button${attrs(
    {
      type: 'submit',
      class: `button button-${submit.kind ?? 'main'}`,
      name: submit.name,
      value: submit.value,
      'aria-keyshortcuts': submit.key ? 'Control+Enter' : undefined,
    },
  )}>${submit.label}${submit.key ? html` <kbd aria-hidden="true">Ctrl ↵</kbd>` : nothing}</button>${options.beside ?? nothing}</div></form>`
}

/** One button that does one thing: a form with nothing to fill in. */
export function actionButton(
  options: Omit<Form, 'body' | 'inline' | 'method' | 'submit'> & { label: string; kind?: ButtonKind },
): Html {
  const { label, kind, ...rest } = options
  return form({ ...rest, inline: true, submit: { label, kind: kind ?? 'plain' } })
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function linkButton(options: {
  href: string
  label: string
  kind?: ButtonKind
  download?: boolean
  newTab?: boolean
}): Html {
  return html`<a${attrs({
    class: `button button-${options.kind ?? 'plain'}`,
    href: options.href,
    download: options.download,
    target: options.newTab ? '_blank' : undefined,
    rel: options.newTab ? 'noopener' : undefined,
  })}>${options.label}</a>`
}

function postFields(options: Form): Html {
  return hiddenFields({
    ...(options.csrf === undefined ? {} : { _csrf: options.csrf }),
    attempt: options.attempt ?? randomUUID(),
    ...(options.version === undefined ? {} : { version: String(options.version) }),
  })
}

function hiddenFields(fields: Record<string, string> = {}): Html {
  return html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}
