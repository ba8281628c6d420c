import { formatDay, formatDayShort, type Lang } from '#platform/i18n.ts'

/** A stored day with its weekday: for days somebody has to keep. */
export function dayWords(day: string, lang: Lang): string {
  return formatDay(Temporal.PlainDate.from(day), lang)
}

/** A stored day without its weekday, for those that only date something. */
export function dateWords(day: string, lang: Lang): string {
  return formatDayShort(Temporal.PlainDate.from(day), lang)
}
