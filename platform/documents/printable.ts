import { openSync } from 'fontkit'
import { chainFiles } from './font-files.ts'

/** A character no document can show. `codePoint` is written `U+XXXX`. */
export type Unprintable = { char: string; codePoint: string }

/** Past the last ideograph of Extension H nothing is in the chain. */
const ceiling = 0x32400

let coverage: Uint8Array | undefined

function bitsOf(file: string): Uint8Array {
  const bits = new Uint8Array(ceiling >> 3)
  for (const code of openSync(file).characterSet) {
    if (code < ceiling) bits[code >> 3]! |= 1 << (code & 7)
  }
  return bits
}

/** Reading the files takes a good fraction of a second, so it is done once and the bits (25 kB) are kept. */
function covered(code: number): boolean {
  if (!coverage) {
    const [light, bold] = chainFiles.serif.map(bitsOf)
    const [latin, rare] = [chainFiles.latin, chainFiles.rare].map(bitsOf)
    coverage = light!.map((byte, i) => (byte & bold![i]!) | latin![i]! | rare![i]!)
  }
  return code < ceiling && (coverage[code >> 3]! & (1 << (code & 7))) !== 0
}

const lineBreaks = /[\n\r\t]/u
const invisible = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/u
const withoutMeaning = /[\p{Co}\p{Cn}\p{Cs}]/u

// A mark is drawn with the letter before it, from one file: no file has both ideographs and marks.
const mark = /\p{M}/u
const takesMark = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}]/u

/** `before` is the character in front, as it matters for marks. */
function canPrint(char: string, before: string | undefined): boolean {
  if (lineBreaks.test(char)) return true
  if (invisible.test(char) || withoutMeaning.test(char)) return false
  if (mark.test(char) && !takesMark.test(before ?? ' ')) return false
  return covered(char.codePointAt(0)!)
}

function codePointName(char: string): string {
  return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}

/**
 * The characters of `text` that no document can show, each once, in order; empty when all can be printed.
 * Checked against the very font files the templates use. Private-use code points are always refused: they
 * mean another character on another machine, so a name typed with one must be typed again (李\uE863 → 李䶮).
 */
export function unprintable(text: string): Unprintable[] {
  const found = new Set([...text.normalize('NFC')].filter((char, i, all) => !canPrint(char, all[i - 1])))
  return [...found].map((char) => ({ char, codePoint: codePointName(char) }))
}

/**
 * `text` as it can be printed: composed (NFC), without invisible characters, and with 〓（U+XXXX） in the
 * place of each character no font has. A document with free text in it therefore never fails on a character.
 */
export function printable(text: string): string {
  const chars = [...text.replace(/\r\n?/g, '\n').normalize('NFC')].map((char, i, all) => {
    if (char === '\t') return ' '
    if (canPrint(char, all[i - 1])) return char
    return invisible.test(char) ? '' : `〓（${codePointName(char)}）`
  })
  return chars.join('')
}
