import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parameterFaults, readBasis } from '../sources.ts'
import * as periods from './periods.ts'
import { cutoffOf, keptForGood, retentionRules, tooShort } from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('every period is dated and cites where it comes from', () => {
  for (const period of Object.values(periods)) assert.deepEqual(parameterFaults(period), [])
  for (const { basis } of Object.values(keptForGood)) assert.ok(Array.isArray(readBasis(basis)), basis)
})

test('what is a network log stays for at least the months that the law asks for', () => {
  assert.deepEqual(tooShort(day('2026-12-01')), [])
  for (const { period, log } of Object.values(retentionRules))
    if (log) assert.ok(period.values.every(({ value }) => value >= 6))
})

test('due is what ended before the start of the day in China so many months ago; the day itself is not', () => {
  assert.equal(cutoffOf('matter.contact', day('2026-12-01')).toString(), '2024-11-30T16:00:00Z')
  assert.equal(cutoffOf('message.sent', day('2028-02-29')).toString(), '2027-02-27T16:00:00Z')
  assert.equal(cutoffOf('request.attempt', day('2026-12-08')).toString(), '2026-11-30T16:00:00Z')
})
