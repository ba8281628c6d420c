/** A character that may not stand in a text, with its code point (`U+E000`) and its place counted in code points. */
export type BadCharacter<Code extends string> = {
  refused: Code
  character: string
  codePoint: string
  position: number
}

/** The first code point of `text` to which `codeOf` gives a code. */
export function firstBadCharacter<Code extends string>(
  text: string,
  codeOf: (character: string) => Code | undefined,
): BadCharacter<Code> | undefined {
  let position = 0
  for (const character of text) {
    const code = codeOf(character)
    if (code) return { refused: code, character, codePoint: codePointOf(character), position }
    position += 1
  }
  return undefined
}

/** `U+` and at least four hexadecimal digits. */
export function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Code points, which is what a person counts as characters in Chinese; `length` counts 𠮷 twice. */
export function lengthOf(text: string): number {
  return [...text].length
}

/** Half of a surrogate pair: the text was cut in the middle of a character. */
export const loneSurrogate = /^\p{Cs}$/u

/** Digits and letters typed full width become ordinary ones; every kind of space is removed. */
export function compact(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B-\u200D\u2060\uFEFF]/gu, '')
}
