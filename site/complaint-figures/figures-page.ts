import type { PublishedMonth, PublishedNumbers } from '#modules/complaints/index.ts'
import { dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { formatCount, formatDayShort, formatMonth, formatPercent, type Lang } from '#platform/i18n.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { publishedShare } from '#policy/complaints/disclosure.ts'
import { disclosureLine } from '#policy/complaints/parameters.ts'
import { valueOn } from '#policy/parameter.ts'
import { figureWords } from './words.ts'

type Line = { label: string; value: number | null; share?: number | null; of?: number | null }

/** Months as they were published, and one of them in full. */
export function figuresMain(
  months: readonly PublishedMonth[],
  chosen: PublishedMonth | undefined,
  today: Temporal.PlainDate,
  lang: Lang,
): Html {
  const words = figureWords(lang)
  const line = valueOn(disclosureLine, today).value
  const about = html`<p>${words.intro}</p><p class="hint">${words.why(line.base)} ${words.shares(line.leastForMean)}</p>`
  if (!chosen) return html`${about}${emptyState({ title: words.none })}`
  return html`${about}${monthTables(chosen, lang)}${section({
    title: words.months,
    body: table({
      caption: words.months,
      captionHidden: true,
      columns: [
        { key: 'month', label: words.month, kind: 'main' },
        { key: 'submissions', label: words.rows.submissions, kind: 'number' },
        { key: 'cases', label: words.rows.cases, kind: 'number' },
      ],
      rows: months.map(({ period, numbers }) => ({
        href: `/complaints/figures?month=${period}`,
        cells: {
          month: monthName(period, lang),
          submissions: number(numbers.submissions, lang),
          cases: number(numbers.cases, lang),
        },
      })),
      empty: html``,
    }),
  })}`
}

function monthTables({ period, publishedAt, numbers }: PublishedMonth, lang: Lang): Html {
  const words = figureWords(lang)
  const { rows, tables } = words
  const parts = (prefix: string, labels: Record<string, string>, whole?: string): Line[] =>
    Object.entries(labels).map(([key, label]) => ({
      label,
      value: numbers[`${prefix}.${key}`] ?? null,
      ...(whole && shareOf(numbers, `${prefix}.${key}`, whole, publishedAt)),
    }))
  const total = (key: string): Line => ({ label: words.total, value: numbers[key] ?? null })
  const limit = (prefix: 'notice' | 'finish'): Line[] => {
    const { due, ...rest } = rows[prefix]
    return [{ label: due, value: numbers[`${prefix}.due`] ?? null }, ...parts(prefix, rest, `${prefix}.due`)]
  }
  const published = words.published(formatDayShort(dayOf(publishedAt), lang))
  return section({
    title: words.of(monthName(period, lang)),
    id: 'month',
    body: html`<p class="hint">${published}</p>${[
      lines(tables.channel, [...parts('channel', rows.channel), total('submissions')], lang),
      lines(tables.class, [...parts('class', rows.class, 'cases'), total('cases')], lang),
      lines(tables.style, parts('style', rows.style), lang),
      lines(tables.outcome, [...parts('outcome', rows.outcome, 'findings'), total('findings')], lang),
      lines(tables.limits, [...limit('notice'), ...limit('finish')], lang),
      lines(tables.rating, [...parts('rating', rows.rating, 'ratings'), total('ratings')], lang),
    ]}`,
  })
}

function shareOf(numbers: PublishedNumbers, part: string, whole: string, at: Temporal.Instant) {
  const of = numbers[whole] ?? null
  return { share: publishedShare(numbers[part] ?? null, of, dayOf(at)), of }
}

function lines(caption: string, rows: readonly Line[], lang: Lang): Html {
  const words = figureWords(lang)
  const shares = rows.some(({ share }) => share !== undefined)
  return table({
    caption,
    columns: [
      { key: 'name', label: words.name, kind: 'main' },
      { key: 'number', label: words.number, kind: 'number' },
      ...(shares ? [{ key: 'share', label: words.share, kind: 'number' } as const] : []),
    ],
    rows: rows.map(({ label, value, share, of }) => ({
      cells: {
        name: label,
        number: number(value, lang),
        share: share == null || of == null ? null : words.sharePlain(formatPercent(share, lang), formatCount(of, lang)),
      },
    })),
    empty: html``,
  })
}

function number(value: number | null | undefined, lang: Lang): string {
  return value == null ? figureWords(lang).withheld : formatCount(value, lang)
}

function monthName(period: string, lang: Lang): string {
  return formatMonth(Temporal.PlainYearMonth.from(period), lang)
}
