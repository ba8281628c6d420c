import type { ItemVersionRow } from '#modules/registration/index.ts'
import { type Html, html } from '#platform/html.ts'
import { formatCount, type Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { form } from '#platform/ui/form.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { commonWords } from '../words.ts'
import { feeShort, promiseShort } from './amounts.ts'
import { findServices } from './find-services.ts'
import { serviceWords } from './words.ts'

/** The catalogue by area, or what a search found. */
export function listMain(items: readonly ItemVersionRow[], search: string, lang: Lang): Html {
  return html`<p>${serviceWords(lang).intro}</p>${searchForm(search, lang)}${search === '' ? byArea(items, lang) : results(items, search, lang)}`
}

/** Sent by POST, so that a count of what people look for is written once and the result's address can be kept (R51). */
export function searchForm(search: string, lang: Lang): Html {
  const words = serviceWords(lang)
  return form({
    action: '/services/search',
    attempt: '',
    body: field({
      lang,
      kind: 'search',
      name: 'q',
      label: words.search,
      hint: words.searchHint,
      value: search,
      maxlength: 40,
      autocomplete: 'off',
      width: 'wide',
    }),
    submit: { label: words.searchButton },
  })
}

function byArea(items: readonly ItemVersionRow[], lang: Lang): Html {
  const words = serviceWords(lang)
  const areas = Map.groupBy(items, ({ content }) => content.area)
  return html`${[...areas].map(([area, ofArea]) => section({ title: words.areas[area], body: serviceList(ofArea, words.areas[area], lang) }))}`
}

function results(items: readonly ItemVersionRow[], search: string, lang: Lang): Html {
  const words = serviceWords(lang)
  const { exact, onlyMentioned, near } = findServices(items, search)
  const all = html`<p><a href="/services">${words.all}</a></p>`
  if (exact.length > 0) {
    const count = formatCount(exact.length, lang)
    const title = onlyMentioned ? words.mentioned(count, search) : words.results(count, search)
    return html`${section({ title, body: serviceList(exact, title, lang) })}${all}`
  }
  if (near.length > 0)
    return html`${section({ title: words.near(search), body: serviceList(near, words.near(search), lang) })}${all}`
  return emptyState({
    title: words.nothing(search),
    body: words.nothingBody,
    action: html`<a class="button button-plain" href="/services">${words.all}</a>`,
  })
}

/** One service a line: its name, what it costs and how long it takes. */
function serviceList(items: readonly ItemVersionRow[], label: string, lang: Lang): Html {
  const line = ({ itemCode, content }: ItemVersionRow) =>
    html`<li><a class="entry-what" href="/services/${itemCode}"><b>${content.name[lang]}</b></a><div class="entry-detail">${feeShort(content, lang)}${commonWords(lang).comma}${promiseShort(content, lang)}</div></li>`
  return html`<ul class="timeline" aria-label="${label}">${items.map(line)}</ul>`
}
