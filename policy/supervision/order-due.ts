import { chinaDay, deadlineMoment, type WorkCalendar } from '../calendar/work-calendar.ts'
import { valueOn } from '../parameter.ts'
import { reminderPoints, secondOpinionWait, solveWithin } from './parameters.ts'

/**
 * `provisional`: the day is computed again when the year's notice is loaded. `missingYear`: no table at all for that
 * year, so natural days were counted; somebody has to be alarmed.
 */
export type OrderDue = { day: Temporal.PlainDate; provisional: boolean; basis: string; missingYear: number | null }

const basis = 'R53, A8, A9, civil-code:201'

/**
 * The last day for solving what a reply of `receivedAt` complains of; it ends at 24:00 (A9). Never refused: a citizen's
 * order is not lost because nobody loaded a table. Without one, natural days are counted, which is never later than
 * the right day, so that the citizen does not wait for our omission.
 */
export function orderDue(receivedAt: Temporal.Instant, calendar: WorkCalendar): OrderDue {
  const day = chinaDay(receivedAt)
  const { value } = valueOn(solveWithin, day)
  const due = calendar.addWorkingDays(day, value)
  if (!('refused' in due)) return { day: due.day, provisional: due.provisional, basis, missingYear: null }
  return {
    day: day.add({ days: value }),
    provisional: true,
    basis: `${basis}, design:natural-days-${due.year}`,
    missingYear: due.year,
  }
}

/** The year whose table was missing when this basis was written, or null. */
export function missingYearOf(dueBasis: string): number | null {
  const year = /design:natural-days-(\d{4})$/.exec(dueBasis)?.[1]
  return year === undefined ? null : Number(year)
}

/** Overdue begins when the due day has ended, at 24:00 (A9). */
export function isOverdue(due: Temporal.PlainDate, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, deadlineMoment(due)) >= 0
}

/**
 * The reminder that fits today: working days left, or null. If a point was passed while nothing ran, only the nearer
 * one is left. Without a calendar calendar days are counted.
 */
export function reminderFor(due: Temporal.PlainDate, today: Temporal.PlainDate, calendar: WorkCalendar): number | null {
  const between = calendar.workingDaysBetween(today, due)
  const left = 'refused' in between ? today.until(due, { largestUnit: 'days' }).days : between.days
  // On a day off before the due day nobody works: the reminder waits for the next working day.
  if (left < 0 || Temporal.PlainDate.compare(today, due) > 0 || isDayOff(today, calendar)) return null
  return valueOn(reminderPoints, today).value.find((point) => point === left) ?? null
}

function isDayOff(day: Temporal.PlainDate, calendar: WorkCalendar): boolean {
  const known = calendar.dayKind(day)
  return !('refused' in known) && known.kind === 'off'
}

/** From when an answered order without a second opinion is closed as "not answered": 24:00 of the last day. */
export function silenceFrom(answeredAt: Temporal.Instant): Temporal.Instant {
  const day = chinaDay(answeredAt)
  return deadlineMoment(day.add({ days: valueOn(secondOpinionWait, day).value }))
}
