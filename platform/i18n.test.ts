import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  dayOf,
  formatCount,
  formatDay,
  formatDayShort,
  formatDaysLeft,
  formatDuration,
  formatMoment,
  formatMomentShort,
  formatMonth,
  formatPercent,
  messages,
} from './i18n.ts'

const day = Temporal.PlainDate.from('2026-11-23')

test('both languages answer to the same keys, with gaps filled', () => {
  const words = messages(
    { title: '受理', group: { found: (n: number) => `共 ${n} 件` }, list: ['一', '二'] },
    { title: 'Acceptance', group: { found: (n) => `${n} found` }, list: ['one', 'two'] },
  )
  assert.equal(words('zh').group.found(3), '共 3 件')
  assert.equal(words('en').group.found(3), '3 found')
  assert.equal(words('en').list[1], 'two')
})

test('a catalogue with a key missing or an argument of another type does not compile', () => {
  // @ts-expect-error the English title is missing
  messages({ title: '受理' }, {})
  // @ts-expect-error the gap is a number
  messages({ found: (n: number) => `${n}` }, { found: (n: string) => n.trim() })
  assert.ok(true)
})

test('a day is written with its weekday', () => {
  assert.equal(formatDay(day, 'zh'), '2026年11月23日 周一')
  assert.equal(formatDay(day, 'en'), 'Mon 23 Nov 2026')
  assert.equal(formatDay(Temporal.PlainDate.from('2027-01-03'), 'zh'), '2027年1月3日 周日')
  assert.equal(formatMonth(Temporal.PlainYearMonth.from('2026-02'), 'en'), 'Feb 2026')
})

test('a short day leaves out the year only when it is the year of today', () => {
  assert.equal(formatDayShort(day, 'zh', day), '11月23日')
  assert.equal(formatDayShort(day, 'zh', day.add({ years: 1 })), '2026年11月23日')
  assert.equal(formatDayShort(day, 'en'), '23 Nov 2026')
})

test('a moment is told by the clock of Shanghai, also across midnight', () => {
  const late = Temporal.Instant.from('2026-11-22T16:05:00Z')
  assert.equal(dayOf(late).toString(), '2026-11-23')
  assert.equal(formatMoment(late, 'zh'), '2026年11月23日 周一 00:05')
  assert.equal(formatMoment(late, 'en'), 'Mon 23 Nov 2026, 00:05')
  assert.equal(formatMomentShort(late, 'zh', day), '11月23日 00:05')
})

test('a duration says its two largest units', () => {
  const zh = (text: string) => formatDuration(Temporal.Duration.from(text), 'zh')
  assert.equal(zh('PT25M'), '25 分钟')
  assert.equal(zh('P3DT4H5M'), '3 天 4 小时')
  assert.equal(zh('PT24H'), '1 天')
  assert.equal(zh('PT59S'), '不到 1 分钟')
  assert.equal(formatDuration(Temporal.Duration.from('PT61M'), 'en'), '1 hour 1 minute')
})

test('days left, counts and shares read in both languages', () => {
  assert.equal(formatDaysLeft(-35, 'zh'), '逾期 35 天')
  assert.equal(formatDaysLeft(0, 'zh'), '今日到期')
  assert.equal(formatDaysLeft(1, 'en'), '1 day left')
  assert.equal(formatCount(10000, 'zh'), '10,000')
  assert.equal(formatPercent(0.84, 'zh'), '84.0%')
})
