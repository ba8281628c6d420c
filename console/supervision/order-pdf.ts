import { findUnit } from '#modules/directory/index.ts'
import { type OrderDetails, type OrderStep, viewOrder } from '#modules/supervision/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { SupervisionOrder } from '#platform/documents/data/window.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { type Bureau, bureauOf } from '#platform/settings.ts'
import { basisText } from '#policy/sources.ts'
import { orderParams } from './order-endpoints.ts'
import { stepWords } from './timeline.ts'
import { orderWords } from './words.ts'

/** 督办单 as a document of the desk (domain.md 4.13). Drawn after the transaction has ended. */
export function orderPdf(documents: Documents): AnyEndpoint {
  return endpoint({
    method: 'GET',
    path: '/console/orders/:id/order.pdf',
    side: 'internal',
    summary: 'The order as a printed form',
    permission: 'console.enter',
    audit: 'order.print',
    params: orderParams,
    async handle(ctx, { params }) {
      const details = await viewOrder(ctx, params.id)
      const unitId = ctx.actor.unitId
      const unit = unitId ? await findUnit(ctx, unitId) : undefined
      const data = orderDocument(details, await bureauOf(ctx), unit?.nameZh ?? '', ctx)
      return {
        audit: { subjectKind: 'order', subjectId: params.id },
        later: async () => ({
          file: await documents.render('supervision-order', data, ctx.now),
          type: 'application/pdf',
          name: `督办单-${details.order.no}.pdf`,
        }),
      }
    },
  })
}

const words = orderWords('zh')

/** The paper travels: of an order that a reply opened it names the unit and not the officer who was rated (b-24). */
export function orderDocument(
  details: OrderDetails,
  bureau: Bureau,
  unitZh: string,
  { now }: Pick<Context, 'now'>,
): SupervisionOrder {
  const { order, issuedBy, owner } = details
  const fromReply = order.source_kind === 'callback'
  const signer = issuedBy ?? owner
  return {
    issuer: { bureau: bureau.nameZh, unit: unitZh },
    number: order.no,
    source: fromReply
      ? `${words.sources.callback}。仅供督办部门使用，不得转交被评价单位。`
      : words.sources[order.source_kind],
    problem: order.problem,
    responsible: {
      unit: details.unit.zh,
      officer: fromReply ? undefined : details.concernedPerson?.name,
    },
    requirement: order.requirement,
    basis: basisText(order.due_basis.replace(/, design:natural-days-\d+$/, ''), 'zh'),
    issuedAt: order.issued_at,
    issuedBy: signer
      ? { name: signer.name, number: signer.policeNo, phone: signer.phone || undefined }
      : { name: '自动立单', number: '—' },
    due: {
      day: Temporal.PlainDate.from(order.due_on),
      provisional: order.due_provisional ? words.provisionalWhy : undefined,
    },
    reminders: details.steps.filter(isReminder).map((step) => ({ at: step.at, text: stepWords(step, 'zh') })),
    measures: joined(details.steps.filter((step) => step.kind === 'measure')),
    evidence: details.evidence.map((file) => file.name),
    answerToCitizen: order.answer_to_citizen ?? undefined,
    secondOpinion: joined(details.steps.filter((step) => step.kind === 'second_opinion')),
    overdueDays: overdueDays(details, now),
    escalation: details.escalatedTo ? stepWordsOf(details.steps, 'escalated') : undefined,
    closed:
      order.closed_at && order.closing
        ? {
            at: order.closed_at,
            by: order.closing === 'issuer' && issuedBy ? issuedBy.name : words.closings[order.closing],
          }
        : undefined,
  }
}

function isReminder(step: OrderStep): boolean {
  return step.kind === 'reminded' || step.kind === 'overdue'
}

function joined(steps: readonly OrderStep[]): string | undefined {
  return steps.map((step) => step.text || stepWords(step, 'zh')).join('\n') || undefined
}

function stepWordsOf(steps: readonly OrderStep[], kind: OrderStep['kind']): string | undefined {
  const last = steps.findLast((step) => step.kind === kind)
  return last && stepWords(last, 'zh')
}

/** Calendar days after the due day, until the answer or today; left out when in time. */
function overdueDays({ order }: OrderDetails, now: Temporal.Instant): number | undefined {
  const until = dayOf(order.answered_at ?? now)
  const { days } = Temporal.PlainDate.from(order.due_on).until(until, { largestUnit: 'days' })
  return days > 0 ? days : undefined
}
