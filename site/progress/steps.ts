import { formatMoment, type Lang } from '#platform/i18n.ts'
import type { Step } from '#platform/ui/parts.ts'
import { dayWords } from '../day-words.ts'
import type { CitizenView } from './citizen-view.ts'
import { progressWords } from './words.ts'

type Ended = 'refused' | 'transferred' | 'withdrawn' | 'lapsed'

/** Steps done with their moments, the present one, and those to come with the latest day. */
export function stepsOf(matter: CitizenView, lang: Lang): Step[] {
  const words = progressWords(lang)
  const done = (label: string, moment: string): Step => ({
    label,
    state: 'done',
    at: formatMoment(Temporal.Instant.from(moment), lang),
  })
  const taken: Step[] = [
    done(words.step.received, matter.received_at),
    ...matter.notices.map((notice) => ({ ...done(words.step.told, notice.issued_at), note: notice.no })),
  ]
  if (matter.accepted_at) taken.push(done(words.step.accepted, matter.accepted_at))
  if (matter.finished_at) {
    const label = matter.status === 'completed' ? words.step.finished : words.step[matter.status as Ended]
    return [...taken, done(label, matter.finished_at)]
  }
  return [...taken, ...toCome(matter, lang)]
}

function toCome(matter: CitizenView, lang: Lang): Step[] {
  const words = progressWords(lang)
  const finish: Step = {
    label: words.step.finished,
    state: 'todo',
    ...(matter.due_on && { at: words.byDue(dayWords(matter.due_on, lang)) }),
  }
  if (matter.status === 'accepted') return [{ ...finish, state: 'current' }]
  const accept: Step = { label: words.step.accepted, state: 'todo' }
  if (matter.status === 'received') return [{ ...accept, state: 'current' }, finish]
  const kept = matter.notices.at(-1)?.content.keptUntil
  return [
    { label: words.step.supply, state: 'current', ...(kept && { at: words.keptUntil(dayWords(kept, lang)) }) },
    accept,
    finish,
  ]
}
