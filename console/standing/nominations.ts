import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { posted } from '#console/service-window/shared.ts'
import { personByNumber } from '#modules/directory/index.ts'
import { grant, listNominations, type NominationRow, nominate, withdrawNomination } from '#modules/standing/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { invalid, type Problem } from '#platform/problem.ts'
import { lookupText } from '#platform/typed.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { dialogDetails, emptyState, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { awardKindsOn } from '#policy/standing/award-kinds.ts'
import type { Eligibility } from '#policy/standing/eligibility.ts'
import { nominationBadge, nominationPage } from './nomination-page.ts'
import { action, doneLine, doneQuery, idParams, typedText } from './standing-action.ts'
import { nameOf, shortMoment } from './standing-parts.ts'
import { errorsOf, standingWords } from './standing-words.ts'
import { awardName, verdict } from './why.ts'

const base = '/console/nominations'
const names = ['policeNo', 'awardKind', 'year', 'reason'] as const

export function nominationPages(): AnyEndpoint[] {
  return [list, make, one, grantIt, withdrawIt]
}

const list = endpoint({
  method: 'GET',
  path: base,
  side: 'internal',
  summary: 'Nominations for honours with what was seen, and what would be seen now',
  permission: 'eligibility.check',
  audit: 'nomination.list',
  query: doneQuery,
  handle: async (ctx, { query, meta }) => ({
    page: await listPage(ctx, meta, { done: query.done }),
    audit: { subjectKind: 'list', subjectId: null },
  }),
})

const make = endpoint({
  method: 'POST',
  path: base,
  side: 'internal',
  summary: 'Nominate an officer who is eligible now',
  permission: 'nomination.make',
  audit: 'nomination.make',
  body: Type.Object({
    ...posted,
    policeNo: typedText(40),
    awardKind: typedText(60),
    year: typedText(10),
    reason: typedText(1000),
  }),
  async handle(ctx, { body }) {
    const person = body.policeNo ? await personByNumber(ctx, lookupText(body.policeNo, 20)) : undefined
    if (!person) throw invalid({ policeNo: body.policeNo ? 'no-such-officer' : 'required' })
    const year = /^20\d\d$/.test(body.year ?? '') ? Number(body.year) : 0
    const { id } = await nominate(ctx, {
      personId: person.id,
      awardKind: body.awardKind ?? '',
      year,
      reason: body.reason ?? '',
    })
    return {
      redirect: `${base}/${id}?done=nominate`,
      audit: {
        subjectKind: 'nomination',
        subjectId: id,
        data: { personId: person.id, awardKind: body.awardKind, year },
      },
    }
  },
  onProblem: (ctx, { body, meta }, problem) => listPage(ctx, meta, { typed: body, problem }),
})

const one = endpoint({
  method: 'GET',
  path: `${base}/:id`,
  side: 'internal',
  summary: 'One nomination: what was seen when, and what stands now',
  permission: 'eligibility.check',
  audit: 'nomination.view',
  params: idParams,
  query: doneQuery,
  handle: async (ctx, { params, query, meta }) => ({
    page: await nominationPage(ctx, meta, { id: params.id, done: query.done }),
    audit: { subjectKind: 'nomination', subjectId: params.id },
  }),
})

const grantIt = action({
  base,
  name: 'grant',
  subject: 'nomination',
  summary: 'A leader grants the honour, if the officer is still eligible',
  permission: 'nomination.grant',
  fields: {},
  act: (ctx, { id, version }) => grant(ctx, id, { version }),
  page: nominationPage,
})

const withdrawIt = action({
  base,
  name: 'withdraw',
  subject: 'nomination',
  summary: 'Withdraw a nomination with a reason',
  permission: 'eligibility.check',
  fields: { reason: typedText(500) },
  act: (ctx, { id, version, body }) => withdrawNomination(ctx, id, { version, reason: body.reason ?? '' }),
  page: nominationPage,
})

type ListOptions = { done?: string; typed?: Record<string, unknown>; problem?: Problem }

