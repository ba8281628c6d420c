import { type Static, type TProperties, Type } from 'typebox'
import { langQuery, posted } from '#console/service-window/shared.ts'
import type { Context } from '#platform/context.ts'
import type { Html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import type { Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import type { Permission } from '#policy/access/permissions.ts'
import { errorsOf } from './standing-words.ts'

export const idParams = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }) })
export const doneQuery = Type.Object({ ...langQuery, done: Type.Optional(Type.String({ maxLength: 20 })) })
export type DoneQuery = Static<typeof doneQuery>

/** A form that came back: which one, what was typed, what is wrong, and the problem itself. */
export type Returned = { form: string; typed: Record<string, unknown>; errors: FieldError[]; problem: Problem }

export type Sent = { id: string; version: number; body: Record<string, string> }

export type Action = {
  /** e.g. /console/slips */
  base: string
  name: string
  subject: string
  summary: string
  permission: Permission
  fields: TProperties
  act(ctx: Context, sent: Sent): Promise<void>
  page(ctx: Context, meta: Meta, options: { id: string; returned: Returned }): Promise<Html>
}

/** One form, one use case, back to the page of the thing; what is wrong brings the form back with what was typed. */
export function action(said: Action): AnyEndpoint {
  return endpoint({
    method: 'POST',
    path: `${said.base as '/'}/:id/${said.name}`,
    side: 'internal',
    summary: said.summary,
    permission: said.permission,
    audit: `${said.subject}.${said.name}`,
    params: idParams,
    body: Type.Object({ ...posted, version: Type.Optional(Type.Integer()), ...said.fields }),
    async handle(ctx, { params, body }) {
      const { id } = params
      const typed = body as unknown as Record<string, string> & { version?: number }
      await said.act(ctx, { id, version: typed.version ?? 0, body: typed })
      return {
        redirect: `${said.base}/${id}?done=${said.name}`,
        audit: { subjectKind: said.subject, subjectId: id },
      }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      said.page(ctx, meta, {
        id: params.id,
        returned: {
          form: said.name,
          typed: body,
          errors: errorsOf(problem, meta.lang, Object.keys(said.fields)),
          problem,
        },
      }),
  })
}

export const typedText = (max: number) => Type.Optional(Type.String({ maxLength: max * 2 }))

export function doneLine(words: Record<string, string>, done: string | undefined): string | undefined {
  return done && Object.hasOwn(words, done) ? words[done] : undefined
}
