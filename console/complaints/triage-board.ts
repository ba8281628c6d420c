import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { readCursor, writeCursor } from '#console/service-window/list-filter.ts'
import { langQuery, text } from '#console/service-window/shared.ts'
import { listTriage, myDepartments } from '#modules/complaints/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { attrs, type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { linkButton } from '#platform/ui/form.ts'
import { emptyState } from '#platform/ui/parts.ts'
import { pager } from '#platform/ui/table.ts'
import { type Department, departments } from '#policy/complaints/lists.ts'
import { monthWords } from './month/words.ts'
import { caseTable } from './register-table.ts'
import { registerWords } from './register-words.ts'
import { triagePath } from './triage-page.ts'
import { triageWords } from './triage-words.ts'

type Query = { department?: string; after?: string; done?: string }

async function page(ctx: Context, meta: Meta, query: Query): Promise<Html> {
  const { lang } = meta
  const w = registerWords(lang)
  const mine = await myDepartments(ctx)
  const queues: readonly Department[] = may(ctx.actor, 'complaint.read') ? departments : mine
  // A desk begins with its own queue; whoever has none, or asks for all of them, sees all.
  const department =
    query.department === 'all' ? undefined : (queues.find((known) => known === query.department) ?? mine[0])
  const place = readCursor(query.after, true)
  const { rows, next } = await listTriage(ctx, department, place?.cursor ?? null)
  const before = place?.rowsBefore ?? 0
  const to = before + rows.length
  const list = caseTable(ctx, lang, rows, {
    caption: w.triageTitle,
    handler: false,
    href: (id) => `${triagePath}/${id}`,
    empty: emptyState({ title: w.triageEmpty, body: w.triageEmptyHint }),
  })
  const here = `${triagePath}?department=${department ?? 'all'}`
  const nextHref = next && `${here}&after=${writeCursor(next, to)}`
  const steps = pager({
    lang,
    from: Math.min(before + 1, to),
    to,
    total: next || place ? undefined : to,
    prevHref: place && here,
    nextHref,
  })
  const done = triageWords(lang).done as Record<string, string>
  return frame(ctx, meta, {
    title: w.triageTitle,
    current: triagePath,
    main: html`<p class="hint">${w.triageHint}</p>${queueTabs(queues, department, lang)}${list}${rows.length > 0 ? steps : nothing}`,
    status: query.done && Object.hasOwn(done, query.done) ? done[query.done] : undefined,
    actions: may(ctx.actor, 'complaint.intake') ? linkButton({ href: '/console/intake', label: w.intake }) : nothing,
  })
}

function queueTabs(queues: readonly Department[], current: Department | undefined, lang: Lang): Html {
  if (queues.length < 2) return nothing
  const w = registerWords(lang)
  const tab = (value: string, label: string, is: boolean) =>
    html`<li><a href="${`${triagePath}?department=${value}`}" data-swap${attrs({ 'aria-current': is ? 'page' : undefined })}>${label}</a></li>`
  return html`<nav class="tabs" aria-label="${w.queues}"><ul>${queues.map((one) => tab(one, monthWords(lang).dept[one], one === current))}${tab('all', w.allQueues, current === undefined)}</ul></nav>`
}

export const boardEndpoints: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path: triagePath,
    side: 'internal',
    summary: 'Complaints that wait to be sorted, the most urgent notice first',
    permission: 'complaint.register',
    audit: { unlogged: 'a list without anybody who complained' },
    query: Type.Object({ ...langQuery, department: text(40), after: text(400), done: text(30) }),
    handle: async (ctx, { query, meta }) => ({ page: await page(ctx, meta, query as Query) }),
  }),
]
