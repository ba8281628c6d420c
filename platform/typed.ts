import { cleanText } from '#policy/identity/text.ts'
import { invalid } from './problem.ts'

/** Free text that must be there, as it may be stored; otherwise the field is named with what is wrong. `max` in characters. */
export function words(field: string, text: string | undefined, max = 500): string {
  const cleaned = wordsOrNone(field, text, max)
  if (!cleaned) throw invalid({ [field]: 'required' })
  return cleaned
}

/** The same for a field that may stay empty. */
export function wordsOrNone(field: string, text: string | undefined, max = 500): string {
  const checked = cleanText(text ?? '', max)
  if ('refused' in checked) throw invalid({ [field]: `text-${checked.refused}` })
  return checked.text
}

/** A search word or scanned number: whatever cannot be stored cannot be found either, so it is left out, not refused. */
export function lookupText(typed: string, max: number): string {
  return typed
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed()
}
