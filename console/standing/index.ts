import { type LedgerEntry, listLedger } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { type Column, writeWorkbook } from '#platform/spreadsheet/workbook.ts'
import { deductionPages } from './deductions.ts'
import { eligibilityPage } from './eligibility-page.ts'
import { entryNo, noteText, sourceText } from './entry-cells.ts'
import { informationPages } from './information.ts'
import { myStandingPage } from './my-standing.ts'
import { nominationPages } from './nominations.ts'
import { ledgerPage } from './page.ts'
import { ledgerQuery, type ReadLedger, readLedger } from './request.ts'
import { restrictionPages } from './restrictions.ts'
import { slipPdf } from './slip-pdf.ts'
import { slipPages } from './slips.ts'
import { ledgerWords } from './words.ts'

const limit = 50_000

const page = endpoint({
  method: 'GET',
  path: '/console/standing',
  side: 'internal',
  summary: 'What stands about oneself, or about the units one leads, with rule, source and how to object',
  permission: 'own.read',
  audit: { unlogged: 'facts about colleagues without anybody who was served; the database shows each reader his own' },
  query: ledgerQuery,
  handle: async (ctx, { query, meta }) => ({ page: await ledgerPage(ctx, meta, query) }),
})

const workbook = endpoint({
  method: 'GET',
  path: '/console/standing.xlsx',
  side: 'internal',
  summary: 'The same entries as a workbook; who took it out is on record',
  permission: 'own.read',
  audit: 'standing.export',
  query: ledgerQuery,
  handle: async (ctx, { query, meta }) => {
    const words = ledgerWords(meta.lang)
    const read = readLedger(ctx, query)
    const entries = await everyEntry(ctx, read)
    const note = String(words.note(`${ctx.actor.name} ${ctx.actor.policeNo}`, formatMoment(ctx.now, meta.lang)))
    const rows = entries.map((entry) => line(ctx, entry, meta.lang))
    const name = `${words.sheet}-${dayOf(ctx.now)}.xlsx`
    return {
      audit: {
        subjectKind: 'list',
        subjectId: null,
        data: { view: read.view, kind: read.filter.kind ?? null, rows: Math.min(rows.length, limit) },
      },
      later: async () => ({
        file: await writeWorkbook({ sheetName: words.sheet, columns: columns(meta.lang), rows, note, limit }),
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        name,
        download: true,
      }),
    }
  },
})

/** Page by page of the key, one row more than the limit, so that the file can say it was cut. */
async function everyEntry(ctx: Context, read: ReadLedger): Promise<LedgerEntry[]> {
  const all: LedgerEntry[] = []
  let before: ReadLedger['filter']['before']
  do {
    const found: LedgerEntry[] = await listLedger(ctx, { ...read.filter, before, most: 200 })
    all.push(...found)
    const last = found.at(-1)
    before = found.length === 200 && last ? { on: last.occurredOn, id: last.id } : undefined
  } while (before && all.length <= limit)
  return all
}

type Key = 'entry' | 'on' | 'kind' | 'person' | 'unit' | 'rule' | 'source' | 'note' | 'state' | 'recorded'

function columns(lang: Lang): Column<Key>[] {
  const words = ledgerWords(lang)
  const c = words.columns
  return [
    { key: 'entry', title: c.entry, kind: 'text', width: 12 },
    { key: 'on', title: c.on, kind: 'date', width: 12 },
    { key: 'kind', title: c.kind, kind: 'text', width: 24 },
    { key: 'person', title: c.person, kind: 'text', width: 12 },
    { key: 'unit', title: c.unit, kind: 'text', width: 26 },
    { key: 'rule', title: c.rule, kind: 'text', width: 10 },
    { key: 'source', title: c.source, kind: 'text', width: 30 },
    { key: 'state', title: words.state, kind: 'text', width: 10 },
    { key: 'note', title: c.note, kind: 'text', width: 40 },
    { key: 'recorded', title: c.recorded, kind: 'datetime', width: 18 },
  ]
}

function line(ctx: Context, entry: LedgerEntry, lang: Lang) {
  const words = ledgerWords(lang)
  return {
    entry: entryNo(entry.id),
    on: entry.occurredOn,
    kind: words.kinds[entry.kind],
    person: entry.personName ?? words.nobody,
    unit: lang === 'en' ? entry.unitEn : entry.unitZh,
    rule: entry.basis,
    source: sourceText(entry, lang),
    state: entry.reverses ? words.correction : entry.reversed ? words.struck : words.stands,
    note: noteText(entry, lang, dayOf(ctx.now)),
    recorded: entry.recordedAt,
  }
}

/** The reading room of the ledger. */
export function standingEndpoints(): AnyEndpoint[] {
  return [page, workbook]
}

/** What follows from a finding: one's own standing, deductions, restrictions, slips, honours. */
export function accountabilityEndpoints({ documents }: { documents: Documents }): AnyEndpoint[] {
  return [
    myStandingPage,
    ...deductionPages(),
    ...restrictionPages(),
    ...slipPages(),
    slipPdf(documents),
    ...nominationPages(),
    eligibilityPage,
    ...informationPages(),
  ]
}
