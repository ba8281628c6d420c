import { Type } from 'typebox'
import { fieldErrors, problemText } from '#console/frame.ts'
import { readFile, revealComplainant } from '#modules/complaints/index.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { invalid, Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { type Body, type CaseForm, formFields, long, text, uuid } from './case-form.ts'
import { caseForms, casePage } from './case-page.ts'
import { caseWords } from './case-words.ts'

export const caseParams = Type.Object({ id: uuid })
export const pageQuery = {
  done: Type.Optional(Type.String({ maxLength: 20 })),
  lang: Type.Optional(Type.String()),
  elder: Type.Optional(Type.String()),
}

/** What is wrong in words: this area's words first, then the console's. */
export function errorsOf(problem: Problem, lang: Lang, order: readonly string[] = []): FieldError[] {
  const own = caseWords(lang).codes as Record<string, string>
  const known = (code: string | undefined) => (code && Object.hasOwn(own, code) ? own[code] : undefined)
  if (Object.keys(problem.fields).length === 0)
    return [{ name: '', message: known(problem.code) ?? problemText(problem.code, lang) }]
  return fieldErrors(problem, lang, order).map((error) => ({
    name: error.name === 'form' ? '' : error.name,
    message: known(problem.fields[error.name]) ?? error.message,
  }))
}

/** Every change of a case is the same shape: one form, one use case, back to the case; on a problem the form returns. */
function action(said: CaseForm): AnyEndpoint {
  return endpoint({
    method: 'POST',
    path: `/console/cases/:id/${said.name}`,
    side: 'internal',
    summary: said.summary,
    permission: said.permission,
    audit: `case.${said.name}`,
    params: caseParams,
    body: Type.Object({ ...formFields, ...said.fields }),
    maxUpload: said.maxUpload,
    async handle(ctx, { params, body, meta }) {
      const { id } = params
      const typed = body as unknown as Body
      await said.act(ctx, { id, version: typed.version ?? 0, body: typed, meta })
      return { redirect: `/console/cases/${id}?done=${said.name}`, audit: { subjectKind: 'case', subjectId: id } }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      casePage(ctx, meta, {
        id: params.id,
        returned: {
          form: said.name,
          typed: body,
          errors: errorsOf(problem, meta.lang, Object.keys(said.fields)),
          conflict: problem.code === 'changed-meanwhile',
        },
      }),
  })
}

// Entered by everybody who is signed in, because desk, handlers and leaders have different permissions: which case is
// there for whom is decided by the database, and for all others a case is "not found" as if there were none.
const show = endpoint({
  method: 'GET',
  path: '/console/cases/:id',
  side: 'internal',
  summary: 'One complaint case',
  permission: 'console.enter',
  audit: 'case.view',
  params: caseParams,
  query: Type.Object(pageQuery),
  handle: async (ctx, { params, query, meta }) => ({
    page: await casePage(ctx, meta, { id: params.id, done: query.done }),
    audit: { subjectKind: 'case', subjectId: params.id },
  }),
})

const file = endpoint({
  method: 'GET',
  path: '/console/cases/:id/files/:fileId',
  side: 'internal',
  summary: 'One file of a case, as a download',
  permission: 'console.enter',
  audit: 'case.file.read',
  params: Type.Object({ id: uuid, fileId: uuid }),
  async handle(ctx, { params }) {
    const { name, mediaType, bytes } = await readFile(ctx, params.fileId, { caseId: params.id })
    // Never shown in the page: what somebody handed in does not run under our address.
    return {
      file: bytes,
      type: mediaType,
      name,
      download: true,
      audit: { subjectKind: 'case', subjectId: params.id, data: { file: params.fileId } },
    }
  },
})

const reveal = endpoint({
  method: 'POST',
  path: '/console/cases/:id/reveal',
  side: 'internal',
  summary: 'Who complained, for a reason that stays on record and is told to the complainant',
  permission: 'complaint.identity',
  audit: 'case.reveal',
  params: caseParams,
  // Shown again only after another look on record: the answer is not kept for a repeated request.
  repeatable: true,
  body: Type.Object({ ...formFields, submissionId: Type.Optional(uuid), revealReason: long(500) }),
  async handle(ctx, { params, body, meta }) {
    const submissionId = text(body as unknown as Body, 'submissionId')
    if (!submissionId) throw invalid({ submissionId: 'choose-one' })
    const reason = text(body as unknown as Body, 'revealReason')
    const identity = await revealComplainant(ctx, params.id, { submissionId, reason }).catch((problem: unknown) => {
      if (problem instanceof Problem && problem.fields.reason) throw invalid({ revealReason: problem.fields.reason })
      throw problem
    })
    return {
      page: await casePage(ctx, meta, { id: params.id, revealed: { submissionId, identity } }),
      audit: {
        subjectKind: 'case',
        subjectId: params.id,
        data: { submission: submissionId, reason: [...reason].slice(0, 200).join('') },
      },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    casePage(ctx, meta, {
      id: params.id,
      returned: { form: 'reveal', typed: body, errors: errorsOf(problem, meta.lang) },
    }),
})

export const caseEndpoints: AnyEndpoint[] = [show, file, reveal, ...caseForms.map(action)]
