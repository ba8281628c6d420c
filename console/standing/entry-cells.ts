import type { LedgerEntry } from '#modules/standing/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, type Printable } from '#platform/html.ts'
import { dayOf, formatDayShort, type Lang } from '#platform/i18n.ts'
import { ledgerWords } from './words.ts'

/** The number by which an entry is named on paper. */
export function entryNo(id: string): string {
  return id.slice(0, 8).toUpperCase()
}

/** Where the fact comes from, without the citizen: the detail holds numbers and days alone. */
export function sourceText(entry: LedgerEntry, lang: Lang): string {
  const { sources } = ledgerWords(lang)
  const said = (key: string) => {
    const value = entry.detail[key]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  if (entry.sourceKind === 'order' && said('orderNo')) return String(sources.order(said('orderNo')))
  if (said('caseNo')) return String(sources.complaint(said('caseNo')))
  if (!said('matterNo')) return sources.otherwise
  if (entry.sourceKind === 'notice') return String(sources.notice(said('matterNo'), said('firstNotice')))
  if (entry.sourceKind === 'extension') return String(sources.extension(said('matterNo')))
  return String(sources.matter(said('matterNo')))
}

/** The source as a link for whoever may open it. */
export function sourceCell(ctx: Context, entry: LedgerEntry, lang: Lang): Printable {
  const text = sourceText(entry, lang)
  const orderId = entry.detail.orderId
  if (entry.sourceKind === 'matter' && may(ctx.actor, 'matter.read'))
    return html`<a href="${`/console/matters/${entry.sourceId}`}">${text}</a>`
  if (entry.sourceKind === 'order' && typeof orderId === 'string' && may(ctx.actor, 'order.read'))
    return html`<a href="${`/console/orders/${orderId}`}">${text}</a>`
  return text
}

/** Due days and lengths that belong to the fact, and what became of the entry. */
export function noteText(entry: LedgerEntry, lang: Lang, today: Temporal.PlainDate): string {
  const words = ledgerWords(lang)
  const { dueOn, days, points } = entry.detail
  const parts: string[] = []
  if (entry.reverses) parts.push(String(words.reverses(entryNo(entry.reverses), entry.reason ?? '')))
  else if (typeof dueOn === 'string')
    parts.push(String(words.dueOn(formatDayShort(Temporal.PlainDate.from(dueOn), lang, today))))
  if (typeof points === 'number' && !entry.reverses) parts.push(String(words.points(String(points))))
  if (typeof days === 'number' && !entry.reverses) parts.push(String(words.days(String(days))))
  if (entry.reversed)
    parts.push(String(words.reversed(formatDayShort(dayOf(entry.reversed.at), lang, today), entry.reversed.reason)))
  return parts.join(lang === 'en' ? '; ' : '；')
}

/** Reversed entries are struck out, and say so in words beside it. */
export function struck(entry: LedgerEntry, content: Printable): Printable | Html {
  return entry.reversed ? html`<s>${content}</s>` : content
}
