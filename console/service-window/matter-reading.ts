import { Type } from 'typebox'
import { findNotice, revealContact, type SignatureInput, signNotice } from '#modules/service-window/index.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { invalid } from '#platform/problem.ts'
import { matterPage } from './matter-page.ts'
import { langQuery, matterParams, matterPath, posted, text, version } from './shared.ts'

const page = endpoint({
  method: 'GET',
  path: '/console/matters/:id',
  side: 'internal',
  summary: 'One matter',
  permission: 'matter.read',
  audit: 'matter.view',
  onlyReads: true,
  params: matterParams,
  query: Type.Object({ ...langQuery, done: text(30), show: text(10) }),
  handle: async (ctx, { params, query, meta }) => {
    const showCode = query.show === 'code'
    return {
      page: await matterPage(ctx, meta, params.id, { done: query.done, showCode }),
      audit: { subjectKind: 'matter', subjectId: params.id, data: showCode ? { code: true } : {} },
    }
  },
})

/** Shown once, on a page that nobody keeps; every look is an entry of its own, so a repeat looks again. */
const reveal = endpoint({
  method: 'POST',
  path: '/console/matters/:id/reveal',
  side: 'internal',
  summary: 'Phone and citizen number in full, for a stated reason (PL02)',
  permission: 'matter.reveal',
  audit: 'matter.reveal',
  repeatable: true,
  params: matterParams,
  body: Type.Object({ ...posted, version: Type.Optional(version), reason: text(40) }),
  handle: async (ctx, { params, body, meta }) => {
    const found = await revealContact(ctx, params.id, body.reason ?? '')
    return {
      page: await matterPage(ctx, meta, params.id, { contact: { phone: found.phone, citizenNo: found.citizenNo } }),
      audit: { subjectKind: 'matter', subjectId: params.id, unitId: found.unitId, data: { reason: body.reason } },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    matterPage(ctx, meta, params.id, { returned: { form: 'reveal', body, problem } }),
})

const noticeParams = matterParams

const sign = endpoint({
  method: 'POST',
  path: '/console/notices/:id/sign',
  side: 'internal',
  summary: 'The citizen acknowledges a notice (R48, R58)',
  permission: 'matter.work',
  audit: 'notice.sign',
  params: noticeParams,
  body: Type.Object({ ...posted, kind: text(20), witness: text(400), strokes: text(200_000) }),
  handle: async (ctx, { params, body }) => {
    const { matter_id } = await findNotice(ctx, params.id)
    await signNotice(ctx, params.id, readSignature(body))
    return {
      redirect: matterPath(matter_id, '?done=signed'),
      audit: { subjectKind: 'notice', subjectId: params.id, data: { kind: body.kind } },
    }
  },
  onProblem: async (ctx, { params, body, meta }, problem) => {
    const { matter_id } = await findNotice(ctx, params.id)
    return matterPage(ctx, meta, matter_id, { returned: { form: `sign-${params.id}`, body, problem } })
  },
})

type Sent = { kind?: string; witness?: string; strokes?: string }

function readSignature(body: Sent): SignatureInput {
  if (body.kind === 'paper') return { kind: 'paper' }
  if (body.kind === 'witnessed_mark' || body.kind === 'declined')
    return { kind: body.kind, witness: body.witness ?? '' }
  if (body.kind !== 'drawn') throw invalid({ kind: 'choose-one' })
  if (!body.strokes) throw invalid({ strokes: 'signature-empty' })
  return drawn(body.strokes)
}

/** As the pad writes it: width, height and strokes as flat lists x, y, x, y …, in CSS pixels. */
function drawn(json: string): SignatureInput {
  try {
    const pad = JSON.parse(json) as { width: number; height: number; strokes: number[][] }
    const strokes = pad.strokes.map((flat) =>
      Array.from({ length: Math.floor(flat.length / 2) }, (_, at) => ({
        x: flat[at * 2] as number,
        y: flat[at * 2 + 1] as number,
      })),
    )
    return { kind: 'drawn', width: pad.width, height: pad.height, strokes }
  } catch {
    throw invalid({ strokes: 'malformed' })
  }
}

export const matterReading: AnyEndpoint[] = [page, reveal, sign]
