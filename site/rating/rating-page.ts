import type { RatingPage } from '#modules/callback/index.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { actionButton, errorSummary, form, linkButton } from '#platform/ui/form.ts'
import { notice, section } from '#platform/ui/parts.ts'
import { levels, levelTable } from '#policy/callback/levels.ts'
import { replyWindow } from '#policy/callback/schedule.ts'
import { valueOn } from '#policy/parameter.ts'
import { ratingWords } from './words.ts'

export type Typed = { level?: string; comment?: string; wrong: Record<string, string> }
/** What stands above the page: when, where and what; nothing of who. */
export type RatingView = { page: RatingPage; about: string; token: string; justAnswered: boolean }

const maxComment = 500

/** One screen: the five national levels in their order, a comment if one likes (3.6). */
export function ratingForm({ page, about, token }: RatingView, meta: Meta, typed: Typed = { wrong: {} }): Html {
  const { lang } = meta
  const words = ratingWords(lang)
  const said = (name: 'level' | 'comment') => (typed.wrong[name] ? words.errors[name] : null)
  const errors = (['level', 'comment'] as const)
    .filter((name) => typed.wrong[name])
    .map((name) => ({ name, message: words.errors[name] }))
  return html`${errorSummary({ lang, errors })}<p class="hint">${about}</p>${answerShown(page.answer, lang)}${form({
    action: `/r/${encodeURIComponent(token)}`,
    attempt: meta.newAttempt(),
    body: html`${field({
      lang,
      kind: 'radio',
      name: 'level',
      label: words.question[page.purpose],
      value: typed.level,
      error: said('level'),
      options: levels.map((level) => ({
        value: String(levelTable[level].digit),
        label: capital(levelTable[level][lang]),
      })),
    })}${field({
      lang,
      kind: 'textarea',
      name: 'comment',
      label: words.comment,
      hint: words.commentHint,
      optional: true,
      value: typed.comment,
      error: said('comment'),
      rows: 3,
      maxlength: maxComment,
      width: 'wide',
    })}`,
    submit: { label: words.send },
  })}`
}

/** What the desk found and did stands above the question whether it solved the problem (CB07). */
function answerShown(answer: string | null, lang: Lang): Html {
  if (!answer) return nothing
  const paragraphs = answer.split('\n').filter((line) => line.trim() !== '')
  return section({
    title: ratingWords(lang).ourAnswer,
    body: html`<blockquote>${paragraphs.map((line) => html`<p>${line}</p>`)}</blockquote>`,
  })
}

/** The second step, on its own (CB06): may the independent desk contact you? */
export function consentForm({ token, justAnswered }: RatingView, meta: Meta, wrong = false): Html {
  const { lang } = meta
  const words = ratingWords(lang)
  return html`${wrong ? errorSummary({ lang, errors: [{ name: 'contact', message: words.consentError }] }) : answered(justAnswered, lang)}<p>${words.consentBody}</p>${form(
    {
      action: `/r/${encodeURIComponent(token)}/contact`,
      attempt: meta.newAttempt(),
      body: field({
        lang,
        kind: 'radio',
        name: 'contact',
        label: words.consent,
        error: wrong ? words.consentError : null,
        options: [
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ],
      }),
      submit: { label: words.consentSend },
    },
  )}`
}

/** Rated; a choice about contact that was made can be changed here. */
export function thanksMain({ page, token, justAnswered }: RatingView, meta: Meta): Html {
  const { lang } = meta
  const words = ratingWords(lang)
  if (page.contactConsent === null) return answered(justAnswered, lang)
  const change = actionButton({
    action: `/r/${encodeURIComponent(token)}/contact`,
    attempt: meta.newAttempt(),
    hidden: { contact: page.contactConsent ? 'no' : 'yes' },
    label: page.contactConsent ? words.changeToNo : words.changeToYes,
  })
  return html`${answered(justAnswered, lang)}<p>${page.contactConsent ? words.consentYes : words.consentNo}</p>${change}`
}

export function tooLateMain({ page }: RatingView, lang: Lang): Html {
  const words = ratingWords(lang)
  return html`<p>${words.tooLateBody(valueOn(replyWindow, page.finishedOn).value)}</p><div class="buttons">${linkButton({ href: '/complain', label: words.complain, kind: 'main' })}</div>`
}

function answered(just: boolean, lang: Lang): Html {
  const words = ratingWords(lang)
  return just
    ? notice({ lang, kind: 'success', title: words.thanks, body: words.thanksBody })
    : notice({ lang, kind: 'info', title: words.answeredBefore, body: words.answeredBeforeBody })
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
