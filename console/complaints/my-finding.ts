import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { caseNumberFor, fileAppeal, markFindingRead, ownFinding } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form, linkButton } from '#platform/ui/form.ts'
import { factList, notice, section } from '#platform/ui/parts.ts'
import { isOver } from '#policy/complaints/clocks.ts'
import { formFields, long } from './case-form.ts'
import { findingBlock } from './case-parts.ts'
import { day, mineErrors, minePath, params, query, type Returned } from './my-shared.ts'
import { mineWords } from './my-statements-words.ts'

async function findingPage(ctx: Context, meta: Meta, id: string, more: { done?: string; returned?: Returned } = {}) {
  const { lang } = meta
  const words = mineWords(lang)
  const one = await ownFinding(ctx, id)
  const open =
    one.status === 'approved' &&
    one.appealUntil !== null &&
    !isOver({ day: Temporal.PlainDate.from(one.appealUntil) }, ctx.now)
  const main = html`${factList([{ label: words.caseNo, value: await caseNumberFor(ctx, { findingId: id }) }])}${section({ title: words.finding, body: findingBlock(one, lang) })}${
    one.clarification
      ? html`<p><a href="/console/me/clarifications/${id}.pdf" target="_blank" rel="noopener">${words.clarifications} ${one.clarification.no} PDF</a></p>`
      : nothing
  }<p class="hint">${words.remedy}</p>${
    open
      ? appealForm(meta, id, day(one.appealUntil as string, lang), more.returned)
      : one.status === 'appealed'
        ? notice({ lang, kind: 'info', title: words.appealed })
        : nothing
  }`
  return frame(ctx, meta, {
    title: `${words.finding} ${one.no ?? ''}`,
    current: minePath,
    breadcrumbs: [{ href: minePath, label: words.title }, { label: one.no ?? '' }],
    actions: linkButton({ href: `/console/me/findings/${id}.pdf`, label: words.pdf, newTab: true }),
    main,
    status: more.done === 'appealed' ? words.done.appealed : undefined,
    invalid: more.returned !== undefined,
  })
}

function appealForm(meta: Meta, id: string, until: string, back: Returned | undefined) {
  const { lang } = meta
  const words = mineWords(lang)
  const typed = back?.typed.grounds
  const body = field({
    lang,
    kind: 'textarea',
    name: 'grounds',
    label: words.grounds,
    rows: 6,
    width: 'wide',
    maxlength: 8000,
    value: typeof typed === 'string' ? typed : undefined,
    error: back?.errors.find((one) => one.name === 'grounds')?.message,
  })
  return section({
    title: words.appeal,
    id: 'appeal',
    body: html`<p>${words.appealUntil(until)}</p>${back ? errorSummary({ lang, errors: back.errors }) : nothing}${form({
      action: `/console/me/findings/${id}/appeal`,
      csrf: meta.csrf,
      attempt: meta.newAttempt(),
      body,
      submit: { label: words.appealSend },
    })}`,
  })
}

const show = endpoint({
  method: 'GET',
  path: '/console/me/findings/:id',
  side: 'internal',
  summary: 'A finding as it was served on the officer',
  permission: 'own.read',
  audit: 'finding.view',
  params,
  query,
  async handle(ctx, { params, query, meta }) {
    await markFindingRead(ctx, params.id)
    return {
      page: await findingPage(ctx, meta, params.id, { done: query.done }),
      audit: { subjectKind: 'finding', subjectId: params.id },
    }
  },
})

const appeal = endpoint({
  method: 'POST',
  path: '/console/me/findings/:id/appeal',
  side: 'internal',
  summary: 'The officer contests a finding about himself, within his days',
  permission: 'own.read',
  audit: 'finding.appeal',
  params,
  body: Type.Object({ ...formFields, grounds: long(8000) }),
  async handle(ctx, { params, body }) {
    await fileAppeal(ctx, params.id, { grounds: body.grounds ?? '' })
    return {
      redirect: `/console/me/findings/${params.id}?done=appealed`,
      audit: { subjectKind: 'finding', subjectId: params.id },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    findingPage(ctx, meta, params.id, { returned: { typed: body, errors: mineErrors(problem, meta.lang) } }),
})

export const myFindingEndpoints: AnyEndpoint[] = [show, appeal]
