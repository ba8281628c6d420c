import { chinaDay, deadlineMoment, type WorkCalendar } from '../calendar/work-calendar.ts'
import { type Parameter, valueOn } from '../parameter.ts'

/** `provisional`: the day is computed again when the year's holidays are announced. */
export type Due = { day: Temporal.PlainDate; provisional: boolean; basis: string }

/** The last of some working days after `start`. Without a table for the year natural days are counted, never refused. */
export function workingDue(within: Parameter<number>, start: Temporal.PlainDate, calendar: WorkCalendar): Due {
  const { value, basis } = valueOn(within, start)
  const due = calendar.addWorkingDays(start, value)
  if ('refused' in due) return { day: start.add({ days: value }), provisional: true, basis }
  return { day: due.day, provisional: due.provisional, basis }
}

/** The last of some natural days after `start`; a last day that is off moves to the next working day. */
export function naturalDue(within: Parameter<number>, start: Temporal.PlainDate, calendar: WorkCalendar): Due {
  const { value, basis } = valueOn(within, start)
  const due = calendar.naturalDaysDue(start, value)
  if ('refused' in due) return { day: start.add({ days: value }), provisional: true, basis }
  return { day: due.day, provisional: due.provisional, basis }
}

/** A day has passed when it has ended, at 24:00 (A9). */
export function hasPassed(due: Temporal.PlainDate, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, deadlineMoment(due)) >= 0
}

/** From which day a time runs that began at `moment`, or on `day` if that is later. */
export function startOf(moment: Temporal.Instant, day: Temporal.PlainDate): Temporal.PlainDate {
  const today = chinaDay(moment)
  return Temporal.PlainDate.compare(day, today) > 0 ? day : today
}
