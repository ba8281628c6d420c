import type { Due, WorkCalendar } from '../calendar/work-calendar.ts'
import type { Parameter } from '../parameter.ts'
import type { Limit } from '../registration/item.ts'

export type DueBy = Due & { basis: string; days: number; unit: Limit['unit'] }

/** When a matter accepted on `day` is due by its item's promised limit (R86); the day itself is not counted (A10). */
export function dueBy(
  limit: Limit,
  day: Temporal.PlainDate,
  calendar: WorkCalendar,
): DueBy | { refused: 'calendar-missing'; year: number } {
  const about = { basis: limit.basis, days: limit.days, unit: limit.unit }
  if (limit.immediate || limit.days === 0) return { day, provisional: false, ...about }
  const due =
    limit.unit === 'working_day' ? calendar.addWorkingDays(day, limit.days) : calendar.naturalDaysDue(day, limit.days)
  return 'refused' in due ? due : { day: due.day, provisional: due.provisional, ...about }
}

/** Days a matter is kept open for a citizen who was told what is missing and has not come back (R59). */
export const keptOpenDays: Parameter<number> = {
  description: {
    zh: '一次性告知后为申请人保留办理的自然日数',
    en: 'Natural days for which a matter stays open after its one-time notice',
  },
  unit: 'natural-day',
  values: [{ from: '2013-01-01', value: 90, basis: 'R59', example: true }],
}

/** The longest extension a unit head may grant, once (R86). */
export const longestExtension: Parameter<number> = {
  description: {
    zh: '经单位负责人批准、一次性延长办理的最长工作日数',
    en: 'Most working days by which a unit head may extend a matter, once',
  },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 10, basis: 'R86', example: true }],
}

/** From this many working days left a matter or order is shown amber; past its due day it is red (R86). */
export const amberDays: Parameter<number> = {
  description: { zh: '剩余多少个工作日起以黄色提示', en: 'Working days left from which a deadline is shown amber' },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 1, basis: 'R86', example: true }],
}
