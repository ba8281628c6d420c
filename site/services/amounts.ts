import type { Lang } from '#platform/i18n.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import { serviceWords } from './words.ts'

/** 4000 → 40, 1050 → 10.50. */
export function yuan(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}

/** The fee for a list of services: "no fee" in words, one amount, or the highest of several. */
export function feeShort({ fee }: ItemContent, lang: Lang): string {
  const words = serviceWords(lang)
  const amounts = [...new Set(fee.cases.map(({ amountFen }) => amountFen))]
  const most = Math.max(0, ...amounts)
  if (fee.free || most === 0) return words.free
  return amounts.length === 1 ? words.yuan(yuan(most)) : words.upTo(yuan(most))
}

/** 承诺 20 日内办好, 承诺 5 个工作日内办好, 当场办结. */
export function promiseShort({ promisedLimit: { days, unit, immediate } }: ItemContent, lang: Lang): string {
  const words = serviceWords(lang)
  return immediate || days === 0 ? words.atOnce : words.within(words.days[unit](days))
}
