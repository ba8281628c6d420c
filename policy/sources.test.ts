import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarAlarmDays, unsettledTail } from './calendar/parameters.ts'
import { allSources, basisText, parameterFaults, readBasis } from './sources.ts'

test('every source has a title in both languages, an issuer and a known confidence mark', () => {
  for (const source of allSources()) {
    assert.ok(source.title_zh.trim() && source.title_en.trim() && source.issuer.trim(), source.id)
    assert.match(source.confidence, /^[LPKD]$/, source.id)
    assert.match(source.id, /^[a-z0-9-]+$/)
    for (const day of [source.date, source.in_force]) assert.match(day ?? '2000', /^\d{4}(-\d{2}-\d{2})?$/, source.id)
  }
})

test('a basis may name requirements, ambiguities, sources and articles', () => {
  assert.equal(basisText('R53, A9, civil-code:201', 'zh'), '要求R53；要求A9；中华人民共和国民法典第201条')
  assert.equal(basisText('holiday-measure', 'en'), 'Measure on National Holidays')
})

test('an unknown basis is refused with the part that is unknown', () => {
  for (const part of ['R137', 'R0', 'A31', 'civil-law', 'civil-code:', 'civil-code:1:2', '']) {
    assert.deepEqual(readBasis(`R1, ${part}`), { refused: 'unknown-basis', part })
  }
})

test('the calendar parameters are sound and faults are found', () => {
  assert.deepEqual(parameterFaults(calendarAlarmDays), [])
  assert.deepEqual(parameterFaults(unsettledTail), [])
  const broken = {
    description: { zh: '', en: 'x' },
    unit: ' ',
    values: [
      { from: '2026-02-30', value: 1, basis: 'R1' },
      { from: '2026-02-30', value: 1, basis: 'nowhere' },
    ],
  }
  assert.equal(parameterFaults(broken).length, 6)
})
