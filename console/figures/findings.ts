import type { CallbackFunnel } from '#modules/callback/index.ts'
import type { Rate, TrendMonth } from '#modules/figures/index.ts'
import { formatCount, formatMonth, type Lang } from '#platform/i18n.ts'
import { smallSample } from '#policy/figures/parameters.ts'
import { valueOn } from '#policy/parameter.ts'
import { intervalText, percentText } from '#policy/statistics/percent.ts'
import { otherWords } from './other-words.ts'
import { figureWords } from './words.ts'

type RateWords = {
  none: string
  few: (n: string, x: string) => unknown
  many: (n: string, x: string, p: string, interval: string) => unknown
}

/** The sentence above a rate: what was counted, the share and how sure it is; of few cases no share at all. */
export function rateFinding(rate: Rate, words: RateWords, lang: Lang, day: Temporal.PlainDate): string {
  const [n, x] = [formatCount(rate.n, lang), formatCount(rate.x, lang)]
  if (rate.share === null || !rate.interval) return words.none
  if (rate.n < valueOn(smallSample, day).value) return String(words.few(n, x))
  return String(words.many(n, x, percentText(rate.share, 1), intervalText(rate.interval, 1)))
}

/** The sentences above the call-back: response, satisfied among those who answered, and what silence leaves open (b-5). */
export function callbackFinding({ total }: CallbackFunnel, lang: Lang): string[] {
  const words = figureWords(lang).callback
  const count = (n: number) => formatCount(n, lang)
  const said: string[] = []
  if (total.asked === 0 || total.response === null) said.push(words.none)
  else if (total.answered === 0) said.push(String(words.nobody(count(total.asked))))
  else {
    const [asked, answered, response] = [count(total.asked), count(total.answered), percentText(total.response, 1)]
    const rated = total.satisfaction
    if (!rated?.interval || !rated.nonResponse.bounds || rated.nonResponse.amongAnswered.share === null) {
      said.push(String(words.findingWithheld(asked, answered, response)))
      if (total.withheld) said.push(words.withheld[total.withheld])
    } else {
      const among = percentText(rated.nonResponse.amongAnswered.share, 1)
      said.push(String(words.finding(asked, answered, response, among, intervalText(rated.interval, 1))))
      const { low, high } = rated.nonResponse.bounds
      if (total.asked > total.answered)
        said.push(String(words.silence(count(total.asked - total.answered), percentText(low, 1), percentText(high, 1))))
    }
  }
  if (total.open > 0) said.push(String(words.openStill(count(total.open))))
  return said
}

/** The last two months that are over, compared: a difference within chance is called that. */
export function trendFinding(months: readonly TrendMonth[], lang: Lang): string {
  const words = otherWords(lang).trend.finding
  const [a, b] = months.slice(-3, -1)
  if (!a?.onTime.interval || !b?.onTime.interval || a.onTime.share === null || b.onTime.share === null)
    return words.none
  const said = [
    formatMonth(a.month, lang),
    formatMonth(b.month, lang),
    percentText(a.onTime.share, 1),
    percentText(b.onTime.share, 1),
  ] as const
  if (b.onTime.interval.low > a.onTime.interval.high) return String(words.up(...said))
  if (b.onTime.interval.high < a.onTime.interval.low) return String(words.down(...said))
  return String(words.same(...said))
}

/** Highest and lowest unit on time: a ranking only where the intervals stand apart. */
export function unitsFinding(units: readonly { name: string; rate: Rate }[], lang: Lang): string {
  const words = figureWords(lang).counter.bars
  const rated = units.filter(({ rate }) => rate.interval).sort((a, b) => (a.rate.share ?? 0) - (b.rate.share ?? 0))
  const [worst, best] = [rated[0], rated.at(-1)]
  if (rated.length < 2 || !worst?.rate.interval || !best?.rate.interval) return words.one
  const [low, high] = [percentText(worst.rate.share ?? 0, 1), percentText(best.rate.share ?? 0, 1)]
  if (best.rate.interval.low <= worst.rate.interval.high) return String(words.same(low, high))
  return String(words.apart(best.name, high, worst.name, low))
}
