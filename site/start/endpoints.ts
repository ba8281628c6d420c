import { type ItemVersionRow, itemsOn } from '#modules/registration/index.ts'
import { dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { linkButton } from '#platform/ui/form.ts'
import { section } from '#platform/ui/parts.ts'
import { type SiteDeps, siteFrame } from '../frame.ts'
import { searchForm } from '../services/list-page.ts'
import { startWords } from './words.ts'

// A catalogue grows; the first screen does not.
const mostOnStart = 12

export function startEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/',
      side: 'public',
      summary: 'What can be done here',
      permission: 'anyone',
      audit: { unlogged: 'published information, nobody’s data' },
      async handle(ctx, { meta }) {
        const words = startWords(meta.lang)
        const main = startMain(await itemsOn(ctx, dayOf(ctx.now)), meta.lang)
        return { page: await siteFrame(ctx, deps, meta, { title: words.title, heading: words.heading, main }) }
      },
    }),
  ]
}

function startMain(items: readonly ItemVersionRow[], lang: Lang): Html {
  const words = startWords(lang)
  const often = items
    .slice(0, mostOnStart)
    .map(({ itemCode, content }) => html`<li><a href="/services/${itemCode}/my-list">${content.name[lang]}</a></li>`)
  return html`${section({ title: words.find, body: html`<p>${words.findBody}</p>${searchForm('', lang)}` })}${section({
    title: words.progress,
    body: html`<p>${words.progressBody}</p><div class="buttons">${linkButton({ href: '/q', label: words.progress })}</div>`,
  })}${section({
    title: words.common,
    body: html`<p>${words.commonBody}</p><nav class="tabs" aria-label="${words.common}"><ul>${often}<li><a href="/services"><b>${words.allServices}</b></a></li></ul></nav>`,
  })}${section({
    title: words.rating,
    body: html`<p>${words.ratingBody}</p><div class="buttons">${linkButton({ href: '/rating', label: words.ratingHow })}</div>`,
  })}${section({
    title: words.complain,
    body: html`<p>${words.complainBody}</p><div class="buttons">${linkButton({ href: '/complain', label: words.complain })}${linkButton({ href: '/complaint', label: words.follow })}${linkButton({ href: '/complaints/figures', label: words.figures })}</div>`,
  })}`
}
