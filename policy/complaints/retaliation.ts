import { chinaDay } from '../calendar/work-calendar.ts'
import { valueOn } from '../parameter.ts'
import { retaliationWindow } from './parameters.ts'

/** What is watched: a matter refused, a record looked up, a visit to his home. */
export const watchedActs = ['matter_refused', 'record_looked_up', 'home_visit'] as const
export type WatchedAct = (typeof watchedActs)[number]

/** `accusedUnits`: the units complained of and the units of the officers complained of. */
export type WatchedComplaint = {
  complainantId: string
  receivedAt: Temporal.Instant
  accusedPersons: readonly string[]
  accusedUnits: readonly string[]
}

/**
 * An act upon a person. `actorUnits`: the actor's unit on that day and all above it. `onHisRequest`: the act belongs to
 * something the person asked for himself, such as a booked visit.
 */
export type Act = {
  kind: WatchedAct
  towards: string
  at: Temporal.Instant
  actorId: string
  actorUnits: readonly string[]
  onHisRequest: boolean
}

export type Flag = { flagged: true; relation: 'accused' | 'accused-unit'; until: Temporal.PlainDate; basis: string }

export type NoFlag = {
  flagged: false
  why: 'other-person' | 'before-complaint' | 'after-window' | 'unconcerned-actor' | 'asked-for'
}

/**
 * Whether discipline inspection is shown an act after a complaint: by the accused or somebody of his unit, upon the
 * complainant, within twelve months (petition-regulations:46). A flag accuses nobody; it asks somebody to look. What
 * the complainant asked for is left out, except a refusal, which always answers a request.
 */
export function watchAct(complaint: WatchedComplaint, act: Act): Flag | NoFlag {
  if (act.towards !== complaint.complainantId) return { flagged: false, why: 'other-person' }
  const relation = relationOf(complaint, act)
  if (!relation) return { flagged: false, why: 'unconcerned-actor' }
  if (Temporal.Instant.compare(act.at, complaint.receivedAt) < 0) return { flagged: false, why: 'before-complaint' }
  const { until, basis } = watchedUntil(complaint)
  if (Temporal.PlainDate.compare(chinaDay(act.at), until) > 0) return { flagged: false, why: 'after-window' }
  if (act.onHisRequest && act.kind !== 'matter_refused') return { flagged: false, why: 'asked-for' }
  return { flagged: true, relation, until, basis }
}

/** The last day of the watch over a complaint. */
export function watchedUntil(complaint: Pick<WatchedComplaint, 'receivedAt'>): {
  until: Temporal.PlainDate
  basis: string
} {
  const day = chinaDay(complaint.receivedAt)
  const { value, basis } = valueOn(retaliationWindow, day)
  return { until: day.add({ months: value }), basis }
}

function relationOf(complaint: WatchedComplaint, act: Act): Flag['relation'] | undefined {
  if (complaint.accusedPersons.includes(act.actorId)) return 'accused'
  return act.actorUnits.some((unit) => complaint.accusedUnits.includes(unit)) ? 'accused-unit' : undefined
}
