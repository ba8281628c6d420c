import type { ItemContent } from '#policy/registration/item.ts'
import { waysToSay } from './everyday-words.ts'

type Found<T> = {
  exact: T[]
  /** No name bears the word: the items only speak of it, as a paper to bring or in a question. */
  onlyMentioned: boolean
  near: T[]
}

/**
 * Items in which every word of the search occurs, as typed or as the catalogue says it, in either language: those that bear it in their name first. `near` are
 * the ones that share pairs of characters with what was asked (身份证丢了怎么办), best first; empty when something fits.
 */
export function findServices<T extends { content: ItemContent }>(items: readonly T[], search: string): Found<T> {
  const words = searchWords(search)
  if (words.length === 0) return { exact: [...items], onlyMentioned: false, near: [] }
  const texts = items.map((item) => ({ item, name: plain(nameText(item.content)), all: plain(allText(item.content)) }))
  const says = (text: string, word: string) => waysToSay(word).some((way) => text.includes(way))
  const fitting = texts.filter(({ all }) => words.every((word) => says(all, word)))
  const inName = (text: { name: string }) => (words.every((word) => says(text.name, word)) ? 0 : 1)
  const exact = fitting.toSorted((a, b) => inName(a) - inName(b)).map(({ item }) => item)
  if (exact.length > 0) return { exact, onlyMentioned: fitting.every((text) => inName(text) === 1), near: [] }

  return { exact: [], onlyMentioned: false, near: nearest(texts, words.flatMap(waysToSay)) }
}

/** At least one pair of characters is shared; what few items have tells more than what all have. */
function nearest<T>(texts: readonly { item: T; name: string; all: string }[], words: readonly string[]): T[] {
  const asked = pieces(words)
  const weights = asked.map((piece) => {
    const having = texts.filter(({ all }) => all.includes(piece)).length
    return { piece, weight: having === 0 ? 0 : Math.log((texts.length + 1) / having) }
  })
  const scoreOf = (text: string) =>
    weights.reduce((sum, { piece, weight }) => (text.includes(piece) ? sum + weight * piece.length : sum), 0)
  const scored = texts
    .filter(({ all }) => asked.some((piece) => piece.length > 1 && all.includes(piece)))
    .map(({ item, name, all }) => ({ item, score: scoreOf(name) * 3 + scoreOf(all) }))
    .toSorted((a, b) => b.score - a.score)
  return scored.slice(0, 5).map(({ item }) => item)
}

/** Lower case, full width made plain. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

export function searchWords(search: string): string[] {
  return plain(search.slice(0, 100))
    .split(/[\s,，。、？?！!]+/u)
    .filter((word) => word !== '')
}

/**
 * What of a search is kept for counting, with nothing about who asked: at most 40 characters, and no runs of digits, which may
 * be somebody's telephone or identity number. Null when nothing is left.
 */
export function searchTerm(search: string): string | null {
  const kept = plain(search)
    .replace(/\p{Nd}{3,}[xX]?/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim()
  return [...kept].slice(0, 40).join('').trim() || null
}

/** Single characters and pairs of neighbours; Latin words whole. */
function pieces(words: readonly string[]): string[] {
  const found = words.flatMap((word) => {
    if (/^[a-z0-9]+$/.test(word)) return word.length > 2 ? [word] : []
    const characters = [...word]
    return [...characters, ...characters.slice(1).map((character, i) => `${characters[i]}${character}`)]
  })
  return [...new Set(found)]
}

function nameText({ name, code }: ItemContent): string {
  return `${name.zh} ${name.en} ${code}`
}

function allText(content: ItemContent): string {
  const texts = [
    content.summary,
    content.applicants,
    ...content.materials.map(({ name }) => name),
    ...content.faq.map(({ q }) => q),
  ]
  return `${nameText(content)} ${texts.map(({ zh, en }) => `${zh} ${en}`).join(' ')}`
}
