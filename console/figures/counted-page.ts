import { frame } from '#console/frame.ts'
import { matterStatus, said } from '#console/service-window/shared.ts'
import {
  type CountedCursor,
  type CountedMatter,
  type FigureScope,
  figureScope,
  type Listable,
  listable,
  listCounted,
  windowFigures,
} from '#modules/figures/index.ts'
import { itemNamesOn } from '#modules/registration/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { sumFiguresByItem } from '#platform/figures.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatDayShort, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { notFound } from '#platform/problem.ts'
import { emptyState, factList, section } from '#platform/ui/parts.ts'
import { pager, table } from '#platform/ui/table.ts'
import { sentences } from './cells.ts'
import { countedWords } from './counted-words.ts'
import { scopeText, spanText } from './page.ts'
import { address, type FigureQuery, idOrNone, periodValues, type ReadPeriod, readPeriod } from './request.ts'
import { unitName } from './view.ts'
import { figureWords } from './words.ts'

type Place = { read: ReadPeriod; scope: FigureScope }

/** What a figure counts: in words, by item, and matter by matter for whoever may see matters. */
export async function countedPage(ctx: Context, meta: Meta, of: string, query: FigureQuery): Promise<Html> {
  const place = await placeOf(ctx, query)
  if (of === 'callbacks' || of === 'orders') return explanationPage(ctx, meta, of, place)
  const measure = listable.find((one) => one === of)
  if (!measure) throw notFound('page')
  const words = countedWords(meta.lang)
  const told = words.of[measure]!
  const listed = may(ctx.actor, 'matter.read')
  return frame(ctx, meta, {
    title: told.title,
    current: '/console/figures',
    breadcrumbs: crumbs(place, meta.lang, told.title),
    main: html`<p class="hint">${told.what}</p>${await facts(ctx, place, measure, meta.lang)}${await byItem(ctx, place, measure, meta.lang)}${
      listed
        ? await listSection(ctx, meta, place, measure, query)
        : section({ title: words.list, body: sentences([words.noList]) })
    }`,
  })
}

/** One exact unit, or a unit with those below it, or all the reader may see; a unit out of reach is not found. */
async function placeOf(ctx: Context, query: FigureQuery): Promise<Place> {
  const read = readPeriod(query, dayOf(ctx.now))
  const wanted = idOrNone(query.unit)
  const scope = await figureScope(ctx, wanted ?? idOrNone(query.under))
  if ((wanted || query.under) && !scope.chosen) throw notFound('page')
  return { read, scope: wanted ? { ...scope, unitIds: [wanted] } : scope }
}

function crumbs(place: Place, lang: Lang, title: string) {
  const href = address('/console/figures', { ...periodValues(place.read.period), under: place.scope.chosen?.id })
  return [{ href, label: figureWords(lang).title }, { label: title }]
}

async function facts(ctx: Context, place: Place, measure: Listable, lang: Lang): Promise<Html> {
  const words = countedWords(lang)
  const { total } = await windowFigures(ctx, { ...place.read.period, unitIds: place.scope.unitIds })
  const n = {
    ...total,
    second_visit: total.secondVisit.n,
    third_visits: total.thirdVisits,
    overdue_now: total.overdueNow,
  }[measure]
  const whenever = measure === 'overdue_now'
  return factList([
    whenever ? null : { label: figureWords(lang).periodLabel, value: spanText(place, lang) },
    { label: figureWords(lang).unit, value: scopeText(place, lang) },
    { label: whenever ? words.countNow : words.count, value: formatCount(n, lang) },
  ])
}

const parts: Partial<Record<Listable, readonly string[]>> = {
  second_visit: ['done_by_visit_2', 'done_later'],
  third_visits: [],
  overdue_now: [],
}

async function byItem(ctx: Context, place: Place, measure: Listable, lang: Lang): Promise<Html> {
  const measures = parts[measure] ?? [measure]
  if (measures.length === 0) return nothing
  const { from, until } = place.read.period
  const span = { from: from.toString(), until: until.toString(), unitIds: place.scope.unitIds, measures }
  const sums = new Map<string, number>()
  for (const row of await sumFiguresByItem(ctx, span))
    sums.set(row.itemCode, (sums.get(row.itemCode) ?? 0) + row.amount)
  const names = new Map(
    (await itemNamesOn(ctx, dayOf(ctx.now))).map((item) => [item.itemCode, said(item.content.name, lang)]),
  )
  const words = countedWords(lang)
  return section({
    title: words.byItem,
    body: html`${table({
      caption: words.byItem,
      captionHidden: true,
      columns: [
        { key: 'item', label: words.columns.item, kind: 'main' },
        { key: 'n', label: words.count, kind: 'number' },
      ],
      rows: [...sums].map(([code, n]) => ({
        cells: { item: names.get(code) ?? (code || words.noItem), n: formatCount(n, lang) },
      })),
      empty: emptyState({ title: words.empty }),
    })}${sums.has('') ? sentences([words.chosenThen], 'hint') : nothing}`,
  })
}

