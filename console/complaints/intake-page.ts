import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { takeDown } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { largestFile } from '#platform/files/check-file.ts'
import type { Html } from '#platform/html.ts'
import { html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { notice } from '#platform/ui/parts.ts'
import { type IntakeForm, intakeForm } from './intake-form.ts'
import { previewPart } from './intake-highlight.ts'
import { intakeErrors, intakeFields, readIntake } from './intake-read.ts'
import { intakeWords } from './intake-words.ts'

async function page(ctx: Context, meta: Meta, options: IntakeForm): Promise<Html> {
  return frame(ctx, meta, {
    title: intakeWords(meta.lang).title,
    current: '/console/intake',
    main: await intakeForm(ctx, meta, options),
    invalid: options.problem !== undefined,
  })
}

const kindOf = (typed: Record<string, unknown>) => (typeof typed.kind === 'string' ? typed.kind : undefined)

const blank = endpoint({
  method: 'GET',
  path: '/console/intake',
  side: 'internal',
  summary: 'The desk’s form for a complaint, by how it came',
  permission: 'complaint.intake',
  audit: { unlogged: 'an empty form' },
  query: Type.Object({
    kind: Type.Optional(Type.String({ maxLength: 20 })),
    known: Type.Optional(Type.String({ pattern: '^XF\\d{4}-\\d{6,9}$' })),
    lang: Type.Optional(Type.String()),
    elder: Type.Optional(Type.String()),
  }),
  handle: async (ctx, { query, meta }) => {
    const title = query.known && intakeWords(meta.lang).known(query.known)
    const above = title ? notice({ lang: meta.lang, kind: 'info', title }) : nothing
    return { page: await page(ctx, meta, { kind: query.kind, above }) }
  },
})

const register = endpoint({
  method: 'POST',
  path: '/console/intake',
  side: 'internal',
  summary: 'Take a complaint down (R112–R117); the receipt follows',
  permission: 'complaint.intake',
  audit: 'complaint.take-down',
  body: Type.Object(intakeFields),
  maxUpload: largestFile,
  handle: async (ctx, { body, meta }) => {
    const made = await takeDown(ctx, readIntake(ctx, body, meta))
    const to = made.known
      ? `/console/intake?kind=${encodeURIComponent(kindOf(body) ?? '')}&known=${made.caseNo}`
      : `/console/intake/receipts/${made.submissionId}`
    return { redirect: to, audit: { subjectKind: 'case', subjectId: made.caseId, data: { known: made.known } } }
  },
  onProblem: (ctx, { body, meta }, problem) =>
    page(ctx, meta, { kind: kindOf(body), typed: body, problem, errors: intakeErrors(problem, meta.lang) }),
})

/** Changes nothing: the same form comes back with what the system would propose. */
const preview = endpoint({
  method: 'POST',
  path: '/console/intake/preview',
  side: 'internal',
  summary: 'The tags the system would propose for a text, with the words that led to them',
  permission: 'complaint.intake',
  audit: { unlogged: 'nothing is stored' },
  repeatable: true,
  body: Type.Object(intakeFields),
  maxUpload: largestFile,
  handle: async (ctx, { body, meta }) => {
    const typed: Record<string, unknown> = body
    const text = typeof typed.text === 'string' ? typed.text : ''
    return { page: await page(ctx, meta, { kind: kindOf(typed), typed, above: html`${previewPart(text, meta.lang)}` }) }
  },
  onProblem: (ctx, { body, meta }, problem) =>
    page(ctx, meta, { kind: kindOf(body), typed: body, problem, errors: intakeErrors(problem, meta.lang) }),
})

export const intakeEndpoints: AnyEndpoint[] = [blank, register, preview]
