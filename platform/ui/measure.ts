import { attrs, type Html, html, nothing } from '#platform/html.ts'
import { formatCount, formatPercent, type Lang } from '#platform/i18n.ts'
import { uiWords } from './words.ts'

export type Ruler = {
  /** Time used as a share of the time allowed; 1 is the deadline. */
  share: number
  state: 'ok' | 'amber' | 'red' | 'done'
  /** 逾期 35 天, 剩 2 天: carries the meaning without colour. */
  words: string
}

const tick = 66
const rulerWidth = 92

/** The deadline ruler: 92 px, the deadline always at the same place; grey or amber up to the tick, red only on its far side. */
export function deadlineRuler(options: Ruler): Html {
  const share = Math.max(0, Number.isFinite(options.share) ? options.share : 0)
  const used = round(Math.min(share, 1) * tick)
  // Beyond the tick the scale is compressed: one more whole period fills the far side.
  const over = share > 1 ? round(Math.max(3, Math.min(share - 1, 1) * (rulerWidth - tick - 1))) : 0
  return html`<span class="ruler ruler-${options.state}"><svg viewBox="0 0 92 12" width="92" height="12" aria-hidden="true" focusable="false"><rect class="ruler-base" x="0" y="6" width="92" height="1" /><rect class="ruler-used" x="0" y="4" width="${used}" height="5" />${
    over > 0 ? html`<rect class="ruler-over" x="${tick + 1}" y="4" width="${over}" height="5" />` : nothing
  }<rect class="ruler-tick" x="${tick}" y="0" width="1" height="12" /></svg><span class="ruler-words">${options.words}</span></span>`
}

export type Figure = {
  lang: Lang
  label: string
  /** As it is to be read: 95.2%, 4.6 分, 12 分钟. */
  value: string
  /** How many cases stand behind it. A figure without its number is not shown. */
  n: number
  /** 95 % interval, already formatted. */
  interval?: { low: string; high: string }
  note?: string
  /** The list that the figure counts. */
  href: string
  tone?: 'late' | 'due'
}

/** A figure that opens the list it counts, never without its number of cases. */
export function figure(options: Figure): Html {
  const words = uiWords(options.lang)
  const n = formatCount(options.n, options.lang)
  // A count is its own number of cases.
  const notes = [
    n === options.value ? null : words.sample(n),
    options.interval ? words.interval(options.interval.low, options.interval.high) : null,
    options.note ?? null,
  ].filter((one) => one !== null)
  return html`<div class="figure"><a href="${options.href}"${attrs({ class: options.tone ? `figure-${options.tone}` : undefined })}><span class="figure-label">${options.label}</span> <span class="figure-value">${options.value}</span></a>${
    notes.length > 0
      ? html`<p class="figure-note">${notes.map((one, at) => (at === 0 ? one : html`<br>${one}`))}</p>`
      : nothing
  }</div>`
}

/** Figures side by side. */
export function figures(items: readonly Html[]): Html {
  return html`<div class="figures">${items}</div>`
}

export type Bar = {
  lang: Lang
  label: string
  href?: string
  /** 0 to 1. */
  share: number
  interval?: { low: number; high: number }
  n: number
  /** Left out: the share as per cent. */
  words?: string
}

const barWidth = 240

/** One bar of a simple chart with its interval as a whisker; the numbers stand beside it as text. */
export function barRow(options: Bar): Html {
  const at = (share: number) => round(Math.max(0, Math.min(1, share)) * barWidth)
  const whisker = options.interval
  return html`<div class="bar-row"><span class="bar-label">${
    options.href ? html`<a href="${options.href}">${options.label}</a>` : options.label
  }</span><svg class="bar-svg" viewBox="0 0 240 16" width="240" height="16" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar-base" x="0" y="14" width="240" height="1" /><rect class="bar-fill" x="0" y="3" width="${at(options.share)}" height="10" />${
    whisker
      ? html`<path class="bar-whisker" d="M${at(whisker.low)} 8H${at(whisker.high)}M${at(whisker.low)} 5v6M${at(whisker.high)} 5v6" />`
      : nothing
  }</svg><span class="bar-value">${options.words ?? formatPercent(options.share, options.lang)}</span><span class="bar-n">${
    whisker ? `${formatPercent(whisker.low, options.lang)}–${formatPercent(whisker.high, options.lang)} · ` : ''
  }${uiWords(options.lang).sample(formatCount(options.n, options.lang))}</span></div>`
}

/** Bars under one title that says the finding. */
export function bars(options: { title: string; rows: readonly Html[] }): Html {
  return html`<figure class="bars"><figcaption>${options.title}</figcaption>${options.rows}</figure>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
