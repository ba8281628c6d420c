import type { CaseProgress } from '#modules/complaints/index.ts'
import { hasPaper } from '#modules/complaints/index.ts'
import { type Html, html } from '#platform/html.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { actionButton } from '#platform/ui/form.ts'
import { dialogDetails, section } from '#platform/ui/parts.ts'
import { dayWords } from '../day-words.ts'
import { complaintWords } from './words.ts'

type Notice = CaseProgress['notices'][number]

/** The latest answer, whole; the other notices below it, each with its paper. */
export function noticeSections(notices: readonly Notice[], code: string, lang: Lang): Html {
  if (notices.length === 0) return html``
  const words = complaintWords(lang)
  const answer = notices.findLast(({ content }) => content.opinion !== undefined || content.review !== undefined)
  const others = notices.filter((notice) => notice !== answer).toReversed()
  const note = words.noticesNote ? html`<p class="hint">${words.noticesNote}</p>` : null
  return html`${
    answer ? section({ title: words.answer, id: 'answer', body: html`${note}${noticeBody(answer, code, lang)}` }) : null
  }${
    others.length > 0
      ? section({
          title: words.notices,
          body: html`${answer ? null : note}${others.map((notice) =>
            dialogDetails({
              summary: `${words.kinds[notice.kind]}${lang === 'en' ? ', ' : '，'}${formatMoment(Temporal.Instant.from(notice.at), lang)}`,
              body: noticeBody(notice, code, lang),
            }),
          )}`,
        })
      : null
  }`
}

function noticeBody(notice: Notice, code: string, lang: Lang): Html {
  const words = complaintWords(lang)
  const { content } = notice
  const dates = [
    ...(content.dates ?? []),
    ...(content.opinion ? [content.opinion.review] : []),
    ...(content.review?.further ? [content.review.further] : []),
  ]
  return html`${content.opinion ? opinion(content.opinion, lang) : html`<p><b>${content.review?.opinion ?? content.decision}</b></p>${lines(content.reasons ?? [])}`}${
    dates.length > 0
      ? html`<ul>${dates.map((date) => html`<li>${words.date(date.name, `${dayWords(date.day, lang)}${date.provisional ? words.provisional : ''}`)}</li>`)}</ul>`
      : null
  }${(content.places ?? []).map((place) => html`<p>${place.name}${lang === 'en' ? ': ' : '：'}${place.what} ${place.address ?? ''} ${place.phone ?? ''}</p>`)}${lines(content.next ?? [])}${lines(content.remedies ?? [])}<p class="hint">${words.basis(content.basis)}</p><p class="hint">${notice.no}</p>${
    hasPaper(content)
      ? actionButton({ action: '/complaint/paper', attempt: '', hidden: { code, notice: notice.id }, label: words.pdf })
      : null
  }`
}

function opinion(said: NonNullable<Notice['content']['opinion']>, lang: Lang): Html {
  const words = complaintWords(lang).parts
  const part = (title: string, body: readonly string[]) => html`<h3>${title}</h3>${lines(body)}`
  return html`${part(words.request, said.request)}${part(words.facts, said.facts)}${part(words.reasons, said.reasons)}${part(words.opinion, said.opinion)}`
}

function lines(text: readonly string[]): Html {
  return html`${text.map((line) => html`<p>${line}</p>`)}`
}
