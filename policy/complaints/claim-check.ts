import { type InForce, valueOn } from '../parameter.ts'
import { type Rate, type RateRatio, rateRatio, spreadOf } from '../statistics/rate-ratio.ts'
import { claimSentence, type Sentence } from './claim-sentences.ts'
import type { Channel } from './lists.ts'
import { type ClaimLine, claimLine } from './parameters.ts'

/**
 * One month: cases counted, matters served (the exposure), and cases of which it is not yet decided whether they count;
 * always 0 for alleged cases.
 */
export type ClaimMonth = { month: string; count: number; served: number; undecided: number }

/** Days on which a channel was down, both included. */
export type Outage = { channel: Channel; from: Temporal.PlainDate; until: Temporal.PlainDate }

/** alleged: all that came in. confirmed: with a style tag confirmed at the finding (R130). Never mixed. */
export type ClaimKind = 'alleged' | 'confirmed'

export type Claim = {
  kind: ClaimKind
  before: readonly ClaimMonth[]
  after: readonly ClaimMonth[]
  outages: readonly Outage[]
}

export type ClaimRefusal =
  | 'not-same-months'
  | 'no-exposure'
  | 'channel-outage'
  | 'too-few'
  | 'count-not-lower'
  | 'risen'
  | 'within-chance'
  | 'small-fall'
  | 'undecided'

export type ClaimFigures = {
  kind: ClaimKind
  months: { before: string[]; after: string[] }
  before: Rate
  after: Rate
  undecided: number
  result: RateRatio | null
  /** Channels that were down longer than the line allows in the later period. */
  outages: Channel[]
  basis: string
}

/** `sentence` is what may be printed: the claim, or the true sentence in its place. */
export type ClaimAnswer = { figures: ClaimFigures; sentence: Sentence } & (
  | { may: true }
  | { may: false; why: ClaimRefusal }
)

/**
 * May 「总量明显下降」 be printed (b-19, R130, R134)? Only where the same calendar months are compared, the total and
 * the rate per matters served are both lower, the whole 95 % interval of their ratio lies below 1, and no channel was
 * down. Cases still undecided in the later period count against the claim, those of the earlier period do not help it.
 */
export function checkClaim(claim: Claim, day: Temporal.PlainDate): ClaimAnswer {
  const line = valueOn(claimLine, day)
  const figures = figuresOf(claim, line)
  const why = refusalOf(claim, figures, line.value)
  const sentence = claimSentence(figures, why)
  return why === null ? { may: true, figures, sentence } : { may: false, why, figures, sentence }
}

function figuresOf({ kind, before, after, outages }: Claim, { value, basis }: InForce<ClaimLine>): ClaimFigures {
  const spread = spreadOf([before.map(rateOf), after.map(rateOf)])
  const [earlier, later] = [total(before), total(after)]
  return {
    kind,
    months: { before: monthsOf(before), after: monthsOf(after) },
    before: earlier,
    after: later,
    undecided: after.reduce((sum, { undecided }) => sum + undecided, 0),
    result: rateRatio(earlier, later, spread),
    outages: longOutages(outages, monthsOf(after), value.outageDays),
    basis,
  }
}

function refusalOf(claim: Claim, figures: ClaimFigures, line: ClaimLine): ClaimRefusal | null {
  const { before, after, result, undecided, outages } = figures
  if (!sameMonths(figures.months)) return 'not-same-months'
  if (before.exposure === 0 || after.exposure === 0) return 'no-exposure'
  if (result && result.interval.low > 1) return 'risen'
  if (before.count < line.leastBefore) return 'too-few'
  if (after.count >= before.count) return 'count-not-lower'
  if (!result || result.ratio === null || result.interval.high >= 1) return 'within-chance'
  if (result.ratio > line.ratioAtMost) return 'small-fall'
  if (outages.length > 0) return 'channel-outage'
  return undecided > 0 && !holdsAgainst(claim, figures, line) ? 'undecided' : null
}

/** Whether the fall stands even if every undecided case of the later period comes out against it. */
function holdsAgainst({ before, after }: Claim, figures: ClaimFigures, line: ClaimLine): boolean {
  const worst = after.map((month) => ({ ...month, count: month.count + month.undecided }))
  const spread = spreadOf([before.map(rateOf), worst.map(rateOf)])
  const later = total(worst)
  const result = rateRatio(figures.before, later, spread)
  if (!result || result.ratio === null || later.count >= figures.before.count) return false
  return result.interval.high < 1 && result.ratio <= line.ratioAtMost
}

/** Same calendar months, without a gap, so that neither season nor a choice of months is mistaken for effect. */
function sameMonths({ before, after }: ClaimFigures['months']): boolean {
  const [last, first] = [before.at(-1), after[0]]
  if (last === undefined || first === undefined || first <= last) return false
  const calendar = (months: string[]) => months.map((month) => month.slice(5)).join()
  return follow(before) && follow(after) && calendar(before) === calendar(after)
}

function follow(months: readonly string[]): boolean {
  const numbers = months.map((month) =>
    isMonth(month) ? Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) : NaN,
  )
  return numbers.every((number, place) => number === (numbers[0] ?? 0) + place)
}

function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

function longOutages(outages: readonly Outage[], months: readonly string[], tolerated: number): Channel[] {
  const days = new Map<Channel, Set<string>>()
  for (const { channel, from, until } of outages) {
    const down = days.get(channel) ?? new Set()
    for (let day = from; Temporal.PlainDate.compare(day, until) <= 0; day = day.add({ days: 1 })) {
      if (months.includes(day.toString().slice(0, 7))) down.add(day.toString())
    }
    days.set(channel, down)
  }
  return [...days].filter(([, down]) => down.size > tolerated).map(([channel]) => channel)
}

function monthsOf(months: readonly ClaimMonth[]): string[] {
  return months.map(({ month }) => month).sort()
}

function rateOf({ count, served }: ClaimMonth): Rate {
  return { count, exposure: served }
}

function total(months: readonly ClaimMonth[]): Rate {
  return months.reduce((sum, { count, served }) => ({ count: sum.count + count, exposure: sum.exposure + served }), {
    count: 0,
    exposure: 0,
  })
}
