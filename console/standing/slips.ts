import { frame } from '#console/frame.ts'
import {
  answerSlip,
  editSlip,
  holdTalk,
  listSlips,
  noteRefusal,
  receiveSlip,
  type SlipRow,
  signSlip,
  witnessRefusal,
} from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { emptyState } from '#platform/ui/parts.ts'
import { type Row, table } from '#platform/ui/table.ts'
import type { Permission } from '#policy/access/permissions.ts'
import { slipBadge } from './slip-badge.ts'
import { slipPage } from './slip-page.ts'
import { action, doneQuery, idParams, typedText } from './standing-action.ts'
import { dueCell, nameOf } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'

const base = '/console/slips'

export function slipPages(): AnyEndpoint[] {
  return [list, one, ...actions]
}

const list = endpoint({
  method: 'GET',
  path: base,
  side: 'internal',
  summary: 'Notice slips to sign, serve and talk over, and those that are done',
  permission: 'standing.read',
  audit: { unlogged: 'a list; a slip is logged when it is opened' },
  query: doneQuery,
  handle: async (ctx, { meta }) => ({ page: await listPage(ctx, meta) }),
})

const one = endpoint({
  method: 'GET',
  path: `${base}/:id`,
  side: 'internal',
  summary: 'One notice slip, for its addressee and for those who keep, sign and serve it',
  permission: 'own.read',
  audit: 'slip.view',
  params: idParams,
  query: doneQuery,
  handle: async (ctx, { params, query, meta }) => ({
    page: await slipPage(ctx, meta, { id: params.id, done: query.done }),
    audit: { subjectKind: 'slip', subjectId: params.id },
  }),
})

type Step = { name: string; summary: string; permission: Permission; field?: [name: string, max: number] }

/** Which person may do which step is the lifecycle's to say; the right in front only keeps out those who never could. */
function step(
  said: Step,
  act: (ctx: Context, id: string, input: { version: number; text: string }) => Promise<void>,
): AnyEndpoint {
  const [field, max] = said.field ?? ['', 0]
  return action({
    base,
    subject: 'slip',
    name: said.name,
    summary: said.summary,
    permission: said.permission,
    fields: field ? { [field]: typedText(max) } : {},
    act: (ctx, { id, version, body }) => act(ctx, id, { version, text: body[field] ?? '' }),
    page: slipPage,
  })
}

const actions: AnyEndpoint[] = [
  step(
    {
      name: 'edit',
      summary: 'Put the draft of a slip into other words',
      permission: 'slip.keep',
      field: ['text', 4000],
    },
    editSlip,
  ),
  step({ name: 'sign', summary: 'A leader signs a notice slip', permission: 'slip.sign' }, signSlip),
  step({ name: 'receive', summary: 'The officer acknowledges receipt', permission: 'own.read' }, receiveSlip),
  step(
    {
      name: 'refuse',
      summary: 'Note that the officer would not sign',
      permission: 'standing.read',
      field: ['note', 500],
    },
    (ctx, id, { version, text }) => noteRefusal(ctx, id, { version, note: text }),
  ),
  step(
    { name: 'witness', summary: 'A second person who saw the refusal', permission: 'standing.read' },
    witnessRefusal,
  ),
  step(
    { name: 'remark', summary: 'The officer’s remark', permission: 'own.read', field: ['remark', 2000] },
    (ctx, id, input) => answerSlip(ctx, id, { ...input, what: 'remark' }),
  ),
  step(
    { name: 'plan', summary: 'The officer’s improvement plan', permission: 'own.read', field: ['plan', 2000] },
    (ctx, id, input) => answerSlip(ctx, id, { ...input, what: 'plan' }),
  ),
  step(
    {
      name: 'talk',
      summary: 'Record the talk and close the slip',
      permission: 'standing.read',
      field: ['result', 2000],
    },
    (ctx, id, { version, text }) => holdTalk(ctx, id, { version, result: text }),
  ),
]

async function listPage(ctx: Context, meta: Meta): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const c = words.columns
  const rows = await listSlips(ctx)
  return frame(ctx, meta, {
    title: words.slips.title,
    current: base,
    main: html`<p class="hint">${words.slips.lead}</p>${table<Key>({
      caption: words.slips.title,
      captionHidden: true,
      swap: true,
      columns: [
        { key: 'person', label: c.person, kind: 'main' },
        { key: 'unit', label: c.unit },
        { key: 'no', label: c.no, kind: 'nowrap' },
        { key: 'nth', label: c.nth, kind: 'nowrap' },
        { key: 'state', label: c.state },
        { key: 'due', label: c.due, kind: 'nowrap' },
      ],
      rows: rows.map((row) => slipRow(ctx, row, meta)),
      empty: emptyState({ title: words.slips.empty }),
    })}`,
  })
}

type Key = 'person' | 'unit' | 'no' | 'nth' | 'state' | 'due'

function slipRow(ctx: Context, row: SlipRow, { lang }: Meta): Row<Key> {
  const words = standingWords(lang).slips
  const waits = row.status === 'draft' || row.status === 'signed' || row.status === 'refused'
  const talk = row.status === 'served' && row.talkDueOn
  return {
    href: `${base}/${row.id}`,
    tone:
      row.status === 'withdrawn'
        ? 'closed'
        : (waits && row.serveOverdue) || (talk && row.talkOverdue)
          ? 'late'
          : undefined,
    cells: {
      person: `${row.personName} ${row.policeNo}`,
      unit: nameOf(row, lang),
      no: row.no ?? words.draftNo,
      nth: `${row.year} · ${words.nth(String(row.nth))}`,
      state: slipBadge(row, lang),
      due: waits
        ? html`${words.serveDue} ${dueCell(ctx, row.serveDueOn, true, lang)}`
        : talk
          ? html`${words.talkDue} ${dueCell(ctx, talk, true, lang)}`
          : '',
    },
  }
}
