import type { Parameter } from '../parameter.ts'
import type { Channel, Department } from './lists.ts'

/** For how long the desk that took a complaint down may open its receipt, to print it and hand it over. */
export const receiptOpenFor: Parameter<number> = {
  description: {
    zh: '登记后可再次打开收件回执（含查询码）的分钟数',
    en: 'Minutes after intake in which the desk may open the receipt with its code again',
  },
  unit: 'minute',
  values: [{ from: '2013-01-01', value: 30, basis: 'design', example: true }],
}

/** Several people with one matter choose representatives when they come in person (petition-regulations:20). */
export const representativesAtMost: Parameter<number> = {
  description: {
    zh: '多人走访推选代表的最多人数',
    en: 'Representatives at most of a group that comes in person',
  },
  unit: 'person',
  values: [
    { from: '2005-05-01', value: 5, basis: 'petition-regulations-2005' },
    { from: '2022-05-01', value: 5, basis: 'petition-regulations:20' },
  ],
}

/** A complaint of before the Regulations of 2005 has no clock that this product knows. */
export const earliestReceipt = '2005-05-01'

export type GroupRefusal = 'representatives-needed' | 'representatives-too-many'

/** May so many speak for a group of this size? `most` is the number in force. */
export function groupRefusal(
  group: { channel: Channel; size: number; representatives: number },
  most: number,
): GroupRefusal | null {
  if (group.representatives > Math.min(most, group.size)) return 'representatives-too-many'
  if (group.channel === 'visit' && group.size > 1 && group.representatives === 0) return 'representatives-needed'
  return null
}

/** Where somebody goes whose matter has another legal path (petition-regulations:31). */
export const otherPaths = [
  'litigation',
  'reconsideration',
  'arbitration',
  'administrative_decision',
  'discipline_elsewhere',
  'other_organ',
] as const
export type OtherPath = (typeof otherPaths)[number]

/**
 * Who steps in, in this order, for a desk that is itself complained of: discipline inspection, and for discipline
 * inspection the supervision brigade. Where every desk is concerned the case stays, and the superior decides.
 */
export const desksInstead: readonly Department[] = [
  'discipline_inspection',
  'supervision_brigade',
  'petition_section',
  'command_centre',
]

/** From how many natural days before the last day a clock is shown in amber. */
export const amberFrom: Parameter<{ notice: number; finish: number }> = {
  description: {
    zh: '告知期限、办理期限临近提醒（黄色）的剩余自然日数',
    en: 'Natural days left from which the clocks of notice and of finishing are shown in amber',
  },
  unit: 'natural-day',
  values: [{ from: '2013-01-01', value: { notice: 5, finish: 10 }, basis: 'design', example: true }],
}

export type ClockState = { state: 'ok' | 'amber' | 'red'; daysLeft: number; share: number }

/** How far a clock of natural days has run on `today`: red begins the day after the last one. */
export function clockState(
  span: { from: Temporal.PlainDate; due: Temporal.PlainDate },
  today: Temporal.PlainDate,
  amber: number,
): ClockState {
  const daysLeft = today.until(span.due, { largestUnit: 'days' }).days
  const whole = Math.max(1, span.from.until(span.due, { largestUnit: 'days' }).days)
  const share = Math.max(0, (whole - daysLeft) / whole)
  if (daysLeft < 0) return { state: 'red', daysLeft, share: Math.max(share, 1.05) }
  return { state: daysLeft <= amber ? 'amber' : 'ok', daysLeft, share: Math.min(share, 1) }
}
