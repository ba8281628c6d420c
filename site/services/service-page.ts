import type { Unit } from '#modules/directory/index.ts'
import type { ItemVersionRow, PublishedVersion } from '#modules/registration/index.ts'
import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Bureau } from '#platform/settings.ts'
import { linkButton } from '#platform/ui/form.ts'
import { notice } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { dateWords } from '../day-words.ts'
import { commonWords } from '../words.ts'
import { sixNotices } from './notices.ts'
import { placesSection } from './window-units.ts'
import { serviceWords } from './words.ts'

/** A service with its six notices in full, its version, where to go. */
export function serviceMain(version: ItemVersionRow, bureau: Bureau, units: readonly Unit[], lang: Lang): Html {
  const words = serviceWords(lang)
  const address = `/services/${version.itemCode}`
  return html`<p>${version.content.summary[lang]}</p><p class="hint">${commonWords(lang).version(version.number, dateWords(version.from, lang))}</p>
<div class="buttons">${linkButton({ href: `${address}/my-list`, label: words.toMyList, kind: 'main' })}${linkButton({
    href: `${address}/list.pdf`,
    label: words.listPdf,
  })}</div><p class="hint">${words.toMyListHint}</p>
${sixNotices(version.content, bureau, lang)}${placesSection(units, lang)}
<div class="buttons">${linkButton({ href: `${address}/versions`, label: words.versions })}</div>`
}

/** The versions of a service, newest first, each with its days and what changed. */
export function versionsMain(
  versions: readonly PublishedVersion[],
  itemCode: string,
  today: Temporal.PlainDate,
  lang: Lang,
): Html {
  const words = serviceWords(lang)
  return html`<p>${words.versionsIntro}</p>${table({
    caption: words.versions,
    captionHidden: true,
    columns: [
      { key: 'number', label: words.versions, kind: 'main' },
      { key: 'from', label: words.from },
      { key: 'until', label: words.until },
      { key: 'change', label: words.change },
    ],
    rows: versions.map((version) => ({
      href: `/services/${itemCode}/versions/${version.number}`,
      cells: {
        number: words.named(words.versionNo(version.number), stateOf(version, today, lang)),
        from: dateWords(version.from, lang),
        until: version.until ? dateWords(version.until, lang) : null,
        change: version.changeNote,
      },
    })),
    empty: html``,
  })}`
}

function stateOf({ from, until, withdrawn }: PublishedVersion, today: Temporal.PlainDate, lang: Lang): string {
  const words = serviceWords(lang)
  const now = today.toString()
  if (withdrawn) return words.withdrawn
  if (from > now) return words.future
  return until === null || until > now ? words.inForce : words.ended
}

/** One version as it was told, with a warning when it is not the one in force. */
export function oldVersionMain(
  version: PublishedVersion,
  itemCode: string,
  bureau: Bureau,
  today: Temporal.PlainDate,
  lang: Lang,
): Html {
  const words = serviceWords(lang)
  const current = stateOf(version, today, lang) === words.inForce
  const body = html`<p>${words.oldVersionBody(dateWords(version.from, lang), version.until && dateWords(version.until, lang))}</p><p><a href="/services/${itemCode}">${words.toCurrent}</a></p>`
  return html`${current ? null : notice({ lang, kind: 'warning', title: words.oldVersion, body })}<p class="hint">${commonWords(
    lang,
  ).version(version.number, dateWords(version.from, lang))}</p>${sixNotices(version.content, bureau, lang)}`
}
