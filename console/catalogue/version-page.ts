import { frame } from '#console/frame.ts'
import { dayText, errorsIn, lastDay, problemBox, said, stack, typed } from '#console/system/shared.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { actionButton, form, linkButton } from '#platform/ui/form.ts'
import { factList, notice, type Status, section, statusBadge, timeline } from '#platform/ui/parts.ts'
import type { Change } from '#policy/registration/compare-versions.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import { sixNotices as noticeKeys } from '#policy/registration/publish-problems.ts'
import { partOf, type parts } from './parts.ts'
import { sixNotices } from './six-notices.ts'
import type { VersionData } from './version-data.ts'
import { catalogueWords } from './words.ts'

export const versionPath = (id: string, rest = '') => `/console/catalogue/versions/${id}${rest}`
export const itemPath = (code: string) => `/console/catalogue/items/${code}`

const tones: Record<VersionData['phase'], Status> = {
  draft: 'open',
  coming: 'due',
  inForce: 'done',
  over: 'neutral',
  withdrawn: 'stopped',
}

export function phaseBadge(phase: VersionData['phase'], lang: Lang): Html {
  return statusBadge(tones[phase], catalogueWords(lang).status[phase])
}

export type VersionView = { problem?: Problem; body?: Record<string, unknown>; done?: string }

/** One version, whole; a draft with what stands against publishing it and what it changes. */
export async function versionPage(ctx: Context, meta: Meta, data: VersionData, view: VersionView = {}): Promise<Html> {
  const { version } = data
  const w = catalogueWords(meta.lang)
  const name = said(version.content.name, meta.lang) || version.itemCode
  const edit = (part: string): Html =>
    data.may.edit && (!data.locked || part === 'process' || part === 'supervision' || part === 'source')
      ? linkButton({ href: versionPath(version.id, `/edit/${part}`), label: w.edit })
      : nothing
  return frame(ctx, meta, {
    title: `${name} · ${w.versionNo(version.number)}`,
    current: '/console/catalogue',
    breadcrumbs: [
      { href: '/console/catalogue', label: w.title },
      { href: itemPath(version.itemCode), label: name },
      { label: w.versionNo(version.number) },
    ],
    status: view.done && { saved: w.saved, published: w.published, withdrawn: w.withdrawn }[view.done],
    invalid: view.problem !== undefined,
    main: stack(
      problemBox(view.problem, meta.lang),
      head(data, meta.lang, edit),
      version.status === 'draft' && problemList(data, meta.lang),
      changeList(data, meta.lang),
      version.status === 'draft' && decisions(data, meta, view),
      data.may.withdraw && withdrawal(data, meta, view),
      sixNotices({ content: version.content, lang: meta.lang, edit }),
      actList(data, meta.lang),
    ),
  })
}

function head({ version, phase, locked }: VersionData, lang: Lang, edit: (part: string) => Html): Html {
  const w = catalogueWords(lang)
  const notice_ = version.content.sourceNotice
  const by = (name: string | null, at: Temporal.Instant | null) =>
    at ? `${name ?? ''} ${formatMoment(at, lang)}`.trim() : ''
  return html`${locked ? notice({ lang, kind: 'info', title: w.locked }) : nothing}${factList([
    { label: w.facts.code, value: version.itemCode },
    { label: w.facts.area, value: `${w.areas[version.content.area]} · ${w.kinds[version.content.kind]}` },
    {
      label: w.facts.applies,
      value: html`${w.range(dayText(version.from, lang), version.until && dayText(lastDay(version.until), lang))} ${phaseBadge(phase, lang)}`,
    },
    { label: w.facts.edited, value: version.editedBy ? by(version.editedBy, version.editedAt) : '' },
    { label: w.facts.published, value: by(version.publishedBy, version.publishedAt) },
    { label: w.facts.note, value: version.changeNote },
    notice_ || edit('source') !== nothing
      ? {
          label: w.facts.source,
          value: html`${notice_ ? [notice_.title, notice_.number, notice_.issuedOn].filter(Boolean).join(' ') : '–'} ${edit('source')}`,
        }
      : null,
  ])}`
}

function problemList({ faults }: VersionData, lang: Lang): Html {
  const w = catalogueWords(lang)
  if (faults.length === 0) return notice({ lang, kind: 'success', title: w.problemsNone })
  const fault = w.fault as Record<string, string>
  const ordered = noticeKeys.flatMap((key) => faults.filter((one) => one.notice === key))
  return notice({
    lang,
    kind: 'warning',
    title: w.problems,
    body: html`<ul>${ordered.map((one) => html`<li>${w.problem(w.notices[one.notice], placeWords(one.at, lang), fault[one.code] ?? one.code)}</li>`)}</ul>`,
  })
}

