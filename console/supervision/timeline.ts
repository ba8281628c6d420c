import type { OrderStep } from '#modules/supervision/index.ts'
import { dayOf } from '#platform/context.ts'
import type { Html } from '#platform/html.ts'
import { formatDayShort, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { timeline } from '#platform/ui/parts.ts'
import { levelOfDigit, levelTable } from '#policy/callback/levels.ts'
import { orderWords } from './words.ts'

/** The order's history as it was written, oldest first. */
export function orderTimeline(steps: readonly OrderStep[], now: Temporal.Instant, lang: Lang): Html {
  const words = orderWords(lang)
  return timeline({
    label: words.history,
    entries: steps.map((step) => ({
      at: formatMomentShort(step.at, lang, dayOf(now)),
      who: step.personName ?? words.system,
      what: stepWords(step, lang),
      detail: step.text || undefined,
      kind: kindOf(step),
    })),
  })
}

function kindOf(step: OrderStep): 'pass' | 'late' | 'done' | undefined {
  if (step.kind === 'assigned') return 'pass'
  if (step.kind === 'overdue' || step.kind === 'reopened') return 'late'
  return step.kind === 'closed' ? 'done' : undefined
}

export function stepWords(step: OrderStep, lang: Lang): string {
  const words = orderWords(lang).steps
  const detail = step.detail as {
    automatic?: boolean
    daysLeft?: number
    dueOn?: string
    dueBefore?: string
    revealed?: string
  }
  switch (step.kind) {
    case 'assigned':
      return words.assigned(step.toName ?? '', detail.automatic === true)
    case 'answered':
      return words.answered(named(orderWords(lang).results, step.detail.result))
    case 'second_opinion':
      return words.second_opinion(levelWords(step.detail.level, lang))
    case 'reopened':
      return words.reopened(dayWords(detail.dueOn, lang))
    case 'overdue':
      return words.overdue(dayWords(detail.dueOn, lang))
    case 'reminded':
      return words.reminded(detail.daysLeft ?? 0)
    case 'escalated':
      return words.escalated(step.toName ?? '')
    case 'closed':
      return words.closed(named(orderWords(lang).closings, step.detail.closing))
    case 'note':
      if (detail.revealed) return words.revealed
      if (step.detail.styleProblem) return words.styleProblem
      if (step.detail.complaintOpened) return words.complaintOpened
      return detail.dueBefore
        ? words.dueMoved(dayWords(detail.dueBefore, lang), dayWords(detail.dueOn, lang))
        : words.note
    default:
      return words[step.kind]
  }
}

function named(names: Readonly<Record<string, string>>, key: unknown): string {
  return typeof key === 'string' && Object.hasOwn(names, key) ? (names[key] as string) : ''
}

function levelWords(level: unknown, lang: Lang): string {
  const known = typeof level === 'number' ? levelOfDigit(level) : undefined
  return known ? levelTable[known][lang] : ''
}

function dayWords(day: string | undefined, lang: Lang): string {
  return day ? formatDayShort(Temporal.PlainDate.from(day), lang) : ''
}
