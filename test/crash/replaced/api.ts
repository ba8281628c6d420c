import { Type } from 'typebox'
import { serviceWindowApi as own } from '#modules/service-window/api.ts'
import { MatterParams, StepBody } from '#modules/service-window/contract.ts'
import { completeMatter } from '#modules/service-window/index.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'

export { readCursor, writeCursor } from '#modules/service-window/api.ts'

/** The counter's interface and, for a matter's whole life over it, its end. */
export const serviceWindowApi: AnyEndpoint[] = [
  ...own,
  endpoint({
    side: 'internal',
    method: 'POST',
    path: '/api/matters/:id/complete',
    summary: 'Complete',
    permission: 'matter.work',
    audit: 'matter.complete',
    params: MatterParams,
    body: StepBody,
    reply: Type.Object({}),
    async handle(ctx, { params, body }) {
      await completeMatter(ctx, params.id, body)
      return { json: {}, audit: { subjectKind: 'matter', subjectId: params.id } }
    },
  }),
]
