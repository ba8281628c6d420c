import { isBad, type Level, levelTable } from './levels.ts'
import { normaliseReply } from './normalise-reply.ts'
import { type Token, tokensOf } from './reply-words.ts'

/**
 * What a reply says. A rating and an opt-out may come together. `why` tells the desk and the clarifying question what
 * was not understood; an unclear reply is no rating, and never “satisfied” (R52).
 */
export type Reply = { level: Level; optOut?: true } | { optOut: true } | { unclear: true; why: Unclear }

export type Unclear =
  | 'empty'
  | 'too-long'
  | 'number'
  | 'question'
  | 'contradictory'
  | 'mixed'
  | 'unknown-words'
  | 'acknowledgement'
  | 'no-rating'

/** A story of this length, some seven messages, is for a person to read. */
const longestReply = 500

/**
 * Reads the answer to a call-back message. A reply counts only when every word of it is understood and nothing in it
 * points to the other side of the line between 基本满意 and 不满意. Of several words on one side the lowest counts,
 * except that a digit, which the message asks for, goes before words.
 */
export function readReply(text: string): Reply {
  if (text.length > longestReply) return unclear('too-long')
  const reply = normaliseReply(text)
  if (reply === '') return unclear('empty')
  const tokens = tokensOf(reply)
  const optOut = asksToStop(reply, tokens)
  const number = oddNumber(reply)
  const rating = number ? unclear('number') : ratingOf(tokens)
  if (!optOut) return rating
  return 'level' in rating ? { level: rating.level, optOut: true } : { optOut: true }
}

/** Anything with digits that is not one single digit from 1 to 5: 12345, 10分, 4.5, 555 (which means weeping). */
function oddNumber(reply: string): boolean {
  const digits = reply.match(/\p{Nd}/gu) ?? []
  if (digits.length === 0 || reply.includes('100%满意')) return false
  return digits.length > 1 || !/[1-5]/.test(digits[0] ?? '') || /-\d/.test(reply)
}

/** 退订 and its kin anywhere, unless denied or asked about; T and TD only beside words without meaning of their own. */
function asksToStop(reply: string, tokens: Token[]): boolean {
  const has = (kind: Token['kind']) => tokens.some((token) => token.kind === kind)
  if (has('question') || /[不别未没勿](?:想|要|能|会)?退[订定]/u.test(reply)) return false
  return has('optOut') || (has('optOutLetters') && !has('unknown') && !has('turn'))
}

function ratingOf(tokens: Token[]): { level: Level } | { unclear: true; why: Unclear } {
  const has = (kind: Token['kind']) => tokens.some((token) => token.kind === kind)
  const stated = statedLevels(tokens)
  const bad = stated.all.filter(isBad).length
  if (has('question')) return unclear('question')
  if (bad > 0 && bad < stated.all.length) return unclear('contradictory')
  if (has('turn')) return unclear('mixed')
  if (has('unknown')) return unclear('unknown-words')
  const level = lowest(stated.digits) ?? lowest(stated.named) ?? lowest(stated.tone)
  if (level) return { level }
  return unclear(has('acknowledgement') || has('bareGood') ? 'acknowledgement' : 'no-rating')
}

/** A bare 好 may mean “OK” or be a greeting (警官好); it is praise only right after what is good (服务好). */
function statedLevels(tokens: Token[]) {
  const of = (kind: 'digit' | 'named' | 'tone') => tokens.flatMap((token) => (token.kind === kind ? [token.level] : []))
  const tone = of('tone')
  const praised = tokens.some((token, place) => token.kind === 'bareGood' && tokens[place - 1]?.kind === 'subject')
  if (praised) tone.push('satisfied')
  const [digits, named] = [of('digit'), of('named')]
  return { digits, named, tone, all: [...digits, ...named, ...tone] }
}

function lowest(found: Level[]): Level | undefined {
  return found.toSorted((a, b) => levelTable[a].digit - levelTable[b].digit)[0]
}

function unclear(why: Unclear): { unclear: true; why: Unclear } {
  return { unclear: true, why }
}
