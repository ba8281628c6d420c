import type { WindowFigures } from '#modules/figures/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { bars } from '#platform/ui/measure.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { type Column, type Row, table } from '#platform/ui/table.ts'
import { countCell, rateBar, rateCell, sentences } from './cells.ts'
import { rateFinding, unitsFinding } from './findings.ts'
import { address, periodValues } from './request.ts'
import { countedHref, type FigureView, unitName, unitsShown } from './view.ts'
import { figureWords } from './words.ts'

const counts = [
  ['received', 'received'],
  ['accepted', 'accepted'],
  ['completed', 'completed'],
  ['refused', 'refused'],
  ['noticeFirst', 'notice_first'],
  ['noticeLater', 'notice_later'],
] as const

type Key = (typeof counts)[number][0] | 'unit' | 'onTime' | 'secondVisit' | 'thirdVisits' | 'overdueNow'

/** The counter: two findings, a bar for each unit, the table with every number. */
export function counterPart(ctx: Context, view: FigureView, lang: Lang): Html {
  const words = figureWords(lang)
  const { total } = view.counter
  const day = dayOf(ctx.now)
  return section({
    id: 'counter',
    title: words.counter.title,
    body: html`${sentences([
      rateFinding(total.onTime, words.counter.onTime, lang, day),
      rateFinding(total.secondVisit, words.counter.secondVisit, lang, day),
    ])}${onTimeBars(view, lang)}${counterTable(view, lang)}${sentences([words.counter.note], 'hint')}`,
  })
}

function onTimeBars(view: FigureView, lang: Lang): Html {
  const units = unitsShown(view).flatMap((unit) => {
    const rate = view.counter.units.get(unit.id)?.onTime
    return rate?.interval ? [{ id: unit.id, name: unitName(unit, lang), rate }] : []
  })
  const rows = units.map(({ id, name, rate }) => rateBar(rate, name, countedHref(view, 'completed', id), lang))
  return rows.length > 0 ? bars({ title: unitsFinding(units, lang), rows }) : nothing
}

function counterTable(view: FigureView, lang: Lang): Html {
  const words = figureWords(lang)
  const shown = unitsShown(view)
  return table<Key>({
    caption: words.counter.table,
    columns: columns(lang),
    rows: shown.map((unit) => ({
      href: address('/console/figures', { ...periodValues(view.read.period), under: unit.id }),
      cells: {
        unit: unitName(unit, lang),
        ...cells(view, view.counter.units.get(unit.id) as WindowFigures, lang, unit.id),
      },
    })),
    foot: shown.length > 1 ? { cells: { unit: words.total, ...cells(view, view.counter.total, lang) } } : undefined,
    empty: emptyState({ title: words.counter.empty }),
  })
}

function columns(lang: Lang): Column<Key>[] {
  const c = figureWords(lang).columns
  return [
    { key: 'unit', label: c.unit, kind: 'main' },
    { key: 'received', label: c.received, kind: 'number' },
    { key: 'accepted', label: c.accepted, kind: 'number' },
    { key: 'completed', label: c.completed, kind: 'number' },
    { key: 'onTime', label: c.onTime, kind: 'number' },
    { key: 'secondVisit', label: c.secondVisit, kind: 'number' },
    { key: 'noticeFirst', label: c.noticeFirst, kind: 'number' },
    { key: 'noticeLater', label: c.noticeLater, kind: 'number' },
    { key: 'thirdVisits', label: c.thirdVisits, kind: 'number' },
    { key: 'refused', label: c.refused, kind: 'number' },
    { key: 'overdueNow', label: c.overdueNow, kind: 'number' },
  ]
}

function cells(view: FigureView, of: WindowFigures, lang: Lang, unitId?: string): Row<Key>['cells'] {
  const href = (measure: string) => countedHref(view, measure, unitId)
  const plain = counts.map(([key, measure]) => [key, countCell(of[measure], href(measure), lang)] as const)
  return {
    ...Object.fromEntries(plain),
    onTime: rateCell(of.onTime, href('completed'), lang),
    secondVisit: rateCell(of.secondVisit, href('second_visit'), lang),
    thirdVisits: countCell(of.thirdVisits, href('third_visits'), lang),
    overdueNow: countCell(of.overdueNow, href('overdue_now'), lang),
  }
}
