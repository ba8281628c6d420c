import { Type } from 'typebox'
import { figuresAtHome } from '#console/figures/page.ts'
import { errorOf, frame } from '#console/frame.ts'
import { ordersAtHome } from '#console/supervision/index.ts'
import {
  countViews,
  listMatters,
  type MatterRow,
  openByNumber,
  waitingDecisions,
} from '#modules/service-window/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { form, linkButton } from '#platform/ui/form.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { homeWords } from './home-words.ts'
import { matterTable, viewTabs } from './matter-table.ts'
import { errorsIn, langQuery, matterPath, typed } from './shared.ts'

const ways = [
  { key: 'matters', path: '/console/matters', needs: 'matter.read' },
  { key: 'decisions', path: '/console/decisions', needs: 'matter.decide' },
  { key: 'orders', path: '/console/orders', needs: 'order.read' },
  { key: 'replies', path: '/console/replies', needs: 'callback.read' },
  { key: 'messages', path: '/console/messages', needs: 'messages.read' },
  { key: 'intake', path: '/console/intake', needs: 'complaint.intake' },
  { key: 'triage', path: '/console/triage', needs: 'complaint.register' },
  { key: 'cases', path: '/console/cases', needs: 'complaint.register' },
  { key: 'restrictions', path: '/console/restrictions', needs: 'restriction.confirm' },
  { key: 'months', path: '/console/months', needs: 'month.read' },
  { key: 'figures', path: '/console/figures', needs: 'figures.read' },
  { key: 'standing', path: '/console/standing', needs: 'console.enter' },
  { key: 'catalogue', path: '/console/catalogue', needs: 'catalogue.read' },
  { key: 'accounts', path: '/console/accounts', needs: 'account.manage' },
  { key: 'system', path: '/console/system', needs: 'system.operate' },
  { key: 'audit', path: '/console/audit', needs: 'audit.read' },
] as const

async function homePage(ctx: Context, meta: Meta, opening?: { number?: string; problem: Problem }): Promise<Html> {
  const w = homeWords(meta.lang)
  const main = html`${may(ctx.actor, 'matter.receive') ? openForm(meta, opening) : nothing}${may(ctx.actor, 'matter.read') ? await counterWork(ctx, meta) : nothing}${await decisionsWaiting(ctx, meta)}${await ordersAtHome(ctx, meta)}${
    may(ctx.actor, 'order.oversee') && may(ctx.actor, 'figures.read') ? await figuresAtHome(ctx, meta) : nothing
  }${fromHere(ctx, meta)}`
  const actions = may(ctx.actor, 'matter.receive')
    ? linkButton({ href: '/console/receive', label: w.receive, kind: 'main' })
    : undefined
  return frame(ctx, meta, { title: w.title, current: '/console', main, actions, invalid: opening !== undefined })
}

function openForm(meta: Meta, opening?: { number?: string; problem: Problem }): Html {
  const w = homeWords(meta.lang)
  const error = errorOf(errorsIn(opening?.problem, meta.lang), 'number')
  return form({
    action: '/console/open',
    method: 'get',
    swap: true,
    inline: true,
    submit: { label: w.openSubmit, kind: 'plain' },
    body: field({
      lang: meta.lang,
      kind: 'text',
      name: 'number',
      label: w.open,
      hint: w.openHint,
      value: opening?.number,
      error,
      autocomplete: 'off',
      maxlength: 200,
      autofocus: opening !== undefined,
    }),
  })
}

const tabs = ['mine', 'offered', 'overdue', 'today', 'soon', 'awaiting', 'received'] as const

