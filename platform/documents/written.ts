const zone = 'Asia/Shanghai'

/** 2026年11月23日 */
export function dayText({ year, month, day }: { year: number; month: number; day: number }): string {
  return `${year}年${month}月${day}日`
}

/** 2026年11月 */
export function monthText({ year, month }: { year: number; month: number }): string {
  return `${year}年${month}月`
}

/** 2026年11月23日 09:05 */
export function momentText(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(zone)
  return `${dayText(local)} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** 9时, 9时5分: within a sentence. */
export function hourText(at: Temporal.Instant): string {
  const { hour, minute } = at.toZonedDateTimeISO(zone)
  return `${hour}时${minute > 0 ? `${minute}分` : ''}`
}

/** 2026年11月30日24时 for the midnight at which a month is cut off; otherwise the moment. */
export function cutOffText(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(zone)
  const midnight = local.startOfDay().equals(local)
  return midnight ? `${dayText(local.subtract({ days: 1 }))}24时` : momentText(at)
}

/** A sentence ends with a stop whether or not its writer set one. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  return /[。！？；：…”』」）]$/u.test(trimmed) ? trimmed : `${trimmed}。`
}

/** For a place inside a sentence: without the stop at the end. */
export function inSentence(text: string): string {
  return text.trim().replace(/[。；，]+$/u, '')
}
