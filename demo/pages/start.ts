import { Type } from 'typebox'
import { html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { linkButton } from '#platform/ui/form.ts'
import { section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
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
      const logins = table({
        caption: words.logins,
        captionHidden: true,
        columns: [
          { key: 'who', label: words.who, kind: 'main' },
          { key: 'number', label: words.number, kind: 'nowrap' },
          { key: 'password', label: words.password, kind: 'nowrap' },
        ],
        rows: demoLogins(lang).map((login) => ({
          cells: {
            who: login.who,
            number: html`<code>${login.number}</code>`,
            password: html`<code>${login.password}</code>`,
          },
        })),
        empty: html``,
      })
      const links = [
        linkButton({ href: '/sign-in', label: words.signIn, kind: 'main' }),
        linkButton({ href: '/', label: words.site }),
        linkButton({ href: '/demo/phone', label: words.phone }),
        linkButton({ href: '/demo/time', label: words.time }),
      ]
      const main = html`<p>${words.what}</p><p>${links.map((link) => html`${link} `)}</p>${section({ title: words.walk, body: html`<ol>${words.steps.map((step) => html`<li>${step}</li>`)}</ol>` })}${section(
        {
          title: words.logins,
          body: html`<p>${words.hint}</p>${logins}`,
        },
      )}`
      return { page: await demoPage(ctx, meta, { title: words.title, main }) }
    },
  })
}
