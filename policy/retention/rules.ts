import { type Parameter, valueOn } from '../parameter.ts'
import {
  assessmentRecordFloor,
  callbackWords,
  demoTelephone,
  matterContact,
  networkLogFloor,
  receivedMessages,
  requestAttempts,
  sentMessages,
} from './periods.ts'

/** What is removed when its time is over. The order is that of a night's work. */
export const retentionRules = {
  'matter.contact': { period: matterContact, log: false },
  'callback.words': { period: callbackWords, log: false },
  'message.received': { period: receivedMessages, log: true },
  'message.sent': { period: sentMessages, log: true },
  'demo.telephone': { period: demoTelephone, log: false },
  'request.attempt': { period: requestAttempts, log: false },
} as const satisfies Record<string, { period: Parameter<number>; log: boolean }>

export type RetentionRule = keyof typeof retentionRules
export const retentionRuleNames = Object.keys(retentionRules) as RetentionRule[]

/** What no chore removes, and why. `floor` is how long the law wants it at least. */
export const keptForGood = {
  audit: { floor: networkLogFloor, basis: 'cybersecurity-law:23, gb-22239' },
  assessments: { floor: assessmentRecordFloor, basis: 'pipl:56, network-data:12' },
  applications: { floor: null, basis: 'archives-law:37, online-services:12' },
  orders: { floor: null, basis: 'R53, archives-law:37' },
  complaints: { floor: null, basis: 'police-petition-rules, archives-law:37' },
  ratings: { floor: null, basis: 'R52' },
  ledger: { floor: null, basis: 'R123' },
  catalogue: { floor: null, basis: 'R133' },
  optOut: { floor: null, basis: 'pipl:15, design' },
} as const

export type KeptForGood = keyof typeof keptForGood

/** Everything that ended before this moment is due: the start of a day in China, so that a night's work has one line. */
export function cutoffOf(rule: RetentionRule, today: Temporal.PlainDate): Temporal.Instant {
  const { period } = retentionRules[rule]
  const { value } = valueOn(period, today)
  const day = today.subtract(period.unit === 'month' ? { months: value } : { days: value })
  return day.toZonedDateTime('Asia/Shanghai').toInstant()
}

/** What must be false of the table: a log that goes before the law lets it. Used by tests. */
export function tooShort(today: Temporal.PlainDate): RetentionRule[] {
  const floor = valueOn(networkLogFloor, today).value
  return retentionRuleNames.filter((rule) => {
    const { period, log } = retentionRules[rule]
    return log && (period.unit !== 'month' || valueOn(period, today).value < floor)
  })
}
