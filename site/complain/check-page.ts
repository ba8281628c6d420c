import { type Html, html } from '#platform/html.ts'
import { form } from '#platform/ui/form.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { dateWords } from '../day-words.ts'
import { unitName } from '../services/window-units.ts'
import type { Typed } from './form-input.ts'
import { type FormView, formAction, formId, privacy, sizeWords, standingWords } from './form-page.ts'
import { complainWords } from './words.ts'

const shown: Typed[] = [
  'text',
  'occurredOn',
  'place',
  'unitId',
  'officer',
  'wish',
  'relatedMatterNo',
  'standing',
  'name',
  'phone',
  'address',
  'groupSize',
  'representatives',
]

/** What will be sent, before it is: nothing has left the form yet. */
export function checkMain(view: FormView): Html {
  const { lang, files } = view
  const words = complainWords(lang)
  const facts = shown.map((name) => ({ label: words.field[name], value: said(view, name) }))
  const file = {
    label: words.field.files,
    value:
      files.length === 0
        ? words.none
        : html`<ul>${files.map((one) => html`<li>${words.fileLine(one.name, sizeWords(one.size))}</li>`)}</ul>`,
  }
  return html`<p>${words.checkIntro}</p>${section({ title: words.title, body: factList([...facts, file]) })}${privacy(lang)}${form(
    {
      id: formId,
      action: formAction,
      attempt: '',
      hidden: { draft: view.token },
      submit: { label: words.send, name: 'do', value: 'send' },
      beside: html`<button type="submit" class="button button-plain" name="do" value="edit">${words.change}</button>`,
    },
  )}`
}

function said({ fields, units, lang }: FormView, name: Typed): Html | string {
  const words = complainWords(lang)
  const value = fields[name].trim()
  if (value === '')
    return ['text', 'occurredOn', 'place', 'unitId', 'officer', 'wish'].includes(name) ? words.notSaid : ''
  if (name === 'standing') return standingWords(fields.standing, lang)
  if (name === 'occurredOn') return dateWords(value, lang)
  if (name === 'unitId') {
    const unit = units.find(({ id }) => id === value)
    return unit ? unitName(unit, lang) : ''
  }
  return html`${value.split(/\r?\n/).map((line, at) => (at === 0 ? line : html`<br>${line}`))}`
}
