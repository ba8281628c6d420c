import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { listUnclear, readUnclear, type UnclearAnswer } from '#modules/callback/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatMoment } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { emptyState } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { levels, levelTable } from '#policy/callback/levels.ts'
import { formFields } from './order-endpoints.ts'
import { errorsOf } from './problems.ts'
import { orderWords } from './words.ts'

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
    handle: async (ctx, { query, meta }) => ({ page: await repliesPage(ctx, meta, { done: query.done === 'read' }) }),
  }),
  endpoint({
    method: 'POST',
    path: '/console/replies/:answer',
    side: 'internal',
    summary: 'Say what an unclear reply means, or that it cannot be told',
    permission: 'callback.interpret',
    audit: 'callback.interpret',
    params: Type.Object({ answer: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }) }),
    body: Type.Object({ ...formFields, level: Type.String({ pattern: '^([1-5]|none)$' }) }),
    async handle(ctx, { params, body }) {
      await readUnclear(ctx, params.answer, body.level === 'none' ? null : Number(body.level))
      return {
        redirect: '/console/replies?done=read',
        audit: { subjectKind: 'callback_answer', subjectId: params.answer, data: { level: body.level } },
      }
    },
    onProblem: (ctx, { params, meta }, problem) =>
      repliesPage(ctx, meta, { wrong: params.answer, errors: errorsOf(problem, meta.lang, ['level']) }),
  }),
]

type Shown = { done?: boolean; wrong?: string; errors?: FieldError[] }

async function repliesPage(ctx: Context, meta: Meta, shown: Shown): Promise<Html> {
  const { lang } = meta
  const all = orderWords(lang)
  const words = all.replies
  const unclear = await listUnclear(ctx)
  const units = new Map((await listUnits(ctx)).map((unit) => [unit.id, lang === 'en' ? unit.nameEn : unit.nameZh]))
  const errors = shown.errors ?? []
  const list = table({
    caption: words.title,
    captionHidden: true,
    columns: [
      { key: 'raw', label: words.columns.raw, kind: 'main' },
      { key: 'unit', label: words.columns.unit },
      { key: 'received', label: words.columns.received, kind: 'nowrap' },
      { key: 'reading', label: words.columns.reading, kind: 'action' },
    ],
    rows: unclear.map((answer) => ({
      cells: {
        raw: html`<q>${answer.raw}</q>${answer.openAtOnce > 1 ? html`<br><span class="hint">${words.several(answer.openAtOnce)}</span>` : nothing}`,
        unit: units.get(answer.unitId),
        received: formatMoment(answer.receivedAt, lang),
        reading: may(ctx.actor, 'callback.interpret')
          ? readingForm(meta, answer, answer.answerId === shown.wrong ? errors : [])
          : nothing,
      },
    })),
    empty: emptyState({ title: words.empty }),
  })
  // A reply that meanwhile left the list has no field to stand beside: then the summary says it alone.
  const lost = errors.map((error) => ({ ...error, name: '' }))
  return frame(ctx, meta, {
    title: words.title,
    current: '/console/replies',
    main: html`<p class="hint">${words.hint}</p>${errorSummary({ lang, errors: lost })}${list}`,
    status: shown.done ? all.done.read : undefined,
    invalid: errors.length > 0,
  })
}

function readingForm(meta: Meta, answer: UnclearAnswer, errors: readonly FieldError[]): Html {
  const { lang } = meta
  const words = orderWords(lang).replies
  const options = [
    ...levels.map((level) => ({ value: String(levelTable[level].digit), label: levelTable[level][lang] })),
    { value: 'none', label: words.cannot },
  ]
  return form({
    action: `/console/replies/${answer.answerId}`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    inline: true,
    body: field({
      lang,
      kind: 'select',
      name: 'level',
      label: words.level,
      options,
      width: 'short',
      error: errors[0]?.message,
    }),
    submit: { label: words.save, kind: 'plain' },
  })
}
