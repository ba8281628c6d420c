import type { Parameter } from './parameter.ts'
import sources from './sources.json' with { type: 'json' }

/**
 * Where a value comes from. `confidence`: L read in the full text of the law, P read in an excerpt of a public copy,
 * K known but not verified here, D a decision of this product where article and law are silent.
 */
export type Source = {
  id: string
  title_zh: string
  title_en: string
  issuer: string
  number: string | null
  date: string | null
  in_force: string | null
  confidence: 'L' | 'P' | 'K' | 'D'
  note?: string
}

/** One part of a basis: a requirement or ambiguity (R53, A9), or a source with an optional article. */
export type Citation = { kind: 'requirement'; id: string } | { kind: 'source'; source: Source; article?: string }

const table = new Map(Object.entries(sources as Record<string, Omit<Source, 'id'>>))

export function sourceOf(id: string): Source | undefined {
  const found = table.get(id)
  return found && { id, ...found }
}

export function allSources(): Source[] {
  return [...table].map(([id, source]) => ({ id, ...source }))
}

/** Splits a basis such as `R53, civil-code:201`. An unknown part is refused with its text. */
export function readBasis(basis: string): Citation[] | { refused: 'unknown-basis'; part: string } {
  const citations: Citation[] = []
  for (const part of basis.split(', ')) {
    const citation = readPart(part)
    if (!citation) return { refused: 'unknown-basis', part }
    citations.push(citation)
  }
  return citations
}

function readPart(part: string): Citation | undefined {
  if (isRequirement(part)) return { kind: 'requirement', id: part }
  const [id = '', article, ...rest] = part.split(':')
  const source = sourceOf(id)
  if (!source || article === '' || rest.length > 0) return undefined
  return article === undefined ? { kind: 'source', source } : { kind: 'source', source, article }
}

function isRequirement(part: string): boolean {
  const [, letter, digits] = /^([RA])([1-9]\d{0,2})$/.exec(part) ?? []
  return letter !== undefined && Number(digits) <= (letter === 'R' ? 136 : 30)
}

/** A basis in words for a page, e.g. 「要求R53；民法典第201条」. Unknown parts are shown as they are. */
export function basisText(basis: string, language: 'zh' | 'en'): string {
  const citations = readBasis(basis)
  if ('refused' in citations) return basis
  return citations.map((citation) => citationText(citation, language)).join(language === 'zh' ? '；' : '; ')
}

function citationText(citation: Citation, language: 'zh' | 'en'): string {
  if (citation.kind === 'requirement') return language === 'zh' ? `要求${citation.id}` : `requirement ${citation.id}`
  const { source, article } = citation
  const title = language === 'zh' ? source.title_zh : source.title_en
  if (article === undefined) return title
  return language === 'zh' ? `${title}第${article}条` : `${title}, Art. ${article}`
}

/** What is wrong with a parameter's table, in words for the developer; empty when it is sound. Used by tests. */
export function parameterFaults(parameter: Parameter<unknown>): string[] {
  const faults: string[] = []
  const { description, unit, values } = parameter
  if (!description.zh.trim() || !description.en.trim()) faults.push('description is missing in one language')
  if (!unit.trim()) faults.push('unit is missing')
  if (values.length === 0) faults.push('no value')
  const seen = new Set<string>()
  for (const { from, basis } of values) {
    if (!isDay(from)) faults.push(`"${from}" is not a day`)
    if (seen.has(from)) faults.push(`two values start on ${from}`)
    seen.add(from)
    const read = readBasis(basis)
    if ('refused' in read) faults.push(`unknown basis "${read.part}"`)
  }
  return faults
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}
