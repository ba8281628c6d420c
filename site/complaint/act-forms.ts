import type { CaseProgress, CitizenRights } from '#modules/complaints/index.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { type Field, field } from '#platform/ui/field.ts'
import { form } from '#platform/ui/form.ts'
import { dialogDetails, section } from '#platform/ui/parts.ts'
import { complaintRatings } from '#policy/complaints/online.ts'
import { errorWords } from '../complain/form-page.ts'
import { dayWords } from '../day-words.ts'
import { complaintWords } from './words.ts'

export const acts = ['rate', 'add', 'reopen', 'review', 'withdraw', 'contact'] as const
export type Act = (typeof acts)[number]

/** What came back with an error: which form, what was typed in it, what is wrong. */
export type Returned = { act: Act; typed: Record<string, string>; wrong: Record<string, string> }

type View = { found: CaseProgress; rights: CitizenRights; code: string; meta: Meta; returned?: Returned }

/** Every act that is possible now, each a form to open; the one that came back with an error is open. */
export function actsSection(view: View): Html {
  const { lang } = view.meta
  const words = complaintWords(lang)
  const forms = [
    rateForm(view),
    addForm(view),
    reopenForm(view),
    reviewForm(view),
    withdrawForm(view),
    contactForm(view),
  ]
  return section({ title: words.act, id: 'act', body: html`${forms}` })
}

function act(
  { code, meta, returned, found }: View,
  name: Act,
  { summary, label, body, files }: { summary: string; label: string; body: Html; files?: boolean },
): Html {
  const open = returned?.act === name || (name === 'rate' && found.status === 'answered')
  return dialogDetails({
    summary,
    open,
    id: name,
    body: form({
      action: '/complaint',
      attempt: meta.newAttempt(),
      hidden: { code },
      files,
      body,
      submit: { label, kind: name === 'withdraw' ? 'danger' : 'main', name: 'do', value: name },
    }),
  })
}

/** A field that shows what was typed and what is wrong, where its own form came back. */
function ask({ returned, meta }: View, name: Act, options: Omit<Field, 'lang'>): Html {
  const mine = returned?.act === name ? returned : undefined
  const code = mine?.wrong[options.name]
  return field({
    ...options,
    lang: meta.lang,
    value: mine?.typed[options.name] ?? '',
    error: code ? actError(options.name, code, meta) : null,
  })
}

export function actError(name: string, code: string, { lang }: Pick<Meta, 'lang'>): string {
  const words = complaintWords(lang).error
  if (Object.hasOwn(words, code)) return words[code as keyof typeof words]
  return errorWords(name, code, lang)
}

const textarea = { kind: 'textarea', width: 'wide', rows: 4 } as const

function rateForm(view: View): Html | null {
  if (!view.rights.rate) return null
  const words = complaintWords(view.meta.lang)
  return act(view, 'rate', {
    summary: words.rate,
    label: words.sendRating,
    body: html`${ask(view, 'rate', {
      kind: 'radio',
      name: 'level',
      label: words.rateQuestion,
      options: complaintRatings.map((level) => ({ value: String(level), label: words.levels[level] })),
    })}${ask(view, 'rate', { ...textarea, name: 'comment', label: words.comment, optional: true, rows: 3 })}`,
  })
}

function addForm(view: View): Html | null {
  if (!view.rights.add) return null
  const words = complaintWords(view.meta.lang)
  return act(view, 'add', {
    summary: words.add,
    label: words.sendMore,
    files: true,
    body: html`${ask(view, 'add', { ...textarea, name: 'more', label: words.addLabel })}${ask(view, 'add', {
      kind: 'file',
      name: 'files',
      label: words.files,
      hint: words.filesHint,
      optional: true,
      multiple: true,
      accept: '.pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg',
      width: 'wide',
    })}`,
  })
}

function reopenForm(view: View): Html | null {
  const { reopen } = view.rights
  if (!reopen.withNewFacts) return null
  const { lang } = view.meta
  const words = complaintWords(lang)
  return act(view, 'reopen', {
    summary: words.reopen,
    label: words.sendReopen,
    body: html`<p>${reopen.plain && reopen.until ? words.reopenBody(dayWords(reopen.until.toString(), lang)) : words.reopenNew}</p>${ask(view, 'reopen', { ...textarea, name: 'why', label: words.reopenLabel })}${ask(view, 'reopen', { kind: 'checkbox', name: 'newFacts', label: words.newFacts })}`,
  })
}

function reviewForm(view: View): Html | null {
  const { review } = view.rights
  const { lang } = view.meta
  const words = complaintWords(lang)
  if ('refused' in review) {
    if (review.refused === 'review-running') return html`<p class="hint">${words.reviewRunning}</p>`
    return review.refused === 'exhausted' ? html`<p class="hint">${words.reviewExhausted}</p>` : null
  }
  const until = dayWords(review.until.day.toString(), lang)
  if (!review.open) return html`<p class="hint">${words.reviewOver(until)}</p>`
  return act(view, 'review', {
    summary: words.review[review.level],
    label: words.sendReview[review.level],
    body: html`<p>${words.reviewBody[review.level](until)}</p>${ask(view, 'review', { ...textarea, name: 'grounds', label: words.reviewLabel })}`,
  })
}

function withdrawForm(view: View): Html | null {
  if (!view.rights.withdraw) return null
  const words = complaintWords(view.meta.lang)
  return act(view, 'withdraw', {
    summary: words.withdraw,
    label: words.sendWithdraw,
    body: html`<p>${words.withdrawBody}</p>${ask(view, 'withdraw', { ...textarea, name: 'reason', label: words.withdrawLabel, rows: 3 })}`,
  })
}

function contactForm(view: View): Html {
  const { found } = view
  const words = complaintWords(view.meta.lang)
  const known = [found.nameKnown && words.name, found.phoneKnown && words.phone, found.addressKnown && words.address]
  const kept = known.filter((one) => one !== false).join(words.listJoin)
  const line = (name: 'name' | 'phone' | 'address', more: Partial<Field>) =>
    ask(view, 'contact', { kind: 'text', name, label: capital(words[name]), optional: true, ...more })
  return act(view, 'contact', {
    summary: words.contact,
    label: words.sendContact,
    body: html`<p>${kept ? words.contactKnown(kept) : words.contactNone}</p><p>${words.contactBody}</p>${found.nameKnown ? null : line('name', { autocomplete: 'name' })}${line('phone', { kind: 'tel', autocomplete: 'tel', inputmode: 'tel' })}${line('address', { autocomplete: 'street-address', width: 'wide' })}`,
  })
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
