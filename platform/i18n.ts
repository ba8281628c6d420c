import type { Html } from '#platform/html.ts'

export type Lang = 'zh' | 'en'

export const zone = 'Asia/Shanghai'

/** A sentence, a sentence with gaps, or a list or group of them. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments of a message are known only to its own catalogue
type Message = string | ((...args: any[]) => string | Html) | readonly Message[] | { readonly [key: string]: Message }
type Catalogue = { readonly [key: string]: Message }

/** The same keys, and functions of the same arguments, in another language. */
type Same<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => infer R
      ? (...args: A) => R
      : Same<T[K]>
}

/** A typed catalogue. Chinese is the source; English must have the same keys or nothing compiles. */
export function messages<const T extends Catalogue>(zh: T, en: Same<T>): (lang: Lang) => Same<T> {
  return (lang) => (lang === 'en' ? en : (zh as unknown as Same<T>))
}

const weekdaysZh = ['一', '二', '三', '四', '五', '六', '日']
const weekdaysEn = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 2026年11月23日 周一 / Mon 23 Nov 2026. */
export function formatDay(day: Temporal.PlainDate, lang: Lang): string {
  return lang === 'en'
    ? `${weekdaysEn[day.dayOfWeek - 1]} ${day.day} ${monthsEn[day.month - 1]} ${day.year}`
    : `${day.year}年${day.month}月${day.day}日 周${weekdaysZh[day.dayOfWeek - 1]}`
}

/** For tables: 11月23日 / 23 Nov, with the year when it is not the year of `today`. */
export function formatDayShort(day: Temporal.PlainDate, lang: Lang, today?: Temporal.PlainDate): string {
  const sameYear = today?.year === day.year
  if (lang === 'en') return `${day.day} ${monthsEn[day.month - 1]}${sameYear ? '' : ` ${day.year}`}`
  return `${sameYear ? '' : `${day.year}年`}${day.month}月${day.day}日`
}

/** 2026年11月 / Nov 2026. */
export function formatMonth(month: Temporal.PlainYearMonth, lang: Lang): string {
  return lang === 'en' ? `${monthsEn[month.month - 1]} ${month.year}` : `${month.year}年${month.month}月`
}

/** The calendar day on which a moment falls here. */
export function dayOf(moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO(zone).toPlainDate()
}

/** 14:05, on our clocks. */
export function formatTime(moment: Temporal.Instant): string {
  const { hour, minute } = moment.toZonedDateTimeISO(zone)
  return `${two(hour)}:${two(minute)}`
}

/** 2026年11月23日 周一 14:05 / Mon 23 Nov 2026, 14:05. */
export function formatMoment(moment: Temporal.Instant, lang: Lang): string {
  return `${formatDay(dayOf(moment), lang)}${lang === 'en' ? ', ' : ' '}${formatTime(moment)}`
}

/** For tables: 11月23日 14:05 / 23 Nov, 14:05, with the year when it is not the year of `today`. */
export function formatMomentShort(moment: Temporal.Instant, lang: Lang, today?: Temporal.PlainDate): string {
  return `${formatDayShort(dayOf(moment), lang, today)}${lang === 'en' ? ', ' : ' '}${formatTime(moment)}`
}

/** The two largest units that are not zero: 3 天 4 小时 / 3 days 4 hours; under a minute: 不到 1 分钟. A day is 24 hours. */
export function formatDuration(duration: Temporal.Duration, lang: Lang): string {
  const total = Math.floor(
    Math.abs(duration.total({ unit: 'minutes', relativeTo: Temporal.PlainDate.from('2026-01-01') })),
  )
  if (total === 0) return lang === 'en' ? 'less than a minute' : '不到 1 分钟'
  const counts = [Math.floor(total / 1440), Math.floor((total % 1440) / 60), total % 60]
  return counts
    .map((count, unit) => (count === 0 ? '' : unitWords(count, unit, lang)))
    .filter((words) => words !== '')
    .slice(0, 2)
    .join(' ')
}

/** 10,000 in both languages. */
export function formatCount(count: number | bigint, lang: Lang): string {
  return countFormat[lang].format(count)
}

/** A share of one as 87.5%, always one decimal, so that columns align. */
export function formatPercent(share: number, lang: Lang): string {
  return percentFormat[lang].format(share)
}

/** 剩 2 天 / 2 days left; 今日到期 / due today; 逾期 35 天 / 35 days overdue. Days are what the rule counts: the caller's. */
export function formatDaysLeft(days: number, lang: Lang): string {
  if (days === 0) return lang === 'en' ? 'due today' : '今日到期'
  const count = Math.abs(days)
  if (lang === 'en') return `${count} ${count === 1 ? 'day' : 'days'} ${days < 0 ? 'overdue' : 'left'}`
  return `${days < 0 ? '逾期' : '剩'} ${count} 天`
}

const countFormat = { zh: new Intl.NumberFormat('zh-CN'), en: new Intl.NumberFormat('en') }
const percentOptions = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const
const percentFormat = {
  zh: new Intl.NumberFormat('zh-CN', percentOptions),
  en: new Intl.NumberFormat('en', percentOptions),
}
const unitsZh = ['天', '小时', '分钟']
const unitsEn = ['day', 'hour', 'minute']

function unitWords(count: number, unit: number, lang: Lang): string {
  return lang === 'en' ? `${count} ${unitsEn[unit]}${count === 1 ? '' : 's'}` : `${count} ${unitsZh[unit]}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
