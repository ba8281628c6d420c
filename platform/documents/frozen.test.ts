import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freeze, thaw } from './frozen.ts'

test('a document’s data survives being kept as JSON: days, months and moments come back as what they were', () => {
  const data = {
    at: Temporal.Instant.from('2026-10-31T16:00:00Z'),
    rows: [{ on: Temporal.PlainDate.from('2026-10-31'), n: 0, none: null, absent: undefined }],
    month: Temporal.PlainYearMonth.from('2026-10'),
    text: '$day',
    empty: {},
  }
  const back = thaw<typeof data>(JSON.parse(JSON.stringify(freeze(data))))
  assert.ok(back.at instanceof Temporal.Instant && back.at.equals(data.at))
  assert.ok(back.rows[0]?.on instanceof Temporal.PlainDate && back.month instanceof Temporal.PlainYearMonth)
  assert.deepEqual({ ...back.rows[0], on: '' }, { on: '', n: 0, none: null })
  assert.equal(back.text, '$day')
  assert.deepEqual(back.empty, {})
})
