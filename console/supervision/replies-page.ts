import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { listUnclear, readUnclear, type UnclearAnswer } from '#modules/callback/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatMoment } from '#platform/i18n.ts'
import { notFound } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { emptyState, factList } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { levels, levelTable } from '#policy/callback/levels.ts'
import { formFields } from './order-endpoints.ts'
import { errorsOf } from './problems.ts'
import { orderWords } from './words.ts'

const answerParams = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
})

export const repliesPages: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path: '/console/replies',
    side: 'internal',
    summary: 'Call-back replies that nobody could read yet',
    permission: 'callback.read',
    audit: { unlogged: 'citizens’ words without whose they are' },
    query: Type.Object({
      done: Type.Optional(Type.String({ maxLength: 20 })),
      lang: Type.Optional(Type.String()),
      elder: Type.Optional(Type.String()),
    }),
    handle: async (ctx, { query, meta }) => ({ page: await listPage(ctx, meta, { done: query.done === 'read' }) }),
  }),
  endpoint({
    method: 'GET',
    path: '/console/replies/:id',
    side: 'internal',
    summary: 'One unclear reply and what it may mean',
    permission: 'callback.interpret',
    audit: { unlogged: 'citizens’ words without whose they are' },
    params: answerParams,
    async handle(ctx, { params, meta }) {
      const answer = (await listUnclear(ctx, most)).find((found) => found.answerId === params.id)
      if (!answer) throw notFound('answer')
      return { page: await readingPage(ctx, meta, answer) }
    },
  }),
  endpoint({
    method: 'POST',
    path: '/console/replies/:id',
    side: 'internal',
    summary: 'Say what an unclear reply means, or that it cannot be told',
    permission: 'callback.interpret',
    audit: 'callback.interpret',
    params: answerParams,
    body: Type.Object({ ...formFields, level: Type.String({ pattern: '^([1-5]|none)$' }) }),
    async handle(ctx, { params, body }) {
      await readUnclear(ctx, params.id, body.level === 'none' ? null : Number(body.level))
      return {
        redirect: '/console/replies?done=read',
        audit: { subjectKind: 'callback_answer', subjectId: params.id, data: { level: body.level } },
      }
    },
    async onProblem(ctx, { params, meta }, problem) {
      const answer = (await listUnclear(ctx, most)).find((found) => found.answerId === params.id)
      const errors = errorsOf(problem, meta.lang, ['level'])
      // A colleague has read it meanwhile: the list says so, and no longer holds it.
      return answer ? readingPage(ctx, meta, answer, errors) : listPage(ctx, meta, { errors })
    },
  }),
]

const most = 500

async function unitNames(ctx: Context, meta: Meta): Promise<Map<string, string>> {
  return new Map((await listUnits(ctx)).map((unit) => [unit.id, meta.lang === 'en' ? unit.nameEn : unit.nameZh]))
}

async function listPage(ctx: Context, meta: Meta, shown: { done?: boolean; errors?: FieldError[] }): Promise<Html> {
  const { lang } = meta
  const all = orderWords(lang)
  const words = all.replies
  const unclear = await listUnclear(ctx, most)
  const units = await unitNames(ctx, meta)
  const reads = may(ctx.actor, 'callback.interpret')
  const list = table({
    caption: words.title,
    captionHidden: true,
    swap: true,
    columns: [
      { key: 'raw', label: words.columns.raw, kind: 'main' },
      { key: 'unit', label: words.columns.unit },
      { key: 'received', label: words.columns.received, kind: 'nowrap' },
    ],
    rows: unclear.map((answer) => ({
      href: reads ? `/console/replies/${answer.answerId}` : undefined,
      cells: {
        raw: answer.raw,
        unit: units.get(answer.unitId),
        received: formatMoment(answer.receivedAt, lang),
      },
    })),
    empty: emptyState({ title: words.empty }),
  })
  // Their field is on the page of the reply.
  const errors = (shown.errors ?? []).map((error) => ({ ...error, name: '' }))
  return frame(ctx, meta, {
    title: words.title,
    current: '/console/replies',
    main: html`<p class="hint">${words.hint}</p>${errorSummary({ lang, errors })}${list}`,
    status: shown.done ? all.done.read : undefined,
    invalid: errors.length > 0,
  })
}

async function readingPage(ctx: Context, meta: Meta, answer: UnclearAnswer, errors: FieldError[] = []): Promise<Html> {
  const { lang } = meta
  const words = orderWords(lang).replies
  const units = await unitNames(ctx, meta)
  const options = [
    ...levels.map((level) => ({ value: String(levelTable[level].digit), label: levelTable[level][lang] })),
    { value: 'none', label: words.cannot },
  ]
  const error = errors.find((found) => found.name === 'level')?.message
  const several = answer.openAtOnce > 1 ? html`<p class="hint">${words.several(answer.openAtOnce)}</p>` : nothing
  const main = html`${errorSummary({ lang, errors })}${factList([
    { label: words.columns.raw, value: html`<q>${answer.raw}</q>${several}` },
    { label: words.columns.unit, value: units.get(answer.unitId) },
    { label: words.columns.received, value: formatMoment(answer.receivedAt, lang) },
  ])}${form({
    action: `/console/replies/${answer.answerId}`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    // No number keys: 5 is the best level in the message and would be the worst in the order of the list.
    body: field({ lang, kind: 'radio', name: 'level', label: words.level, options, error }),
    submit: { label: words.save, key: true },
    swap: true,
  })}`
  return frame(ctx, meta, {
    title: words.title,
    current: '/console/replies',
    breadcrumbs: [{ href: '/console/replies', label: words.title }, { label: words.level }],
    main,
    invalid: errors.length > 0,
  })
}
