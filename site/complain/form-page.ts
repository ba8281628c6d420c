import type { Draft, OnlineFields } from '#modules/complaints/index.ts'
import type { Unit } from '#modules/directory/index.ts'
import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { type Field, field } from '#platform/ui/field.ts'
import { errorSummary, form, linkButton } from '#platform/ui/form.ts'
import { dialogDetails, notice, section } from '#platform/ui/parts.ts'
import { type Standing, standings } from '#policy/complaints/online.ts'
import { unitName } from '../services/window-units.ts'
import type { Typed } from './form-input.ts'
import { complainWords } from './words.ts'

export const formId = 'write'
export const formAction = '/complain/write'

export type FormView = {
  fields: OnlineFields
  /** Empty until something was saved. */
  token: string
  files: Draft['files']
  wrong: Partial<Record<Typed, string>>
  /** Files that were not taken, and why. */
  refused: readonly { name: string; code: string }[]
  /** What happened to the form as a whole. */
  problem?: string
  units: readonly Unit[]
  filesAtMost: number
  representativesAtMost: number
  lang: Lang
}

export function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

export function errorWords(name: string, code: string, lang: Lang): string {
  const words = complainWords(lang)
  if (code in words.error) return words.error[code as keyof typeof words.error]
  if (name === 'phone') return words.phoneError
  return name === 'name' ? words.nameError : words.error.other
}

/** One page to write on. Nothing but what happened, and how one wants to be known, has to be answered. */
export function formMain(view: FormView): Html {
  const { lang, fields, wrong } = view
  const words = complainWords(lang)
  const ask = (name: Typed, kind: Field['kind'], more: Partial<Field> = {}) =>
    field({
      lang,
      kind,
      name,
      label: words.field[name],
      value: fields[name],
      error: wrong[name] ? errorWords(name, wrong[name], lang) : null,
      optional: name !== 'text' && name !== 'standing',
      ...more,
    })
  const long = { width: 'wide' } as const
  return html`${problemBox(view)}${errorSummary({ lang, errors: errorsOf(view) })}<p>${words.intro}</p>${form({
    id: formId,
    action: formAction,
    attempt: '',
    files: true,
    hidden: { draft: view.token, had: String(view.files.length) },
    body: html`${ask('text', 'textarea', { ...long, rows: 8, hint: words.hint.text })}${ask('occurredOn', 'date')}${ask('place', 'text', { ...long, autocomplete: 'off' })}${ask(
      'unitId',
      'select',
      {
        ...long,
        hint: words.hint.unitId,
        options: view.units.map((unit) => ({ value: unit.id, label: unitLabel(unit, lang) })),
      },
    )}${ask('officer', 'text', { ...long, hint: words.hint.officer, autocomplete: 'off' })}${ask('wish', 'textarea', { ...long, rows: 3 })}${ask('relatedMatterNo', 'text', { hint: words.hint.relatedMatterNo, autocomplete: 'off' })}${ask(
      'standing',
      'radio',
      {
        options: standings.map((standing) => ({
          value: standing,
          label: words.standing[standing][0] ?? '',
          hint: words.standing[standing][1],
        })),
      },
    )}${section({
      title: words.contact,
      body: html`<p class="hint">${words.hint.contact}</p>${ask('name', 'text', { autocomplete: 'name' })}${ask('phone', 'tel', { hint: words.hint.phone, autocomplete: 'tel', inputmode: 'tel' })}${ask('address', 'text', { ...long, autocomplete: 'street-address' })}`,
    })}${group(view, ask)}${files(view)}${privacy(lang)}`,
    submit: { label: words.check, name: 'do', value: 'check' },
    beside: html`<button type="submit" class="button button-plain" name="do" value="files">${words.saveFiles}</button>`,
  })}`
}

function unitLabel(unit: Unit, lang: Lang): string {
  return unit.kind === 'bureau' ? complainWords(lang).bureauItself(unitName(unit, lang)) : unitName(unit, lang)
}

function problemBox({ problem, lang }: FormView): Html | null {
  return problem ? notice({ lang, kind: 'warning', title: errorWords('', problem, lang) }) : null
}

function errorsOf({ wrong, refused, lang }: FormView) {
  const fields = (Object.entries(wrong) as [Typed, string][]).map(([name, code]) => ({
    name,
    message: `${complainWords(lang).field[name]}${lang === 'en' ? ': ' : '：'}${errorWords(name, code, lang)}`,
  }))
  return [...fields, ...(refused.length > 0 ? [{ name: 'files', message: refusals(refused, lang) }] : [])]
}

function refusals(refused: FormView['refused'], lang: Lang): string {
  const words = complainWords(lang)
  return refused
    .map(({ name, code }) =>
      name ? words.fileError(shortName(name), errorWords('', code, lang)) : errorWords('', code, lang),
    )
    .join(lang === 'en' ? '; ' : '；')
}

/** A name as somebody sent it may be long and hold anything; only enough of it to be recognised. */
function shortName(name: string): string {
  const plain = name.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, '')
  return [...plain].length > 30 ? `${[...plain].slice(0, 14).join('')}…${[...plain].slice(-12).join('')}` : plain
}

function group(view: FormView, ask: (name: Typed, kind: Field['kind'], more?: Partial<Field>) => Html): Html {
  const words = complainWords(view.lang)
  const { fields, wrong } = view
  const number = { width: 'short', inputmode: 'numeric', autocomplete: 'off' } as const
  return dialogDetails({
    summary: words.group,
    open: Boolean(fields.groupSize || fields.representatives || wrong.groupSize || wrong.representatives),
    body: html`${ask('groupSize', 'text', number)}${ask('representatives', 'text', { ...number, hint: words.groupHint(view.representativesAtMost) })}`,
  })
}

/** The files that are here, each with a box to leave it out, and room for more. */
function files(view: FormView): Html {
  const { lang } = view
  const words = complainWords(lang)
  const here = view.files.map(
    (file) =>
      html`<li>${words.fileLine(file.name, sizeWords(file.size))}<div class="choice"><input type="checkbox" name="drop" value="${file.id}" id="drop-${file.id}"><label for="drop-${file.id}">${words.field.drop}<span class="sr"> ${file.name}</span></label></div></li>`,
  )
  const list = here.length > 0 ? html`<p><b>${words.kept}</b></p><ul class="timeline">${here}</ul>` : null
  return html`${list}${field({
    lang,
    kind: 'file',
    name: 'files',
    label: words.field.files,
    hint: words.hint.files(view.filesAtMost),
    error: view.refused.length > 0 ? refusals(view.refused, lang) : null,
    optional: true,
    accept: '.pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg',
    multiple: true,
    width: 'wide',
  })}`
}

export function privacy(lang: Lang): Html {
  const words = complainWords(lang)
  return section({
    title: words.privacy,
    body: html`<ul>${words.privacyBody.map((line) => html`<li>${line}</li>`)}</ul><div class="buttons">${linkButton({ href: '/privacy', label: words.privacyMore })}</div>`,
  })
}

export function standingWords(standing: Standing | '', lang: Lang): string {
  return standing === '' ? '' : (complainWords(lang).standing[standing][0] ?? '')
}
