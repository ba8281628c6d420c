import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { formatDayShort, formatDaysLeft, type Lang } from '#platform/i18n.ts'
import { deadlineRuler } from '#platform/ui/measure.ts'
import { statusBadge } from '#platform/ui/parts.ts'
import { valueOn } from '#policy/parameter.ts'
import { amberDays } from '#policy/service-window/limits.ts'
import { type Urgency, urgency } from '#policy/service-window/urgency.ts'
import { orderWords } from './words.ts'

export type Running = {
  status: 'open' | 'answered' | 'closed'
  round: number
  roundStartedAt: Temporal.Instant
  dueOn: string
  dueProvisional: boolean
  answeredAt: Temporal.Instant | null
}

export function urgencyOf(ctx: Context, order: Running): Urgency {
  const today = dayOf(ctx.now)
  const span = {
    start: dayOf(order.roundStartedAt),
    due: Temporal.PlainDate.from(order.dueOn),
    ended: order.answeredAt && dayOf(order.answeredAt),
  }
  return urgency(span, today, ctx.calendar, valueOn(amberDays, today).value)
}

/** The clock of the round: it stops with the answer (A8). */
export function deadline(ctx: Context, order: Running, lang: Lang): Html {
  const { state, share, daysLeft } = urgencyOf(ctx, order)
  const day = formatDayShort(Temporal.PlainDate.from(order.dueOn), lang, dayOf(ctx.now))
  const left = order.answeredAt || daysLeft === null ? '' : ` · ${formatDaysLeft(daysLeft, lang)}`
  const mark = order.dueProvisional ? html` <span class="hint">${orderWords(lang).provisional}</span>` : nothing
  return html`${deadlineRuler({ share, state, words: day + left })}${mark}`
}

export function stateBadge(ctx: Context, order: Running, lang: Lang): Html {
  const words = orderWords(lang)
  const late = urgencyOf(ctx, order).state === 'red'
  const round = order.round > 1 ? html` <span class="hint">${words.round(order.round)}</span>` : nothing
  if (order.status === 'closed') return html`${statusBadge('done', words.status.closed)}${round}`
  if (order.status === 'answered') return html`${statusBadge('neutral', words.status.answered)}${round}`
  return html`${late ? statusBadge('late', words.status.late) : statusBadge('open', words.status.open)}${round}`
}
