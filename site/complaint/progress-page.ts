import type { CaseProgress, CitizenRights } from '#modules/complaints/index.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { actionButton, errorSummary } from '#platform/ui/form.ts'
import { factList, notice, section } from '#platform/ui/parts.ts'
import { sizeWords } from '../complain/form-page.ts'
import { complainWords } from '../complain/words.ts'
import { type Act, actError, actsSection, type Returned } from './act-forms.ts'
import { noticeSections } from './notice-parts.ts'
import { caseSteps } from './time-line.ts'
import { complaintWords } from './words.ts'

export const samePageId = 'same-page'

export type ProgressView = {
  found: CaseProgress
  rights: CitizenRights
  code: string
  today: Temporal.PlainDate
  meta: Meta
  /** What was just done. */
  done?: Act
  returned?: Returned
}

/** One person's page of a case: how it stands, the answer, what may be done, the own words, who looked. */
export function progressMain(view: ProgressView): Html {
  const { found, code, today, meta, done, returned } = view
  const { lang } = meta
  const words = complaintWords(lang)
  const errors = Object.entries(returned?.wrong ?? {}).map(([name, wrong]) => ({
    name: name === 'form' ? '' : name,
    message: actError(name, wrong, meta),
  }))
  return html`${errorSummary({ lang, errors })}${done ? notice({ lang, kind: 'success', title: words.done[done] }) : null}${notice({ lang, kind: 'info', title: words.statuses[found.status], body: found.withdrawnAt ? words.withdrawnNote : undefined })}${wishes(found, lang)}${section(
    { title: words.steps, body: caseSteps(found, today, lang) },
  )}${noticeSections(found.notices, code, lang)}${rating(found, lang)}${actsSection(view)}${section({ title: words.facts, body: facts(found, lang) })}${mine(found, lang)}${looks(found, lang)}<p class="hint">${words.keep}</p><div class="buttons">${samePage(code, lang)}<a class="button button-plain" href="/complaint">${words.other}</a></div>`
}

function facts(found: CaseProgress, lang: Lang): Html {
  const words = complaintWords(lang)
  const known = found.anonymous ? 'anonymous' : found.confidential ? 'confidential' : 'named'
  return factList([
    { label: words.no, value: found.no },
    { label: words.receivedAt, value: moment(found.receivedAt, lang) },
    { label: words.standing, value: words[known] },
    { label: words.department, value: words.departments[found.department] },
  ])
}

function rating({ ratings, round }: CaseProgress, lang: Lang): Html | null {
  const words = complaintWords(lang)
  const level = ratings.find((one) => one.round === round)?.level
  return level ? html`<p>${words.rated(words.levels[level as 1 | 2 | 3])}</p>` : null
}

/** What was asked for, and what became of it. */
function wishes(found: CaseProgress, lang: Lang): Html | null {
  const words = complaintWords(lang)
  if (found.wishes.length === 0) return null
  const became = (wish: CaseProgress['wishes'][number]) => {
    if (!wish.takenUpAt) return words.wishWaiting
    if (!wish.refused) return words.wishTaken
    const why = Object.hasOwn(words.refusals, wish.refused) ? (wish.refused as keyof typeof words.refusals) : 'other'
    return words.wishRefused(words.refusals[why])
  }
  return html`<ul class="timeline">${found.wishes.map(
    (wish) =>
      html`<li><span class="entry-what">${words.wish[wish.kind]}${lang === 'en' ? ', ' : '，'}${moment(wish.askedAt, lang)}</span><div class="entry-detail">${became(wish)}</div></li>`,
  )}</ul>`
}

function mine(found: CaseProgress, lang: Lang): Html {
  const words = complaintWords(lang)
  const added = found.steps.filter(({ kind, text }) => kind === 'supplement' && text)
  const files = found.files.map(
    (file) => html`<li>${complainWords(lang).fileLine(file.name, sizeWords(file.size))}</li>`,
  )
  return section({
    title: words.mine,
    body: html`<blockquote>${paragraphs(found.text)}</blockquote>${added.map(
      ({ at, text }) =>
        html`<p class="hint">${words.added(moment(at, lang))}</p><blockquote>${paragraphs(text ?? '')}</blockquote>`,
    )}${files.length > 0 ? html`<ul>${files}</ul>` : null}`,
  })
}

function paragraphs(text: string): Html {
  return html`${text.split('\n').map((line) => (line.trim() === '' ? null : html`<p>${line}</p>`))}`
}

/** Each look, with the office and without the person (T8). */
function looks(found: CaseProgress, lang: Lang): Html {
  const words = complaintWords(lang)
  const nobody = found.anonymous ? words.looksAnonymous : words.looksNone
  const lines = found.looks.map(
    (look) => html`<li>${words.look1(moment(look.at, lang), lang === 'en' ? look.unitEn : look.unitZh)}</li>`,
  )
  return section({ title: words.looks, body: lines.length > 0 ? html`<ul>${lines}</ul>` : html`<p>${nobody}</p>` })
}

/** Shows this page again: afresh, or in another language or size. */
export function samePage(code: string, lang: Lang): Html {
  const label = complaintWords(lang).again
  return actionButton({ id: samePageId, action: '/complaint', attempt: '', hidden: { code, do: 'look' }, label })
}

function moment(at: string, lang: Lang): string {
  return formatMoment(Temporal.Instant.from(at), lang)
}