async function counterWork(ctx: Context, meta: Meta): Promise<Html> {
  const w = homeWords(meta.lang)
  const works = may(ctx.actor, 'matter.work')
  const [counts, mine] = await Promise.all([
    countViews(ctx),
    works ? listMatters(ctx, { view: 'mine' }, null) : undefined,
  ])
  const shown = works ? tabs : tabs.filter((view) => view !== 'mine' && view !== 'offered')
  const tabRow = viewTabs({
    lang: meta.lang,
    label: w.counts,
    views: shown,
    counts,
    href: (view) => `/console/matters?view=${view}`,
  })
  if (!mine) return tabRow
  const offered = counts.offered > 0 ? (await listMatters(ctx, { view: 'offered' }, null)).rows : []
  return html`${tabRow}${
    offered.length > 0
      ? section({
          title: w.offered,
          body: matterTable(ctx, meta.lang, offered, { caption: w.offered, empty: nothing, holder: true }),
        })
      : nothing
  }${section({
    title: w.mine,
    actions: mine.next ? html`<a href="/console/matters?view=mine" data-swap>${w.more}</a>` : undefined,
    body: matterTable(ctx, meta.lang, mostPressing(ctx, mine.rows), {
      caption: w.mine,
      empty: emptyState({ title: w.none, body: w.noneHint }),
    }),
  })}`
}

/** Whoever stands at the counter first, then what can still be done in time, then what is late, then what waits for others. */
function mostPressing(ctx: Context, rows: readonly MatterRow[]): MatterRow[] {
  const today = dayOf(ctx.now).toString()
  const group = (row: MatterRow) => (row.status === 'received' ? 0 : row.dueOn ? (row.dueOn >= today ? 1 : 2) : 3)
  const rank = (row: MatterRow) => `${group(row)}${row.dueOn ?? ''}`
  return rows.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}

/** What waits for the head of the unit, so that nobody has to look whether something does. */
async function decisionsWaiting(ctx: Context, meta: Meta): Promise<Html> {
  if (!may(ctx.actor, 'matter.decide')) return nothing
  const w = homeWords(meta.lang)
  const { notices, extensions } = await waitingDecisions(ctx)
  const asked = [...notices, ...extensions]
  if (asked.length === 0) return nothing
  return section({
    title: `${w.decisions} ${asked.length}`,
    actions: linkButton({ href: '/console/decisions', label: w.decide }),
    body: html`<ul>${asked.map((one) => html`<li>${one.applicantName} · ${one.matterNo} · ${one.requestedBy}</li>`)}</ul>`,
  })
}

/** Links for whoever would otherwise find an empty page. */
function fromHere(ctx: Context, meta: Meta): Html {
  const busy = (['matter.work', 'order.work', 'order.oversee'] as const).some((duty) => may(ctx.actor, duty))
  return busy ? nothing : otherWays(ctx, meta)
}

function otherWays(ctx: Context, meta: Meta): Html {
  const w = homeWords(meta.lang)
  const open = ways.filter((way) => may(ctx.actor, way.needs))
  if (open.length === 0) return emptyState({ title: w.nothing })
  return section({
    title: w.other,
    body: html`<p>${w.otherHint}</p><ul>${open.map((way) => html`<li><a href="${way.path}" data-swap>${w.ways[way.key]}</a></li>`)}</ul>`,
  })
}

const home = endpoint({
  method: 'GET',
  path: '/console',
  side: 'internal',
  summary: 'My work',
  permission: 'console.enter',
  audit: { unlogged: 'lists show no contact data' },
  query: Type.Object(langQuery),
  handle: async (ctx, { meta }) => ({ page: await homePage(ctx, meta) }),
})

const open = endpoint({
  method: 'GET',
  path: '/console/open',
  side: 'internal',
  summary: 'Open a matter at any counter by the number of its notice, its acceptance or its own (R48)',
  permission: 'matter.receive',
  audit: 'matter.open',
  query: Type.Object({ ...langQuery, number: Type.Optional(Type.String({ maxLength: 500 })) }),
  handle: async (ctx, { query }) => {
    const id = await opened(ctx, query.number ?? '')
    return { redirect: matterPath(id), audit: { subjectKind: 'matter', subjectId: id } }
  },
  onProblem: (ctx, { query, meta }, problem) => homePage(ctx, meta, { number: typed(query, 'number'), problem }),
})

/** An unknown number is a refusal on record: numbers run on, so somebody may be trying them. */
async function opened(ctx: Context, number: string): Promise<string> {
  const unknown = new Problem(409, 'number-unknown', { fields: { number: 'number-unknown' } })
  try {
    return await openByNumber(ctx, number)
  } catch (error) {
    throw error instanceof Problem && error.status === 404 ? unknown : error
  }
}

export const homeEndpoints: AnyEndpoint[] = [home, open]
