import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { listUnits } from '#modules/directory/index.ts'
import {
  countOrders,
  listOrders,
  type OrderCounts,
  type OrderCursor,
  type OrderFilter,
  type OrderRow,
  type OrderView,
  orderViews,
} from '#modules/supervision/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { field } from '#platform/ui/field.ts'
import { linkButton } from '#platform/ui/form.ts'
import { withQuery } from '#platform/ui/page.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { countTabs, filterBar, pager, table } from '#platform/ui/table.ts'
import { deadline, stateBadge, urgencyOf } from './deadline.ts'
import { orderWords } from './words.ts'

const day = Type.Optional(Type.String({ maxLength: 10 }))
const uuidOrNone = Type.Optional(Type.String({ pattern: '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$' }))
const listQuery = Type.Object({
  view: Type.Optional(Type.Union(orderViews.map((view) => Type.Literal(view)))),
  unitId: uuidOrNone,
  no: Type.Optional(Type.String({ maxLength: 30 })),
  from: day,
  until: day,
  afterKey: Type.Optional(Type.String({ maxLength: 40 })),
  afterId: uuidOrNone,
  shown: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  lang: Type.Optional(Type.String()),
  elder: Type.Optional(Type.String()),
})

type Query = {
  view?: OrderView
  unitId?: string
  no?: string
  from?: string
  until?: string
  afterKey?: string
  afterId?: string
  shown?: number
}

const pageSize = 50
const atHome = 20

/** The desk's list, and the leader's list of what was put before him; the rows are those the database shows each. */
export const listPages: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path: '/console/orders',
    side: 'internal',
    summary: 'Supervision orders of the desk by list, with deadlines',
    permission: 'order.read',
    audit: { unlogged: 'a list without anybody who was served' },
    query: listQuery,
    handle: async (ctx, { query, meta }) => ({ page: await listPage(ctx, meta, query as Query, 'open') }),
  }),
  endpoint({
    method: 'GET',
    path: '/console/escalations',
    side: 'internal',
    summary: 'Supervision orders put before a leader or issued by him',
    permission: 'order.oversee',
    audit: { unlogged: 'a list without anybody who was served' },
    query: listQuery,
    handle: async (ctx, { query, meta }) => ({ page: await listPage(ctx, meta, query as Query, 'escalated') }),
  }),
]

async function listPage(ctx: Context, meta: Meta, query: Query, first: OrderView): Promise<Html> {
  const words = orderWords(meta.lang)
  const path = first === 'open' ? '/console/orders' : '/console/escalations'
  const title = first === 'open' ? words.orders : words.escalations
  const filter = filterOf(query, first)
  const after = cursorOf(query)
  const { rows, next } = await listOrders(ctx, filter, after, pageSize)
  const shown = query.shown ?? 0
  const nextHref = next && pageHref(path, query, next, shown + rows.length)
  const main = html`<p class="hint">${words.listHint}</p>${tabs(await countOrders(ctx), meta, path, filter.view, first)}${await filters(ctx, meta, path, query, filter.view)}${orderTable(ctx, meta, title, rows)}${
    rows.length > 0 ? pager({ lang: meta.lang, from: shown + 1, to: shown + rows.length, nextHref }) : nothing
  }`
  return frame(ctx, meta, { title, current: path, main, actions: issueLink(ctx, meta) })
}

function filterOf(query: Query, first: OrderView): OrderFilter {
  return {
    view: query.view ?? first,
    unitId: query.unitId || undefined,
    no: query.no?.trim() || undefined,
    from: dayOrNone(query.from),
    until: dayOrNone(query.until),
  }
}

/** An address that somebody changed begins the list anew. */
function cursorOf({ afterKey, afterId }: Query): OrderCursor | null {
  const known = afterKey && (dayOrNone(afterKey) ?? momentOrNone(afterKey))
  return known && afterId ? { key: known, id: afterId } : null
}

function dayOrNone(text: string | undefined): string | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}

function momentOrNone(text: string): string | undefined {
  try {
    return Temporal.Instant.from(text.replace(' ', 'T')).toString()
  } catch {
    return undefined
  }
}

function pageHref(path: string, query: Query, next: { key: string; id: string }, shown: number): string {
  const kept = { view: query.view, unitId: query.unitId, no: query.no, from: query.from, until: query.until }
  const values = { ...kept, afterKey: next.key, afterId: next.id, shown: String(shown) }
  return Object.entries(values).reduce((href, [name, value]) => (value ? withQuery(href, name, value) : href), path)
}

