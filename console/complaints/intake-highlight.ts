import { proposalFor, type TagWords } from '#modules/complaints/index.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { section } from '#platform/ui/parts.ts'
import { caseWords } from './case-words.ts'
import { intakeWords } from './intake-words.ts'

/** A text in which the words that led to a tag are marked; lines stay lines. */
export function highlighted(text: string, words: readonly Pick<TagWords, 'start' | 'end'>[]): Html {
  const inside = (at: number) => words.some(({ start, end }) => at >= start && at < end)
  const edges = [...new Set([0, text.length, ...words.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((a, b) => a - b)
  const pieces = edges.slice(0, -1).map((from, index) => {
    const piece = text.slice(from, edges[index + 1])
    return inside(from) ? html`<mark>${piece}</mark>` : html`${piece}`
  })
  return html`<div class="said">${pieces}</div>`
}

/** Each proposed tag with the words that led to it. */
export function tagList(words: readonly TagWords[], lang: Lang): Html {
  const said = caseWords(lang)
  const named: Record<string, string> = { ...said.style, ...said.behaviour }
  const codes = [...new Set(words.map(({ code }) => code))]
  if (codes.length === 0) return html`<p class="hint">${intakeWords(lang).previewNone}</p>`
  return html`<ul class="tag-list">${codes.map((code) => {
    const led = [...new Set(words.filter((word) => word.code === code).map(({ text }) => text))]
    return html`<li><strong>${named[code]}</strong> <span class="hint">${led.map((word) => `“${word}”`).join(lang === 'en' ? ', ' : '、')}</span></li>`
  })}</ul>`
}

/** What the system would propose for a text that is not registered yet. */
export function previewPart(text: string, lang: Lang): Html {
  if (text.trim() === '') return nothing
  const w = intakeWords(lang)
  const { words } = proposalFor(text)
  return section({
    title: w.previewTitle,
    id: 'preview',
    body: html`${tagList(words, lang)}${words.length > 0 ? highlighted(text, words) : nothing}<p class="hint">${w.previewHint}</p>`,
  })
}
