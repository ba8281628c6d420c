import { type LeadIndicators, rate, type TrendMonth } from '#modules/figures/index.ts'
import type { OrderFigures, OrderView } from '#modules/supervision/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { formatCount, formatMonth, type Lang } from '#platform/i18n.ts'
import { bars, figure, figures } from '#platform/ui/measure.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { type Row, table } from '#platform/ui/table.ts'
import { indicators, monthsNeeded } from '#policy/figures/early-warning.ts'
import { countCell, rateBar, rateCell, sentences } from './cells.ts'
import { trendFinding } from './findings.ts'
import { otherWords } from './other-words.ts'
import { address, periodValues } from './request.ts'
import { countedHref, type FigureView, unitName } from './view.ts'
import { figureWords } from './words.ts'

/** Supervision orders opened in the period; for readers of the whole bureau alone. */
export function ordersPart(ctx: Context, view: FigureView, lang: Lang): Html {
  const { orders } = view
  if (!orders) return nothing
  const words = otherWords(lang).orders
  const count = (n: number) => formatCount(n, lang)
  const { opened, closed, closedOnTime, overdue, reopened } = orders
  const finding =
    opened === 0
      ? words.finding.none
      : String(words.finding.some(count(opened), count(closed), count(closedOnTime), count(overdue), count(reopened)))
  return section({
    id: 'orders',
    title: words.title,
    actions: may(ctx.actor, 'order.oversee') ? html`<a href="/console/escalations">${words.escalated}</a>` : undefined,
    body: html`${sentences([finding])}${figures(orderFigureList(ctx, view, orders, lang))}${sentences([words.note], 'hint')}`,
  })
}

function orderFigureList(ctx: Context, view: FigureView, orders: OrderFigures, lang: Lang): Html[] {
  const words = otherWords(lang).orders
  const href = (list: OrderView) =>
    may(ctx.actor, 'order.read')
      ? address('/console/orders', {
          view: list,
          from: view.read.period.from.toString(),
          until: view.read.period.until.toString(),
        })
      : countedHref(view, 'orders')
  const count = (n: number) => formatCount(n, lang)
  const one = (label: string, value: number, n: number, list: OrderView, note?: string) =>
    figure({ lang, label, value: count(value), n, href: href(list), note })
  return [
    one(words.opened, orders.opened, orders.opened, 'all'),
    one(words.open, orders.open + orders.answered, orders.opened, 'open'),
    one(words.onTime, orders.closedOnTime, orders.closed, 'closed', String(words.onTimeNote(count(orders.closed)))),
    one(words.overdue, orders.overdue, orders.opened, 'late'),
    one(words.reopened, orders.reopened, orders.opened, 'reopened'),
  ]
}

type TrendKey = 'month' | 'received' | 'completed' | 'onTime' | 'secondVisit' | 'noticeLater' | 'response' | 'satisfied'

/** Twelve months: a bar for each, and the numbers beside. */
export function trendPart(view: FigureView, months: readonly TrendMonth[], lang: Lang): Html {
  const words = figureWords(lang)
  const c = words.columns
  return section({
    id: 'trend',
    title: otherWords(lang).trend.title,
    body: html`${trendBars(view, months, lang)}${table<TrendKey>({
      caption: otherWords(lang).trend.table,
      columns: [
        { key: 'month', label: c.month, kind: 'main' },
        { key: 'received', label: c.received, kind: 'number' },
        { key: 'completed', label: c.completed, kind: 'number' },
        { key: 'onTime', label: c.onTime, kind: 'number' },
        { key: 'secondVisit', label: c.secondVisit, kind: 'number' },
        { key: 'noticeLater', label: c.noticeLater, kind: 'number' },
        { key: 'response', label: c.response, kind: 'number' },
        { key: 'satisfied', label: c.satisfied, kind: 'number' },
      ],
      rows: [...months].reverse().map((month) => trendRow(view, month, lang)),
      empty: nothing,
    })}${sentences([otherWords(lang).trend.note], 'hint')}`,
  })
}

function inMonth(view: FigureView, { month }: TrendMonth): Pick<FigureView, 'read' | 'scope'> {
  const from = month.toPlainDate({ day: 1 })
  return { scope: view.scope, read: { name: null, errors: {}, period: { from, until: from.add({ months: 1 }) } } }
}

function trendRow(view: FigureView, month: TrendMonth, lang: Lang): Row<TrendKey> {
  const place = inMonth(view, month)
  const href = (of: string) => countedHref(place, of)
  const { rated } = month
  const hidden = html`<a href="${href('callbacks')}">${figureWords(lang).callback.notShown}</a>`
  return {
    href: address('/console/figures', { ...periodValues(place.read.period), under: view.scope.chosen?.id }),
    cells: {
      month: formatMonth(month.month, lang),
      received: countCell(month.counts.received, href('received'), lang),
      completed: countCell(month.counts.completed, href('completed'), lang),
      onTime: rateCell(month.onTime, href('completed'), lang),
      secondVisit: rateCell(month.secondVisit, href('second_visit'), lang),
      noticeLater: countCell(month.counts.notice_later, href('notice_later'), lang),
      response: rateCell(rate(rated.answered, rated.asked), href('callbacks'), lang),
      satisfied: rated.asked === 0 ? '' : rated.satisfied ? rateCell(rated.satisfied, href('callbacks'), lang) : hidden,
    },
  }
}

function trendBars(view: FigureView, months: readonly TrendMonth[], lang: Lang): Html {
  const rows = months
    .filter((month) => month.onTime.interval)
    .map((month) =>
      rateBar(month.onTime, formatMonth(month.month, lang), countedHref(inMonth(view, month), 'completed'), lang),
    )
  const title = trendFinding(months, lang)
  if (rows.length === 0) return sentences([title])
  return bars({ title: title + otherWords(lang).trend.interval, rows })
}

type WarningKey = 'unit' | 'count' | (typeof indicators)[number]

/** Units to speak about before complaints come (R135), most warnings first. */
export function warningPart(ctx: Context, view: FigureView, found: readonly LeadIndicators[] | null, lang: Lang): Html {
  if (!found) return nothing
  const words = otherWords(lang).warning
  const months = monthsNeeded(dayOf(ctx.now))
  const label = words.columns
  return section({
    id: 'warning',
    title: words.title,
    body: html`${sentences([String(words.why(String(months - 1)))])}${table<WarningKey>({
      caption: words.title,
      captionHidden: true,
      columns: [
        { key: 'unit', label: label.unit, kind: 'main' },
        ...indicators.map((key) => ({ key, label: label[key] }) as const),
      ],
      rows: found.map((one) => warningRow(view, one, lang)),
      empty: emptyState({ title: words.empty, body: words.emptyBody(String(months)) }),
    })}`,
  })
}

function warningRow(view: FigureView, one: LeadIndicators, lang: Lang): Row<WarningKey> {
  const unit = view.scope.units.find(({ id }) => id === one.unitId)
  const words = otherWords(lang).warning
  const cell = (key: (typeof indicators)[number]) => {
    const counts = one.counts[key].map((n) => n ?? '?').join(' → ')
    return one.warnings.some(({ indicator }) => indicator === key) ? html`<b>${counts}</b> ${words.rising}` : counts
  }
  return {
    href: address('/console/figures', { ...periodValues(view.read.period), under: one.unitId }),
    tone: 'due',
    cells: { unit: unit ? unitName(unit, lang) : '', ...Object.fromEntries(indicators.map((key) => [key, cell(key)])) },
  }
}
