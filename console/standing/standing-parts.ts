import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDayShort, formatDaysLeft, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { type Field, field } from '#platform/ui/field.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { type Status, section, statusBadge } from '#platform/ui/parts.ts'
import type { Returned } from './standing-action.ts'
import { standingWords } from './standing-words.ts'

export const nameOf = (named: { unitZh: string; unitEn: string }, lang: Lang) =>
  lang === 'en' ? named.unitEn : named.unitZh

export function shortDay(ctx: Context, day: string, lang: Lang): string {
  return formatDayShort(Temporal.PlainDate.from(day), lang, dayOf(ctx.now))
}

export function shortMoment(ctx: Context, moment: Temporal.Instant, lang: Lang): string {
  return formatMomentShort(moment, lang, dayOf(ctx.now))
}

/** A last day with what is left of it in working days, or that it has passed. */
export function dueCell(ctx: Context, due: string, open: boolean, lang: Lang): Html {
  const day = Temporal.PlainDate.from(due)
  const today = dayOf(ctx.now)
  const text = formatDayShort(day, lang, today)
  if (!open) return html`${text}`
  const between = ctx.calendar.workingDaysBetween(today, day)
  const left = 'refused' in between ? today.until(day, { largestUnit: 'days' }).days : between.days
  const past = Temporal.PlainDate.compare(today, day) > 0
  const tone: Status = past ? 'late' : left <= 1 ? 'due' : 'open'
  return html`${text} ${statusBadge(tone, past ? standingWords(lang).tasks.overdue : formatDaysLeft(left, lang))}`
}

export function paragraphs(text: string): Html {
  return html`${text.split('\n').map((line) => html`<p>${line}</p>`)}`
}

type Drawn = { meta: Meta; base: string; id: string; version: number; returned?: Returned }

/** A form of a page under its own heading; it keeps what was typed when it comes back. */
export function actionForm(
  drawn: Drawn,
  said: {
    name: string
    title: string
    lead?: string
    save: string
    fields?: readonly Omit<Field, 'lang' | 'value' | 'error'>[]
    values?: Record<string, string>
    kind?: 'main' | 'plain'
    key?: boolean
  },
): Html {
  const { meta, returned } = drawn
  const back = returned?.form === said.name ? returned : undefined
  const ask = (question: Omit<Field, 'lang' | 'value' | 'error'>) => {
    const typed = back?.typed[question.name]
    return field({
      ...question,
      lang: meta.lang,
      value: typeof typed === 'string' ? typed : (said.values?.[question.name] ?? ''),
      error: back?.errors.find((error) => error.name === question.name)?.message,
    })
  }
  const body = form({
    action: `${drawn.base}/${drawn.id}/${said.name}`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    version: drawn.version,
    body: html`${said.fields?.map(ask) ?? nothing}`,
    submit: { label: said.save, kind: said.kind ?? 'main', key: said.key },
    swap: true,
  })
  return section({
    title: said.title,
    id: said.name,
    body: html`${back ? errorSummary({ lang: meta.lang, errors: back.errors }) : nothing}${said.lead ? html`<p class="hint">${said.lead}</p>` : nothing}${body}`,
  })
}

/** A form that is no longer possible: why, and what was typed, so that nothing is lost. */
export function leftOver(returned: Returned | undefined, shown: readonly string[], lang: Lang): Html {
  if (!returned || shown.includes(returned.form)) return nothing
  const hidden = ['_csrf', 'attempt', 'version']
  const typed = Object.entries(returned.typed).filter(
    (entry): entry is [string, string] => !hidden.includes(entry[0]) && typeof entry[1] === 'string' && entry[1] !== '',
  )
  const errors = returned.errors.map(({ message }) => ({ name: '', message }))
  return html`${errorSummary({ lang, errors })}${
    typed.length > 0
      ? section({
          title: standingWords(lang).yourText,
          body: html`${typed.map(([, text]) => html`<blockquote>${paragraphs(text)}</blockquote>`)}`,
        })
      : nothing
  }`
}
