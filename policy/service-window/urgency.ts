import type { WorkCalendar } from '../calendar/work-calendar.ts'

export type Urgency = {
  state: 'ok' | 'amber' | 'red' | 'done'
  /** Working days left; negative when overdue; null when the calendar does not reach that far. */
  daysLeft: number | null
  /** Share of the working time used, 0 and up; 1 is the due day's end. */
  share: number
}

/** Amber and red by working time left, not by hours: due today is amber, red begins the day after (R86). */
export function urgency(
  span: { start: Temporal.PlainDate; due: Temporal.PlainDate; ended?: Temporal.PlainDate | null },
  today: Temporal.PlainDate,
  calendar: WorkCalendar,
  amberFrom: number,
): Urgency {
  const at = span.ended ?? today
  const left = calendar.workingDaysBetween(at, span.due)
  const total = calendar.workingDaysBetween(span.start, span.due)
  const daysLeft = 'refused' in left ? null : left.days
  const late = Temporal.PlainDate.compare(at, span.due) > 0
  const used = daysLeft === null || 'refused' in total ? 0 : (total.days - daysLeft) / Math.max(total.days, 1)
  const share = late ? Math.max(used, 1.05) : Math.min(used, 1)
  if (span.ended) return { state: late ? 'red' : 'done', daysLeft, share }
  if (late) return { state: 'red', daysLeft, share }
  return { state: daysLeft !== null && daysLeft <= amberFrom ? 'amber' : 'ok', daysLeft, share }
}