async function listPage(ctx: Context, meta: Meta, options: ListOptions): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const c = words.columns
  const rows = await listNominations(ctx)
  return frame(ctx, meta, {
    title: words.nominations.title,
    current: base,
    invalid: options.problem !== undefined,
    status: doneLine(words.nominations.done, options.done),
    main: html`<p class="hint">${words.nominations.lead}</p>${may(ctx.actor, 'nomination.make') ? nominateForm(ctx, meta, options) : nothing}${table(
      {
        caption: words.nominations.title,
        captionHidden: true,
        swap: true,
        columns: [
          { key: 'person', label: c.person, kind: 'main' },
          { key: 'unit', label: c.unit },
          { key: 'award', label: c.award },
          { key: 'year', label: c.year, kind: 'nowrap' },
          { key: 'nominated', label: c.nominated },
          { key: 'state', label: c.state },
          { key: 'now', label: c.now },
        ],
        rows: rows.map((row) => ({
          href: `${base}/${row.id}`,
          tone:
            row.status === 'withdrawn'
              ? ('closed' as const)
              : row.now && !row.now.eligible
                ? ('late' as const)
                : undefined,
          cells: {
            person: `${row.personName} ${row.policeNo}`,
            unit: nameOf(row, lang),
            award: awardName(row.awardKind, lang),
            year: String(row.year),
            nominated: words.nominations.by(row.nominatedBy, shortMoment(ctx, row.nominatedAt, lang)),
            state: nominationBadge(row, lang),
            now: nowBadge(row, lang),
          },
        })),
        empty: emptyState({ title: words.nominations.empty }),
      },
    )}`,
  })
}

function nowBadge(row: NominationRow, lang: Lang): Html {
  if (!row.now) return nothing
  const words = standingWords(lang).nominations
  return row.now.eligible ? statusBadge('neutral', words.eligible) : statusBadge('late', words.blocked)
}

function nominateForm(ctx: Context, meta: Meta, { typed = {}, problem }: ListOptions): Html {
  const { lang } = meta
  const words = standingWords(lang).nominations
  const errors = problem ? errorsOf(problem, lang, names) : []
  const year = dayOf(ctx.now).year
  const value = (name: (typeof names)[number], otherwise = '') => {
    const found = typed[name]
    return typeof found === 'string' ? found : otherwise
  }
  const error = (name: (typeof names)[number]) => errors.find((found) => found.name === name)?.message
  const kinds = awardKindsOn(dayOf(ctx.now)).map((kind) => ({
    value: kind.code,
    label: `${kind[lang]} (${standingWords(lang).scopes[kind.scope]})`,
  }))
  const years = [year, year - 1].map((one) => ({ value: String(one), label: String(one) }))
  const body = html`${field({ lang, kind: 'text', name: 'policeNo', label: words.policeNo, value: value('policeNo'), error: error('policeNo'), width: 'short', autocomplete: 'off' })}${field(
    {
      lang,
      kind: 'select',
      name: 'awardKind',
      label: words.award,
      value: value('awardKind'),
      error: error('awardKind'),
      options: kinds,
    },
  )}${field({ lang, kind: 'select', name: 'year', label: words.year, value: value('year', String(year)), error: error('year'), options: years, width: 'short' })}${field(
    {
      lang,
      kind: 'textarea',
      name: 'reason',
      label: words.reason,
      value: value('reason'),
      error: error('reason'),
      rows: 3,
      width: 'wide',
      maxlength: 1000,
    },
  )}`
  const sent = form({
    action: base,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    body,
    submit: { label: words.save, key: true },
    swap: true,
  })
  const seen = problem?.code === 'not-eligible' ? (problem.detail.seen as Eligibility | undefined) : undefined
  return dialogDetails({
    summary: words.new,
    open: problem !== undefined,
    body: html`${errorSummary({ lang, errors })}${seen ? verdict(seen, value('policeNo'), lang) : nothing}${sent}`,
  })
}
