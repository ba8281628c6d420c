import type { CaseProgress } from '#modules/complaints/index.ts'
import { type Html, html } from '#platform/html.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { type Step, steps } from '#platform/ui/parts.ts'
import { openStatuses } from '#policy/complaints/lifecycle.ts'
import { basisWords } from '../basis-words.ts'
import { dayWords } from '../day-words.ts'
import { complaintWords } from './words.ts'

type Event = { at: string; label: string }

/** What happened, in the citizen's words, and what comes next with its last day and the law behind it. */
export function caseSteps(found: CaseProgress, today: Temporal.PlainDate, lang: Lang): Html {
  const words = complaintWords(lang)
  const past = happened(found, lang)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
    .map(({ at, label }): Step => ({ label, state: 'done', at: formatMoment(Temporal.Instant.from(at), lang) }))
  return steps({ lang, label: words.steps, steps: [...past, ...toCome(found, today, lang)] })
}

function happened(found: CaseProgress, lang: Lang): Event[] {
  const words = complaintWords(lang).step
  const events: Event[] = [{ at: found.receivedAt, label: words.received }]
  for (const { kind, at } of found.steps)
    if (Object.hasOwn(words, kind)) events.push({ at, label: words[kind as keyof typeof words] })
  // Joined with a case that was accepted before: its own acceptance is no step of this one.
  if (found.acceptedAt && !found.steps.some(({ kind }) => kind === 'accepted'))
    events.push({ at: found.acceptedAt, label: words.accepted })
  for (const review of found.reviews) {
    events.push({ at: review.askedAt, label: review.level === 1 ? words.review1 : words.review2 })
    if (review.decidedAt)
      events.push({ at: review.decidedAt, label: review.level === 1 ? words.reviewed1 : words.reviewed2 })
  }
  for (const { at } of found.ratings) events.push({ at, label: words.rated })
  return events
}

function toCome(found: CaseProgress, today: Temporal.PlainDate, lang: Lang): Step[] {
  const words = complaintWords(lang)
  const due = (label: string, day: string, provisional: boolean, basis: string, state: Step['state']): Step => ({
    label,
    state,
    at: `${words.by(dayWords(day, lang))}${provisional ? words.provisional : ''}`,
    note: html`${words.basis(basisWords(basis, lang))}${
      Temporal.PlainDate.compare(today, Temporal.PlainDate.from(day)) > 0 ? html`<br><b>${words.late}</b>` : null
    }`,
  })
  const next: Step[] = []
  if (found.status === 'received' && !found.noticedAt)
    next.push(due(words.toCome.told, found.noticeDueOn, found.noticeProvisional, 'petition-regulations:23', 'current'))
  if (openStatuses.includes(found.status))
    next.push(
      found.dueOn && found.acceptedAt
        ? due(
            words.toCome.answer,
            found.dueOn,
            found.dueProvisional,
            found.dueBasis ?? 'petition-regulations:34',
            'current',
          )
        : { label: words.toCome.answer, state: 'todo', note: words.basis(basisWords('petition-regulations:34', lang)) },
    )
  const running = found.reviews.find(({ decidedAt }) => !decidedAt)
  if (running) {
    const [label, article] = running.level === 1 ? [words.toCome.review, 35] : [words.toCome.rereview, 36]
    next.push(due(label, running.dueOn, false, `petition-regulations:${article}`, 'current'))
  }
  return next
}
