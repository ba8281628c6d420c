import { type BadCharacter, firstBadCharacter, lengthOf, loneSurrogate } from './characters.ts'

export type NameCharacterRefusal =
  | 'control-character'
  | 'private-use-character'
  | 'unassigned-character'
  | 'broken-character'
  | 'bidi-character'
  | 'invisible-character'
  | 'emoji'

export type NameRefusal =
  | { refused: 'empty' }
  | { refused: 'too-long'; length: number; max: number }
  | BadCharacter<NameCharacterRefusal>

/** Names of the peoples of China reach some 25 characters; 50 leaves room for foreigners. */
const maxLength = 50

/** All the dots people type between the parts of a name; the register uses U+00B7. */
const middleDots = /\s*[\u2022\u2027\u30FB\uFF65\u2219\u00B7]\s*/gu

const tests: [RegExp, NameCharacterRefusal][] = [
  [loneSurrogate, 'broken-character'],
  [/^[\p{Cc}\p{Zl}\p{Zp}]$/u, 'control-character'],
  [/^\p{Co}$/u, 'private-use-character'],
  [/^\p{Cn}$/u, 'unassigned-character'],
  [/^\p{Bidi_Control}$/u, 'bidi-character'],
  [/^\p{Cf}$/u, 'invisible-character'],
  [/^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20E3|\uFE0F)$/u, 'emoji'],
]

/**
 * A person's name as it may be stored and printed: NFC, middle dots as ·, single spaces, 1–50 code points. No rule on
 * scripts: rare characters (𬭎 㛃 䶮 𠮷), long Uyghur names and foreign names are all real people. Private-use characters
 * are refused because each machine draws them differently; the code point tells the officer which one to look up.
 */
export function checkPersonName(text: string): { name: string } | NameRefusal {
  const trimmed = text.normalize('NFC').replace(/^[ \u3000\t\r\n]+|[ \u3000\t\r\n]+$/gu, '')
  const bad = firstBadCharacter(trimmed, (character) => tests.find(([pattern]) => pattern.test(character))?.[1])
  if (bad) return bad
  const name = trimmed.replace(middleDots, '·').replace(/\p{Zs}+/gu, ' ')
  const length = lengthOf(name)
  if (length === 0) return { refused: 'empty' }
  if (length > maxLength) return { refused: 'too-long', length, max: maxLength }
  return { name }
}