/** `materials.photo.obtain` as 办理材料 photo 怎样取得: the labels of the form where there are any. */
export function placeWords(at: string, lang: Lang): string {
  const [first = '', ...rest] = at.split('.')
  const part = partOf(first === 'statutoryLimit' || first === 'promisedLimit' ? 'limits' : first) ?? partOf('item')
  const labels = new Map<string, string>()
  const learn = (specs: (typeof parts)[number]['specs']) => {
    for (const spec of specs) {
      const key = spec.key.split('.').at(-1) ?? ''
      if (!labels.has(key)) labels.set(key, said(spec.label, lang))
      if (spec.kind === 'group' || spec.kind === 'list') learn(spec.of)
    }
  }
  if (part) learn(part.specs)
  const languages = catalogueWords(lang)
  const word = (key: string) => {
    if (key === 'zh' || key === 'en') return languages[key]
    return /^\d+$/.test(key) ? String(Number(key) + 1) : (labels.get(key) ?? key)
  }
  // The name of the part itself is said by the heading it stands under.
  const words = (first === part?.key && rest.length > 0 && !labels.has(first) ? rest : [first, ...rest]).map(word)
  return words.join(' ')
}

function changeList({ base, changes, version }: VersionData, lang: Lang): Html {
  const w = catalogueWords(lang)
  if (version.status !== 'draft' && changes.length === 0) return nothing
  if (version.status === 'draft' && !base) return section({ title: w.changes, body: html`<p>${w.noBase}</p>` })
  const contents = [version.content, ...(base ? [base.content] : [])]
  const burdens = changes.some(({ effect }) => effect === 'burden')
  return section({
    title: w.changes,
    id: 'changes',
    body:
      changes.length === 0
        ? html`<p>${w.changesNone}</p>`
        : html`${burdens ? html`<p class="hint">${w.burdenNote}</p>` : nothing}<ul>${changes.map((change) => html`<li>${statusBadge(change.effect === 'burden' ? 'late' : 'done', change.effect === 'burden' ? w.burden : w.relief)} ${changeWords(change, contents, lang)}</li>`)}</ul>`,
  })
}

function changeWords(change: Change, contents: readonly ItemContent[], lang: Lang): string {
  const material = contents.flatMap(({ materials }) => materials).find(({ code }) => code === change.about)
  return catalogueWords(lang).change[change.code](material ? said(material.name, lang) || material.code : change.about)
}

function decisions(data: VersionData, meta: Meta, view: VersionView): Html {
  const { lang, csrf } = meta
  const { version } = data
  const w = catalogueWords(lang)
  const errors = errorsIn(view.problem, lang)
  const error = (name: string) => errors.find((one) => one.name === name)?.message
  const value = (name: string, kept: string) => (view.body && name in view.body ? typed(view.body, name) : kept)
  const dates = form({
    action: versionPath(version.id, '/dates'),
    csrf,
    version: version.rowVersion,
    submit: { label: w.save, kind: 'plain' },
    body: html`${field({ lang, kind: 'date', name: 'from', label: w.from, hint: w.fromHint, value: value('from', version.from), error: error('from'), width: 'short' })}${field({ lang, kind: 'textarea', rows: 3, name: 'changeNote', label: w.changeNote, value: value('changeNote', version.changeNote), error: error('changeNote'), width: 'wide', maxlength: 500 })}`,
  })
  const publish = data.isAuthor
    ? html`<p>${w.publishOther}</p>`
    : html`<p>${w.publishWhy(dayText(version.from, lang))}</p>${data.faults.length === 0 ? actionButton({ action: versionPath(version.id, '/publish'), csrf, version: version.rowVersion, label: w.publish, kind: 'main' }) : html`<p class="hint">${w.problems}</p>`}`
  return html`${data.may.edit ? section({ title: w.dates, id: 'dates', body: html`${dates}${actionButton({ action: versionPath(version.id, '/discard'), csrf, version: version.rowVersion, label: w.discard, kind: 'danger' })}` }) : nothing}${
    data.may.publish ? section({ title: w.publish, id: 'publish', body: publish }) : nothing
  }`
}

function withdrawal({ version, phase }: VersionData, meta: Meta, view: VersionView): Html {
  const w = catalogueWords(meta.lang)
  const errors = errorsIn(view.problem, meta.lang)
  return section({
    title: w.withdraw,
    id: 'withdraw',
    body: html`<p>${phase === 'coming' ? w.withdrawWhyComing : w.withdrawWhyNow}</p>${form({
      action: versionPath(version.id, '/withdraw'),
      csrf: meta.csrf,
      version: version.rowVersion,
      submit: { label: w.withdraw, kind: 'danger' },
      body: field({
        lang: meta.lang,
        kind: 'text',
        name: 'reason',
        label: w.reason,
        value: typed(view.body, 'reason'),
        error: errors.find(({ name }) => name === 'reason')?.message,
        width: 'wide',
        maxlength: 200,
      }),
    })}`,
  })
}

function actList({ acts }: VersionData, lang: Lang): Html {
  const w = catalogueWords(lang)
  if (acts.length === 0) return nothing
  const part = (key: string) =>
    key === 'dates' ? w.dates : key ? said(partOf(key)?.label ?? { zh: key, en: key }, lang) : ''
  return section({
    title: w.acts,
    body: timeline({
      label: w.acts,
      entries: acts.map((act) => ({
        at: formatMoment(act.at, lang),
        who: act.by,
        what: [w.act[act.act], part(act.part)].filter(Boolean).join(' · '),
        detail: act.note || undefined,
      })),
    }),
  })
}
