import { type Level, levels } from './levels.ts'
import words from './words.json' with { type: 'json' }

/**
 * `named`: a level by its name or with an emphasis. `tone`: praise or blame, which gives way to a digit or a name on
 * the same side. `filler`: says nothing about satisfaction. Whatever is not in the lists is `unknown`.
 */
export type Token =
  | { kind: 'named' | 'tone'; level: Level }
  | { kind: 'digit'; level: Level }
  | { kind: 'bareGood' | 'subject' | 'filler' | 'acknowledgement' | 'question' | 'turn' | 'optOut' | 'optOutLetters' }
  | { kind: 'unknown' }

const lexicon = new Map<string, Token>()
for (const kind of ['named', 'tone'] as const) {
  for (const level of levels) for (const word of words[kind][level]) lexicon.set(word, { kind, level })
}
for (const kind of ['bareGood', 'subject', 'acknowledgement', 'question', 'turn', 'optOut', 'optOutLetters'] as const) {
  for (const word of words[kind]) lexicon.set(word, { kind })
}
for (const word of words.polite) lexicon.set(word, { kind: 'filler' })
for (const word of words.blocked) lexicon.set(word, { kind: 'unknown' })

const numerals = '一二三四五'
numerals.split('').forEach((numeral, index) => {
  const level = levels[4 - index]
  if (level) {
    lexicon.set(numeral, { kind: 'digit', level })
    lexicon.set(String(index + 1), { kind: 'digit', level })
  }
})

const longest = Math.max(...[...lexicon.keys()].map((word) => [...word].length))
const mark = /^[\p{P}\p{Z}~+|`^]$/u
const letter = /^[a-z]$/

/** Cuts a normalised reply into the longest words of the lists; negation is safe because a lone 不 is in none of them. */
export function tokensOf(reply: string): Token[] {
  const characters = [...reply]
  const tokens: Token[] = []
  for (let place = 0; place < characters.length; ) {
    const found = longestWord(characters, place)
    if (found) tokens.push(found.token)
    else if (!mark.test(characters[place] ?? '')) tokens.push({ kind: 'unknown' })
    place += found?.length ?? 1
  }
  return tokens
}

function longestWord(characters: string[], place: number): { token: Token; length: number } | undefined {
  for (let length = Math.min(longest, characters.length - place); length > 0; length -= 1) {
    const word = characters.slice(place, place + length).join('')
    const token = lexicon.get(word)
    if (token && standsAlone(characters, place, length)) return { token, length }
  }
  return undefined
}

/** A Latin word counts only as a whole word: the t of “not” is no opt-out. */
function standsAlone(characters: string[], place: number, length: number): boolean {
  if (!letter.test(characters[place] ?? '')) return true
  return !letter.test(characters[place - 1] ?? '') && !letter.test(characters[place + length] ?? '')
}
