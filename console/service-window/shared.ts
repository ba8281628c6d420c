import { Type } from 'typebox'
import { fieldErrors, problemText } from '#console/frame.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, nothing, raw } from '#platform/html.ts'
import { formatDayShort, formatDaysLeft, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { type Field, field } from '#platform/ui/field.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { deadlineRuler } from '#platform/ui/measure.ts'
import { notice, statusBadge, type Status as Tone } from '#platform/ui/parts.ts'
import { valueOn } from '#policy/parameter.ts'
import type { Text } from '#policy/registration/item.ts'
import type { Status } from '#policy/service-window/lifecycle.ts'
import { amberDays } from '#policy/service-window/limits.ts'
import { type Urgency, urgency } from '#policy/service-window/urgency.ts'
import { counterProblems, matterWords } from './words.ts'

/** Hidden fields that every form brings along. */
export const posted = {
  _csrf: Type.Optional(Type.String({ maxLength: 200 })),
  attempt: Type.Optional(Type.String({ maxLength: 40 })),
}
export const matterParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const version = Type.Integer({ minimum: 1, maximum: 2_000_000_000 })
export const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))
export const langQuery = { lang: Type.Optional(Type.String()), elder: Type.Optional(Type.String()) }

export function matterPath(id: string, rest = ''): string {
  return `/console/matters/${id}${rest}`
}

export function said(named: Text | { zh: string | null; en: string | null }, lang: Lang): string {
  return (lang === 'en' ? named.en : named.zh) || named.zh || named.en || ''
}

const tones: Record<Status, Tone> = {
  received: 'open',
  awaiting_applicant: 'neutral',
  accepted: 'open',
  completed: 'done',
  refused: 'stopped',
  transferred: 'stopped',
  withdrawn: 'stopped',
  lapsed: 'stopped',
}

export function matterStatus(status: Status, lang: Lang): Html {
  return statusBadge(tones[status], matterWords(lang).status[status])
}

/** Items to choose from, numbered: in a native list typing 7 goes to the seventh, where typing Chinese does not. */
export function itemChoices(
  items: readonly { itemCode: string; content: { name: Text } }[],
  lang: Lang,
): { value: string; label: string }[] {
  return items.map((item, at) => ({ value: item.itemCode, label: `${at + 1} ${said(item.content.name, lang)}` }))
}

type Timed = {
  status: string
  acceptedAt: Temporal.Instant | null
  dueOn: string | null
  dueProvisional: boolean
  finishedAt: Temporal.Instant | null
}

export type Deadline = { ruler: Html; tone: 'late' | 'due' | undefined }

/** The deadline ruler of a matter; nothing before a deadline runs. */
export function deadlineOf(ctx: Context, matter: Timed, lang: Lang): Deadline | null {
  if (!matter.dueOn || !matter.acceptedAt) return null
  const today = dayOf(ctx.now)
  const due = Temporal.PlainDate.from(matter.dueOn)
  const ended = matter.finishedAt ? dayOf(matter.finishedAt) : null
  const u = urgency(
    { start: dayOf(matter.acceptedAt), due, ended },
    today,
    ctx.calendar,
    valueOn(amberDays, today).value,
  )
  const words = deadlineWords(matter, u, due, lang, today)
  return {
    ruler: deadlineRuler({ share: u.share, state: u.state, words }),
    tone: ended ? undefined : u.state === 'red' ? 'late' : u.state === 'amber' ? 'due' : undefined,
  }
}

function deadlineWords(
  matter: Timed,
  { state, daysLeft }: Urgency,
  due: Temporal.PlainDate,
  lang: Lang,
  today: Temporal.PlainDate,
): string {
  const words = matterWords(lang)
  const inTime = matter.finishedAt !== null && state === 'done'
  if (inTime && matter.status === 'completed') return words.onTime
  const left = inTime || daysLeft === null ? '' : formatDaysLeft(daysLeft, lang)
  const tail = matter.dueProvisional && !matter.finishedAt ? `（${words.provisional}）` : ''
  return (left || words.due(formatDayShort(due, lang, today))) + tail
}

/** What is wrong, in words: first the counter's own, then those all pages share. */
export function errorsIn(problem: Problem | undefined, lang: Lang, order: readonly string[] = []): FieldError[] {
  const own = counterProblems(lang)[problem?.code ?? '']
  const errors = fieldErrors(problem, lang, order)
  if (!problem || !own) return errors
  if (Object.keys(problem.fields).length === 0) return [{ name: '', message: own }]
  return errors.map((error) => ({
    ...error,
    message: counterProblems(lang)[problem.fields[error.name] ?? ''] ?? error.message,
  }))
}

export function reasonText(code: string, lang: Lang): string {
  return counterProblems(lang)[code] ?? problemText(code, lang)
}

/** A problem that belongs to no field stands above the page. */
export function problemNotice(problem: Problem | undefined, lang: Lang): Html {
  if (!problem || Object.keys(problem.fields).length > 0) return nothing
  return notice({ lang, kind: 'error', title: reasonText(problem.code, lang) })
}

/**
 * A field of one of several forms on a page: it is sent under its own name, its id is the form's, so that ids and the
 * links of the error summary stay apart. Quotes in values are escaped, so the name's attribute cannot be met inside one.
 */
export function fieldIn(formName: string, options: Field): Html {
  const apart = nameIn(formName, options.name)
  return raw(field({ ...options, name: apart }).text.replaceAll(` name="${apart}"`, ` name="${options.name}"`))
}

/** Under which name the error summary finds such a field. */
export function nameIn(formName: string, name: string): string {
  return `${formName}.${name}`
}

/** What somebody typed, as text, from a body that may hold anything. */
export function typed(body: Record<string, unknown> | undefined, name: string): string | undefined {
  const value = body?.[name]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

/** 2026-11-23, 20261123, 11-23 (the latest such day not after `today`); undefined when it is no day. */
export function readDay(written: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const digits = (written ?? '').normalize('NFKC').trim()
  const full = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(digits)
  const short = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(digits)
  const [year, month, day] = full ? full.slice(1).map(Number) : short ? [today.year, ...short.slice(1).map(Number)] : []
  if (!year || !month || !day || year < 1900 || year > 2200) return undefined
  try {
    const found = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
    return short && Temporal.PlainDate.compare(found, today) > 0 ? found.subtract({ years: 1 }) : found
  } catch {
    return undefined
  }
}
