import { type TProperties, Type } from 'typebox'
import {
  type AskSecondOpinion,
  addEvidence,
  addMeasure,
  addNote,
  answerCitizen,
  assignOrder,
  decideAnswer,
  noteStyleProblem,
  type RevealCitizen,
  readEvidence,
  revealCitizen,
} from '#modules/supervision/index.ts'
import type { Context } from '#platform/context.ts'
import { largestFile } from '#platform/files/check-file.ts'
import { type Answer, type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import type { Permission } from '#policy/access/permissions.ts'
import type { FormName } from './order-forms.ts'
import { orderPage } from './order-page.ts'
import { errorsOf } from './problems.ts'

export type OrderParts = { askSecondOpinion: AskSecondOpinion; revealCitizen: RevealCitizen }

const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
export const orderParams = Type.Object({ id: uuid })

/** What every form of the console carries besides its own fields. */
export const formFields = {
  _csrf: Type.Optional(Type.String()),
  attempt: Type.Optional(Type.String()),
  version: Type.Optional(Type.Integer()),
} satisfies TProperties

type Sent = { id: string; version: number; body: Record<string, string>; meta: Meta }

type Action = {
  name: FormName
  summary: string
  permission: Permission
  fields: TProperties
  maxUpload?: number
  /** Does it; what comes back is the key of the line that says so. */
  act(ctx: Context, sent: Sent): Promise<string>
}

const text = (max: number) => Type.String({ maxLength: max * 2 })

/** Every change of an order is the same shape: one form, one use case, back to the order; on a problem the form returns. */
function action(said: Action): AnyEndpoint {
  return endpoint({
    method: 'POST',
    path: `/console/orders/:id/${said.name}`,
    side: 'internal',
    summary: said.summary,
    permission: said.permission,
    audit: `order.${said.name}`,
    params: orderParams,
    body: Type.Object({ ...formFields, ...said.fields }),
    maxUpload: said.maxUpload,
    async handle(ctx, { params, body, meta }): Promise<Answer> {
      const { id } = params
      const typed = body as unknown as Record<string, string> & { version?: number }
      const done = await said.act(ctx, { id, version: typed.version ?? 0, body: typed, meta })
      return { redirect: `/console/orders/${id}?done=${done}`, audit: { subjectKind: 'order', subjectId: id } }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      orderPage(ctx, meta, {
        id: params.id,
        returned: { form: said.name, typed: body, errors: errorsOf(problem, meta.lang, Object.keys(said.fields)) },
      }),
  })
}

export function orderEndpoints(parts: OrderParts): AnyEndpoint[] {
  return [showOrder, showEvidence, ...workActions(parts), ...deskActions, reveal(parts)]
}

function workActions(parts: OrderParts): AnyEndpoint[] {
  return [
    action({
      name: 'measure',
      summary: 'Record a measure of an order',
      permission: 'order.work',
      fields: { text: text(2000) },
      act: async (ctx, { id, body }) => {
        await addMeasure(ctx, id, { text: body.text as string })
        return 'measure'
      },
    }),
    action({
      name: 'evidence',
      summary: 'Add a file of evidence to an order',
      permission: 'order.work',
      fields: {},
      maxUpload: largestFile,
      act: async (ctx, { id, meta }) => {
        await addEvidence(
          ctx,
          id,
          meta.uploads.find((upload) => upload.field === 'file'),
        )
        return 'evidence'
      },
    }),
    action({
      name: 'answer',
      summary: 'Answer an order: solved, or explained with its legal basis',
      permission: 'order.work',
      fields: { answer: text(2000), result: Type.Optional(Type.String()), basis: Type.Optional(text(500)) },
      act: async (ctx, { id, version, body }) => {
        const input = { version, answer: body.answer as string, result: body.result ?? '', basis: body.basis }
        const { asked } = await answerCitizen(ctx, id, input, parts)
        return asked ? 'answer' : 'answer-issued'
      },
    }),
  ]
}

const deskActions: AnyEndpoint[] = [
  action({
    name: 'style',
    summary: 'A reply turned out to be a problem of style, and the citizen agrees that it becomes a complaint',
    permission: 'order.work',
    fields: { style: text(2000), agreed: Type.Optional(Type.String({ maxLength: 5 })) },
    act: async (ctx, { id, body }) => {
      await noteStyleProblem(ctx, id, { text: body.style as string, agreed: Boolean(body.agreed) })
      return 'style'
    },
  }),
  action({
    name: 'assign',
    summary: 'Assign an order to an eligible officer of the desk',
    permission: 'order.assign',
    fields: { ownerId: Type.String({ maxLength: 40 }) },
    act: async (ctx, { id, version, body }) => {
      await assignOrder(ctx, id, { version, ownerId: body.ownerId as string })
      return 'assign'
    },
  }),
  action({
    name: 'note',
    summary: 'A leader’s instruction on an order put before him',
    permission: 'order.oversee',
    fields: { text: text(2000) },
    act: async (ctx, { id, body }) => {
      await addNote(ctx, id, { text: body.text as string })
      return 'note'
    },
  }),
  action({
    name: 'decide',
    summary: 'Accept or return the answer to an order issued by hand',
    permission: 'order.issue',
    fields: {
      decision: Type.Union([Type.Literal('accept'), Type.Literal('return')]),
      reason: Type.Optional(text(1000)),
    },
    act: async (ctx, { id, version, body }) => {
      const accept = body.decision === 'accept'
      await decideAnswer(ctx, id, { version, accept, reason: body.reason })
      return accept ? 'accept' : 'return'
    },
  }),
]

// Entered by everybody who is signed in, because leaders and desk have different permissions: which order is there for
// whom is decided by the database, and for all others an order is "not found" as if there were none.
const showOrder = endpoint({
  method: 'GET',
  path: '/console/orders/:id',
  side: 'internal',
  summary: 'One supervision order',
  permission: 'console.enter',
  audit: 'order.view',
  onlyReads: true,
  params: orderParams,
  query: Type.Object({
    done: Type.Optional(Type.String({ maxLength: 20 })),
    lang: Type.Optional(Type.String()),
    elder: Type.Optional(Type.String()),
  }),
  handle: async (ctx, { params, query, meta }) => ({
    page: await orderPage(ctx, meta, { id: params.id, done: query.done }),
    audit: { subjectKind: 'order', subjectId: params.id },
  }),
})

const showEvidence = endpoint({
  method: 'GET',
  path: '/console/orders/:id/evidence/:evidenceId',
  side: 'internal',
  summary: 'One file of evidence, as a download',
  permission: 'console.enter',
  audit: 'order.evidence.read',
  params: Type.Object({ id: uuid, evidenceId: uuid }),
  async handle(ctx, { params }) {
    const { name, mediaType, bytes } = await readEvidence(ctx, params.id, params.evidenceId)
    // Never shown in the page: what somebody uploaded does not run under our address.
    return {
      file: bytes,
      type: mediaType,
      name,
      download: true,
      audit: { subjectKind: 'order', subjectId: params.id, data: { evidence: params.evidenceId } },
    }
  },
})

function reveal(parts: OrderParts): AnyEndpoint {
  return endpoint({
    method: 'POST',
    path: '/console/orders/:id/reveal',
    side: 'internal',
    summary: 'The citizen’s phone, with the citizen’s consent and for a reason',
    permission: 'order.work',
    audit: 'order.reveal',
    params: orderParams,
    body: Type.Object({ ...formFields, reason: text(200) }),
    async handle(ctx, { params, body, meta }) {
      const shown = await revealCitizen(ctx, params.id, body.reason, parts)
      return {
        page: await orderPage(ctx, meta, { id: params.id, phone: shown.phone }),
        audit: {
          subjectKind: 'order',
          subjectId: params.id,
          unitId: shown.unitId,
          data: { reason: [...body.reason].slice(0, 200).join('') },
        },
      }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      orderPage(ctx, meta, {
        id: params.id,
        returned: { form: 'reveal', typed: body, errors: errorsOf(problem, meta.lang) },
      }),
  })
}
