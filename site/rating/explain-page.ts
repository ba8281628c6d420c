import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { linkButton } from '#platform/ui/form.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { levels, levelTable } from '#policy/callback/levels.ts'
import { reminders } from '#policy/callback/schedule.ts'
import { valueOn } from '#policy/parameter.ts'
import { solveWithin } from '#policy/supervision/parameters.ts'
import { commonWords } from '../words.ts'
import { capital } from './rating-page.ts'
import { ratingWords } from './words.ts'

/** How to rate, what follows, who reads it, what silence means. */
export function explainMain(today: Temporal.PlainDate, lang: Lang): Html {
  const words = ratingWords(lang).explain
  const scale = factList(
    levels.map((level) => ({ label: String(levelTable[level].digit), value: capital(levelTable[level][lang]) })),
  )
  const text = (title: string, body: string) => section({ title, body: html`<p>${body}</p>` })
  return html`${text(words.how, words.howBody)}${section({ title: words.levels, body: html`<p>${words.levelsBody}</p>${scale}` })}${text(
    words.who,
    words.whoBody,
  )}${text(words.bad, words.badBody(valueOn(solveWithin, today).value))}${text(words.contact, words.contactBody)}${text(words.silence, words.silenceBody(valueOn(reminders, today).value.count))}`
}

export function notedMain(lang: Lang): Html {
  return html`<p>${ratingWords(lang).notedBody}</p><div class="buttons">${linkButton({ href: '/', label: commonWords(lang).backToStart })}</div>`
}
