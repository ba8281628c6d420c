import { messages } from '#platform/i18n.ts'
import { caseWordsEn } from './case-words-en.ts'
import { caseWordsZh } from './case-words-zh.ts'

export const caseWords = messages(caseWordsZh, caseWordsEn)
export type CaseWords = ReturnType<typeof caseWords>

/** A word for a code that comes from the database; the code itself where none is known. */
export function wordOf(words: object, code: string): string {
  const found = Object.hasOwn(words, code) ? (words as Record<string, unknown>)[code] : undefined
  return typeof found === 'string' ? found : code
}
