import { type Due, deadlineMoment, type WorkCalendar } from '../calendar/work-calendar.ts'
import { type Parameter, valueOn } from '../parameter.ts'
import { type Department, departments } from './lists.ts'
import { monthCutOff, monthWorkingDays } from './parameters.ts'

type Day = Temporal.PlainDate

/**
 * One cycle of the monthly institution (R109, A20). `from` to `cutOff` are the days of receipt that belong to it;
 * periods follow each other without gap or overlap even when the cut-off day is changed. `opensOn` is the day on which
 * the system opens it. The dues are provisional when the year's notice, or its whole table, is not loaded.
 */
export type Month = {
  period: string
  from: Day
  cutOff: Day
  opensOn: Day
  confirmBy: MonthDue
  reportBy: MonthDue
  meetingBy: MonthDue
}

export type MonthDue = Due & { basis: string; missingYear: number | null }

/** The cycle of a period written YYYY-MM. */
export function monthOf(
  period: string,
  calendar: WorkCalendar,
  setting: Parameter<number | null> = monthCutOff,
): Month {
  const first = firstDay(period)
  const [cutOff, last] = [cutOffOf(first, setting), cutOffOf(first.subtract({ months: 1 }), setting)]
  const from = last.add({ days: 1 })
  const within = valueOn(monthWorkingDays, first).value
  return {
    period,
    from,
    cutOff,
    opensOn: from,
    confirmBy: workingDay(cutOff, within.confirm, 'R110, A20', calendar),
    reportBy: workingDay(cutOff, within.report, 'R118, A20', calendar),
    meetingBy: workingDay(cutOff, within.meeting, 'R119, A20', calendar),
  }
}

/** The period to which a day of receipt belongs. */
export function periodOf(day: Day, setting: Parameter<number | null> = monthCutOff): string {
  const first = day.with({ day: 1 })
  const own = Temporal.PlainDate.compare(day, cutOffOf(first, setting)) <= 0
  return (own ? first : first.add({ months: 1 })).toString().slice(0, 7)
}

/** From this moment on the set is frozen: 24:00 of the cut-off day. */
export function frozenFrom(month: Pick<Month, 'cutOff'>): Temporal.Instant {
  return deadlineMoment(month.cutOff)
}

export type Duty =
  | { duty: 'confirm'; department: Department; due: MonthDue }
  | { duty: 'report' | 'meeting'; due: MonthDue }

/** What a month owes, however many cases it has: a month without cases has a nil report and a meeting too (R109). */
export function dutiesOf(month: Month): Duty[] {
  return [
    ...departments.map((department) => ({ duty: 'confirm' as const, department, due: month.confirmBy })),
    { duty: 'report', due: month.reportBy },
    { duty: 'meeting', due: month.meetingBy },
  ]
}

export type Confirmation = 'complete' | 'nil'

/** A department confirms after the cut-off what it has collected: "complete" with cases, "nil" without (R110). */
export function confirmationAllowed(
  month: Pick<Month, 'cutOff'>,
  confirmation: Confirmation,
  cases: number,
  now: Temporal.Instant,
): { allowed: true } | { refused: 'before-cut-off' | 'has-cases' | 'has-none' } {
  if (Temporal.Instant.compare(now, frozenFrom(month)) < 0) return { refused: 'before-cut-off' }
  if (confirmation === 'nil') return cases > 0 ? { refused: 'has-cases' } : { allowed: true }
  return cases > 0 ? { allowed: true } : { refused: 'has-none' }
}

/**
 * The report is drawn up when all four have confirmed. On its last day it goes out all the same and names who has not:
 * one late department does not keep the Party committee waiting.
 */
export function reportAllowed(
  month: Pick<Month, 'cutOff' | 'reportBy'>,
  confirmed: readonly Department[],
  today: Day,
): { allowed: true; missing: Department[] } | { refused: 'before-cut-off' | 'not-confirmed'; missing: Department[] } {
  const missing = departments.filter((department) => !confirmed.includes(department))
  if (Temporal.PlainDate.compare(today, month.cutOff) <= 0) return { refused: 'before-cut-off', missing }
  const waiting = missing.length > 0 && Temporal.PlainDate.compare(today, month.reportBy.day) < 0
  return waiting ? { refused: 'not-confirmed', missing } : { allowed: true, missing }
}

function firstDay(period: string): Day {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) throw new RangeError(`not a month: ${period}`)
  return Temporal.PlainDate.from(`${period}-01`)
}

function cutOffOf(first: Day, setting: Parameter<number | null>): Day {
  const { value } = valueOn(setting, first)
  return first.with({ day: value ?? first.daysInMonth })
}

function workingDay(cutOff: Day, n: number, basis: string, calendar: WorkCalendar): MonthDue {
  const due = calendar.addWorkingDays(cutOff, n)
  if (!('refused' in due)) return { ...due, basis, missingYear: null }
  return {
    day: cutOff.add({ days: n }),
    provisional: true,
    basis: `${basis}, design:natural-days-${due.year}`,
    missingYear: due.year,
  }
}
