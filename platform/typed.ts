import { cleanText } from '#policy/identity/text.ts'
import { invalid } from './problem.ts'

/** Text that somebody typed into `field`, fit to be stored; throws 422 with a code for the field. Required unless said otherwise. */
export function words(field: string, text: string | undefined, max: number, required = true): string {
  const checked = cleanText(text ?? '', max)
  if ('refused' in checked) throw invalid({ [field]: `text-${checked.refused}` })
  if (!checked.text && required) throw invalid({ [field]: 'required' })
  return checked.text
}
