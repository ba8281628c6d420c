import { groupedCode, type SentReceipt } from '#modules/complaints/index.ts'
import { dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { form } from '#platform/ui/form.ts'
import { factList, keepThis, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'
import { noticeDue } from '#policy/complaints/clocks.ts'
import { dayWords } from '../day-words.ts'
import { formAction, formId } from './form-page.ts'
import { complainWords } from './words.ts'

export type ReceiptView = {
  sent: SentReceipt
  token: string
  calendar: WorkCalendar
  lang: Lang
}

/** The number, the code that is shown once, and what happens next by when. */
export function receiptMain({ sent, token, calendar, lang }: ReceiptView): Html {
  const words = complainWords(lang).receipt
  const told = noticeDue(dayOf(sent.sentAt), calendar)
  const rows = [
    [words.told, `${dayWords(told.day.toString(), lang)}${told.provisional ? words.provisional : ''}`],
    [words.finish, words.finishBy],
    [words.rate, words.rateBy],
  ] as const
  return html`${keepThis({ label: words.code, code: groupedCode(sent.code), note: words.keep })}${
    sent.about.standing === 'anonymous' ? html`<p>${words.anonymous}</p>` : null
  }${factList([
    { label: words.no, value: sent.caseNo },
    { label: words.at, value: formatMoment(sent.sentAt, lang) },
  ])}${form({
    action: '/complain/receipt',
    attempt: '',
    hidden: { draft: token },
    submit: { label: words.print },
  })}${form({
    action: '/complaint',
    attempt: '',
    hidden: { code: sent.code, do: 'look' },
    submit: { label: words.follow, kind: 'plain' },
  })}${section({
    title: words.next,
    body: table({
      caption: words.next,
      captionHidden: true,
      columns: [
        { key: 'step', label: words.step, kind: 'main' },
        { key: 'by', label: words.by },
      ],
      rows: rows.map(([step, by]) => ({ cells: { step, by } })),
      empty: html``,
    }),
  })}<p class="hint">${words.shared}</p>${samePage(token)}`
}

/** The form behind the choices of language and size: it shows this page again. */
function samePage(token: string): Html {
  return html`<form id="${formId}" method="post" action="${formAction}"><input type="hidden" name="draft" value="${token}"></form>`
}
