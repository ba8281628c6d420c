import { type Html, html, type Printable } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { notice } from './parts.ts'
import { table } from './table.ts'
import { uiWords } from './words.ts'

export type Difference = { label: string; before?: Printable; yours: Printable; theirs: Printable; clash: boolean }

export type Conflict = {
  lang: Lang
  /** Who saved meanwhile, and when, as it is to be read. */
  by: string
  at: string
  differences: readonly Difference[]
  /** Forms or links: save mine over theirs, or drop mine. The words for them are in `conflictWords`. */
  choices: Printable
}

export function conflictWords(lang: Lang): { keepMine: string; takeTheirs: string; title: string } {
  return uiWords(lang).conflict
}

/** Somebody else changed the record meanwhile: field by field, theirs and yours; nothing is lost and nothing is guessed. */
export function conflictPage(options: Conflict): Html {
  const words = uiWords(options.lang).conflict
  return html`${notice({ lang: options.lang, kind: 'warning', title: words.title, body: words.by(options.by, options.at) })}${table(
    {
      caption: words.title,
      captionHidden: true,
      columns: [
        { key: 'label', label: words.field, kind: 'main' },
        { key: 'before', label: words.before },
        { key: 'theirs', label: words.theirs },
        { key: 'yours', label: words.yours },
      ],
      rows: options.differences.map((difference) => ({
        tone: difference.clash ? ('due' as const) : undefined,
        cells: {
          label: difference.label,
          before: difference.before,
          theirs: difference.theirs,
          yours: difference.clash ? html`<strong>${difference.yours}</strong>` : difference.yours,
        },
      })),
      empty: html``,
    },
  )}<div class="buttons">${options.choices}</div>`
}
