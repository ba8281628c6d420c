import { type Behaviour, behaviours, type StyleTag, styleTagOf, styleTags } from './lists.ts'
import { saysSo } from './phrase-context.ts'
import table from './phrases.json' with { type: 'json' }

/** The words of the complaint that led to a proposal, and where they stand in it (UTF-16, `end` not included). */
export type Words = { start: number; end: number; text: string }

export type Proposed<Label> = { label: Label; words: Words[] }

/** Alleged, not confirmed: a person accepts or drops each, and the finding decides anew (A7). */
export type ProposedTags = { style: Proposed<StyleTag>[]; behaviours: Proposed<Behaviour>[] }

type Hit = Words & { style: readonly StyleTag[]; behaviours: readonly Behaviour[] }

const rows = table.phrases.map((row) => ({
  patterns: row.any.map((pattern) => new RegExp(pattern, 'gu')),
  style: row.style.map((word) => known(styleTags, word)),
  behaviours: row.behaviour.map((word) => known(behaviours, word)),
  felt: 'felt' in row && row.felt === true,
}))

/** Style tags and behaviours a complaint speaks of, with the words that say so. Precise rather than complete. */
export function proposeTags(text: string): ProposedTags {
  const plain = simplified(text)
  const hits = [...phraseHits(plain), ...quotedHits(plain)].map((hit) => ({
    ...hit,
    text: text.slice(hit.start, hit.end),
  }))
  return {
    style: collected(styleTags, hits, (hit) => hit.style),
    behaviours: collected(behaviours, hits, (hit) => hit.behaviours),
  }
}

function phraseHits(plain: string): Hit[] {
  const found = rows.flatMap(({ patterns, style, behaviours, felt }) =>
    patterns.flatMap((pattern) =>
      [...plain.matchAll(pattern)].map((match) => {
        const words = { start: match.index, end: match.index + match[0].length, text: match[0] }
        const said = saysSo({ ...before(plain, words.start), after: plain.slice(words.end, words.end + reach), felt })
        return { ...words, style, behaviours, said }
      }),
    ),
  )
  // 没有推诿、拖延: what is taken from the first word of a row is taken from the others.
  const taken = found.filter(({ said }) => !said)
  for (const { end } of taken) {
    const next = found.filter(
      ({ said, start }) => said && (start === end || (start === end + 1 && /[、和或及与]/u.test(plain.charAt(end)))),
    )
    for (const hit of next) {
      hit.said = false
      taken.push(hit)
    }
  }
  return found.filter(({ said }) => said)
}

/** “拖”字当头, 又“冷”又“硬”. All five together name the institution, not what happened. */
function quotedHits(plain: string): Hit[] {
  return [...plain.matchAll(/[“"「『]([冷硬横推托拖]、?){1,4}[”"」』]/gu)].flatMap((match) => {
    const start = match.index
    if (
      !saysSo({
        ...before(plain, start),
        after: plain.slice(start + match[0].length, start + match[0].length + reach),
        felt: false,
      })
    )
      return []
    return [...match[0]].flatMap((character, place) => {
      const tag = styleTagOf(character)
      return tag
        ? [{ start: start + place, end: start + place + 1, text: character, style: [tag], behaviours: [] }]
        : []
    })
  })
}

/** How far the words around are read; a sentence of a complaint is seldom longer. */
const reach = 60

function before(plain: string, start: number): { sentence: string; clause: string } {
  const all = plain.slice(Math.max(0, start - 4 * reach), start)
  return {
    sentence: all.split(/[。！？!?\n；;]/u).at(-1) ?? '',
    clause: all.split(/[。！？!?\n；;，,：:、]/u).at(-1) ?? '',
  }
}

/** One entry for each label that was hit; of overlapping words the longest are kept. */
function collected<Label>(
  labels: readonly Label[],
  hits: readonly Hit[],
  of: (hit: Hit) => readonly Label[],
): Proposed<Label>[] {
  return labels.flatMap((label) => {
    const words: Words[] = []
    const longest = hits
      .filter((hit) => of(hit).includes(label))
      .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
    for (const { start, end, text } of longest) {
      if (words.every((kept) => end <= kept.start || kept.end <= start)) words.push({ start, end, text })
    }
    return words.length > 0 ? [{ label, words: words.sort((a, b) => a.start - b.start) }] : []
  })
}

const toSimplified = new Map(
  Array.from({ length: table.traditional.length / 2 }, (_, place) => [
    table.traditional[2 * place] ?? '',
    table.traditional[2 * place + 1] ?? '',
  ]),
)

/** Character for character, so that places stay what they are. */
function simplified(text: string): string {
  return text.replace(/\p{Script=Han}/gu, (character) => toSimplified.get(character) ?? character)
}

function known<Label extends string>(labels: readonly Label[], word: string): Label {
  const found = labels.find((label) => label === word)
  if (!found) throw new RangeError(`"${word}" is not in the list`)
  return found
}