const pageSize = 50

async function listSection(
  ctx: Context,
  meta: Meta,
  place: Place,
  measure: Listable,
  query: FigureQuery,
): Promise<Html> {
  const { lang } = meta
  const words = countedWords(lang)
  const at = readCursor(query.after)
  const about = { ...place.read.period, of: measure, unitIds: place.scope.unitIds }
  const { rows, next } = await listCounted(ctx, about, at?.cursor ?? null, pageSize)
  const before = at?.before ?? 0
  const here = { ...periodValues(place.read.period), unit: query.unit, under: query.under }
  const nextHref =
    next && address(`/console/figures/of/${measure}`, { ...here, after: writeCursor(next, before + rows.length) })
  return section({
    title: words.list,
    actions:
      measure === 'overdue_now'
        ? html`<a href="${address('/console/matters', { view: 'overdue', unit: query.unit })}">${words.worklist}</a>`
        : undefined,
    body: html`${countedTable(ctx, place, measure, rows, lang)}${
      rows.length > 0 ? pager({ lang, from: before + 1, to: before + rows.length, nextHref }) : nothing
    }`,
  })
}

function countedTable(ctx: Context, place: Place, measure: Listable, rows: readonly CountedMatter[], lang: Lang): Html {
  const words = countedWords(lang)
  const today = dayOf(ctx.now)
  const third = measure === 'third_visits'
  const causes = words.causes as Record<string, string>
  return table<'no' | 'item' | 'unit' | 'officer' | 'at' | 'due' | 'visits' | 'state'>({
    caption: words.list,
    captionHidden: true,
    columns: [
      { key: 'no', label: words.columns.no, kind: 'main' },
      { key: 'item', label: words.columns.item },
      { key: 'unit', label: words.columns.unit },
      { key: 'officer', label: words.columns.officer, kind: 'nowrap' },
      { key: 'at', label: words.columns.at, kind: 'nowrap' },
      { key: 'due', label: words.columns.due, kind: 'nowrap' },
      { key: 'visits', label: third ? words.columns.cause : words.columns.visits, kind: third ? 'text' : 'number' },
      { key: 'state', label: words.columns.state, kind: 'nowrap' },
    ],
    rows: rows.map((row) => {
      const unit = place.scope.choices.find(({ id }) => id === row.unitId)
      return {
        href: `/console/matters/${row.id}`,
        tone: wasLate(row, today) ? 'late' : undefined,
        cells: {
          no: row.no,
          item: row.itemZh ? said({ zh: row.itemZh, en: row.itemEn }, lang) : words.noItem,
          unit: unit ? unitName(unit, lang) : '',
          officer: row.officerName,
          at: formatMomentShort(row.at, lang, today),
          due: row.dueOn ? formatDayShort(Temporal.PlainDate.from(row.dueOn), lang, today) : '',
          visits: third ? (causes[row.cause ?? ''] ?? '') : String(row.visits),
          state: matterStatus(row.status, lang),
        },
      }
    }),
    empty: emptyState({ title: words.empty }),
  })
}

function wasLate({ dueOn, finishedAt, status }: CountedMatter, today: Temporal.PlainDate): boolean {
  if (!dueOn || (status !== 'accepted' && status !== 'completed')) return false
  return Temporal.PlainDate.compare(finishedAt ? dayOf(finishedAt) : today, Temporal.PlainDate.from(dueOn)) > 0
}

async function explanationPage(ctx: Context, meta: Meta, of: 'callbacks' | 'orders', place: Place): Promise<Html> {
  const words = countedWords(meta.lang)
  const told = words[of]
  const links =
    of === 'orders'
      ? html`${may(ctx.actor, 'order.read') ? html`<p><a href="/console/orders">${words.orders.open}</a></p>` : nothing}${
          may(ctx.actor, 'order.oversee')
            ? html`<p><a href="/console/escalations">${words.orders.escalations}</a></p>`
            : nothing
        }`
      : nothing
  return frame(ctx, meta, {
    title: told.title,
    current: '/console/figures',
    breadcrumbs: crumbs(place, meta.lang, told.title),
    main: html`${sentences(told.what)}${links}`,
  })
}

function writeCursor(cursor: CountedCursor, before: number): string {
  return Buffer.from(JSON.stringify([cursor.key, cursor.id, cursor.n, before])).toString('base64url')
}

const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/

/** Null for what is no cursor: the list then begins at its beginning. */
function readCursor(written: string | undefined): { cursor: CountedCursor; before: number } | null {
  if (!written) return null
  try {
    const [key, id, n, before] = JSON.parse(Buffer.from(written, 'base64url').toString()) as unknown[]
    if (typeof key !== 'string' || !moment.test(key) || typeof id !== 'string' || !idOrNone(id)) return null
    const whole = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : 0)
    return { cursor: { key, id, n: Math.min(Math.max(whole(n), 0), 1_000_000) }, before: Math.max(whole(before), 0) }
  } catch {
    return null
  }
}
