import { listRegister, type RegisterCursor, type RegisterFilter, type RegisterRow } from '#modules/complaints/index.ts'
import { findUnit } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { type CellInput, type Column, writeWorkbook } from '#platform/spreadsheet/workbook.ts'
import { caseWords } from './case-words.ts'
import { channelWords } from './month/channel-words.ts'
import { monthWords } from './month/words.ts'
import { asRegisterQuery, readRegister, registerQuery } from './register-filter.ts'
import { registerPath } from './register-page.ts'
import { registerWords } from './register-words.ts'

const limit = 50_000

type Key =
  | 'no'
  | 'summary'
  | 'accused'
  | 'class'
  | 'channels'
  | 'submissions'
  | 'status'
  | 'department'
  | 'handler'
  | 'received'
  | 'noticeDue'
  | 'noticed'
  | 'accepted'
  | 'due'
  | 'answered'
  | 'closed'
type Line = Record<Key, CellInput>

function columnsIn(lang: Lang): Column<Key>[] {
  const { columns: c, sheetColumns: s } = registerWords(lang)
  return [
    { key: 'no', title: c.no, kind: 'text', width: 16 },
    { key: 'summary', title: c.summary, kind: 'text', width: 60 },
    { key: 'accused', title: c.accused, kind: 'text', width: 26 },
    { key: 'class', title: c.class, kind: 'text', width: 12 },
    { key: 'channels', title: c.channels, kind: 'text', width: 18 },
    { key: 'submissions', title: s.submissions, kind: 'number', width: 8 },
    { key: 'status', title: c.status, kind: 'text', width: 12 },
    { key: 'department', title: s.department, kind: 'text', width: 14 },
    { key: 'handler', title: c.handler, kind: 'text', width: 12 },
    { key: 'received', title: c.received, kind: 'date', width: 12 },
    { key: 'noticeDue', title: s.noticeDue, kind: 'date', width: 12 },
    { key: 'noticed', title: s.noticed, kind: 'datetime', width: 18 },
    { key: 'accepted', title: s.accepted, kind: 'datetime', width: 18 },
    { key: 'due', title: s.due, kind: 'date', width: 12 },
    { key: 'answered', title: s.answered, kind: 'datetime', width: 18 },
    { key: 'closed', title: s.closed, kind: 'datetime', width: 18 },
  ]
}

function lineOf(row: RegisterRow, lang: Lang): Line {
  const words = caseWords(lang)
  return {
    no: row.no,
    summary: row.summary,
    accused: row.accused.join('、'),
    class: row.caseClass ? words.class[row.caseClass] : '',
    channels: row.channels.map((channel) => channelWords(lang)[channel]).join('、'),
    submissions: row.submissions,
    status: words.status[row.status],
    department: monthWords(lang).dept[row.department],
    handler: row.handlerName,
    received: row.receivedOn,
    noticeDue: row.noticeDueOn,
    noticed: row.noticedAt,
    accepted: row.acceptedAt,
    due: row.dueOn,
    answered: row.answeredAt,
    closed: row.closedAt,
  }
}

/** All rows of a filter by pages of the key, one more than the limit so that the file can say it was cut. */
async function linesOf(ctx: Context, filter: RegisterFilter, lang: Lang): Promise<Line[]> {
  const lines: Line[] = []
  let after: RegisterCursor | null = null
  do {
    const page: { rows: RegisterRow[]; next: RegisterCursor | null } = await listRegister(ctx, filter, after, 200)
    for (const row of page.rows) lines.push(lineOf(row, lang))
    after = page.next
  } while (after && lines.length <= limit)
  return lines
}

const workbook = endpoint({
  method: 'GET',
  path: `${registerPath}.xlsx`,
  side: 'internal',
  summary: 'The register as a workbook, without anybody who complained; who took it out is on record',
  permission: 'complaint.read',
  audit: 'complaint.export',
  query: registerQuery,
  handle: async (ctx, { query, meta }) => {
    const w = registerWords(meta.lang)
    const { filter } = readRegister(ctx, asRegisterQuery(query))
    const rows = await linesOf(ctx, filter, meta.lang)
    const unit = ctx.actor.unitId ? await findUnit(ctx, ctx.actor.unitId) : undefined
    const who =
      `${ctx.actor.name} ${ctx.actor.policeNo} ${(meta.lang === 'en' ? unit?.nameEn : unit?.nameZh) ?? ''}`.trim()
    const note = w.sheetNote(who, formatMoment(ctx.now, meta.lang))
    return {
      audit: {
        subjectKind: 'list',
        subjectId: null,
        data: { view: filter.view, searched: filter.search !== undefined, rows: Math.min(rows.length, limit) },
      },
      later: async () => ({
        file: await writeWorkbook({ sheetName: w.sheet, columns: columnsIn(meta.lang), rows, note, limit }),
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        name: `${w.sheet}-${dayOf(ctx.now)}.xlsx`,
        download: true,
      }),
    }
  },
})

export const exportEndpoints: AnyEndpoint[] = [workbook]
