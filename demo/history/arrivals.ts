import type { Window } from '../bureau.ts'
import type { Past } from './past.ts'
import { dateOf, momentAt } from './time.ts'

/** Counters open at 8:40 and 13:40; mornings are busier. */
export function minuteOfDay({ random }: Past): number {
  return random.chance(0.57) ? random.int(8 * 60 + 40, 11 * 60 + 35) : random.int(13 * 60 + 40, 16 * 60 + 50)
}

export function openingMoment(past: Past, since: number, workingDays: number): number {
  return momentAt(past.days.after(dateOf(since), workingDays), minuteOfDay(past))
}

/** When people come on a day. Mondays are busy, and so is the end of August, before school begins. */
export function arrivals(past: Past, window: Window, date: Temporal.PlainDate): number[] {
  const { random } = past
  const season = date.month === 8 && date.day > 15 ? 1.25 : date.month === 7 ? 1.08 : 1
  const weekday = date.dayOfWeek === 1 ? 1.2 : date.dayOfWeek === 5 ? 0.9 : 1
  const people = Math.max(1, Math.round(window.perDay * season * weekday * (0.75 + random.next() * 0.5)))
  return Array.from({ length: people }, () => momentAt(date, minuteOfDay(past)) + random.int(0, 59) * 1000)
}
