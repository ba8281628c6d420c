import { type BadCharacter, firstBadCharacter, lengthOf, loneSurrogate } from './characters.ts'

export type TextCharacterRefusal = 'control-character' | 'broken-character' | 'bidi-character'

export type TextRefusal = { refused: 'too-long'; length: number; max: number } | BadCharacter<TextCharacterRefusal>

const tests: [RegExp, TextCharacterRefusal][] = [
  [loneSurrogate, 'broken-character'],
  [/^(?![\n\t])\p{Cc}$/u, 'control-character'],
  // Overrides and isolates can make a text read differently from what is stored; the plain marks U+200E/F cannot.
  [/^[\u202A-\u202E\u2066-\u2069]$/u, 'bidi-character'],
]

/**
 * Free text as it may be stored: NFC, line ends as \n, no space at either end. Emoji and line breaks are allowed, NUL
 * and other control characters are refused (PostgreSQL cannot store NUL). `max` counts code points. Empty text passes:
 * whether a field may be empty is the caller's rule.
 */
export function cleanText(text: string, max: number): { text: string } | TextRefusal {
  const cleaned = text
    .normalize('NFC')
    .replace(/\r\n?|\u2028|\u2029/gu, '\n')
    .trim()
  const bad = firstBadCharacter(cleaned, (character) => tests.find(([pattern]) => pattern.test(character))?.[1])
  if (bad) return bad
  const length = lengthOf(cleaned)
  return length > max ? { refused: 'too-long', length, max } : { text: cleaned }
}
