import { valueOn } from '../parameter.ts'
import { cohenKappa } from '../statistics/kappa.ts'
import type { Interval } from '../statistics/share.ts'
import { agreementLeast } from './parameters.ts'

/** What two people who did not see each other's reading marked in one case. */
export type Coding<Label extends string> = { caseId: string; first: readonly Label[]; second: readonly Label[] }

/**
 * too-few: fewer cases than the minimum. one-sided: both always, or never, used the label, so that agreement beyond
 * chance cannot be told. `n` counts cases; `observed` is the plain share of equal readings.
 */
export type Agreed =
  | { said: 'too-few'; n: number; least: number }
  | { said: 'one-sided'; n: number; observed: number }
  | { said: 'kappa'; n: number; observed: number; kappa: number; interval: Interval }

export type Agreement<Label extends string> = {
  overall: Agreed
  labels: Record<Label, Agreed>
  /** The cases they read differently, with the labels only one of them used: they are talked over, never averaged. */
  disagreements: { caseId: string; onlyFirst: Label[]; onlySecond: Label[] }[]
}

/** Counts of one yes-or-no reading: both, only the first, only the second, neither. */
type Four = { both: number; first: number; second: number; neither: number }

/**
 * How far two coders agree on the style tags, or behaviours, of the same cases (CO06): Cohen's kappa for each label and
 * over all labels, with a 95 % interval.
 */
export function agreementOf<Label extends string>(
  labels: readonly Label[],
  codings: readonly Coding<Label>[],
  day: Temporal.PlainDate,
): Agreement<Label> {
  const least = valueOn(agreementLeast, day).value
  const n = codings.length
  const each = (label: Label): Agreed => {
    if (n < least) return { said: 'too-few', n, least }
    const { both, first, second, neither } = fourOf([label], codings)
    const { observed, kappa, interval } = cohenKappa([
      [both, first],
      [second, neither],
    ])
    return said(n, observed, kappa, interval)
  }
  return {
    overall: n < least ? { said: 'too-few', n, least } : overall(labels, codings),
    labels: Object.fromEntries(labels.map((label) => [label, each(label)])) as Record<Label, Agreed>,
    disagreements: codings.flatMap(differences),
  }
}

/**
 * All labels of all cases taken together. The labels of one case are not independent, so the interval comes from
 * leaving out one case at a time (jackknife).
 */
function overall<Label extends string>(labels: readonly Label[], codings: readonly Coding<Label>[]): Agreed {
  const n = codings.length
  const all = fourOf(labels, codings)
  const whole = kappaOf(all)
  const observed = (all.both + all.neither) / (n * labels.length)
  if (whole === null) return { said: 'one-sided', n, observed }
  const without = codings.map((coding) => kappaOf(minus(all, fourOf(labels, [coding]))) ?? whole)
  const mean = without.reduce((sum, one) => sum + one, 0) / n
  const half = z * Math.sqrt(((n - 1) / n) * without.reduce((sum, one) => sum + (one - mean) ** 2, 0))
  const interval =
    half > 0
      ? { low: Math.max(-1, whole - half), high: Math.min(1, whole + half) }
      : (cohenKappa([
          [all.both, all.first],
          [all.second, all.neither],
        ]).interval ?? { low: whole, high: whole })
  return { said: 'kappa', n, observed, kappa: whole, interval }
}

const z = 1.959963984540054

function said(n: number, observed: number | null, kappa: number | null, interval: Interval | null): Agreed {
  if (kappa === null || !interval) return { said: 'one-sided', n, observed: observed ?? 1 }
  return { said: 'kappa', n, observed: observed ?? 1, kappa, interval }
}

function fourOf<Label extends string>(labels: readonly Label[], codings: readonly Coding<Label>[]): Four {
  const four: Four = { both: 0, first: 0, second: 0, neither: 0 }
  for (const { first, second } of codings) {
    for (const label of labels) {
      const [one, other] = [first.includes(label), second.includes(label)]
      four[one ? (other ? 'both' : 'first') : other ? 'second' : 'neither'] += 1
    }
  }
  return four
}

function minus(all: Four, one: Four): Four {
  return {
    both: all.both - one.both,
    first: all.first - one.first,
    second: all.second - one.second,
    neither: all.neither - one.neither,
  }
}

function kappaOf({ both, first, second, neither }: Four): number | null {
  return cohenKappa([
    [both, first],
    [second, neither],
  ]).kappa
}

function differences<Label extends string>({ caseId, first, second }: Coding<Label>) {
  const onlyFirst = first.filter((label) => !second.includes(label))
  const onlySecond = second.filter((label) => !first.includes(label))
  return onlyFirst.length + onlySecond.length > 0 ? [{ caseId, onlyFirst, onlySecond }] : []
}
