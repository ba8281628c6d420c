import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { listUnits } from '#modules/directory/index.ts'
import { handIssuedKinds, issueOrder } from '#modules/supervision/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { type Field, field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { formFields } from './order-endpoints.ts'
import { errorsOf } from './problems.ts'
import { orderWords } from './words.ts'

const names = ['sourceKind', 'concernedUnitId', 'concernedPoliceNo', 'problem', 'requirement'] as const

export const issuePages: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path: '/console/orders/new',
    side: 'internal',
    summary: 'Form of an order written by hand',
    permission: 'order.issue',
    audit: { unlogged: 'an empty form' },
    handle: async (ctx, { meta }) => ({ page: await issuePage(ctx, meta, {}, []) }),
  }),
  endpoint({
    method: 'POST',
    path: '/console/orders',
    side: 'internal',
    summary: 'Issue a supervision order by hand',
    permission: 'order.issue',
    audit: 'order.issue',
    body: Type.Object({
      ...formFields,
      sourceKind: Type.String({ maxLength: 40 }),
      concernedUnitId: Type.String({ pattern: '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$' }),
      concernedPoliceNo: Type.Optional(Type.String({ maxLength: 40 })),
      problem: Type.String({ maxLength: 4000 }),
      requirement: Type.String({ maxLength: 4000 }),
    }),
    async handle(ctx, { body }) {
      const { id } = await issueOrder(ctx, body)
      return { redirect: `/console/orders/${id}?done=issue`, audit: { subjectKind: 'order', subjectId: id } }
    },
    onProblem: (ctx, { body, meta }, problem) => issuePage(ctx, meta, body, errorsOf(problem, meta.lang, names)),
  }),
]

async function issuePage(
  ctx: Context,
  meta: Meta,
  typed: Record<string, unknown>,
  errors: FieldError[],
): Promise<Html> {
  const { lang } = meta
  const all = orderWords(lang)
  const words = all.issue
  const units = (await listUnits(ctx))
    .filter((unit) => !ctx.actor.homeUnits.includes(unit.id))
    .map((unit) => ({ value: unit.id, label: lang === 'en' ? unit.nameEn : unit.nameZh }))
  const kinds = handIssuedKinds.map((value) => ({ value, label: all.sources[value] }))
  const ask = (question: Omit<Field, 'lang' | 'value' | 'error'>, otherwise = '') => {
    const value = typed[question.name]
    const error = errors.find((found) => found.name === question.name)?.message
    return field({ ...question, lang, error, value: typeof value === 'string' ? value : otherwise })
  }
  const body = html`${ask({ kind: 'radio', name: 'sourceKind', label: words.kind, options: kinds }, 'leader')}${ask({
    kind: 'select',
    name: 'concernedUnitId',
    label: words.unit,
    options: units,
  })}${ask({ kind: 'text', name: 'concernedPoliceNo', label: words.policeNo, optional: true, width: 'short', autocomplete: 'off' })}${ask(
    {
      kind: 'textarea',
      name: 'problem',
      label: words.problem,
      width: 'wide',
      maxlength: 2000,
    },
  )}${ask({ kind: 'textarea', name: 'requirement', label: words.requirement, width: 'wide', maxlength: 2000 })}`
  const path = may(ctx.actor, 'order.read') ? '/console/orders' : '/console/escalations'
  const sent = form({
    action: '/console/orders',
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    body,
    submit: { label: words.save, key: true },
    swap: true,
  })
  return frame(ctx, meta, {
    title: words.title,
    current: path,
    breadcrumbs: [{ href: path, label: all.orders }, { label: words.title }],
    main: html`<p class="hint">${words.hint}</p>${errorSummary({ lang, errors })}${sent}`,
    invalid: errors.length > 0,
  })
}
