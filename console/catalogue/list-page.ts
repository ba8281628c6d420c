import { frame } from '#console/frame.ts'
import { rulesPath } from '#console/rules/pages.ts'
import { rulesWords } from '#console/rules/words.ts'
import { dayText, errorsIn, lastDay, problemBox, said, stack, typed } from '#console/system/shared.ts'
import { listVersions, type VersionLine } from '#modules/registration/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDayShort, type Lang } from '#platform/i18n.ts'
import { notFound, type Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { actionButton, form, linkButton } from '#platform/ui/form.ts'
import { section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { phaseOf } from './version-data.ts'
import { itemPath, phaseBadge, versionPath } from './version-page.ts'
import { catalogueWords } from './words.ts'

/** Every item with its version in force, what is to come and what is being drafted, by area. */
export async function listPage(ctx: Context, meta: Meta, done?: string): Promise<Html> {
  const { lang } = meta
  const w = catalogueWords(lang)
  const today = dayOf(ctx.now)
  const items = Map.groupBy(await listVersions(ctx), ({ itemCode }) => itemCode)
  const areas = Map.groupBy(items.values(), (versions) => versions[0]?.area ?? 'residence')
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/catalogue',
    status: done === 'discarded' ? w.discarded : undefined,
    actions: html`${linkButton({ href: rulesPath, label: rulesWords(lang).title })}${may(ctx.actor, 'catalogue.edit') ? linkButton({ href: '/console/catalogue/new', label: w.newItem }) : nothing}`,
    main: html`${[...areas].map(([area, ofArea]) => section({ title: w.areas[area], body: areaTable(w.areas[area], ofArea, today, lang) }))}`,
  })
}

function areaTable(caption: string, items: VersionLine[][], today: Temporal.PlainDate, lang: Lang): Html {
  const w = catalogueWords(lang)
  return table({
    caption,
    captionHidden: true,
    swap: true,
    columns: [
      { key: 'item', label: w.columns.item, kind: 'main' },
      { key: 'inForce', label: w.columns.inForce },
      { key: 'coming', label: w.columns.coming },
      { key: 'draft', label: w.columns.draft },
    ],
    rows: items.map((versions) => {
      const of = (phase: string) => versions.filter((version) => phaseOf(version, today) === phase)
      const links = (phase: string) =>
        of(phase).map(
          (version) =>
            html`<a href="${versionPath(version.id)}" data-swap>${w.versionNo(version.number)}</a> <span class="hint">${w.fromOn(formatDayShort(Temporal.PlainDate.from(version.from), lang, today))}</span> `,
        )
      const newest = of('inForce')[0] ?? versions[0]
      return {
        href: itemPath(newest?.itemCode ?? ''),
        cells: {
          item: newest ? said(newest.name, lang) : '',
          inForce: of('inForce').length > 0 ? links('inForce') : statusBadge('late', w.noList),
          coming: links('coming'),
          draft: links('draft'),
        },
      }
    }),
    empty: html``,
  })
}

/** The history of an item: every version there was. */
export async function itemPage(ctx: Context, meta: Meta, code: string, problem?: Problem): Promise<Html> {
  const { lang } = meta
  const w = catalogueWords(lang)
  const today = dayOf(ctx.now)
  const versions = await listVersions(ctx, code)
  const [newest] = versions
  if (!newest) throw notFound('item')
  const draft = versions.some(({ status }) => status === 'draft')
  return frame(ctx, meta, {
    title: said(newest.name, lang) || code,
    current: '/console/catalogue',
    breadcrumbs: [{ href: '/console/catalogue', label: w.title }, { label: said(newest.name, lang) || code }],
    main: stack(
      problemBox(problem, lang),
      table({
        caption: w.history,
        columns: [
          { key: 'version', label: w.columns.version, kind: 'main' },
          { key: 'applies', label: w.columns.applies },
          { key: 'status', label: w.columns.status },
          { key: 'by', label: w.columns.by },
          { key: 'note', label: w.columns.note },
        ],
        rows: versions.map((version) => ({
          href: versionPath(version.id),
          tone: ['over', 'withdrawn'].includes(phaseOf(version, today)) ? 'closed' : undefined,
          cells: {
            version: w.versionNo(version.number),
            applies: w.range(dayText(version.from, lang), version.until && dayText(lastDay(version.until), lang)),
            status: phaseBadge(phaseOf(version, today), lang),
            by: [version.editedBy, version.publishedBy].filter(Boolean).join(' / '),
            note: version.changeNote,
          },
        })),
        empty: html``,
      }),
      may(ctx.actor, 'catalogue.edit') && !draft
        ? section({
            title: w.startDraft,
            body: html`<p>${w.startDraftWhy}</p>${actionButton({ action: `${itemPath(code)}/draft`, csrf: meta.csrf, label: w.startDraft, kind: 'main' })}`,
          })
        : nothing,
    ),
  })
}

/** The form for an item that the bureau did not have yet. */
export async function newItemPage(
  ctx: Context,
  meta: Meta,
  body?: Record<string, unknown>,
  problem?: Problem,
): Promise<Html> {
  const { lang } = meta
  const w = catalogueWords(lang)
  const errors = errorsIn(problem, lang)
  const shared = (name: string, label: string) => ({
    lang,
    name,
    label,
    value: typed(body, name),
    error: errors.find((error) => error.name === name)?.message,
  })
  const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
  return frame(ctx, meta, {
    title: w.newItem,
    current: '/console/catalogue',
    breadcrumbs: [{ href: '/console/catalogue', label: w.title }, { label: w.newItem }],
    invalid: problem !== undefined,
    main: html`<p>${w.newItemWhy}</p>${problemBox(problem, lang)}${form({
      action: '/console/catalogue/items',
      csrf: meta.csrf,
      submit: { label: w.begin, key: true },
      body: html`${field({ ...shared('name.zh', w.nameZh), kind: 'text', maxlength: 60, autofocus: true })}${field({ ...shared('name.en', w.nameEn), kind: 'text', maxlength: 120, optional: true })}${field({ ...shared('code', w.code), kind: 'text', hint: w.codeHint, maxlength: 60 })}${field({ ...shared('area', w.area), kind: 'select', options: options(w.areas) })}${field({ ...shared('kind', w.kind), kind: 'select', options: options(w.kinds) })}`,
    })}`,
  })
}
