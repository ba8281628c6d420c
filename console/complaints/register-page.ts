import { frame } from '#console/frame.ts'
import { everything, readCursor, writeCursor } from '#console/service-window/list-filter.ts'
import { consoleWords } from '#console/words.ts'
import {
  countQueues,
  countRegister,
  listRegister,
  type RegisterCounts,
  type RegisterView,
} from '#modules/complaints/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { attrs, type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatCount, type Lang } from '#platform/i18n.ts'
import { type Choice, field } from '#platform/ui/field.ts'
import { linkButton } from '#platform/ui/form.ts'
import { emptyState } from '#platform/ui/parts.ts'
import { filterBar, pager } from '#platform/ui/table.ts'
import { statuses } from '#policy/complaints/lifecycle.ts'
import { caseClasses, channels, departments, styleTags } from '#policy/complaints/lists.ts'
import { caseWords } from './case-words.ts'
import { channelWords } from './month/channel-words.ts'
import { monthWords } from './month/words.ts'
import {
  asRegisterQuery,
  type ReadRegister,
  type RegisterQuery,
  readRegister,
  registerHref,
  registerQuery,
} from './register-filter.ts'
import { caseTable } from './register-table.ts'
import { registerWords } from './register-words.ts'

export const registerPath = '/console/cases'
const pageSize = 50

async function page(ctx: Context, meta: Meta, query: RegisterQuery): Promise<Html> {
  const { lang } = meta
  const w = registerWords(lang)
  const read = readRegister(ctx, query)
  const { filter } = read
  const place = readCursor(query.after, false)
  const { rows, next } = await listRegister(ctx, filter, place?.cursor ?? null, pageSize)
  const before = place?.rowsBefore ?? 0
  const to = before + rows.length
  const list = caseTable(ctx, lang, rows, {
    caption: w.view[filter.view],
    handler: filter.view !== 'mine',
    href: (id) => `${registerPath}/${id}`,
    empty: emptyState({ title: w.empty, body: next ? w.searchedOn : w.emptyHint }),
  })
  const steps =
    rows.length > 0 || next
      ? pager({
          lang,
          from: Math.min(before + 1, to),
          to,
          total: next || place ? undefined : to,
          prevHref: place ? registerHref(registerPath, query, {}) : null,
          nextHref: next ? registerHref(registerPath, query, { after: writeCursor(next, to) }) : null,
        })
      : nothing
  const main = html`<p class="hint">${w.hint}</p>${await queueTabs(ctx, lang, query, filter.department)}${await viewTabs(ctx, lang, query, read)}${filters(lang, query, read)}${list}${steps}`
  return frame(ctx, meta, {
    title: filter.search ? w.search(filter.search) : w.title,
    current: registerPath,
    main,
    actions: actions(ctx, lang, query, filter.view),
  })
}

function actions(ctx: Context, lang: Lang, query: RegisterQuery, view: RegisterView): Html {
  const w = registerWords(lang)
  const exporting = registerHref(`${registerPath}.xlsx`, query, { view })
  return html`${may(ctx.actor, 'complaint.intake') ? html`<a href="/console/intake" data-swap>${w.intake}</a> ` : nothing}<a href="/console/coding" data-swap>${w.coding}</a>${
    may(ctx.actor, 'complaint.read') ? linkButton({ href: exporting, label: w.export, download: true }) : nothing
  }`
}

/** Four queues, one register: a clerk who sees one queue needs no choice. */
async function queueTabs(ctx: Context, lang: Lang, query: RegisterQuery, current: string | undefined): Promise<Html> {
  if (!may(ctx.actor, 'complaint.read')) return nothing
  const w = registerWords(lang)
  const counts = await countQueues(ctx)
  const names = monthWords(lang).dept
  const tab = (department: (typeof departments)[number]) =>
    tabLink(
      registerHref(registerPath, query, { department }),
      names[department],
      department === current,
      counts[department],
      lang,
    )
  return html`<nav class="tabs" aria-label="${w.queues}"><ul>${tabLink(registerHref(registerPath, query, { department: undefined }), w.allQueues, current === undefined, undefined, lang)}${departments.map(tab)}</ul></nav>`
}

async function viewTabs(ctx: Context, lang: Lang, query: RegisterQuery, { filter }: ReadRegister): Promise<Html> {
  const w = registerWords(lang)
  const shown: RegisterView[] = ['open', 'received', 'notice-late', 'unassigned', 'overdue']
  if (may(ctx.actor, 'complaint.work')) shown.push('mine')
  shown.push('over', 'all')
  // While searching nobody has counted.
  const counts: Partial<RegisterCounts> = filter.search ? {} : await countRegister(ctx, filter.department)
  return html`<nav class="tabs" aria-label="${w.views}"><ul>${shown.map((view) => {
    const count = counts[view as keyof RegisterCounts]
    const late = (view === 'notice-late' || view === 'overdue') && count ? 'tab-late' : undefined
    return tabLink(registerHref(registerPath, query, { view }), w.view[view], view === filter.view, count, lang, late)
  })}</ul></nav>`
}

const most = 1000

function tabLink(
  href: string,
  label: string,
  current: boolean,
  count: number | undefined,
  lang: Lang,
  tone?: string,
): Html {
  const shown =
    count === undefined
      ? nothing
      : html` <b>${count > most ? `${formatCount(most, lang)}+` : formatCount(count, lang)}</b>`
  return html`<li><a href="${href}" data-swap${attrs({ 'aria-current': current ? 'page' : undefined, class: tone })}>${label}${shown}</a></li>`
}

function filters(lang: Lang, query: RegisterQuery, read: ReadRegister): Html {
  const w = registerWords(lang)
  const c = caseWords(lang)
  const choice = (name: 'status' | 'class' | 'channel' | 'tag', options: Choice[]) =>
    field({
      lang,
      kind: 'select',
      name,
      label: w.filter[name],
      value: query[name] || everything,
      options: [{ value: everything, label: w.every }, ...options],
    })
  const date = (name: 'from' | 'until') =>
    field({
      lang,
      kind: 'date',
      name,
      label: w.filter[name],
      hint: '',
      value: query[name],
      error: read.errors[name] && consoleWords(lang).field.malformed,
      maxlength: 20,
    })
  const named = <T extends string>(values: readonly T[], words: Record<T, string>) =>
    values.map((value) => ({ value, label: words[value] }))
  const body = html`<input type="hidden" name="view" value="${read.filter.view}">${
    read.filter.department ? html`<input type="hidden" name="department" value="${read.filter.department}">` : nothing
  }${field({ lang, kind: 'search', name: 'q', label: w.filter.q, value: query.q, maxlength: 60 })}${choice('status', named(statuses, c.status))}${choice(
    'class',
    [...named(caseClasses, c.class), { value: 'none', label: w.noClass }],
  )}${choice('channel', named(channels, channelWords(lang)))}${choice('tag', named(styleTags, c.style))}${date('from')}${date('until')}`
  return filterBar({ lang, action: registerPath, clearHref: registerPath, body })
}

export const registerEndpoints: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path: registerPath,
    side: 'internal',
    summary: 'The register of complaints: queues, states, filters, search by any fragment',
    permission: 'complaint.register',
    audit: { unlogged: 'a list without anybody who complained' },
    query: registerQuery,
    handle: async (ctx, { query, meta }) => ({ page: await page(ctx, meta, asRegisterQuery(query)) }),
  }),
]
