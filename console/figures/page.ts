import { frame } from '#console/frame.ts'
import { periodNames, rate } from '#modules/figures/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { attrs, type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { linkButton } from '#platform/ui/form.ts'
import { figure, figures } from '#platform/ui/measure.ts'
import { section } from '#platform/ui/parts.ts'
import { filterBar } from '#platform/ui/table.ts'
import { callbackPart } from './callback-part.ts'
import { intervalWords, percent, sentences } from './cells.ts'
import { counterPart } from './counter-part.ts'
import { ordersPart, trendPart, warningPart } from './other-parts.ts'
import { address, type FigureQuery, periodValues } from './request.ts'
import { countedHref, type FigureView, readFigures, readTrends, unitName } from './view.ts'
import { figureWords } from './words.ts'

// So early a month has too few cases to say anything.
const earlyDays = 7

/** The figures of a period, the same page for the head of a unit and for the leader of the bureau. */
export async function figuresPage(ctx: Context, meta: Meta, query: FigureQuery): Promise<Html> {
  const { lang } = meta
  const words = figureWords(lang)
  const view = await readFigures(ctx, query)
  const trends = await readTrends(ctx, view.scope)
  return frame(ctx, meta, {
    title: words.title,
    current: '/console/figures',
    invalid: Object.keys(view.read.errors).length > 0,
    actions: mayExport(ctx, view) ? exportLink(view, lang) : undefined,
    main: html`${periodTabs(view, lang)}${filters(view, query, lang)}<p><b>${spanText(view, lang)}</b> · ${scopeText(view, lang)} · ${words.asOf(formatMoment(ctx.now, lang))}</p>
${sideBySide(view, lang)}${sentences([words.apart], 'hint')}${counterPart(ctx, view, lang)}${callbackPart(view, lang)}${ordersPart(ctx, view, lang)}${warningPart(ctx, view, trends.warnings, lang)}${trendPart(view, trends.months, lang)}`,
  })
}

/** The workbook is for the heads of units and for readers of the whole bureau. */
export function mayExport(ctx: Context, view: Pick<FigureView, 'scope'>): boolean {
  return view.scope.bureau || may(ctx.actor, 'matter.export')
}

export function spanText({ read: { period } }: Pick<FigureView, 'read'>, lang: Lang): string {
  const last = period.until.subtract({ days: 1 })
  return String(figureWords(lang).span(formatDay(period.from, lang), formatDay(last, lang)))
}

export function scopeText({ scope }: Pick<FigureView, 'scope'>, lang: Lang): string {
  if (scope.chosen) return unitName(scope.chosen, lang)
  return scope.bureau ? figureWords(lang).scopeBureau : figureWords(lang).scopeAll
}

function exportLink(view: FigureView, lang: Lang): Html {
  const href = address('/console/figures.xlsx', { ...periodValues(view.read.period), under: view.scope.chosen?.id })
  return linkButton({ href, label: figureWords(lang).export, download: true })
}

function periodTabs(view: FigureView, lang: Lang): Html {
  const words = figureWords(lang)
  const tab = (name: (typeof periodNames)[number]) =>
    html`<li><a data-swap href="${address('/console/figures', { period: name, under: view.scope.chosen?.id })}"${attrs({
      'aria-current': view.read.name === name ? 'page' : undefined,
    })}>${words.periods[name]}</a></li>`
  return html`<nav class="tabs" aria-label="${words.periodLabel}"><ul>${periodNames.map(tab)}</ul></nav>`
}

function filters(view: FigureView, query: FigureQuery, lang: Lang): Html {
  const words = figureWords(lang)
  const { errors } = view.read
  const shown = periodValues(view.read.period)
  const day = (name: 'from' | 'until') =>
    field({
      lang,
      kind: 'date',
      name,
      label: words[name],
      hint: '',
      width: 'short',
      value: errors[name] ? query[name] : shown[name],
      error: errors[name] && words[errors[name]],
    })
  const units = view.scope.choices.map((unit) => ({ value: unit.id, label: unitName(unit, lang) }))
  return filterBar({
    lang,
    action: '/console/figures',
    label: words.periodLabel,
    submit: words.show,
    body: html`${day('from')}${day('until')}${
      units.length > 1
        ? field({
            lang,
            kind: 'select',
            name: 'under',
            label: words.unit,
            value: view.scope.chosen?.id ?? '',
            options: units,
            optional: true,
          })
        : nothing
    }`,
  })
}

/** The leader's first page: this month's headline, in its first days the month before. */
export async function figuresAtHome(ctx: Context, meta: Meta): Promise<Html> {
  const { lang } = meta
  const period = dayOf(ctx.now).day <= earlyDays ? 'last_month' : 'month'
  const view = await readFigures(ctx, { period })
  const more = html`<a href="${address('/console/figures', { period })}" data-swap>${figureWords(lang).title}</a>`
  return section({
    title: `${figureWords(lang).periods[period]} · ${scopeText(view, lang)}`,
    actions: more,
    body: sideBySide(view, lang),
  })
}

/** Courtesy and efficiency beside each other, never one number (R93). */
function sideBySide(view: FigureView, lang: Lang): Html {
  const words = figureWords(lang)
  const { total } = view.counter
  const { total: asked } = view.callback
  const rated = asked.satisfaction ? rate(asked.satisfaction.satisfied, asked.answered) : null
  const one = (label: string, of: ReturnType<typeof rate> | null, n: number, href: string) =>
    figure({
      lang,
      label,
      value: of === null ? words.callback.notShown : of.share === null ? words.none : percent(of.share),
      n,
      interval: of ? intervalWords(of) : undefined,
      href,
    })
  const callbacks = countedHref(view, 'callbacks')
  return figures([
    one(words.smile, rated, asked.answered, callbacks),
    one(words.smileResponse, rate(asked.answered, asked.asked), asked.asked, callbacks),
    one(words.efficient, total.onTime, total.onTime.n, countedHref(view, 'completed')),
    one(words.efficientSecond, total.secondVisit, total.secondVisit.n, countedHref(view, 'second_visit')),
    figure({
      lang,
      label: words.overdueNow,
      value: formatCount(total.overdueNow, lang),
      n: total.overdueNow,
      href: countedHref(view, 'overdue_now'),
      tone: total.overdueNow > 0 ? 'late' : undefined,
    }),
  ])
}
