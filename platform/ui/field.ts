import { attrs, flag, type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { uiWords } from './words.ts'

export type FieldKind =
  | 'text'
  | 'textarea'
  | 'select'
  | 'radio'
  | 'checkbox'
  | 'date'
  | 'password'
  | 'tel'
  | 'search'
  | 'file'
  | 'hidden'

export type Choice = { value: string; label: string; hint?: string; disabled?: boolean }

export type Field = {
  lang: Lang
  kind: FieldKind
  name: string
  label: string
  hint?: Html | string
  /** What the person wrote, exactly as it came; a list for several ticked boxes. A lone checkbox is ticked by a value that is not empty. */
  value?: string | readonly string[] | null
  /** The sentence for the person; stands beside the field and again in `errorSummary`. */
  error?: string | null
  optional?: boolean
  /** For select, radio and groups of checkboxes. A select gets an empty first line unless `value` is set and it is not optional. */
  options?: readonly Choice[]
  autofocus?: boolean
  autocomplete?: string
  inputmode?: 'text' | 'numeric' | 'tel' | 'email' | 'search' | 'decimal'
  maxlength?: number
  rows?: number
  /** Wide is the whole line; the others are for answers of known length. */
  width?: 'short' | 'medium' | 'wide'
  /** Choices answer to the keys 1–9 (console only). */
  keys?: boolean
  /** For file: which types, and whether several. */
  accept?: string
  multiple?: boolean
  readonly?: boolean
}

/** The id of a field's control; the error summary links to it. */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^a-zA-Z0-9_-]/g, '-')}`
}

/** One question: label, hint above the answer, error beside it, the person's own value kept. */
export function field(options: Field): Html {
  if (options.kind === 'hidden') {
    return html`<input type="hidden" name="${options.name}" value="${asText(options.value)}">`
  }
  if (options.kind === 'radio' || options.kind === 'checkbox') {
    return options.options ? choiceGroup(options, options.options) : loneCheckbox(options)
  }
  const id = fieldId(options.name)
  return html`<div class="${fieldClass(options)}"><label class="field-label" for="${id}">${options.label}${optionalMark(options)}</label>
${hintAndError(options)}${control(options, id)}</div>`
}

function control(options: Field, id: string): Html {
  if (options.kind === 'select') return select(options, id)
  const shared = { ...controlAttributes(options, id), ...typingAttributes(options) }
  if (options.kind === 'textarea') {
    return html`<textarea${attrs({ ...shared, rows: options.rows ?? 5 })}>
${asText(options.value)}</textarea>`
  }
  if (options.kind === 'file') {
    return html`<input type="file"${attrs({ ...shared, accept: options.accept, multiple: options.multiple })}>`
  }
  // A date is typed: the browser's own date field speaks the browser's language, not the page's.
  const type = options.kind === 'date' ? 'text' : options.kind
  const value = options.kind === 'password' ? '' : asText(options.value)
  return html`<input type="${type}"${attrs({ ...shared, value })}>`
}

function select(options: Field, id: string): Html {
  const chosen = asText(options.value)
  const empty = options.optional || chosen === ''
  return html`<select${attrs(controlAttributes(options, id))}>${
    empty ? html`<option value="">${options.optional ? '' : uiWords(options.lang).choose}</option>` : nothing
  }${(options.options ?? []).map(
    (choice) =>
      html`<option value="${choice.value}"${flag('selected', choice.value === chosen)}${flag('disabled', choice.disabled)}>${choice.label}</option>`,
  )}</select>`
}

function choiceGroup(options: Field, choices: readonly Choice[]): Html {
  const chosen = new Set(Array.isArray(options.value) ? options.value : [asText(options.value)])
  const id = fieldId(options.name)
  const describedBy = describedByIds(options)
  return html`<fieldset class="${fieldClass(options)}"${attrs({ 'aria-describedby': describedBy, 'data-keys': options.keys })}><legend class="field-label">${options.label}${optionalMark(options)}</legend>
${hintAndError(options)}<div class="choices">${choices.map((choice, index) =>
    choiceLine(options, choice, {
      id: index === 0 ? id : `${id}-${index + 1}`,
      checked: chosen.has(choice.value),
      index,
    }),
  )}</div></fieldset>`
}

function choiceLine(options: Field, choice: Choice, at: { id: string; checked: boolean; index: number }): Html {
  const hintId = choice.hint ? `${fieldId(options.name)}-${at.index + 1}-hint` : undefined
  return html`<div class="choice"><input${attrs({
    type: options.kind,
    id: at.id,
    name: options.name,
    value: choice.value,
    checked: at.checked,
    disabled: choice.disabled,
    autofocus: options.autofocus && at.index === 0,
    'aria-describedby': hintId,
  })}><label for="${at.id}">${options.keys && at.index < 9 ? html`<kbd>${at.index + 1}</kbd>` : nothing}${choice.label}</label>${
    choice.hint ? html`<p class="hint" id="${hintId}">${choice.hint}</p>` : nothing
  }</div>`
}

function loneCheckbox(options: Field): Html {
  const id = fieldId(options.name)
  return html`<div class="${fieldClass(options)}">${hintAndError(options)}<div class="choice"><input type="checkbox" value="yes"${attrs(
    {
      ...controlAttributes(options, id),
      checked: asText(options.value) !== '',
    },
  )}><label for="${id}">${options.label}</label></div></div>`
}

function controlAttributes(options: Field, id: string) {
  return {
    id,
    name: options.name,
    autofocus: options.autofocus,
    'aria-describedby': describedByIds(options),
    'aria-invalid': options.error ? 'true' : undefined,
  }
}

function typingAttributes(options: Field) {
  return {
    autocomplete: options.autocomplete ?? (options.kind === 'date' ? 'off' : undefined),
    inputmode: options.inputmode,
    maxlength: options.maxlength,
    readonly: options.readonly,
    'data-date': options.kind === 'date',
    'data-search': options.kind === 'search',
  }
}

function hintAndError(options: Field): Html {
  const id = fieldId(options.name)
  const hint = hintOf(options)
  return html`${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}${
    options.error
      ? html`<p class="field-error" id="${id}-error"><span class="sr">${uiWords(options.lang).error}</span>${options.error}</p>`
      : nothing
  }`
}

function describedByIds(options: Field): string | undefined {
  const id = fieldId(options.name)
  const ids = [hintOf(options) ? `${id}-hint` : '', options.error ? `${id}-error` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

function hintOf(options: Field): Printable {
  return options.hint ?? (options.kind === 'date' ? uiWords(options.lang).dateHint : undefined)
}

// No red stars: what need not be answered is marked, what must be is not.
function optionalMark(options: Field): Html {
  return options.optional ? html`<span class="optional">${uiWords(options.lang).optional}</span>` : nothing
}

function fieldClass(options: Field): string {
  return `field field-${options.width ?? 'medium'}${options.error ? ' field-wrong' : ''}`
}

function asText(value: Field['value']): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}
