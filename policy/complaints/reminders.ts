import { type Parameter, valueOn } from '../parameter.ts'

export const finishReminders: Parameter<readonly number[]> = {
  description: {
    zh: '办结期限前第几个自然日提醒承办人',
    en: 'Natural days before the last day on which the handler is reminded',
  },
  unit: 'natural-day',
  values: [{ from: '2013-01-01', value: [15, 5, 0], basis: 'petition-regulations:34, design', example: true }],
}

/** The reminder that is due: the nearest point already reached; null before the first and after the last day. */
export function reminderDue(due: Temporal.PlainDate, today: Temporal.PlainDate): number | null {
  const left = today.until(due, { largestUnit: 'days' }).days
  if (left < 0) return null
  const reached = valueOn(finishReminders, today).value.filter((point) => left <= point)
  return reached.length > 0 ? Math.min(...reached) : null
}
