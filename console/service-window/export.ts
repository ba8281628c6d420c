import { findUnit, listUnits } from '#modules/directory/index.ts'
import { type Cursor, type ListFilter, listMatters, type MatterRow } from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang, messages } from '#platform/i18n.ts'
import { type CellInput, type Column, writeWorkbook } from '#platform/spreadsheet/workbook.ts'
import { asQuery, listQuery, readFilter } from './list-filter.ts'
import { said } from './shared.ts'
import { matterWords } from './words.ts'

const exportWords = messages(
  {
    sheet: '办件清单',
    note: (who: string, at: string) => `${who} 于 ${at} 导出，仅限工作使用。表中不含联系电话和公民身份号码。`,
    due: '到期日',
    provisional: '期限是否暂定',
    yes: '是',
  },
  {
    sheet: 'Matters',
    note: (who, at) => `Taken out by ${who} on ${at}, for official use only. Holds no phone and no citizen number.`,
    due: 'Due on',
    provisional: 'Provisional date',
    yes: 'yes',
  },
)

const limit = 50_000
type Key =
  | 'no'
  | 'applicant'
  | 'request'
  | 'item'
  | 'state'
  | 'unit'
  | 'holder'
  | 'first'
  | 'received'
  | 'accepted'
  | 'due'
  | 'provisional'
  | 'finished'
  | 'visits'
type Line = Record<Key, CellInput>

function columnsIn(lang: Lang): Column<Key>[] {
  const c = matterWords(lang).columns
  const w = exportWords(lang)
  return [
    { key: 'no', title: c.no, kind: 'text', width: 18 },
    { key: 'applicant', title: c.applicant, kind: 'text', width: 14 },
    { key: 'request', title: c.request, kind: 'text', width: 40 },
    { key: 'item', title: c.item, kind: 'text', width: 30 },
    { key: 'state', title: c.state, kind: 'text', width: 10 },
    { key: 'unit', title: c.unit, kind: 'text', width: 26 },
    { key: 'holder', title: c.holder, kind: 'text', width: 12 },
    { key: 'first', title: c.first, kind: 'text', width: 12 },
    { key: 'received', title: c.received, kind: 'datetime', width: 18 },
    { key: 'accepted', title: matterWords(lang).status.accepted, kind: 'datetime', width: 18 },
    { key: 'due', title: w.due, kind: 'date', width: 12 },
    { key: 'provisional', title: w.provisional, kind: 'text', width: 12 },
    { key: 'finished', title: c.finished, kind: 'datetime', width: 18 },
    { key: 'visits', title: c.visits, kind: 'number', width: 8 },
  ]
}

/** All rows of a filter by pages of the key, one more than the limit so that the file can say it was cut. */
async function rowsOf(ctx: Context, filter: ListFilter, lang: Lang): Promise<Line[]> {
  const units = new Map(
    (await listUnits(ctx)).map((unit) => [unit.id, said({ zh: unit.nameZh, en: unit.nameEn }, lang)]),
  )
  const lines: Line[] = []
  let after: Cursor | null = null
  do {
    const page: { rows: MatterRow[]; next: Cursor | null } = await listMatters(ctx, filter, after, 200)
    for (const row of page.rows) lines.push(lineOf(row, units, lang))
    after = page.next
  } while (after && lines.length <= limit)
  return lines
}

function lineOf(row: MatterRow, units: ReadonlyMap<string, string>, lang: Lang): Line {
  return {
    no: row.no,
    applicant: row.applicantName,
    request: row.request,
    item: said({ zh: row.itemZh, en: row.itemEn }, lang),
    state: matterWords(lang).status[row.status],
    unit: units.get(row.handlingUnitId) ?? '',
    holder: row.holderName,
    first: row.firstOfficerName,
    received: row.receivedAt,
    accepted: row.acceptedAt,
    due: row.dueOn,
    provisional: row.dueProvisional ? exportWords(lang).yes : '',
    finished: row.finishedAt,
    visits: row.visits,
  }
}

const workbook = endpoint({
  method: 'GET',
  path: '/console/matters.xlsx',
  side: 'internal',
  summary: 'The list as a workbook, without contact data; who took it out is on record',
  permission: 'matter.export',
  audit: 'matter.export',
  query: listQuery,
  handle: async (ctx, { query, meta }) => {
    const { filter } = readFilter(ctx, asQuery(query), 'all')
    const rows = await rowsOf(ctx, filter, meta.lang)
    const unit = ctx.actor.unitId ? await findUnit(ctx, ctx.actor.unitId) : undefined
    const w = exportWords(meta.lang)
    const who =
      `${ctx.actor.name} ${ctx.actor.policeNo} ${unit ? said({ zh: unit.nameZh, en: unit.nameEn }, meta.lang) : ''}`.trim()
    const note = w.note(who, formatMoment(ctx.now, meta.lang))
    const name = `${w.sheet}-${dayOf(ctx.now)}.xlsx`
    return {
      audit: {
        subjectKind: 'list',
        subjectId: null,
        data: { view: filter.view, searched: filter.search !== undefined, rows: Math.min(rows.length, limit) },
      },
      later: async () => ({
        file: await writeWorkbook({ sheetName: w.sheet, columns: columnsIn(meta.lang), rows, note, limit }),
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        name,
        download: true,
      }),
    }
  },
})

export const exportEndpoints: AnyEndpoint[] = [workbook]
