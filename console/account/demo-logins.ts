import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { actionButton } from '#platform/ui/form.ts'
import { section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { signInWords } from './words.ts'

export type DemoLogin = { number: string; password: string; who: string }

/** Whom a visitor of the demonstration can be, each with a button that signs in. */
export function demoLoginList(meta: Meta, logins: readonly DemoLogin[], to = ''): Html {
  const { lang, csrf } = meta
  const w = signInWords(lang)
  const body = table({
    caption: w.demoLogins,
    captionHidden: true,
    columns: [
      { key: 'who', label: w.demoWho, kind: 'main' },
      { key: 'number', label: w.number, kind: 'nowrap' },
      { key: 'password', label: w.password, kind: 'nowrap' },
      { key: 'enter', label: w.submit, kind: 'action' },
    ],
    rows: logins.map(({ number, who, password }) => ({
      cells: {
        who,
        number: html`<code>${number}</code>`,
        password: html`<code>${password}</code>`,
        enter: actionButton({ action: '/sign-in', csrf, hidden: { number, password, to }, label: w.enterAs(number) }),
      },
    })),
    empty: html``,
  })
  return section({ title: w.demoLogins, body: html`<p class="hint">${w.demoHint}</p>${body}` })
}
