import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { posted } from '#console/service-window/shared.ts'
import { type Information, listInformation, noteInformation } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { actionButton } from '#platform/ui/form.ts'
import { emptyState } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { doneQuery, idParams } from './standing-action.ts'
import { nameOf, shortMoment } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'

const base = '/console/information'

/** What discipline inspection is told of the fourth deduction and those after it (A14). */
export function informationPages(): AnyEndpoint[] {
  return [list, note]
}

const list = endpoint({
  method: 'GET',
  path: base,
  side: 'internal',
  summary: 'Officers with a fourth deduction in a year, told to discipline inspection',
  permission: 'accusation.read',
  audit: 'information.view',
  query: doneQuery,
  handle: async (ctx, { query, meta }) => ({
    page: await listPage(ctx, meta, query.done === 'note'),
    audit: { subjectKind: 'list', subjectId: null },
  }),
})

const note = endpoint({
  method: 'POST',
  path: `${base}/:id/note`,
  side: 'internal',
  summary: 'Somebody of discipline inspection has taken note',
  permission: 'accusation.read',
  audit: 'information.note',
  params: idParams,
  body: Type.Object({ ...posted, version: Type.Optional(Type.Integer()) }),
  async handle(ctx, { params }) {
    await noteInformation(ctx, params.id)
    return { redirect: `${base}?done=note`, audit: { subjectKind: 'information', subjectId: params.id } }
  },
})

async function listPage(ctx: Context, meta: Meta, done: boolean): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const c = words.columns
  const rows = await listInformation(ctx)
  return frame(ctx, meta, {
    title: words.information.title,
    current: base,
    status: done ? words.information.done : undefined,
    main: html`<p class="hint">${words.information.lead}</p>${table({
      caption: words.information.title,
      captionHidden: true,
      columns: [
        { key: 'person', label: c.person, kind: 'main' },
        { key: 'unit', label: c.unit },
        { key: 'nth', label: c.nth },
        { key: 'since', label: c.since, kind: 'nowrap' },
        { key: 'state', label: c.state },
      ],
      rows: rows.map((row) => ({
        href: `/console/slips/${row.slipId}`,
        tone: row.withdrawn ? ('closed' as const) : undefined,
        cells: {
          person: `${row.personName} ${row.policeNo}`,
          unit: nameOf(row, lang),
          nth: html`${words.information.line(String(row.year), String(row.nth))}${row.withdrawn ? html` <span class="hint">${words.information.withdrawn}</span>` : ''}`,
          since: shortMoment(ctx, row.recordedAt, lang),
          state: state(ctx, meta, row),
        },
      })),
      empty: emptyState({ title: words.information.empty }),
    })}`,
  })
}

function state(ctx: Context, meta: Meta, row: Information): Html {
  const words = standingWords(meta.lang).information
  if (row.seenAt && row.seenBy) return html`${words.seen(row.seenBy, shortMoment(ctx, row.seenAt, meta.lang))}`
  return actionButton({
    action: `${base}/${row.id}/note`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    label: words.note,
    swap: true,
  })
}
