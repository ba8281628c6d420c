import words from './words.json' with { type: 'json' }

const pairs = [...words.traditional]
const simplified = new Map(pairs.flatMap((from, index) => (index % 2 === 0 ? [[from, pairs[index + 1] ?? from]] : [])))

/** Skin tones, variation selectors, keycap marks and joiners: they decorate a sign without changing what it says. */
const decoration = /[\u{1F3FB}-\u{1F3FF}]|\uFE0F|\uFE0E|\u20E3|\u200D/gu
const repeated = /(非常|特别|十分|超级|真的|很|太)\1+/gu
const attributive = /(非常|特别|十分|很|超级)的(?=不?满意|不?好|差)/gu

/**
 * A reply in the one form the word lists are written in: no spaces, half-width, lower case, simplified, and no doubled
 * emphasis. Everything else is left as it was typed.
 */
export function normaliseReply(text: string): string {
  const plain = text.normalize('NFKC').replace(decoration, '').replace(/\s+/gu, '').toLowerCase()
  const simple = [...plain].map((character) => simplified.get(character) ?? character).join('')
  return simple.replace(repeated, '$1').replace(attributive, '$1')
}
