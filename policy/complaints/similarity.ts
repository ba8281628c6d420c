import { valueOn } from '../parameter.ts'
import { duplicateLine } from './parameters.ts'
import { likeness, sharedPhrases, shingles } from './text-likeness.ts'

/** `on`: the day it happened, else the day it was received. `complainant`: a key of the person or his telephone, if known. */
export type Compared = {
  caseId: string
  text: string
  on: Temporal.PlainDate
  officers: readonly string[]
  units: readonly string[]
  complainant: string | null
  matter: string | null
}

/** Why a pair is shown, in the order in which it is told. */
export type LikeReason =
  | { kind: 'officer' | 'unit' | 'complainant' | 'matter' }
  | { kind: 'days'; days: number }
  | { kind: 'text'; likeness: number; phrases: string[] }

export type Likely = { caseId: string; score: number; why: LikeReason[] }

/** Nobody reads further than this. */
const most = 10

/** What the parts of the score weigh; with the text they make 1. */
const weights = { officer: 0.2, unit: 0.1, days: 0.1, complainant: 0.1, matter: 0.1, text: 0.5 } as const

/**
 * The cases that may be about the same event as `own` (A22): same officer or unit, same complainant or matter, near
 * date, similar text. Likeliest first. They are proposed; a person merges, reversibly.
 */
export function likelySame(own: Compared, others: readonly Compared[], day: Temporal.PlainDate): Likely[] {
  const line = valueOn(duplicateLine, day).value
  const ownPairs = shingles(own.text)
  return others
    .filter((other) => other.caseId !== own.caseId)
    .flatMap((other) => {
      const days = Math.abs(own.on.until(other.on, { largestUnit: 'days' }).days)
      const shared = sharedKinds(own, other)
      if (days > line.days || shared.length === 0) return []
      const alike = likeness(ownPairs, shingles(other.text))
      // Who complains again about one matter within days means the same, in whatever words.
      const sure = shared.includes('matter') && shared.includes('complainant')
      const score = scoreOf(shared, days, line.days, alike)
      if (!sure && (alike < line.leastText || score < line.score)) return []
      return [{ other, score, shared, days, alike }]
    })
    .sort((a, b) => b.score - a.score || (a.other.caseId < b.other.caseId ? -1 : 1))
    .slice(0, most)
    .map(({ other, score, shared, days, alike }) => ({
      caseId: other.caseId,
      score,
      why: reasons(own, other, shared, days, alike),
    }))
}

type SharedKind = 'officer' | 'unit' | 'complainant' | 'matter'

function sharedKinds(a: Compared, b: Compared): SharedKind[] {
  const kinds: SharedKind[] = []
  if (a.officers.some((officer) => b.officers.includes(officer))) kinds.push('officer')
  if (a.units.some((unit) => b.units.includes(unit))) kinds.push('unit')
  if (a.complainant !== null && a.complainant === b.complainant) kinds.push('complainant')
  if (a.matter !== null && a.matter === b.matter) kinds.push('matter')
  return kinds
}

/** An officer belongs to a unit, so that sharing both counts once. The text alone is stretched: half alike is very alike. */
function scoreOf(shared: readonly SharedKind[], days: number, window: number, alike: number): number {
  const people = shared.includes('officer') ? weights.officer : shared.includes('unit') ? weights.unit : 0
  const complainant = shared.includes('complainant') ? weights.complainant : 0
  const matter = shared.includes('matter') ? weights.matter : 0
  const near = weights.days * (1 - days / (window + 1))
  const score = people + complainant + matter + near + weights.text * Math.min(1, 2 * alike)
  return Math.round(score * 1000) / 1000
}

function reasons(a: Compared, b: Compared, shared: readonly SharedKind[], days: number, alike: number): LikeReason[] {
  return [
    ...shared.map((kind) => ({ kind })),
    { kind: 'days', days },
    { kind: 'text', likeness: Math.round(alike * 1000) / 1000, phrases: sharedPhrases(a.text, b.text) },
  ]
}
