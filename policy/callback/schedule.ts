import { chinaDay, deadlineMoment, type WorkCalendar, zone } from '../calendar/work-calendar.ts'
import { type Parameter, valueOn } from '../parameter.ts'

/** Time of day in China, HH:MM; `to` itself is no longer allowed. */
export type Hours = { from: string; to: string }

export const allowedHours: Parameter<Hours> = {
  description: { zh: '可以发送回访短信的时段', en: 'Hours in which a call-back message may be sent' },
  unit: 'time-of-day',
  values: [{ from: '2013-01-01', value: { from: '09:00', to: '20:00' }, basis: 'R52, design' }],
}

export const sendWithin: Parameter<number> = {
  description: { zh: '办结后多少个工作日内发送回访短信', en: 'Working days within which the message is sent' },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 1, basis: 'R52, design' }],
}

/** The citizen should have left the counter: staff must not hint or guide (GB/T 39735). */
export const sendDelay: Parameter<number> = {
  description: { zh: '办结后至少间隔多少分钟再发送', en: 'Minutes to wait after the matter is finished' },
  unit: 'minute',
  values: [{ from: '2013-01-01', value: 30, basis: 'R52, design' }],
}

export const reminders: Parameter<{ count: number; afterDays: number }> = {
  description: {
    zh: '未回复时的提醒次数及首次发送后的间隔天数',
    en: 'Reminders to the silent, and days after the message',
  },
  unit: 'natural-day',
  values: [{ from: '2013-01-01', value: { count: 1, afterDays: 3 }, basis: 'R52, design' }],
}

export const replyWindow: Parameter<number> = {
  description: {
    zh: '回复的有效天数（发送当日不计）',
    en: 'Days in which a reply counts, the day of sending excluded',
  },
  unit: 'natural-day',
  values: [{ from: '2013-01-01', value: 7, basis: 'R52, design' }],
}

export const clarifyingQuestions: Parameter<number> = {
  description: { zh: '回复无法识别时最多追问的次数', en: 'Clarifying questions for a reply that is not understood' },
  unit: 'message',
  values: [{ from: '2013-01-01', value: 1, basis: 'R52, design' }],
}

/** `latest` is null and `provisional` true when no working-day table says which day is the next working day. */
export type SendTime = { at: Temporal.Instant; latest: Temporal.Instant | null; provisional: boolean }

/**
 * When the message goes out: half an hour after the matter was finished, moved to 09:00 if that is a quiet hour; also
 * on days off, since memory fades. `latest` is the end of the allowed hours of the next working day; a message sent
 * after it is late (R52). A missing calendar does not stop the message, it only leaves the limit open.
 */
export function sendMoment(finishedAt: Temporal.Instant, calendar: WorkCalendar): SendTime {
  const day = chinaDay(finishedAt)
  const at = nextAllowedMoment(finishedAt.add({ minutes: valueOn(sendDelay, day).value }))
  const due = calendar.addWorkingDays(day, valueOn(sendWithin, day).value)
  if ('refused' in due) return { at, latest: null, provisional: true }
  return { at, latest: momentAt(due.day, valueOn(allowedHours, due.day).value.to), provisional: due.provisional }
}

/** When the n-th reminder is due (1 for the first), or null when no further one is allowed or the window is over. */
export function reminderMoment(sentAt: Temporal.Instant, n = 1): Temporal.Instant | null {
  const { count, afterDays } = valueOn(reminders, chinaDay(sentAt)).value
  if (n < 1 || n > count) return null
  const at = nextAllowedMoment(sentAt.add({ hours: 24 * afterDays * n }))
  return Temporal.Instant.compare(at, replyDeadline(sentAt)) < 0 ? at : null
}

/** The end of the reply window: 24:00 of its last day. The reminder does not prolong it. */
export function replyDeadline(sentAt: Temporal.Instant): Temporal.Instant {
  const day = chinaDay(sentAt)
  return deadlineMoment(day.add({ days: valueOn(replyWindow, day).value }))
}

/** Whether a reply still counts as a rating. A later complaint is of course received, as a complaint. */
export function countsAsReply(sentAt: Temporal.Instant, receivedAt: Temporal.Instant): boolean {
  const notBefore = Temporal.Instant.compare(receivedAt, sentAt) >= 0
  return notBefore && Temporal.Instant.compare(receivedAt, replyDeadline(sentAt)) < 0
}

/** True outside the allowed hours of the day in China. */
export function isQuiet(moment: Temporal.Instant): boolean {
  return Temporal.Instant.compare(nextAllowedMoment(moment), moment) !== 0
}

/** `moment` itself inside the allowed hours, otherwise the next time they begin. */
export function nextAllowedMoment(moment: Temporal.Instant): Temporal.Instant {
  const day = chinaDay(moment)
  const { from, to } = valueOn(allowedHours, day).value
  const opens = momentAt(day, from)
  if (Temporal.Instant.compare(moment, opens) < 0) return opens
  if (Temporal.Instant.compare(moment, momentAt(day, to)) < 0) return moment
  const tomorrow = day.add({ days: 1 })
  return momentAt(tomorrow, valueOn(allowedHours, tomorrow).value.from)
}

function momentAt(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).toInstant()
}
