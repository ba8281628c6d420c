import { type TProperties, Type } from 'typebox'
import {
  acceptMatter,
  answerOffer,
  checkMaterials,
  chooseItem,
  completeMatter,
  handOver,
  issueNotice,
  refuseMatter,
  requestExtension,
  requestSecondNotice,
  type SupplementCause,
  startReturnVisit,
  takeOver,
  transferOut,
  type VisitCause,
  withdrawMatter,
} from '#modules/service-window/index.ts'
import type { Context } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import type { Permission } from '#policy/access/permissions.ts'
import { matterPage } from './matter-page.ts'
import { checkFields, readCheck } from './read-check.ts'
import { matterParams, matterPath, posted, text, typed, version } from './shared.ts'

type Body = Record<string, unknown> & { version: number }

type Action = {
  /** The last part of the address, and the name of the form on the matter's page. */
  form: string
  event: string
  summary: string
  permission?: Permission
  fields?: TProperties
  /** Carries the step out; returns the word of the page's message. */
  run(ctx: Context, id: string, body: Body): Promise<string>
}

/** One step of a matter: on problems the same page comes back with what was typed. */
function action(said: Action): AnyEndpoint {
  return endpoint({
    method: 'POST',
    path: `/console/matters/:id/${said.form}`,
    side: 'internal',
    summary: said.summary,
    permission: said.permission ?? 'matter.work',
    audit: said.event,
    params: matterParams,
    body: Type.Object(
      { ...posted, version, ...said.fields },
      said.form === 'check' ? { patternProperties: checkFields } : {},
    ),
    handle: async (ctx, { params, body }) => {
      const done = await said.run(ctx, params.id, body as Body)
      return {
        redirect: matterPath(params.id, `?done=${done}${done === 'item' ? '#check' : ''}`),
        audit: { subjectKind: 'matter', subjectId: params.id, data: { done } },
      }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      matterPage(ctx, meta, params.id, { returned: { form: said.form, body, problem } }),
  })
}

const of = (body: Body, name: string): string => typed(body, name) ?? ''

/** Saves the findings and, when asked, takes the step they allow, all in one transaction. */
async function check(ctx: Context, id: string, body: Body): Promise<string> {
  await checkMaterials(ctx, id, { version: body.version, ...readCheck(body) })
  const saved = { version: body.version + 1 }
  if (body.step === 'accept') {
    await acceptMatter(ctx, id, saved)
    return 'accepted'
  }
  if (body.step === 'notice') {
    await issueNotice(ctx, id, saved)
    return 'notice'
  }
  return 'checked'
}

export const matterActions: AnyEndpoint[] = [
  action({
    form: 'item',
    event: 'matter.item',
    summary: 'Choose the service item',
    fields: { itemCode: Type.String({ pattern: '^[a-z_.]{0,80}$' }) },
    run: async (ctx, id, body) => {
      await chooseItem(ctx, id, { version: body.version, itemCode: of(body, 'itemCode') })
      return 'item'
    },
  }),
  action({
    form: 'check',
    event: 'matter.check',
    summary: 'Save circumstances and findings; accept or notify at once',
    fields: { step: text(20) },
    run: check,
  }),
  action({
    form: 'accept',
    event: 'matter.accept',
    summary: 'Accept complete papers (R47)',
    run: async (ctx, id, body) => {
      await acceptMatter(ctx, id, body)
      return 'accepted'
    },
  }),
  action({
    form: 'notice',
    event: 'matter.notice',
    summary: 'Issue the one-time notice of every gap (R48, R49)',
    run: async (ctx, id, body) => {
      await issueNotice(ctx, id, body)
      return 'notice'
    },
  }),
  action({
    form: 'second-notice',
    event: 'matter.second-notice',
    summary: 'Ask for approval of another notice (R49)',
    fields: { cause: text(40), note: text(2000) },
    run: async (ctx, id, body) => {
      await requestSecondNotice(ctx, id, {
        version: body.version,
        cause: of(body, 'cause') as SupplementCause,
        note: of(body, 'note'),
      })
      return 'second-notice'
    },
  }),
  action({
    form: 'visit',
    event: 'matter.visit',
    summary: 'The applicant is back (R50)',
    permission: 'matter.receive',
    fields: { cause: text(40) },
    run: async (ctx, id, body) => {
      await startReturnVisit(ctx, id, {
        version: body.version,
        cause: (typed(body, 'cause') || undefined) as VisitCause | undefined,
      })
      return 'visit'
    },
  }),
  action({
    form: 'refuse',
    event: 'matter.refuse',
    summary: 'Refuse with the reason and what can be done instead (R47)',
    fields: { reason: text(4000), canDo: text(4000) },
    run: async (ctx, id, body) => {
      await refuseMatter(ctx, id, { version: body.version, reason: of(body, 'reason'), canDo: of(body, 'canDo') })
      return 'refused'
    },
  }),
  action({
    form: 'complete',
    event: 'matter.complete',
    summary: 'Complete (R86)',
    run: async (ctx, id, body) => {
      await completeMatter(ctx, id, body)
      return 'completed'
    },
  }),
  action({
    form: 'transfer',
    event: 'matter.transfer',
    summary: 'Transfer to a named receiver outside, the citizen told (R84, A19)',
    fields: {
      receiverName: text(400),
      receiverPhone: text(100),
      receiverReceipt: text(1000),
      reason: text(4000),
      told: text(10),
    },
    run: async (ctx, id, body) => {
      const receiver = {
        name: of(body, 'receiverName'),
        phone: of(body, 'receiverPhone'),
        receipt: of(body, 'receiverReceipt'),
        told: of(body, 'told') === 'yes',
      }
      await transferOut(ctx, id, { version: body.version, receiver, reason: of(body, 'reason') })
      return 'transferred'
    },
  }),
  action({
    form: 'withdraw',
    event: 'matter.withdraw',
    summary: 'Withdrawn by the applicant',
    fields: { reason: text(4000) },
    run: async (ctx, id, body) => {
      await withdrawMatter(ctx, id, { version: body.version, reason: of(body, 'reason') })
      return 'withdrawn'
    },
  }),
  action({
    form: 'hand-over',
    event: 'matter.hand-over',
    summary: 'Offer the work to a colleague; the first contact stays (R84)',
    fields: { toPersonId: text(40), reason: text(2000) },
    run: async (ctx, id, body) => {
      await handOver(ctx, id, { version: body.version, toPersonId: of(body, 'toPersonId'), reason: of(body, 'reason') })
      return 'handed'
    },
  }),
  action({
    form: 'offer',
    event: 'matter.offer',
    summary: 'Sign for offered work, or decline it',
    fields: { version: Type.Optional(version), answer: text(10), reason: text(2000) },
    run: async (ctx, id, body) => {
      const take = body.answer === 'take'
      await answerOffer(ctx, id, { take, reason: of(body, 'reason') })
      return take ? 'taken' : 'declined'
    },
  }),
  action({
    form: 'take',
    event: 'matter.take',
    summary: 'Take over from a colleague who is away',
    permission: 'matter.take',
    fields: { reason: text(2000) },
    run: async (ctx, id, body) => {
      await takeOver(ctx, id, { version: body.version, reason: of(body, 'reason') })
      return 'taken'
    },
  }),
  action({
    form: 'extension',
    event: 'matter.extension',
    summary: 'Ask the head of the unit for more time (R86)',
    fields: { days: text(10), reason: text(2000) },
    run: async (ctx, id, body) => {
      const days = /^\d{1,3}$/.test(of(body, 'days').trim()) ? Number(of(body, 'days')) : Number.NaN
      await requestExtension(ctx, id, { version: body.version, days, reason: of(body, 'reason') })
      return 'extension'
    },
  }),
]
