import { deadlineMoment, type WorkCalendar } from '../calendar/work-calendar.ts'
import { type Parameter, valueOn } from '../parameter.ts'
import {
  appealWithin,
  extensionAtMost,
  finishWithin,
  noticeWithin,
  objectionWithin,
  reReviewRequestWithin,
  reReviewWithin,
  reviewRequestWithin,
  reviewWithin,
  statementWithin,
} from './parameters.ts'

type Day = Temporal.PlainDate

/**
 * A last day; it ends at 24:00. `moved`: the day named by the law was off, so the next working day is the last
 * (civil-code:203). `provisional`: computed again when the year's notice is loaded or an open pause ends. `missingYear`:
 * that year has no table at all, so the day was not moved, which is never later than right.
 */
export type Clock = {
  day: Day
  moved: boolean
  provisional: boolean
  basis: string
  missingYear: number | null
}

/**
 * Why a clock may stand still. hearing: its time is not counted (petition-regulations:36). parallel_proceeding: a court,
 * reconsideration or discipline case on the same facts has to end first. complainant_asked: he asked in writing to wait.
 */
export const pauseReasons = ['hearing', 'parallel_proceeding', 'complainant_asked'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** The days from `from` until the day before `until` are not counted; null while the pause goes on. */
export type Pause = { from: Day; until: Day | null; reason: PauseReason }

/** Told of receipt and path by then (petition-regulations:23). No pause: the complainant waits to hear that he was heard. */
export function noticeDue(received: Day, calendar: WorkCalendar): Clock {
  return naturalClock(received, noticeWithin, calendar)
}

/** Finished by then, counted from acceptance (petition-regulations:34). */
export function finishDue(accepted: Day, calendar: WorkCalendar, pauses: readonly Pause[] = []): Clock {
  return naturalClock(accepted, finishWithin, calendar, pauses)
}

/** What is asked for when a case is extended. `already`: it was extended before. */
export type Extension = { days: number; reason: string; approvedOn: Day; already: boolean }
export type ExtensionRefusal = 'already-extended' | 'too-long' | 'reason-required' | 'already-due'

/** May a case accepted on `accepted` be extended? Once, at most 30 days, with reasons, before it is due. */
export function extensionAllowed(
  accepted: Day,
  extension: Extension,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): { allowed: true } | { refused: ExtensionRefusal } {
  const { days, reason, approvedOn, already } = extension
  if (already) return { refused: 'already-extended' }
  if (!Number.isInteger(days) || days < 1 || days > valueOn(extensionAtMost, accepted).value) {
    return { refused: 'too-long' }
  }
  if (reason.trim() === '') return { refused: 'reason-required' }
  const due = finishDue(accepted, calendar, pauses)
  return Temporal.PlainDate.compare(approvedOn, due.day) > 0 ? { refused: 'already-due' } : { allowed: true }
}

/** The last day of an extended case. The days are added to the sixty, not to a last day that a holiday has moved. */
export function extendedDue(
  accepted: Day,
  days: number,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): Clock | { refused: 'too-long' } {
  const most = valueOn(extensionAtMost, accepted)
  if (!Number.isInteger(days) || days < 1 || days > most.value) return { refused: 'too-long' }
  const sixty = valueOn(finishWithin, accepted)
  return moveOn(accepted, sixty.value + days, most.basis, calendar, pauses)
}

/** A body to which a case was sent may object until then that it is not its own (petition-regulations:23). */
export function objectionDue(receivedByIt: Day, calendar: WorkCalendar): Clock {
  return workingClock(receivedByIt, objectionWithin, calendar)
}

/** The complainant may ask for a review until then; `answerReceived` is the day on which he got the written answer. */
export function reviewRequestUntil(answerReceived: Day, calendar: WorkCalendar): Clock {
  return naturalClock(answerReceived, reviewRequestWithin, calendar)
}

export function reviewDue(requestReceived: Day, calendar: WorkCalendar): Clock {
  return naturalClock(requestReceived, reviewWithin, calendar)
}

export function reReviewRequestUntil(reviewReceived: Day, calendar: WorkCalendar): Clock {
  return naturalClock(reviewReceived, reReviewRequestWithin, calendar)
}

/** Only the time of a hearing stops this clock (petition-regulations:36). */
export function reReviewDue(requestReceived: Day, calendar: WorkCalendar, pauses: readonly Pause[] = []): Clock {
  const hearings = pauses.filter(({ reason }) => reason === 'hearing')
  return naturalClock(requestReceived, reReviewWithin, calendar, hearings)
}

/** Until when an officer answers the facts put to him (R124). */
export function statementUntil(served: Day, calendar: WorkCalendar): Clock {
  return workingClock(served, statementWithin, calendar)
}

/** Until when an officer may appeal against a finding that was served on him (R124). */
export function appealUntil(served: Day, calendar: WorkCalendar): Clock {
  return workingClock(served, appealWithin, calendar)
}

/** Over once the last day has ended, at 24:00 in China. */
export function isOver(clock: Pick<Clock, 'day'>, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, deadlineMoment(clock.day)) >= 0
}

function naturalClock(
  start: Day,
  parameter: Parameter<number>,
  calendar: WorkCalendar,
  pauses: readonly Pause[] = [],
): Clock {
  const { value, basis } = valueOn(parameter, start)
  return moveOn(start, value, basis, calendar, pauses)
}

function moveOn(start: Day, days: number, basis: string, calendar: WorkCalendar, pauses: readonly Pause[]): Clock {
  const { shift, open } = pausedDays(start, days, pauses)
  const why = shift > 0 || open ? `${basis}, civil-code:203, design:pause` : `${basis}, civil-code:203`
  const due = calendar.naturalDaysDue(start, days + shift)
  if ('refused' in due) {
    const day = start.add({ days: days + shift })
    const missing = `${why}, design:natural-days-${due.year}`
    return { day, moved: false, provisional: true, basis: missing, missingYear: due.year }
  }
  return { ...due, provisional: due.provisional || open, basis: why, missingYear: null }
}

function workingClock(start: Day, parameter: Parameter<number>, calendar: WorkCalendar): Clock {
  const { value, basis } = valueOn(parameter, start)
  const due = calendar.addWorkingDays(start, value)
  if (!('refused' in due)) return { ...due, moved: false, basis, missingYear: null }
  return {
    day: start.add({ days: value }),
    moved: false,
    provisional: true,
    basis: `${basis}, design:natural-days-${due.year}`,
    missingYear: due.year,
  }
}

/**
 * By how many days pauses put off the end of `days` counted after `start`. Days that two pauses share count once; a
 * pause that begins after the end changes nothing. An open pause adds nothing yet: the day shown is the earliest it can be.
 */
function pausedDays(start: Day, days: number, pauses: readonly Pause[]): { shift: number; open: boolean } {
  let end = start.add({ days })
  let shift = 0
  let open = false
  let countedUntil = start.add({ days: 1 })
  for (const pause of pauses.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))) {
    if (Temporal.PlainDate.compare(pause.from, end) > 0) break
    if (pause.until === null) {
      open = true
      continue
    }
    const from = later(pause.from, countedUntil)
    const lasted = from.until(pause.until, { largestUnit: 'days' }).days
    if (lasted <= 0) continue
    shift += lasted
    end = end.add({ days: lasted })
    countedUntil = pause.until
  }
  return { shift, open }
}

function later(a: Day, b: Day): Day {
  return Temporal.PlainDate.compare(a, b) > 0 ? a : b
}
