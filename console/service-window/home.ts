import { Type } from 'typebox'
import { errorOf, frame } from '#console/frame.ts'
import { countViews, listMatters, type MatterRow, openByNumber } from '#modules/service-window/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { messages } from '#platform/i18n.ts'
import { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { form, linkButton } from '#platform/ui/form.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { matterTable, viewTabs } from './matter-table.ts'
import { errorsIn, langQuery, matterPath, typed } from './shared.ts'

const homeWords = messages(
  {
    title: '我的工作',
    counts: '办件数量',
    mine: '我承办的办件',
    offered: '等我签收的交接',
    receive: '接待登记',
    none: '手上没有在办的办件',
    noneHint: '群众到窗口时，从“接待登记”开始；群众持告知单再次到场时，在上面扫描或输入编号。',
    open: '扫描或输入编号',
    openHint: '告知单、受理回执或办件编号，二维码扫出的网址也可以',
    openSubmit: '打开办件',
    more: '查看全部',
    other: '您可以做的事',
    otherHint: '您的岗位不承办窗口办件。可以从这里开始：',
    nothing: '您目前没有任何岗位权限。请联系分局安全管理员开通。',
    ways: {
      matters: '查看本单位办件清单',
      decisions: '审批再次告知和延长期限',
      orders: '督办单',
      replies: '回访答复',
      messages: '短信发送情况',
      figures: '统计',
      standing: '台账',
      catalogue: '服务清单',
      accounts: '账号与岗位',
      system: '系统运行',
      audit: '审计',
    },
  },
  {
    title: 'My work',
    counts: 'Numbers of matters',
    mine: 'Matters I hold',
    offered: 'Hand-overs waiting for my receipt',
    receive: 'Reception',
    none: 'You hold no open matter',
    noneHint:
      'When somebody comes to the counter, begin with “Reception”; when they come back with a notice, scan or type its number above.',
    open: 'Scan or type a number',
    openHint: 'Of a notice, a receipt or a matter; a scanned address will do',
    openSubmit: 'Open',
    more: 'See all',
    other: 'What you can do',
    otherHint: 'Your duty does not handle matters at the counter. You can begin here:',
    nothing: 'You hold no duty at present. Ask the security administrator of the bureau.',
    ways: {
      matters: 'Matters of the unit',
      decisions: 'Decide on second notices and extensions',
      orders: 'Supervision orders',
      replies: 'Call-back replies',
      messages: 'Text messages',
      figures: 'Figures',
      standing: 'Ledger',
      catalogue: 'Service catalogue',
      accounts: 'Accounts and duties',
      system: 'Running the system',
      audit: 'Audit',
    },
  },
)

const ways = [
  { key: 'matters', path: '/console/matters', needs: 'matter.read' },
  { key: 'decisions', path: '/console/decisions', needs: 'matter.decide' },
  { key: 'orders', path: '/console/orders', needs: 'order.read' },
  { key: 'replies', path: '/console/replies', needs: 'callback.read' },
  { key: 'messages', path: '/console/messages', needs: 'messages.read' },
  { key: 'figures', path: '/console/figures', needs: 'figures.read' },
  { key: 'standing', path: '/console/standing', needs: 'console.enter' },
  { key: 'catalogue', path: '/console/catalogue', needs: 'catalogue.read' },
  { key: 'accounts', path: '/console/accounts', needs: 'account.manage' },
  { key: 'system', path: '/console/system', needs: 'system.operate' },
  { key: 'audit', path: '/console/audit', needs: 'audit.read' },
] as const

async function homePage(ctx: Context, meta: Meta, opening?: { number?: string; problem: Problem }): Promise<Html> {
  const w = homeWords(meta.lang)
  const main = html`${may(ctx.actor, 'matter.receive') ? openForm(meta, opening) : nothing}${may(ctx.actor, 'matter.read') ? await counterWork(ctx, meta) : nothing}${
    may(ctx.actor, 'matter.work') ? nothing : otherWays(ctx, meta)
  }`
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
  const counts = await countViews(ctx)
  const works = may(ctx.actor, 'matter.work')
  const shown = works ? tabs : tabs.filter((view) => view !== 'mine' && view !== 'offered')
  const tabRow = viewTabs({
    lang: meta.lang,
    label: w.counts,
    views: shown,
    counts,
    href: (view) => `/console/matters?view=${view}`,
  })
  if (!works) return tabRow
  const offered = counts.offered > 0 ? (await listMatters(ctx, { view: 'offered' }, null)).rows : []
  const mine = await listMatters(ctx, { view: 'mine' }, null)
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
