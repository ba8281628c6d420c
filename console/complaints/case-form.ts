import type { TProperties } from 'typebox'
import { Type } from 'typebox'
import type { CaseDetails } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { type Field, field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { dialogDetails, section } from '#platform/ui/parts.ts'
import type { Permission } from '#policy/access/permissions.ts'
import { type CaseWords, caseWords } from './case-words.ts'

export type Question = Omit<Field, 'lang' | 'value' | 'error'> & { preset?: string | readonly string[] }
export type Body = Record<string, unknown> & { version?: number }
export type Sent = { id: string; version: number; body: Body; meta: Meta }

/** One thing somebody may do to a case: offered, asked, sent and carried out as it is said here, once. */
export type CaseForm = {
  name: keyof CaseWords['forms']
  summary: string
  permission: Permission
  fields: TProperties
  maxUpload?: number
  /** Open on the page instead of behind its title: what is mostly wanted in this state. */
  first?: boolean
  kind?: 'main' | 'plain' | 'danger'
  offered(details: CaseDetails): boolean
  /** `lead` stands above the questions. */
  ask(details: CaseDetails, words: CaseWords, lang: Lang): { questions: Question[]; lead?: Printable }
  act(ctx: Context, sent: Sent): Promise<unknown>
}

/** A form that came back: which, what was typed, and what is wrong. */
export type Returned = { form: string; typed: Record<string, unknown>; errors: FieldError[] }

export const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
export const long = (max: number) => Type.Optional(Type.String({ maxLength: max * 2 }))
export const several = Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 }))

export const formFields = {
  _csrf: Type.Optional(Type.String()),
  attempt: Type.Optional(Type.String()),
  version: Type.Optional(Type.Integer()),
  /** How many steps the case had when the form was drawn: what came after is what the other changed. */
  seen: Type.Optional(Type.Integer()),
} satisfies TProperties

export const text = (body: Body, name: string): string => (typeof body[name] === 'string' ? (body[name] as string) : '')
export const list = (body: Body, name: string): string[] => {
  const sent = body[name]
  if (Array.isArray(sent)) return sent.map(String)
  return typeof sent === 'string' && sent !== '' ? [sent] : []
}

/** What may be done next, what is wanted most first and open. */
export function drawForms(
  forms: readonly CaseForm[],
  details: CaseDetails,
  meta: Meta,
  returned: Returned | undefined,
): Html {
  const offered = forms.filter((one) => one.offered(details) || returned?.form === one.name)
  const ordered = [...offered.filter((one) => one.first), ...offered.filter((one) => !one.first)]
  return html`${ordered.map((one) => drawForm(one, details, meta, returned?.form === one.name ? returned : undefined))}`
}

function drawForm(said: CaseForm, details: CaseDetails, meta: Meta, back: Returned | undefined): Html {
  const words = caseWords(meta.lang)
  const title = words.forms[said.name].title
  const asked = said.ask(details, words, meta.lang)
  const whole = html`${back ? errorSummary({ lang: meta.lang, errors: back.errors }) : nothing}${asked.lead ?? nothing}${form(
    {
      action: `/console/cases/${details.case.id}/${said.name}`,
      csrf: meta.csrf,
      attempt: meta.newAttempt(),
      version: details.case.version,
      hidden: { seen: String(details.steps.length) },
      body: html`${asked.questions.map((question) => ask(question, meta.lang, back))}`,
      submit: { label: words.forms[said.name].submit, kind: said.kind ?? (said.first ? 'main' : 'plain') },
      swap: !said.maxUpload,
      files: said.maxUpload !== undefined,
    },
  )}`
  if (said.first || back) return section({ title, body: whole, id: said.name })
  return dialogDetails({ summary: title, body: whole, id: said.name })
}

function ask({ preset, ...question }: Question, lang: Lang, back: Returned | undefined): Html {
  const typed = back?.typed[question.name]
  return field({
    ...question,
    lang,
    value: back ? (typed as string | string[] | undefined) : preset,
    error: back?.errors.find((error) => error.name === question.name)?.message,
  })
}
