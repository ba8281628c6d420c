import { said } from '#console/system/shared.ts'
import { readRule, ruleInWords } from '#modules/registration/index.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { type Choice, field, fieldId } from '#platform/ui/field.ts'
import { dialogDetails, section } from '#platform/ui/parts.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import { entriesOf, type Typed } from './form-values.ts'
import type { Spec } from './spec.ts'
import { catalogueWords } from './words.ts'

export type Drawing = {
  lang: Lang
  typed: Typed
  content: ItemContent
  errorOf(name: string): string | undefined
  opened: string
}

/** The inputs of a part with what was typed; lists have their buttons, which act and save in one. */
export function drawSpecs(specs: readonly Spec[], drawing: Drawing, path = ''): Html {
  return html`${specs.map((spec) => drawSpec(spec, path === '' ? spec.key : spec.key === '' ? path : `${path}.${spec.key}`, drawing))}`
}

function drawSpec(spec: Spec, name: string, drawing: Drawing): Html {
  const { lang } = drawing
  if (spec.kind === 'list') return drawList(spec, name, drawing)
  if (spec.kind === 'group') return drawGroup(spec, name, drawing)
  if (spec.kind === 'text') return html`${drawText(spec, name, 'zh', drawing)}${drawText(spec, name, 'en', drawing)}`
  const shared = {
    lang,
    name,
    label: said(spec.label, lang),
    hint: spec.hint && said(spec.hint, lang),
    value: drawing.typed[name] ?? '',
    error: drawing.errorOf(name),
  }
  if (spec.kind === 'check') return field({ ...shared, kind: 'checkbox' })
  if (spec.kind === 'rule') return drawRule(shared, drawing)
  if (spec.kind === 'choice') {
    return field({
      ...shared,
      kind: 'select',
      optional: spec.optional,
      options: choices(spec.options, shared.value, lang),
    })
  }
  const optional = spec.kind !== 'yuan' && spec.optional
  return field({ ...shared, kind: 'text', maxlength: 300, optional, ...typing[spec.kind] })
}

const typing = {
  line: { width: 'medium' },
  count: { width: 'short', inputmode: 'numeric' },
  yuan: { width: 'short', inputmode: 'decimal' },
} as const

function drawGroup(spec: Spec & { kind: 'group' }, name: string, drawing: Drawing): Html {
  const mark = spec.optional ? catalogueWords(drawing.lang).optional : ''
  return section({
    title: `${said(spec.label, drawing.lang)}${mark}`,
    level: 3,
    body: drawSpecs(spec.of, drawing, name),
  })
}

function drawText(spec: Spec & { kind: 'text' }, name: string, language: 'zh' | 'en', drawing: Drawing): Html {
  const { lang } = drawing
  return field({
    lang,
    kind: spec.rows ? 'textarea' : 'text',
    rows: spec.rows,
    name: `${name}.${language}`,
    label: `${said(spec.label, lang)} · ${catalogueWords(lang)[language]}`,
    value: drawing.typed[`${name}.${language}`] ?? '',
    error: drawing.errorOf(`${name}.${language}`),
    optional: spec.optional,
    width: 'wide',
    maxlength: 1000,
  })
}

/** The line, and below it who is asked what by it, in the words of the questions. */
function drawRule(
  shared: { lang: Lang; name: string; label: string; hint?: string; value: string; error?: string },
  { lang, content }: Drawing,
): Html {
  const found = readRule(shared.value)
  const words = catalogueWords(lang)
  const told =
    'condition' in found && found.condition ? words.ruleMeans(ruleInWords(found.condition, content, lang)) : null
  return field({
    ...shared,
    kind: 'textarea',
    rows: 2,
    optional: true,
    width: 'wide',
    hint: html`${shared.hint ?? ''}${told ? html`<br>${told}` : nothing}`,
  })
}

function choices(
  options: readonly { value: string; label: { zh: string; en: string } }[],
  value: string,
  lang: Lang,
): Choice[] {
  const known = options.map((option) => ({ value: option.value, label: said(option.label, lang) }))
  return value === '' || known.some((option) => option.value === value) ? known : [...known, { value, label: value }]
}

function drawList(spec: Spec & { kind: 'list' }, name: string, drawing: Drawing): Html {
  const { lang, typed } = drawing
  const words = catalogueWords(lang)
  const count = entriesOf(name, typed)
  const entries = Array.from({ length: count }, (_, i) => drawEntry(spec, `${name}.${i}`, i, count, drawing))
  return html`<section class="section" id="${fieldId(name)}"><div class="section-head"><h3>${said(spec.label, lang)}${words.count(count)}</h3></div>${
    spec.hint ? html`<p class="hint">${said(spec.hint, lang)}</p>` : nothing
  }${entries}<div class="buttons">${listButton(`add:${name}`, words.add(said(spec.entry, lang)))}</div></section>`
}

function drawEntry(spec: Spec & { kind: 'list' }, path: string, index: number, count: number, drawing: Drawing): Html {
  const words = catalogueWords(drawing.lang)
  const title = titleOf(path, drawing)
  const buttons = html`<div class="buttons">${index > 0 ? listButton(`up:${path}`, words.up) : nothing}${index < count - 1 ? listButton(`down:${path}`, words.down) : nothing}${listButton(`remove:${path}`, words.remove, 'danger')}</div>`
  const wrong = drawing.errorOf(`${path}*`) !== undefined
  return dialogDetails({
    id: `entry-${fieldId(path)}`,
    summary: `${index + 1}. ${said(spec.entry, drawing.lang)}${title ? ` · ${title}` : ''}`,
    open:
      wrong ||
      title === '' ||
      drawing.opened === path ||
      drawing.opened.startsWith(`${path}.`) ||
      (count <= 2 && path.split('.').length <= 3),
    body: html`${drawSpecs(spec.of, drawing, path)}${buttons}`,
  })
}

/** The first words found in an entry. */
function titleOf(path: string, { typed, lang }: Drawing): string {
  const other = lang === 'en' ? 'zh' : 'en'
  const names = ['name', 'text', 'step', 'q', 'label', 'source', 'code', 'key'].flatMap((key) => [
    `${path}.${key}.${lang}`,
    `${path}.${key}.${other}`,
    `${path}.${key}`,
  ])
  const found = [...names, `${path}.${lang}`].map((name) => typed[name]?.trim()).find(Boolean) ?? ''
  return [...found].length > 40 ? `${[...found].slice(0, 40).join('')}…` : found
}

function listButton(act: string, label: string, kind = 'plain'): Html {
  return html`<button type="submit" class="button button-${kind}" name="do" value="${act}">${label}</button>`
}
