import type { RestrictionRow } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { emptyState, type Status, statusBadge } from '#platform/ui/parts.ts'
import { type Column, table } from '#platform/ui/table.ts'
import { nameOf, shortMoment } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'
import { scopeText } from './why.ts'

const tones: Record<RestrictionRow['status'], Status> = { proposed: 'due', confirmed: 'neutral', withdrawn: 'stopped' }

export function restrictionBadge(row: Pick<RestrictionRow, 'status'>, lang: Lang): Html {
  return statusBadge(tones[row.status], standingWords(lang).restrictions.status[row.status])
}

type Key = 'source' | 'person' | 'unit' | 'year' | 'scope' | 'since' | 'state'

/** Restrictions as a list: one's own without one's name, the desk's with names. Each opens its page with the reasons. */
export function restrictionTable(
  ctx: Context,
  rows: readonly RestrictionRow[],
  lang: Lang,
  whose: 'own' | 'all',
): Html {
  const words = standingWords(lang)
  const c = words.columns
  const people: Column<Key>[] = [
    { key: 'person', label: c.person, kind: 'main' },
    { key: 'unit', label: c.unit },
  ]
  return table<Key>({
    caption: words.restrictions.title,
    captionHidden: true,
    swap: true,
    columns: [
      ...(whose === 'all' ? people : []),
      { key: 'source', label: c.source, kind: whose === 'own' ? 'main' : 'text' },
      { key: 'year', label: c.year, kind: 'nowrap' },
      { key: 'scope', label: c.scope },
      { key: 'since', label: c.since, kind: 'nowrap' },
      { key: 'state', label: c.state },
    ],
    rows: rows.map((row) => ({
      href: `/console/restrictions/${row.id}`,
      tone: row.status === 'withdrawn' ? ('closed' as const) : undefined,
      cells: {
        person: `${row.personName} ${row.policeNo}`,
        unit: nameOf(row, lang),
        source: words.restrictions.source[row.sourceKind],
        year: String(row.year),
        scope: scopeText(row, lang),
        since: shortMoment(ctx, row.proposedAt, lang),
        state: html`${restrictionBadge(row, lang)}${row.status === 'withdrawn' ? html` <span class="hint">${row.withdrawReason}</span>` : nothing}`,
      },
    })),
    empty: emptyState({ title: words.restrictions.empty }),
  })
}