function issueLink(ctx: Context, meta: Meta): Html {
  if (!may(ctx.actor, 'order.issue')) return nothing
  return linkButton({ href: '/console/orders/new', label: orderWords(meta.lang).issueNew })
}

const deskTabs = ['mine', 'open', 'overdue', 'today', 'unassigned', 'answered', 'escalated'] as const
const leaderTabs = ['escalated', 'issued', 'overdue'] as const

/** On the first page after signing in: what the desk's officer holds, what was put before a leader; nothing for all others. */
export async function ordersAtHome(ctx: Context, meta: Meta): Promise<Html> {
  const words = orderWords(meta.lang)
  const path = may(ctx.actor, 'order.work') ? '/console/orders' : '/console/escalations'
  if (path === '/console/escalations' && !may(ctx.actor, 'order.oversee')) return nothing
  const view: OrderView = path === '/console/orders' ? 'mine' : 'escalated'
  const { rows } = await listOrders(ctx, { view }, null, atHome)
  const first = path === '/console/orders' ? 'open' : 'escalated'
  return section({
    title: first === 'open' ? words.orders : words.escalations,
    body: html`${tabs(await countOrders(ctx), meta, path, undefined, first)}${orderTable(ctx, meta, words.views[view], rows)}`,
  })
}

function tabs(counts: OrderCounts, meta: Meta, path: string, current: OrderView | undefined, first: OrderView): Html {
  const words = orderWords(meta.lang)
  const views = first === 'open' ? deskTabs : leaderTabs
  return countTabs({
    lang: meta.lang,
    label: words.filter.view,
    tabs: views.map((view) => ({
      href: withQuery(path, 'view', view),
      label: words.views[view],
      count: counts[view],
      current: view === current,
      tone: view === 'overdue' ? 'late' : view === 'today' ? 'due' : undefined,
    })),
  })
}

async function filters(ctx: Context, meta: Meta, path: string, query: Query, view: OrderView): Promise<Html> {
  const { lang } = meta
  const words = orderWords(lang)
  const units = await listUnits(ctx)
  const names = units.map((unit) => ({ value: unit.id, label: lang === 'en' ? unit.nameEn : unit.nameZh }))
  const views = orderViews.map((value) => ({ value, label: words.views[value] }))
  return filterBar({
    lang,
    action: path,
    clearHref: path,
    body: html`${field({ lang, kind: 'select', name: 'view', label: words.filter.view, value: view, options: views })}${field(
      {
        lang,
        kind: 'select',
        name: 'unitId',
        label: words.filter.unit,
        value: query.unitId ?? '',
        options: names,
        optional: true,
      },
    )}${field({ lang, kind: 'search', name: 'no', label: words.filter.no, value: query.no ?? '', width: 'short' })}`,
  })
}

function orderTable(ctx: Context, meta: Meta, title: string, rows: readonly OrderRow[]): Html {
  const { lang } = meta
  const words = orderWords(lang)
  return table({
    caption: title,
    captionHidden: true,
    swap: true,
    columns: [
      { key: 'no', label: words.columns.no, kind: 'main' },
      { key: 'problem', label: words.columns.problem },
      { key: 'unit', label: words.columns.unit },
      { key: 'owner', label: words.columns.owner, kind: 'nowrap' },
      { key: 'due', label: words.columns.due, kind: 'nowrap' },
      { key: 'status', label: words.columns.status, kind: 'nowrap' },
    ],
    rows: rows.map((row) => ({
      href: `/console/orders/${row.id}`,
      tone: toneOf(ctx, row),
      cells: {
        no: html`<span class="unbroken">${row.no}</span>`,
        problem: short(row.problem),
        unit: lang === 'en' ? row.unitEn : row.unitZh,
        owner: row.ownerName ?? words.noOwner,
        due: deadline(ctx, row, lang),
        status: stateBadge(ctx, row, lang),
      },
    })),
    empty: emptyState({ title: words.empty, body: words.emptyHint }),
  })
}

function toneOf(ctx: Context, row: OrderRow): 'late' | 'due' | 'closed' | undefined {
  if (row.status === 'closed') return 'closed'
  if (row.status === 'answered') return undefined
  const { state } = urgencyOf(ctx, row)
  return state === 'red' ? 'late' : state === 'amber' ? 'due' : undefined
}

function short(text: string): string {
  const characters = [...text.replaceAll('\n', ' ')]
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text
}
