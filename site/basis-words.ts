import type { Lang } from '#platform/i18n.ts'
import { readBasis, type Source, sourceOf } from '#policy/sources.ts'

/** A basis such as `R53, civil-code:201` for citizens: laws with their titles, the bureau's own rules by their number. */
export function basisWords(basis: string, lang: Lang): string {
  const citations = readBasis(basis)
  if ('refused' in citations) return basis
  const sources = citations.flatMap((citation) =>
    citation.kind === 'source' ? [sourceWords(citation.source, citation.article, lang)] : [],
  )
  const rules = citations.flatMap((citation) => (citation.kind === 'requirement' ? [citation.id] : []))
  return [...sources, ...(rules.length > 0 ? [requirementWords(rules, lang)] : [])].join(lang === 'en' ? '; ' : '；')
}

/** The legal basis of an item, one line each: sources with title, number and article, then the bureau's rules together. */
export function basisLines(basis: readonly { source: string; article?: string }[], lang: Lang): string[] {
  const lines: string[] = []
  const requirements: string[] = []
  for (const { source, article } of basis) {
    const found = sourceOf(source)
    if (found) lines.push(sourceWords(found, article, lang))
    else requirements.push(source)
  }
  return requirements.length > 0 ? [...lines, requirementWords(requirements, lang)] : lines
}

/** 《居民身份证法》第十条 as “Resident Identity Card Law, Art. 10”, with its number where the title does not hold it. */
export function sourceWords(source: Source, article: string | undefined, lang: Lang): string {
  if (source.confidence === 'D') return lang === 'en' ? 'public promise of the bureau' : '本分局公开承诺'
  const number = source.number && !source.title_zh.includes(source.number) ? source.number : ''
  if (lang === 'en') return `${source.title_en}${article ? `, Art. ${article}` : ''}${number ? ` (${number})` : ''}`
  // A title that begins with a document number is a description, not a name for 《》.
  const title =
    /[〔（]/.test(source.title_zh) || !/[\u4e00-\u9fff]/.test(source.title_zh)
      ? source.title_zh
      : `《${source.title_zh}》`
  return `${title}${article ? `第${article}条` : ''}${number ? `（${number}）` : ''}`
}

function requirementWords(ids: readonly string[], lang: Lang): string {
  return lang === 'en' ? `service rules of the bureau (${ids.join(', ')})` : `本分局服务规定（${ids.join('、')}）`
}
