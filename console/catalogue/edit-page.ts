import { frame } from '#console/frame.ts'
import { keepingProblems } from '#console/system/problem-words.ts'
import { problemBox, said } from '#console/system/shared.ts'
import type { Version } from '#modules/registration/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { conflictPage, conflictWords } from '#platform/ui/conflict.ts'
import { errorSummary, form, linkButton } from '#platform/ui/form.ts'
import { dialogDetails, factList } from '#platform/ui/parts.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import { drawSpecs } from './draw-form.ts'
import { type Typed, typedFrom } from './form-values.ts'
import type { Part } from './spec.ts'
import { placeWords, versionPath } from './version-page.ts'
import { catalogueWords } from './words.ts'

export type Editing = { version: Version; part: Part; typed: Typed; problem?: Problem; opened?: string; done?: boolean }

/** One part of a draft as a form. After an error, with what was typed; after a conflict, theirs beside yours. */
export async function editPage(ctx: Context, meta: Meta, editing: Editing): Promise<Html> {
  const { version, part, problem } = editing
  const { lang } = meta
  const w = catalogueWords(lang)
  const name = said(version.content.name, lang) || version.itemCode
  const label = said(part.label, lang)
  const clash = problem?.code === 'changed-meanwhile'
  return frame(ctx, meta, {
    title: w.editPart(label),
    current: '/console/catalogue',
    breadcrumbs: [
      { href: '/console/catalogue', label: w.title },
      { href: versionPath(version.id), label: `${name} · ${w.versionNo(version.number)}` },
      { label: w.editPart(label) },
    ],
    status: editing.done ? w.saved : undefined,
    invalid: problem !== undefined,
    main: clash ? conflict(meta, editing) : editor(meta, editing),
  })
}

function editor(meta: Meta, { version, part, typed, problem, opened }: Editing): Html {
  const { lang } = meta
  const w = catalogueWords(lang)
  const words = keepingProblems(lang)
  const fields = problem?.fields ?? {}
  const errors = Object.entries(fields).map(([name, code]) => ({
    name,
    message: `${placeWords(name, lang)}${lang === 'en' ? ': ' : '：'}${words[code] ?? code}`,
  }))
  const errorOf = (name: string) => {
    if (name.endsWith('*')) return Object.keys(fields).find((key) => key.startsWith(`${name.slice(0, -1)}.`))
    const code = fields[name]
    return code && (words[code] ?? code)
  }
  return html`${part.intro ? html`<p class="hint">${said(part.intro, lang)}</p>` : nothing}${problem && errors.length === 0 ? problemBox(problem, lang) : errorSummary({ lang, errors })}${codeList(part, version.content, lang)}${form(
    {
      action: versionPath(version.id, `/edit/${part.key}`),
      csrf: meta.csrf,
      version: version.rowVersion,
      submit: { label: w.save, key: true, name: 'do', value: 'save' },
      beside: linkButton({ href: versionPath(version.id), label: lang === 'en' ? 'Back' : '返回' }),
      // Enter in a field presses the first button of a form: that must be "save" and not a list's.
      body: html`<button type="submit" class="sr" name="do" value="save" tabindex="-1" aria-hidden="true">${w.save}</button>${drawSpecs(part.specs, { lang, typed, content: version.content, errorOf, opened: opened ?? '' })}`,
    },
  )}`
}

/** What conditions may refer to, beside the forms that hold conditions. */
function codeList(part: Part, content: ItemContent, lang: Lang): Html {
  if (!['conditions', 'questions', 'materials', 'fee'].includes(part.key) || content.questions.length === 0)
    return nothing
  return dialogDetails({
    summary: catalogueWords(lang).codesTitle,
    body: factList(
      content.questions.map((question) => ({
        label: question.code,
        value: html`${said(question.text, lang)}<br>${question.options.map((option) => html`<code>${option.code}</code> ${said(option.label, lang)}　`)}`,
      })),
    ),
  })
}

function conflict(meta: Meta, { version, part, typed }: Editing): Html {
  const { lang } = meta
  const theirs = typedFrom(part.specs, version.content)
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(typed)])].filter(
    (name) => (theirs[name] ?? '') !== (typed[name] ?? '') && !name.endsWith('.new'),
  )
  return conflictPage({
    lang,
    by: version.editedBy ?? '',
    at: formatMoment(version.editedAt, lang),
    differences: names.map((name) => ({
      label: placeWords(name, lang),
      theirs: theirs[name],
      yours: typed[name],
      clash: true,
    })),
    choices: html`${form({ action: versionPath(version.id, `/edit/${part.key}`), csrf: meta.csrf, version: version.rowVersion, hidden: { ...typed, do: 'save' }, submit: { label: conflictWords(lang).keepMine }, inline: true })}${linkButton({ href: versionPath(version.id, `/edit/${part.key}`), label: catalogueWords(lang).conflictTheirs })}`,
  })
}
