import { frame, menuCounts } from '#console/frame.ts'
import { consoleWords } from '#console/words.ts'
import { listByRole, listUnits, unitsOf } from '#modules/directory/index.ts'
import { itemNamesOn } from '#modules/registration/index.ts'
import { countViews, listMatters, type View } from '#modules/service-window/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { messages } from '#platform/i18n.ts'
import { type Choice, field } from '#platform/ui/field.ts'
import { linkButton } from '#platform/ui/form.ts'
import { emptyState } from '#platform/ui/parts.ts'
import { filterBar, pager } from '#platform/ui/table.ts'
import {
  asQuery,
  everything,
  type ListQuery,
  listHref,
  listQuery,
  type ReadFilter,
  readCursor,
  readFilter,
  sortsByDue,
  writeCursor,
} from './list-filter.ts'
import { matterTable, viewTabs } from './matter-table.ts'
import { said } from './shared.ts'
import { matterWords } from './words.ts'

const listWords = messages(
  {
    title: '办件清单',
    search: (q: string) => `搜索“${q}”`,
    views: '按状态查看',
    q: '姓名、诉求或编号',
    unit: '办理单位',
    item: '事项',
    holder: '现承办人',
    from: '接待日期自',
    until: '至',
    every: '全部',
    thirdVisits: '三次及以上到场',
    export: '导出 Excel',
    empty: '没有符合条件的办件',
    emptyHint: '换一个状态，或者清除筛选条件再看。',
    first: '回到第一页',
  },
  {
    title: 'Matters',
    search: (q) => `Search: ${q}`,
    views: 'By state',
    q: 'Name, request or number',
    unit: 'Handling unit',
    item: 'Item',
    holder: 'Held by',
    from: 'Received from',
    until: 'until',
    every: 'All',
    thirdVisits: 'Third and later visits',
    export: 'Export to Excel',
    empty: 'No matter fits',
    emptyHint: 'Choose another state or clear the filters.',
    first: 'First page',
  },
)

const pageSize = 50
const shownViews: readonly View[] = [
  'mine',
  'offered',
  'overdue',
  'today',
  'soon',
  'accepted',
  'received',
  'awaiting',
  'finished',
  'all',
]

async function listPage(ctx: Context, meta: Meta, path: string, query: ListQuery): Promise<Html> {
  const w = listWords(meta.lang)
  const read = readFilter(ctx, query, may(ctx.actor, 'matter.work') ? 'mine' : 'accepted')
  const { filter } = read
  const place = readCursor(query.after, sortsByDue(filter))
  const [found, counts, choices, waiting] = await Promise.all([
    listMatters(ctx, filter, place?.cursor ?? null, pageSize),
    // A count says how many the tab leads to; while searching nobody has counted.
    filter.search ? {} : countViews(ctx, filter),
    filterChoices(ctx),
    menuCounts(ctx),
  ])
  const before = place?.rowsBefore ?? 0
  const to = before + found.rows.length
  const tabs = viewTabs({
    lang: meta.lang,
    label: w.views,
    views: may(ctx.actor, 'matter.work')
      ? shownViews
      : shownViews.filter((view) => view !== 'mine' && view !== 'offered'),
    counts,
    current: filter.view,
    href: (view) => listHref('/console/matters', query, { view }),
  })
  const main = html`${tabs}${filters(meta, query, read, choices)}${matterTable(ctx, meta.lang, found.rows, {
    caption: matterWords(meta.lang).views[filter.view],
    holder: filter.view !== 'mine',
    empty: emptyState({ title: w.empty, body: w.emptyHint }),
  })}${
    found.rows.length > 0
      ? pager({
          lang: meta.lang,
          from: before + 1,
          to,
          total: found.next || place ? undefined : to,
          prevHref: place ? listHref(path, query, {}) : null,
          nextHref: found.next ? listHref(path, query, { after: writeCursor(found.next, to) }) : null,
        })
      : nothing
  }`
  const title = filter.search ? w.search(filter.search) : w.title
  const exporting = {
    href: listHref('/console/matters.xlsx', query, { view: filter.view }),
    label: w.export,
    download: true,
  }
  const actions = html`<a href="/console/third-visits" data-swap>${w.thirdVisits}</a>${may(ctx.actor, 'matter.export') ? linkButton(exporting) : nothing}`
  return frame(ctx, meta, {
    title,
    current: '/console/matters',
    main,
    actions,
    searchValue: filter.search,
    counts: waiting,
  })
}

/** What the filters offer: units in the reader's reach, items of the day, people of those units. */
async function filterChoices(ctx: Context) {
  const day = dayOf(ctx.now)
  const reach = await unitsOf(ctx, 'matter.read')
  const [units, items, people] = await Promise.all([
    listUnits(ctx),
    itemNamesOn(ctx, day),
    listByRole(ctx, ['window_officer', 'window_chief'], day, reach),
  ])
  return { units: units.filter((unit) => reach.includes(unit.id)), items, people }
}

type Choices = Awaited<ReturnType<typeof filterChoices>>

function filters(meta: Meta, query: ListQuery, read: ReadFilter, { units, items, people }: Choices): Html {
  const w = listWords(meta.lang)
  const { lang } = meta
  const choice = (name: 'unit' | 'item' | 'holder', options: Choice[]) =>
    options.length > 1
      ? field({
          lang,
          kind: 'select',
          name,
          label: w[name],
          value: query[name] || everything,
          options: [{ value: everything, label: w.every }, ...options],
        })
      : nothing
  const date = (name: 'from' | 'until') =>
    field({
      lang,
      kind: 'date',
      name,
      label: w[name],
      hint: '',
      value: query[name],
      error: read.errors[name] && consoleWords(lang).field['not-a-day'],
      maxlength: 20,
    })
  const holders = read.filter.view === 'mine' ? [] : people.map((person) => ({ value: person.id, label: person.name }))
  return filterBar({
    lang,
    action: '/console/matters',
    clearHref: '/console/matters',
    body: html`<input type="hidden" name="view" value="${read.filter.view}">${field({ lang, kind: 'search', name: 'q', label: w.q, value: query.q, maxlength: 60 })}${choice(
      'unit',
      units.map((unit) => ({ value: unit.id, label: said({ zh: unit.nameZh, en: unit.nameEn }, lang) })),
    )}${choice(
      'item',
      items.map((item) => ({ value: item.itemCode, label: said(item.content.name, lang) })),
    )}${choice('holder', holders)}${date('from')}${date('until')}`,
  })
}

const common = {
  method: 'GET',
  side: 'internal',
  permission: 'matter.read',
  audit: { unlogged: 'lists show no contact data' },
  query: listQuery,
} as const

const list = endpoint({
  ...common,
  path: '/console/matters',
  summary: 'Matters by state, with filters and search',
  handle: async (ctx, { query, meta }) => ({ page: await listPage(ctx, meta, '/console/matters', asQuery(query)) }),
})

const search = endpoint({
  ...common,
  path: '/console/search',
  summary: 'The same list by any fragment of a name, a request or a number',
  handle: async (ctx, { query, meta }) => ({ page: await listPage(ctx, meta, '/console/search', asQuery(query)) }),
})

export const listEndpoints: AnyEndpoint[] = [list, search]
