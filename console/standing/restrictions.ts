import { frame } from '#console/frame.ts'
import {
  confirmRestriction,
  type DeductionLine,
  listRestrictions,
  type RestrictionRow,
  viewRestriction,
} from '#modules/standing/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { emptyState, factList, notice, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { basisText } from '#policy/sources.ts'
import { deductionRow } from './my-standing.ts'
import { restrictionBadge, restrictionTable } from './restriction-table.ts'
import { action, doneQuery, idParams, type Returned, typedText } from './standing-action.ts'
import { actionForm, leftOver, nameOf } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'
import { scopeText } from './why.ts'

const base = '/console/restrictions'

export function restrictionPages(): AnyEndpoint[] {
  return [list, one, confirm]
}

const list = endpoint({
  method: 'GET',
  path: base,
  side: 'internal',
  summary: 'Restrictions that the reader may see, those to be confirmed first',
  permission: 'standing.read',
  audit: { unlogged: 'a list; the reasons are logged when one is opened' },
  query: doneQuery,
  async handle(ctx, { meta }) {
    const words = standingWords(meta.lang).restrictions
    return {
      page: await frame(ctx, meta, {
        title: words.title,
        current: base,
        main: html`<p class="hint">${words.lead}</p>${restrictionTable(ctx, await listRestrictions(ctx), meta.lang, 'all')}`,
      }),
    }
  },
})

const one = endpoint({
  method: 'GET',
  path: `${base}/:id`,
  side: 'internal',
  summary: 'One restriction with all its reasons, for the officer and for whoever confirms it',
  permission: 'own.read',
  audit: 'restriction.view',
  params: idParams,
  query: doneQuery,
  handle: async (ctx, { params, query, meta }) => ({
    page: await restrictionPage(ctx, meta, { id: params.id, done: query.done }),
    audit: { subjectKind: 'restriction', subjectId: params.id },
  }),
})

const confirm = action({
  base,
  name: 'confirm',
  subject: 'restriction',
  summary: 'A person confirms a restriction after looking at its reasons',
  permission: 'restriction.confirm',
  fields: { note: typedText(500) },
  act: (ctx, { id, version, body }) => confirmRestriction(ctx, id, { version, note: body.note }),
  page: (ctx, meta, options) => restrictionPage(ctx, meta, options),
})

async function restrictionPage(
  ctx: Context,
  meta: Meta,
  { id, done, returned }: { id: string; done?: string; returned?: Returned },
): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const { restriction, deductions } = await viewRestriction(ctx, id)
  const own = restriction.personId === ctx.actor.personId
  const reading = may(ctx.actor, 'standing.read')
  const current = own || !reading ? '/console/my-standing' : base
  const title = words.restrictions.one(restriction.personName, String(restriction.year))
  return frame(ctx, meta, {
    title,
    current,
    breadcrumbs: [
      { href: current, label: current === base ? words.restrictions.title : words.mine.title },
      { label: restriction.personName },
    ],
    status: done === 'confirm' ? words.restrictions.done : undefined,
    invalid: returned !== undefined,
    main: html`${leftOver(returned, restriction.status === 'proposed' ? ['confirm'] : [], lang)}${facts(restriction, lang)}${own ? nothing : html`<p class="hint">${words.restrictions.told}</p>`}${reasons(ctx, restriction, deductions, lang)}${confirmForm(ctx, meta, restriction, returned)}`,
  })
}

function facts(row: RestrictionRow, lang: Lang): Html {
  const words = standingWords(lang)
  const c = words.columns
  return factList([
    { label: c.state, value: restrictionBadge(row, lang) },
    { label: c.person, value: `${row.personName} ${row.policeNo}` },
    { label: c.unit, value: nameOf(row, lang) },
    { label: c.year, value: String(row.year) },
    { label: c.scope, value: scopeText(row, lang) },
    { label: c.source, value: words.restrictions.source[row.sourceKind] },
    { label: words.restrictions.rule, value: basisText(row.basis, lang) },
    { label: c.since, value: formatMoment(row.proposedAt, lang) },
    row.confirmedAt && row.confirmedBy
      ? {
          label: c.confirmed,
          value: html`${words.restrictions.confirmedLine(row.confirmedBy, formatMoment(row.confirmedAt, lang))}${row.confirmNote ? html` <span class="hint">${row.confirmNote}</span>` : nothing}`,
        }
      : null,
    row.withdrawnAt
      ? {
          label: words.restrictions.status.withdrawn,
          value: words.restrictions.withdrawnLine(formatMoment(row.withdrawnAt, lang), row.withdrawReason ?? ''),
        }
      : null,
  ])
}

function reasons(ctx: Context, row: RestrictionRow, deductions: readonly DeductionLine[], lang: Lang): Html {
  const words = standingWords(lang)
  const c = words.columns
  const body =
    row.sourceKind === 'evaluation'
      ? html`<p>${row.factLine}</p>`
      : table({
          caption: words.mine.deductions,
          captionHidden: true,
          columns: [
            { key: 'case', label: c.case, kind: 'main' },
            { key: 'on', label: c.on, kind: 'nowrap' },
            { key: 'fact', label: c.fact },
            { key: 'clause', label: c.clause },
            { key: 'points', label: c.points, kind: 'nowrap' },
            { key: 'reason', label: c.reason },
            { key: 'decidedBy', label: c.decidedBy, kind: 'nowrap' },
            { key: 'state', label: c.state },
          ],
          rows: deductions.map((deduction) => deductionRow(ctx, deduction, lang)),
          empty: emptyState({ title: words.mine.noDeductions }),
        })
  return section({ title: words.restrictions.why, body })
}

function confirmForm(ctx: Context, meta: Meta, row: RestrictionRow, returned: Returned | undefined): Html {
  const { lang } = meta
  const words = standingWords(lang).restrictions
  if (row.status !== 'proposed' || !may(ctx.actor, 'restriction.confirm') || row.personId === ctx.actor.personId)
    return nothing
  if (returned?.problem.code === 'decided-before') return notice({ lang, kind: 'warning', title: words.decided })
  return actionForm(
    { meta, base, id: row.id, version: row.version, returned },
    {
      name: 'confirm',
      title: words.confirm,
      lead: words.confirmLead,
      save: words.save,
      key: true,
      fields: [
        { kind: 'textarea', name: 'note', label: words.note, optional: true, rows: 3, width: 'wide', maxlength: 500 },
      ],
    },
  )
}
