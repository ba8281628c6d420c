import { Type } from 'typebox'
import { fieldErrors, problemText } from '#console/frame.ts'
import { langQuery, text } from '#console/service-window/shared.ts'
import { seesCase } from '#modules/complaints/index.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { formFields, uuid } from './case-form.ts'
import { type TriageForm, triageForms } from './triage-forms.ts'
import { triagePage, triagePath } from './triage-page.ts'
import { triageWords } from './triage-words.ts'

const params = Type.Object({ id: uuid })

const show = endpoint({
  method: 'GET',
  path: `${triagePath}/:id`,
  side: 'internal',
  summary: 'One complaint as the desk sorts it',
  permission: 'complaint.register',
  audit: 'case.triage',
  params,
  query: Type.Object({ ...langQuery, done: text(30) }),
  handle: async (ctx, { params, query, meta }) => ({
    page: await triagePage(ctx, meta, { id: params.id, done: query.done }),
    audit: { subjectKind: 'case', subjectId: params.id },
  }),
})

/** Every step of triage is the same shape: one form, one use case, back to the case, or to the board when it is out of sight. */
function action(said: TriageForm): AnyEndpoint {
  return endpoint({
    method: 'POST',
    path: `${triagePath}/:id/${said.name}`,
    side: 'internal',
    summary: said.summary,
    permission: said.permission,
    audit: `case.${said.name}`,
    params,
    body: Type.Object({ ...formFields, ...said.fields }),
    async handle(ctx, { params, body }) {
      const typed = body as Record<string, unknown> & { version?: number }
      const other = await said.act(ctx, params.id, typed.version ?? 0, typed)
      const id = other ?? params.id
      const to = (await seesCase(ctx, id))
        ? `${triagePath}/${id}?done=${said.name}`
        : `${triagePath}?done=${said.name}${said.name === 'recuse' ? '' : '-gone'}`
      return { redirect: to, audit: { subjectKind: 'case', subjectId: params.id } }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      triagePage(ctx, meta, {
        id: params.id,
        returned: { form: said.name, typed: body, errors: triageErrors(problem, meta.lang, Object.keys(said.fields)) },
      }),
  })
}

export function triageErrors(problem: Problem, lang: Lang, order: readonly string[] = []): FieldError[] {
  const own = triageWords(lang).codes as Record<string, string>
  const known = (code: string | undefined) => (code && Object.hasOwn(own, code) ? own[code] : undefined)
  if (Object.keys(problem.fields).length === 0)
    return [{ name: '', message: known(problem.code) ?? problemText(problem.code, lang) }]
  return fieldErrors(problem, lang, order).map(({ name, message }) => ({
    name: name === 'form' ? '' : name === 'unitId' && order.includes('accusedUnit') ? 'accusedUnit' : name,
    message: known(problem.fields[name]) ?? message,
  }))
}

export const triageEndpoints: AnyEndpoint[] = [show, ...triageForms.map(action)]
