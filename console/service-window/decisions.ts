import { Type } from 'typebox'
import { errorOf, frame } from '#console/frame.ts'
import {
  type Decisions,
  decideExtension,
  decideSecondNotice,
  type ExtensionToDecide,
  type NoticeToDecide,
  waitingDecisions,
} from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatMomentShort, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { emptyState, factList, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { decisionWords } from './decision-words.ts'
import {
  errorsIn,
  fieldIn,
  langQuery,
  matterParams,
  matterPath,
  nameIn,
  posted,
  problemNotice,
  said,
  text,
  typed,
  version,
} from './shared.ts'
import { gapLine } from './verdict.ts'
import { matterWords } from './words.ts'

type Back = { id: string; body: Record<string, unknown>; problem: Problem }

async function decisionsPage(ctx: Context, meta: Meta, shown: { done?: string; back?: Back } = {}): Promise<Html> {
  const w = decisionWords(meta.lang)
  const waiting = await waitingDecisions(ctx)
  const main = html`${problemNotice(shown.back?.problem, meta.lang)}${body(ctx, meta, waiting, shown.back)}`
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/decisions',
    main,
    status: shown.done ? w.done[shown.done] : undefined,
    invalid: shown.back !== undefined,
  })
}

function body(ctx: Context, meta: Meta, waiting: Decisions, back?: Back): Html {
  const w = decisionWords(meta.lang)
  if (waiting.notices.length + waiting.extensions.length === 0) return emptyState({ title: w.none, body: w.noneHint })
  const part = (title: string, entries: readonly Html[]) =>
    entries.length > 0 ? section({ title: `${title} ${entries.length}`, body: html`${entries}` }) : html``
  return html`${part(
    w.notices,
    waiting.notices.map((one) => noticeCard(ctx, meta, one, back)),
  )}${part(
    w.extensions,
    waiting.extensions.map((one) => extensionCard(ctx, meta, one, back)),
  )}`
}

type Asked = {
  matterId: string
  matterNo: string
  applicantName: string
  item: { zh: string; en: string } | null
  requestedBy: string
  requestedAt: Temporal.Instant
}

const title = (one: Asked, lang: Lang): string =>
  `${one.applicantName} · ${one.matterNo}${one.item ? ` · ${said(one.item, lang)}` : ''}`

function askedBy(ctx: Context, one: Asked, lang: Lang) {
  return {
    label: decisionWords(lang).asked,
    value: html`${one.requestedBy} ${formatMomentShort(one.requestedAt, lang, dayOf(ctx.now))} <a href="${matterPath(one.matterId)}" data-swap>${one.matterNo}</a>`,
  }
}

function noticeCard(ctx: Context, meta: Meta, one: NoticeToDecide, back?: Back): Html {
  const { lang } = meta
  const w = decisionWords(lang)
  const causes = matterWords(lang).supplementCauses
  const omission = one.gaps.some((gap) => gap.cause === 'officer_omission')
  const gaps = table({
    caption: w.gap,
    captionHidden: true,
    columns: [
      { key: 'gap', label: w.gap, kind: 'main' },
      { key: 'record', label: w.record },
      { key: 'notice', label: w.notice, kind: 'nowrap' },
    ],
    rows: one.gaps.map((gap) => ({
      tone: gap.cause === 'officer_omission' ? ('late' as const) : undefined,
      cells: {
        gap: gapLine(
          { name: gap.name, problem: gap.defect ? 'defective' : 'missing', defect: gap.defect ?? undefined },
          lang,
        ),
        record:
          gap.cause === 'officer_omission'
            ? html`<strong>${causes.officer_omission}</strong>${lang === 'en' ? ': ' : '：'}${w.overlooked}`
            : causes[gap.cause],
        notice: gap.notice?.no,
      },
    })),
    empty: html`<p>${w.settled}</p>`,
  })
  return section({
    title: title(one, lang),
    level: 3,
    body: html`${factList([askedBy(ctx, one, lang), { label: w.cause, value: `${causes[one.cause]}${lang === 'en' ? '. ' : '。'}${one.note}` }])}${gaps}${omission ? html`<p class="hint">${w.warn}</p>` : html``}${decideForm(
      meta,
      {
        id: one.noticeId,
        action: `/console/notices/${one.noticeId}/decide`,
        version: one.version,
        fieldName: 'note',
        label: w.note,
        hint: w.noteHint,
        approve: w.approve,
        back,
      },
    )}`,
  })
}

