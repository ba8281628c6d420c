import { Type } from 'typebox'
import { demoLoginList } from '#console/account/demo-logins.ts'
import { html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { linkButton } from '#platform/ui/form.ts'
import { section } from '#platform/ui/parts.ts'
import { demoLogins } from '../accounts.ts'
import { demoOnly, demoPage } from './page.ts'
import { demoWords } from './words.ts'

/** Where the tour begins: what this is, whom one can be, where to go, what to try. */
export function startEndpoint(): AnyEndpoint {
  return endpoint({
    method: 'GET',
    path: '/demo',
    side: 'internal',
    summary: 'Start of the demonstration',
    permission: 'anyone',
    audit: { unlogged: 'says how to try the demonstration; nobody real is in it' },
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    async handle(ctx, { meta }) {
      demoOnly(meta)
      const { lang } = meta
      const words = demoWords(lang).start
      const links = [
        linkButton({ href: '/sign-in', label: words.signIn, kind: 'main' }),
        linkButton({ href: '/', label: words.site }),
        linkButton({ href: '/demo/phone', label: words.phone }),
        linkButton({ href: '/demo/time', label: words.time }),
      ]
      const main = html`<p>${words.what}</p><div class="buttons">${links}</div>${section({ title: words.walk, body: html`<ol>${words.steps.map((step) => html`<li>${step}</li>`)}</ol>` })}${section({ title: words.complaint, body: html`<ol>${words.complaintSteps.map((step) => html`<li>${step}</li>`)}</ol>` })}${demoLoginList(meta, demoLogins(lang))}`
      return { page: await demoPage(ctx, meta, { title: words.title, main }) }
    },
  })
}
