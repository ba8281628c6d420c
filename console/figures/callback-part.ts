import type { Funnel } from '#modules/callback/index.ts'
import { rate } from '#modules/figures/index.ts'
import { type Html, html, nothing, type Printable } from '#platform/html.ts'
import { formatCount, type Lang } from '#platform/i18n.ts'
import { bars } from '#platform/ui/measure.ts'
import { section } from '#platform/ui/parts.ts'
import { type Column, type Row, table } from '#platform/ui/table.ts'
import { levelOfDigit, levelTable } from '#policy/callback/levels.ts'
import { intervalText } from '#policy/statistics/percent.ts'
import { countCell, rateBar, rateCell, sentences } from './cells.ts'
import { callbackFinding } from './findings.ts'
import { countedHref, type FigureView, unitName } from './view.ts'
import { figureWords } from './words.ts'

const steps = [
  'due',
  'sent',
  'delivered',
  'answered',
  'noAnswer',
  'failed',
  'noPhone',
  'optedOut',
  'unclear',
  'open',
] as const
type Step = (typeof steps)[number]

/** The call-back from matter to answer; what silence leaves open is said in words (b-5). */
export function callbackPart(view: FigureView, lang: Lang): Html {
  const words = figureWords(lang).callback
  const href = countedHref(view, 'callbacks')
  const { total } = view.callback
  return section({
    id: 'callback',
    title: words.title,
    body: html`${sentences(callbackFinding(view.callback, lang))}${levelBars(total, href, lang)}${
      total.due > 0
        ? html`${funnelTable(total, href, lang)}${sentences([words.served], 'hint')}${unitTable(view, href, lang)}`
        : nothing
    }`,
  })
}

function levelBars({ satisfaction, answered }: Funnel, href: string, lang: Lang): Html {
  if (!satisfaction || answered === 0) return nothing
  const rows = ([5, 4, 3, 2, 1] as const).map((digit) => {
    const level = levelTable[levelOfDigit(digit)!]
    return rateBar(rate(satisfaction.levels[digit], answered), level[lang], href, lang)
  })
  const [people, satisfied, bad] = [answered, satisfaction.satisfied, satisfaction.bad].map((n) => formatCount(n, lang))
  return bars({ title: String(figureWords(lang).callback.levels(people!, satisfied!, bad!)), rows })
}

function funnelTable(total: Funnel, href: string, lang: Lang): Html {
  const words = figureWords(lang).callback
  return table<Step>({
    caption: words.funnel,
    columns: steps.map((step) => ({ key: step, label: words.steps[step], kind: 'number' })),
    rows: [{ cells: Object.fromEntries(steps.map((step) => [step, countCell(total[step], href, lang)])) }],
    empty: nothing,
  })
}

type Key = 'unit' | 'due' | 'sent' | 'delivered' | 'answered' | 'response' | 'satisfied' | 'bounds' | 'bad'

function unitTable(view: FigureView, href: string, lang: Lang): Html {
  const words = figureWords(lang)
  const rows = view.scope.units.flatMap((unit) => {
    const own = view.callback.units.find((row) => row.unitId === unit.id)
    return own ? [{ cells: { unit: unitName(unit, lang), ...cells(own, href, lang) } } satisfies Row<Key>] : []
  })
  const columns: Column<Key>[] = [
    { key: 'unit', label: words.columns.unit, kind: 'main' },
    { key: 'due', label: words.callback.steps.due, kind: 'number' },
    { key: 'sent', label: words.callback.steps.sent, kind: 'number' },
    { key: 'delivered', label: words.callback.steps.delivered, kind: 'number' },
    { key: 'answered', label: words.callback.steps.answered, kind: 'number' },
    { key: 'response', label: words.columns.response, kind: 'number' },
    { key: 'satisfied', label: words.callback.satisfiedShort, kind: 'number' },
    { key: 'bounds', label: words.callback.boundsShort, kind: 'number' },
    { key: 'bad', label: words.callback.bad, kind: 'number' },
  ]
  return html`${table<Key>({
    caption: words.callback.byUnit,
    columns,
    rows,
    foot: rows.length > 1 ? { cells: { unit: words.total, ...cells(view.callback.total, href, lang) } } : undefined,
    empty: nothing,
  })}${withheldReasons(view, lang)}`
}

function cells(own: Funnel, href: string, lang: Lang): Row<Key>['cells'] {
  const words = figureWords(lang).callback
  const hidden: Printable = html`<a href="${href}">${words.notShown}</a>`
  const rated = own.satisfaction
  const bounds = rated?.nonResponse.bounds
  return {
    due: countCell(own.due, href, lang),
    sent: countCell(own.sent, href, lang),
    delivered: countCell(own.delivered, href, lang),
    answered: countCell(own.answered, href, lang),
    response: rateCell(rate(own.answered, own.asked), href, lang),
    satisfied: rated ? rateCell(rate(rated.satisfied, own.answered), href, lang) : hidden,
    bounds: bounds
      ? html`<span>${intervalText(bounds, 1)}<br><span class="hint">n = ${formatCount(own.asked, lang)}</span></span>`
      : rated
        ? ''
        : hidden,
    bad: rated ? countCell(rated.bad, href, lang) : hidden,
  }
}

function withheldReasons(view: FigureView, lang: Lang): Html {
  const words = figureWords(lang).callback.withheld
  const reasons = new Set(
    [view.callback.total, ...view.callback.units].flatMap(({ withheld }) => (withheld ? [withheld] : [])),
  )
  return sentences(
    [...reasons].map((reason) => words[reason]),
    'hint',
  )
}
