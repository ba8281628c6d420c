import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { readCursor, writeCursor } from '#console/service-window/list-filter.ts'
import { langQuery, text } from '#console/service-window/shared.ts'
import { allRelations, declareRelation, endRelation, ownRelations, type Relation } from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatDay, type Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { actionButton, errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { pager, table } from '#platform/ui/table.ts'
import { formFields, uuid } from './case-form.ts'
import { triageErrors } from './triage-endpoints.ts'
import { triageWords } from './triage-words.ts'

const ownPath = '/console/me/relations'
const allPath = '/console/relations'
const pageSize = 50

type Own = { typed?: Record<string, unknown>; errors?: FieldError[]; done?: boolean }

async function ownPage(ctx: Context, meta: Meta, { typed = {}, errors = [], done }: Own = {}): Promise<Html> {
  const { lang } = meta
  const w = triageWords(lang).relations
  const ask = (name: 'relative' | 'kind', hint?: string) =>
    field({
      lang,
      kind: 'text',
      name,
      label: w[name],
      hint,
      value: typeof typed[name] === 'string' ? (typed[name] as string) : '',
      error: errors.find((error) => error.name === name)?.message,
      autocomplete: 'off',
      maxlength: name === 'kind' ? 40 : 50,
    })
  const declare = form({
    action: ownPath,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    body: html`${ask('relative')}${ask('kind', w.kindHint)}`,
    submit: { label: w.submit, key: true },
    swap: true,
  })
  const list = table({
    caption: w.own,
    captionHidden: true,
    columns: [
      { key: 'relative', label: w.relative, kind: 'main' },
      { key: 'kind', label: w.kind },
      { key: 'since', label: w.since, kind: 'nowrap' },
      { key: 'state', label: w.state },
      { key: 'end', label: w.end, kind: 'action' },
    ],
    rows: (await ownRelations(ctx)).map((one) => ({
      tone: one.endedAt ? ('closed' as const) : undefined,
      cells: {
        relative: `${one.relativeName} ${one.relativeNo}`,
        kind: one.kind,
        since: formatDay(dayOf(one.declaredAt), lang),
        state: stateOf(one, lang),
        end: one.endedAt
          ? nothing
          : actionButton({
              action: `${ownPath}/${one.id}/end`,
              csrf: meta.csrf,
              attempt: meta.newAttempt(),
              label: w.end,
              swap: true,
            }),
      },
    })),
    empty: emptyState({ title: w.none }),
  })
  return frame(ctx, meta, {
    title: w.title,
    current: ownPath,
    status: done ? w.done : undefined,
    invalid: errors.length > 0,
    main: html`<p class="hint">${w.hint}</p>${errorSummary({ lang, errors })}${declare}${section({ title: w.own, body: html`${list}<p class="hint">${w.endHint}</p>` })}`,
  })
}

function stateOf(one: Relation, lang: Lang): string {
  const w = triageWords(lang).relations
  return one.endedAt ? w.ended(formatDay(dayOf(one.endedAt), lang)) : w.standing
}

async function allPage(ctx: Context, meta: Meta, after: string | undefined): Promise<Html> {
  const { lang } = meta
  const w = triageWords(lang).relations
  const place = readCursor(after, false)
  const found = await allRelations(ctx, place ? { key: place.cursor.key, id: place.cursor.id } : undefined)
  const rows = found.slice(0, pageSize)
  const last = rows.at(-1)
  const before = place?.rowsBefore ?? 0
  const to = before + rows.length
  const next = found.length > pageSize && last ? writeCursor({ key: last.key, id: last.id }, to) : null
  const list = table({
    caption: w.all,
    captionHidden: true,
    columns: [
      { key: 'person', label: w.person, kind: 'main' },
      { key: 'relative', label: w.relative },
      { key: 'kind', label: w.kind },
      { key: 'since', label: w.since, kind: 'nowrap' },
      { key: 'state', label: w.state },
    ],
    rows: rows.map((one) => ({
      tone: one.endedAt ? ('closed' as const) : undefined,
      cells: {
        person: `${one.personName} ${one.personNo}`,
        relative: `${one.relativeName} ${one.relativeNo}`,
        kind: one.kind,
        since: formatDay(dayOf(one.declaredAt), lang),
        state: stateOf(one, lang),
      },
    })),
    empty: emptyState({ title: w.none }),
  })
  const steps =
    rows.length > 0
      ? pager({
          lang,
          from: before + 1,
          to,
          total: next || place ? undefined : to,
          prevHref: place ? allPath : null,
          nextHref: next ? `${allPath}?after=${next}` : null,
        })
      : nothing
  return frame(ctx, meta, {
    title: w.all,
    current: allPath,
    main: html`<p class="hint">${w.allHint}</p>${list}${steps}`,
  })
}

export const relationEndpoints: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path: ownPath,
    side: 'internal',
    summary: 'One’s own declared relatives in the bureau',
    permission: 'own.read',
    audit: { unlogged: 'one’s own declarations' },
    query: Type.Object({ ...langQuery, done: text(10) }),
    handle: async (ctx, { query, meta }) => ({ page: await ownPage(ctx, meta, { done: query.done === 'yes' }) }),
  }),
  endpoint({
    method: 'POST',
    path: ownPath,
    side: 'internal',
    summary: 'Declare a relative in the bureau (recusal)',
    permission: 'own.read',
    audit: 'relation.declare',
    body: Type.Object({ ...formFields, relative: text(100), kind: text(100) }),
    handle: async (ctx, { body }) => {
      const { id } = await declareRelation(ctx, { relative: body.relative ?? '', kind: body.kind ?? '' })
      return { redirect: `${ownPath}?done=yes`, audit: { subjectKind: 'relation', subjectId: id } }
    },
    onProblem: (ctx, { body, meta }, problem) =>
      ownPage(ctx, meta, { typed: body, errors: triageErrors(problem, meta.lang, ['relative', 'kind']) }),
  }),
  endpoint({
    method: 'POST',
    path: `${ownPath}/:id/end`,
    side: 'internal',
    summary: 'End one’s own declaration',
    permission: 'own.read',
    audit: 'relation.end',
    params: Type.Object({ id: uuid }),
    body: Type.Object(formFields),
    handle: async (ctx, { params }) => {
      await endRelation(ctx, params.id)
      return { redirect: `${ownPath}?done=yes`, audit: { subjectKind: 'relation', subjectId: params.id } }
    },
  }),
  endpoint({
    method: 'GET',
    path: allPath,
    side: 'internal',
    summary: 'Every declaration, for discipline inspection',
    permission: 'accusation.read',
    audit: 'relation.list',
    query: Type.Object({ ...langQuery, after: text(400) }),
    handle: async (ctx, { query, meta }) => ({
      page: await allPage(ctx, meta, query.after),
      audit: { subjectKind: 'list', subjectId: null },
    }),
  }),
]