function extensionCard(ctx: Context, meta: Meta, one: ExtensionToDecide, back?: Back): Html {
  const { lang } = meta
  const w = decisionWords(lang)
  const facts = factList([
    askedBy(ctx, one, lang),
    { label: w.days, value: w.daysValue(one.days) },
    { label: w.due, value: formatDay(Temporal.PlainDate.from(one.dueOn), lang) },
    { label: w.reason, value: one.reason },
  ])
  return section({
    title: title(one, lang),
    level: 3,
    body: html`${facts}${decideForm(meta, {
      id: one.matterId,
      action: matterPath(one.matterId, '/decide-extension'),
      version: one.version,
      fieldName: 'toldHow',
      label: w.toldHow,
      hint: w.toldHint,
      approve: w.approveDays,
      back,
    })}`,
  })
}

type DecideForm = {
  id: string
  action: string
  version: number
  fieldName: string
  label: string
  hint: string
  approve: string
  back?: Back
}

function decideForm(meta: Meta, said: DecideForm): Html {
  const back = said.back?.id === said.id ? said.back : undefined
  const errors = errorsIn(back?.problem, meta.lang).filter((error) => error.name !== '')
  return html`${errorSummary({ lang: meta.lang, errors: errors.map((error) => ({ ...error, name: nameIn(said.id, error.name === 'cause' ? said.fieldName : error.name) })) })}${form(
    {
      action: said.action,
      csrf: meta.csrf,
      version: said.version,
      swap: true,
      submit: { label: said.approve, name: 'decision', value: 'approve' },
      beside: html`<button type="submit" class="button button-plain" name="decision" value="reject">${decisionWords(meta.lang).reject}</button>`,
      body: fieldIn(said.id, {
        lang: meta.lang,
        kind: 'text',
        name: said.fieldName,
        label: said.label,
        hint: said.hint,
        value: typed(back?.body, said.fieldName),
        error: errorOf(errors, said.fieldName) ?? errorOf(errors, 'cause'),
        maxlength: 500,
        width: 'wide',
        optional: said.fieldName === 'note',
      }),
    },
  )}`
}

const page = endpoint({
  method: 'GET',
  path: '/console/decisions',
  side: 'internal',
  summary: 'Second notices and extensions that wait for my decision',
  permission: 'matter.decide',
  audit: { unlogged: 'lists show no contact data' },
  query: Type.Object({ ...langQuery, done: text(20) }),
  handle: async (ctx, { query, meta }) => ({ page: await decisionsPage(ctx, meta, { done: query.done }) }),
})

const decided = (approve: boolean) => `/console/decisions?done=${approve ? 'approved' : 'rejected'}`

const decideNotice = endpoint({
  method: 'POST',
  path: '/console/notices/:id/decide',
  side: 'internal',
  summary: 'The window chief decides on another notice (R49)',
  permission: 'matter.decide',
  audit: 'notice.decide',
  params: matterParams,
  body: Type.Object({ ...posted, version, decision: text(10), note: text(2000) }),
  handle: async (ctx, { params, body }) => {
    const approve = body.decision === 'approve'
    const result = await decideSecondNotice(ctx, params.id, { approve, note: body.note ?? '', version: body.version })
    return {
      redirect: decided(approve),
      audit: {
        subjectKind: 'notice',
        subjectId: params.id,
        data: { approve, matterId: result.matterId, no: result.no },
      },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    decisionsPage(ctx, meta, { back: { id: params.id, body, problem } }),
})

const decideTime = endpoint({
  method: 'POST',
  path: '/console/matters/:id/decide-extension',
  side: 'internal',
  summary: 'The head of the unit decides on more time, the citizen told (R86)',
  permission: 'matter.decide',
  audit: 'matter.decide-extension',
  params: matterParams,
  body: Type.Object({ ...posted, version, decision: text(10), toldHow: text(1000) }),
  handle: async (ctx, { params, body }) => {
    const approve = body.decision === 'approve'
    await decideExtension(ctx, params.id, { approve, toldHow: body.toldHow, version: body.version })
    return { redirect: decided(approve), audit: { subjectKind: 'matter', subjectId: params.id, data: { approve } } }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    decisionsPage(ctx, meta, { back: { id: params.id, body, problem } }),
})

export const decisionEndpoints: AnyEndpoint[] = [page, decideNotice, decideTime]
