import { frame } from '#console/frame.ts'
import { readCallback } from '#modules/callback/index.ts'
import {
  eligibleOfficers,
  type NamedPerson,
  type Order,
  type OrderDetails,
  viewOrder,
} from '#modules/supervision/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import { Problem } from '#platform/problem.ts'
import { linkButton } from '#platform/ui/form.ts'
import { factList, keepThis, notice, section } from '#platform/ui/parts.ts'
import { basisText } from '#policy/sources.ts'
import { missingYearOf } from '#policy/supervision/order-due.ts'
import { deadline, type Running, stateBadge } from './deadline.ts'
import { orderForms, type Returned } from './order-forms.ts'
import { orderTimeline } from './timeline.ts'
import { orderWords } from './words.ts'

export type OrderPage = { id: string; done?: string; returned?: Returned; phone?: string | null }

/** One order: facts, problem, evidence, history, and what the reader may do. */
export async function orderPage(ctx: Context, meta: Meta, options: OrderPage): Promise<Html> {
  const details = await viewOrder(ctx, options.id)
  const { order } = details
  const words = orderWords(meta.lang)
  const about = { concernedPersonId: order.concerned_person_id, concernedUnitId: order.concerned_unit_id }
  const officers = details.can.includes('assign') ? await eligibleOfficers(ctx, about) : []
  const path = may(ctx.actor, 'order.read') ? '/console/orders' : '/console/escalations'
  const main = html`${notices(details, meta.lang)}${phoneShown(options, meta.lang)}${facts(ctx, details, meta.lang)}${section(
    {
      title: words.problem,
      body: html`${paragraphs(order.problem)}${await citizensWords(ctx, order, meta.lang)}`,
    },
  )}${evidence(details, meta.lang)}${orderForms({ details, meta, returned: options.returned, officers })}${section({
    title: words.history,
    body: orderTimeline(details.steps, ctx.now, meta.lang),
  })}`
  const done = words.done as Record<string, string>
  return frame(ctx, meta, {
    title: `${words.orders} ${order.no}`,
    current: path,
    breadcrumbs: [{ href: path, label: words.orders }, { label: order.no }],
    actions: linkButton({ href: `/console/orders/${order.id}/order.pdf`, label: words.pdf, newTab: true }),
    main,
    status: options.done && Object.hasOwn(done, options.done) ? done[options.done] : undefined,
    invalid: options.returned !== undefined,
  })
}

/** What the citizen wrote, for the desk alone; the order itself holds no word of it (b-24). */
async function citizensWords(ctx: Context, order: Order, lang: Lang): Promise<Html> {
  if (order.source_kind !== 'callback' || !may(ctx.actor, 'callback.read')) return nothing
  const said = await readCallback(ctx, order.source_id).catch((problem: unknown) => {
    if (problem instanceof Problem && problem.status === 404) return null
    throw problem
  })
  const quoted = said?.answers.flatMap((answer) => [answer.channel === 'sms' ? answer.raw : null, answer.comment]) ?? []
  const texts = quoted.filter((text) => text !== null)
  if (texts.length === 0) return nothing
  return html`<h3>${orderWords(lang).citizensWords}</h3>${texts.map((text) => html`<blockquote>${paragraphs(text)}</blockquote>`)}`
}

export function runningOf({ order }: Pick<OrderDetails, 'order'>): Running {
  return {
    status: order.status,
    round: order.round,
    roundStartedAt: order.round_started_at,
    dueOn: order.due_on,
    dueProvisional: order.due_provisional,
    answeredAt: order.answered_at,
  }
}

function notices(details: OrderDetails, lang: Lang): Html {
  const words = orderWords(lang)
  const { order } = details
  const year = missingYearOf(order.due_basis)
  const waiting = order.source_kind === 'callback' ? words.waiting : words.waitingIssuer
  return html`${year && order.due_provisional ? notice({ lang, kind: 'warning', title: words.naturalDays(year) }) : nothing}${
    order.status === 'answered' ? notice({ lang, kind: 'info', title: waiting, body: words.reopenInfo }) : nothing
  }`
}

function phoneShown(options: OrderPage, lang: Lang): Html {
  if (options.phone === undefined) return nothing
  const words = orderWords(lang).forms
  return options.phone
    ? keepThis({ label: words.phone, code: options.phone })
    : notice({ lang, kind: 'info', title: words.noPhone })
}

function facts(ctx: Context, details: OrderDetails, lang: Lang): Html {
  const words = orderWords(lang)
  const { order } = details
  const running = runningOf(details)
  const due = formatDay(Temporal.PlainDate.from(order.due_on), lang)
  const fact = (label: keyof typeof words.facts, value: Printable) => ({ label: words.facts[label], value })
  return factList([
    { label: words.columns.status, value: stateBadge(ctx, running, lang) },
    fact(
      'due',
      html`${deadline(ctx, running, lang)} ${due}${order.due_provisional ? html`<br>${words.provisionalWhy}` : nothing}`,
    ),
    fact('owner', details.owner ? personText(details.owner) : words.noOwner),
    fact('source', words.sources[order.source_kind]),
    fact('unit', lang === 'en' ? details.unit.en : details.unit.zh),
    fact('person', details.concernedPerson && personText(details.concernedPerson)),
    fact('requirement', paragraphs(order.requirement)),
    fact('started', formatMoment(order.started_at, lang)),
    fact('issued', formatMoment(order.issued_at, lang)),
    fact('issuedBy', details.issuedBy && personText(details.issuedBy)),
    fact('consent', order.source_kind === 'callback' && consentWords(order.contact_consent, lang)),
    fact('escalated', details.escalatedTo && personText(details.escalatedTo)),
    fact('result', order.result && words.results[order.result]),
    fact('answer', order.answer_to_citizen && paragraphs(order.answer_to_citizen)),
    fact(
      'closed',
      order.closed_at && order.closing && `${formatMoment(order.closed_at, lang)} ${words.closings[order.closing]}`,
    ),
    fact('basis', basisText(order.due_basis.replace(/, design:natural-days-\d+$/, ''), lang)),
  ])
}

function consentWords(consent: boolean | null, lang: Lang): string {
  const words = orderWords(lang).consent
  return consent === null ? words.unknown : consent ? words.yes : words.no
}

function personText(person: NamedPerson): string {
  return [`${person.name} ${person.policeNo}`, person.phone].filter(Boolean).join(' · ')
}

function paragraphs(text: string): Html {
  return html`${text.split('\n').map((line) => html`<p>${line}</p>`)}`
}

function evidence(details: OrderDetails, lang: Lang): Html {
  const words = orderWords(lang)
  const list = details.evidence.map(
    (file) =>
      html`<li><a href="/console/orders/${details.order.id}/evidence/${file.id}" download>${file.name}</a> <span class="hint">${formatCount(
        Math.ceil(file.size / 1024),
        lang,
      )} KB · ${file.addedByName} · ${formatMoment(file.addedAt, lang)}</span></li>`,
  )
  return section({
    title: words.evidence,
    body: list.length > 0 ? html`<ul>${list}</ul>` : html`<p class="hint">${words.noEvidence}</p>`,
  })
}
