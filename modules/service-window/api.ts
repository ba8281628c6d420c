import { Type } from 'typebox'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { Problem } from '#platform/problem.ts'
import { acceptMatter } from './accept-matter.ts'
import { checkMaterials } from './check-materials.ts'
import {
  AcceptReply,
  CheckBody,
  CheckReply,
  MatterListReply,
  MatterParams,
  MatterReply,
  NoticeReply,
  ReceptionBody,
  ReceptionReply,
  StepBody,
} from './contract.ts'
import { issueNotice } from './issue-notice.ts'
import { type Cursor, listMatters, type View, views } from './matter-list.ts'
import { findMatter, type Matter } from './matter-store.ts'
import { receiveCitizen } from './receive-citizen.ts'

const inside = { side: 'internal' } as const
const about = (id: string, unitId?: string) => ({ subjectKind: 'matter', subjectId: id, unitId })

/** The counter for other systems of the bureau: the same use cases, permissions and audit as the console. */
export const serviceWindowApi: AnyEndpoint[] = [
  endpoint({
    ...inside,
    method: 'GET',
    path: '/api/matters',
    summary: 'A page of matters in the caller’s reach',
    permission: 'matter.read',
    audit: { unlogged: 'lists show no contact data' },
    reply: MatterListReply,
    query: Type.Object({
      view: Type.Optional(Type.Union(views.map((view) => Type.Literal(view)))),
      unitId: Type.Optional(Type.String({ format: 'uuid' })),
      search: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Type.String({ maxLength: 200 })),
      most: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    async handle(ctx, { query }) {
      const page = await listMatters(
        ctx,
        { view: (query.view as View | undefined) ?? 'all', unitId: query.unitId, search: query.search },
        readCursor(query.after),
        query.most ?? 20,
      )
      return {
        json: {
          rows: page.rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toString() })),
          next: page.next && writeCursor(page.next),
        },
      }
    },
  }),
  endpoint({
    ...inside,
    method: 'GET',
    path: '/api/matters/:id',
    summary: 'One matter',
    permission: 'matter.read',
    audit: 'matter.view',
    onlyReads: true,
    params: MatterParams,
    reply: MatterReply,
    async handle(ctx, { params }) {
      const matter = await findMatter(ctx, params.id)
      return { json: reply(matter), audit: about(matter.id, matter.unit_id) }
    },
  }),
  endpoint({
    ...inside,
    method: 'POST',
    path: '/api/matters',
    summary: 'Receive a citizen',
    permission: 'matter.receive',
    audit: 'matter.receive',
    body: ReceptionBody,
    reply: ReceptionReply,
    async handle(ctx, { body }) {
      const received = await receiveCitizen(ctx, body)
      return { json: received, status: 201, audit: about(received.id, body.unitId ?? undefined) }
    },
  }),
  endpoint({
    ...inside,
    method: 'POST',
    path: '/api/matters/:id/check',
    summary: 'Circumstances and papers of this visit',
    permission: 'matter.work',
    audit: 'matter.check',
    params: MatterParams,
    body: CheckBody,
    reply: CheckReply,
    async handle(ctx, { params, body }) {
      const found = await checkMaterials(ctx, params.id, body)
      const json = {
        branch: found.branch,
        unanswered: found.unanswered,
        gaps: found.gaps.map(({ code, problem }) => ({ code, problem })),
        version: body.version + 1,
      }
      return { json, audit: about(params.id) }
    },
  }),
  endpoint({
    ...inside,
    method: 'POST',
    path: '/api/matters/:id/accept',
    summary: 'Accept',
    permission: 'matter.work',
    audit: 'matter.accept',
    params: MatterParams,
    body: StepBody,
    reply: AcceptReply,
    handle: async (ctx, { params, body }) => ({
      json: await acceptMatter(ctx, params.id, body),
      audit: about(params.id),
    }),
  }),
  endpoint({
    ...inside,
    method: 'POST',
    path: '/api/matters/:id/notice',
    summary: 'Issue the one-time notice',
    permission: 'matter.work',
    audit: 'matter.notice',
    params: MatterParams,
    body: StepBody,
    reply: NoticeReply,
    handle: async (ctx, { params, body }) => ({
      json: await issueNotice(ctx, params.id, body),
      audit: about(params.id),
    }),
  }),
]

/** The only place where a column becomes something another system sees. */
function reply(row: Matter) {
  return {
    id: row.id,
    no: row.no,
    status: row.status,
    applicantName: row.applicant_name,
    request: row.request,
    itemCode: row.item_code,
    unitId: row.unit_id,
    handlingUnitId: row.handling_unit_id,
    firstOfficerId: row.first_officer_id,
    holderId: row.holder_id,
    receivedAt: String(row.received_at),
    acceptedAt: row.accepted_at && String(row.accepted_at),
    acceptanceNo: row.acceptance_no,
    dueOn: row.due_on,
    dueProvisional: row.due_provisional,
    dueBasis: row.due_basis,
    finishedAt: row.finished_at && String(row.finished_at),
    visits: row.visits,
    version: row.version,
  }
}

/** A place in a list as callers carry it: opaque, checked when it comes back. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.key, cursor.id])).toString('base64url')
}

export function readCursor(text: string | undefined): Cursor | null {
  if (!text) return null
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[]
    if (
      typeof key === 'string' &&
      typeof id === 'string' &&
      /^[0-9a-f-]{36}$/.test(id) &&
      /^\d{4}-\d\d-\d\d[0-9 :.+-]*$/.test(key)
    )
      return { key, id }
  } catch {
    // Falls through: a cursor that we did not write.
  }
  throw new Problem(400, 'bad-address')
}
