import { attrs, type Html, html, nothing, type Printable } from '#platform/html.ts'
import { formatCount, type Lang } from '#platform/i18n.ts'
import { uiWords } from './words.ts'

export type Column<K extends string> = {
  key: K
  label: string
  /** main: the row's name, links to `row.href`. number: right-aligned. nowrap: dates, numbers of documents. action: buttons, no card label. */
  kind?: 'main' | 'text' | 'number' | 'nowrap' | 'action'
}

export type Row<K extends string> = {
  /** Enter opens this; the main column links to it. */
  href?: string
  cells: { [key in K]?: Printable }
  /** Only time and state: late, due soon, closed. Words in a cell must say it too. */
  tone?: 'late' | 'due' | 'closed'
}

export type Table<K extends string> = {
  caption: string
  /** The caption is for screen readers when a heading above says the same. */
  captionHidden?: boolean
  columns: readonly Column<K>[]
  rows: readonly Row<K>[]
  empty: Html
  /** A row of totals. */
  foot?: Row<K>
  /** Links replace `<main>` without a page load (console only). */
  swap?: boolean
}

/** A dense table; below 900 px (site: 640 px) each row becomes a card. An empty table prints `empty` instead. */
export function table<K extends string>(options: Table<K>): Html {
  if (options.rows.length === 0) return options.empty
  // Roles are written out because a table laid out as cards loses its own.
  return html`<table class="table" role="table"${attrs({ 'data-rows': true })}><caption${attrs({ class: options.captionHidden ? 'sr' : undefined })}>${
    options.caption
  }</caption><thead role="rowgroup"><tr role="row">${options.columns.map(headCell)}</tr></thead><tbody role="rowgroup">${options.rows.map(
    (row) => bodyRow(options, row),
  )}</tbody>${options.foot ? html`<tfoot role="rowgroup">${bodyRow(options, options.foot)}</tfoot>` : nothing}</table>`
}

function headCell(column: Column<string>): Html {
  return html`<th role="columnheader" scope="col"${attrs({ class: cellClass(column) })}>${
    column.kind === 'action' ? html`<span class="sr">${column.label}</span>` : column.label
  }</th>`
}

function bodyRow<K extends string>(options: Table<K>, row: Row<K>): Html {
  return html`<tr role="row"${attrs({ class: row.tone ? `row-${row.tone}` : undefined })}>${options.columns.map(
    (column) => bodyCell(column, row, options.swap ?? false),
  )}</tr>`
}

function bodyCell<K extends string>(column: Column<K>, row: Row<K>, swap: boolean): Html {
  const value = row.cells[column.key]
  const filled = value !== undefined && value !== null && value !== ''
  const classes = [cellClass(column), filled ? '' : 'cell-empty'].filter(Boolean).join(' ')
  const label = column.kind === 'main' || column.kind === 'action' ? undefined : column.label
  const content =
    column.kind === 'main' && row.href ? html`<a href="${row.href}"${attrs({ 'data-swap': swap })}>${value}</a>` : value
  if (column.kind === 'main') {
    return html`<th role="rowheader" scope="row"${attrs({ class: classes })}>${content}</th>`
  }
  return html`<td role="cell"${attrs({ class: classes || undefined, 'data-label': label })}>${filled ? content : html`<span aria-hidden="true">–</span>`}</td>`
}

function cellClass(column: Column<string>): string | undefined {
  return column.kind && column.kind !== 'text' ? `cell-${column.kind}` : undefined
}

export type CountTab = { href: string; label: string; count: number; current?: boolean; tone?: 'late' | 'due' }

/** Counts as navigation: 全部 10,000 · 已逾期 226 · 今日到期 180. Each is a link to the list it counts. */
export function countTabs(options: { lang: Lang; label: string; tabs: readonly CountTab[] }): Html {
  return html`<nav class="tabs" aria-label="${options.label}"><ul>${options.tabs.map(
    (tab) =>
      html`<li><a href="${tab.href}" data-swap${attrs({
        'aria-current': tab.current ? 'page' : undefined,
        class: tab.tone && tab.count > 0 ? `tab-${tab.tone}` : undefined,
      })}>${tab.label} <b>${formatCount(tab.count, options.lang)}</b></a></li>`,
  )}</ul></nav>`
}

/** Filters above a list: a GET form, so that what is shown can be bookmarked and sent on. `body` is `field()`s. */
export function filterBar(options: {
  lang: Lang
  action: string
  body: Printable
  label?: string
  submit?: string
  clearHref?: string
}): Html {
  const words = uiWords(options.lang)
  return html`<form class="filters" method="get" action="${options.action}" role="search" aria-label="${options.label ?? words.filter}" data-swap>${
    options.body
  }<div class="buttons"><button type="submit" class="button button-plain">${options.submit ?? words.filter}</button>${
    options.clearHref ? html`<a href="${options.clearHref}" data-swap>${words.clear}</a>` : nothing
  }</div></form>`
}

/** Steps through a list by keys: the caller makes the two addresses; a missing one ends the list. */
export function pager(options: {
  lang: Lang
  from: number
  to: number
  total?: number
  prevHref?: string | null
  nextHref?: string | null
}): Html {
  const words = uiWords(options.lang)
  const count = (n: number) => formatCount(n, options.lang)
  return html`<nav class="pager" aria-label="${words.pages}"><p>${words.range(
    count(options.from),
    count(options.to),
    options.total === undefined ? undefined : count(options.total),
  )}</p>${pageLink(options.prevHref, words.previous, 'prev')}${pageLink(options.nextHref, words.next, 'next')}</nav>`
}

function pageLink(href: string | null | undefined, label: string, rel: 'prev' | 'next'): Html {
  return href ? html`<a class="button button-plain" rel="${rel}" href="${href}" data-swap>${label}</a>` : nothing
}
