import type { Rate } from '#modules/figures/index.ts'
import { type Html, html, type Printable } from '#platform/html.ts'
import { formatCount, type Lang } from '#platform/i18n.ts'
import { barRow } from '#platform/ui/measure.ts'
import { intervalText, percentText } from '#policy/statistics/percent.ts'

/** A count that opens the list it counts; nothing opens behind nothing. */
export function countCell(n: number, href: string, lang: Lang): Printable {
  return n === 0 ? '0' : html`<a href="${href}">${formatCount(n, lang)}</a>`
}

/** A share with its n and interval, opening what it counts; empty when nothing was counted. */
export function rateCell(rate: Rate, href: string, lang: Lang): Printable {
  if (rate.share === null || !rate.interval) return ''
  return html`<span><a href="${href}">${percentText(rate.share, 1)}%</a><br><span class="hint">n = ${formatCount(rate.n, lang)}${lang === 'en' ? '; ' : '，'}${intervalText(rate.interval, 1)}</span></span>`
}

export function percent(share: number): string {
  return `${percentText(share, 1)}%`
}

export function intervalWords(rate: Rate): { low: string; high: string } | undefined {
  return rate.interval ? { low: percent(rate.interval.low), high: percent(rate.interval.high) } : undefined
}

/** Sentences as paragraphs. */
export function sentences(said: readonly string[], kind = ''): Html {
  return html`${said.map((one) => (kind ? html`<p class="${kind}">${one}</p>` : html`<p>${one}</p>`))}`
}

/** A rate as a bar with its interval; never rounded onto a line it does not reach. */
export function rateBar(rate: Rate, label: string, href: string, lang: Lang): Html {
  const share = rate.share ?? 0
  return barRow({ lang, label, href, share, interval: rate.interval ?? undefined, n: rate.n, words: percent(share) })
}
