import type { MatterRow, View, ViewCounts } from '#modules/service-window/index.ts'
import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'
import { attrs, type Html, html, nothing } from '#platform/html.ts'
import { formatCount, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { type Column, table } from '#platform/ui/table.ts'
import { deadlineOf, matterPath, matterStatus, said } from './shared.ts'
import { matterWords } from './words.ts'

type Key = 'applicant' | 'no' | 'item' | 'state' | 'time' | 'holder' | 'received'

/** A list of matters: no phone, no citizen number, whatever the reader may see elsewhere. */
export function matterTable(
  ctx: Context,
  lang: Lang,
  rows: readonly MatterRow[],
  options: { caption: string; empty: Html; holder?: boolean },
): Html {
  const words = matterWords(lang)
  const columns: Column<Key>[] = [
    { key: 'applicant', label: words.columns.applicant, kind: 'main' },
    { key: 'item', label: words.columns.item },
    { key: 'state', label: words.columns.state, kind: 'nowrap' },
    { key: 'time', label: words.columns.time, kind: 'nowrap' },
    ...(options.holder ? [{ key: 'holder' as const, label: words.columns.holder, kind: 'nowrap' as const }] : []),
    { key: 'received', label: words.columns.received, kind: 'nowrap' },
    { key: 'no', label: words.columns.no, kind: 'nowrap' },
  ]
  return table<Key>({
    caption: options.caption,
    captionHidden: true,
    swap: true,
    columns,
    empty: options.empty,
    rows: rows.map((row) => matterLine(ctx, lang, row)),
  })
}

function matterLine(ctx: Context, lang: Lang, row: MatterRow) {
  const words = matterWords(lang)
  const deadline = deadlineOf(ctx, row, lang)
  const item = row.itemZh || row.itemEn ? said({ zh: row.itemZh, en: row.itemEn }, lang) : null
  return {
    href: matterPath(row.id),
    tone: row.finishedAt ? ('closed' as const) : deadline?.tone,
    cells: {
      applicant: row.applicantName,
      no: row.no,
      item: item ?? html`${words.noItem} ${shortened(row.request)}`,
      state: matterStatus(row.status, lang),
      time: deadline?.ruler,
      holder: row.holderName,
      received: formatMomentShort(row.receivedAt, lang, dayOf(ctx.now)),
    },
  }
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length > 24 ? `${characters.slice(0, 24).join('')}…` : text
}

const capped = 1000

/** Counts as navigation. Beyond a thousand the exact number helps nobody and costs a long read. */
export function viewTabs(options: {
  lang: Lang
  label: string
  views: readonly View[]
  counts: Partial<ViewCounts>
  current?: View
  href: (view: View) => string
}): Html {
  const words = matterWords(options.lang)
  // One's own work and the unit's stand in one row: where the second begins is said.
  const own = (view: View) => view === 'mine' || view === 'offered'
  const firstOfUnit = options.views.some(own) ? options.views.find((view) => !own(view)) : undefined
  return html`<nav class="tabs" aria-label="${options.label}"><ul>${options.views.map((view) => {
    const count = options.counts[view as keyof ViewCounts]
    const tone = count ? (view === 'overdue' ? 'tab-late' : view === 'today' ? 'tab-due' : undefined) : undefined
    const lead = view === firstOfUnit ? html`<li class="tabs-lead">${words.ofUnit}</li>` : nothing
    return html`${lead}<li><a href="${options.href(view)}" data-swap${attrs({ 'aria-current': view === options.current ? 'page' : undefined, class: tone })}>${words.views[view]}${
      count === undefined ? nothing : html` <b>${counted(count, options.lang)}</b>`
    }</a></li>`
  })}</ul></nav>`
}

function counted(count: number, lang: Lang): string {
  return count > capped ? `${formatCount(capped, lang)}+` : formatCount(count, lang)
}
