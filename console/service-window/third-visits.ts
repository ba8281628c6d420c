import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { listThirdVisits } from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatMomentShort, messages } from '#platform/i18n.ts'
import { emptyState } from '#platform/ui/parts.ts'
import { pager, table } from '#platform/ui/table.ts'
import { readCursor, writeCursor } from './list-filter.ts'
import { langQuery, matterPath, said, text } from './shared.ts'
import { matterWords } from './words.ts'

const words = messages(
  {
    title: '三次及以上到场',
    about: '目标是一次告知、二次办结。每一次第三次及以上的到场都列在这里，并写明原因。',
    visit: '第几次',
    at: '到场时间',
    cause: '原因',
    officer: '接待民警',
    empty: '没有三次及以上到场的办件',
    emptyHint: '所有办件都在两次以内办成。',
  },
  {
    title: 'Third and later visits',
    about: 'The aim: one notice, done at the second visit. Every third or later visit is listed here with its reason.',
    visit: 'Visit',
    at: 'At',
    cause: 'Reason',
    officer: 'Officer',
    empty: 'Nobody had to come a third time',
    emptyHint: 'All matters were done in two visits.',
  },
)

const path = '/console/third-visits'
const pageSize = 50

async function thirdVisitsPage(ctx: Context, meta: Meta, after: string | undefined): Promise<Html> {
  const { lang } = meta
  const w = words(lang)
  const c = matterWords(lang).columns
  const place = readVisitCursor(after)
  const found = await listThirdVisits(ctx, place, pageSize)
  const causes = matterWords(lang).causes as Record<string, string>
  const list = table({
    caption: w.title,
    captionHidden: true,
    swap: true,
    columns: [
      { key: 'applicant', label: c.applicant, kind: 'main' },
      { key: 'item', label: c.item },
      { key: 'visit', label: w.visit, kind: 'number' },
      { key: 'cause', label: w.cause },
      { key: 'at', label: w.at, kind: 'nowrap' },
      { key: 'officer', label: w.officer },
      { key: 'no', label: c.no, kind: 'nowrap' },
    ],
    rows: found.rows.map((row) => ({
      href: matterPath(row.matterId),
      cells: {
        applicant: row.applicantName,
        item: said({ zh: row.itemZh, en: row.itemEn }, lang),
        visit: row.visit,
        cause: causes[row.cause] ?? row.cause,
        at: formatMomentShort(row.at, lang, dayOf(ctx.now)),
        officer: `${row.officerName} · ${said({ zh: row.unitZh, en: row.unitEn }, lang)}`,
        no: row.no,
      },
    })),
    empty: emptyState({ title: w.empty, body: w.emptyHint }),
  })
  const from = place?.rowsBefore ?? 0
  const to = from + found.rows.length
  const next = found.next
    ? `${path}?after=${writeCursor({ key: found.next.key, id: found.next.id }, to)}.${found.next.visit}`
    : null
  const pages =
    found.rows.length > 0 ? pager({ lang, from: from + 1, to, prevHref: place ? path : null, nextHref: next }) : nothing
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/matters',
    main: html`<p class="hint">${w.about}</p>${list}${pages}`,
  })
}

function readVisitCursor(
  after: string | undefined,
): { key: string; id: string; visit: number; rowsBefore: number } | null {
  const [written, visit] = (after ?? '').split('.')
  const read = readCursor(written, false)
  return read && /^\d{1,6}$/.test(visit ?? '')
    ? { ...read.cursor, visit: Number(visit), rowsBefore: read.rowsBefore }
    : null
}

const page = endpoint({
  method: 'GET',
  path,
  side: 'internal',
  summary: 'Every third and later visit with its reason (R50)',
  permission: 'matter.read',
  audit: { unlogged: 'lists show no contact data' },
  query: Type.Object({ ...langQuery, after: text(400) }),
  handle: async (ctx, { query, meta }) => ({ page: await thirdVisitsPage(ctx, meta, query.after) }),
})

export const thirdVisitEndpoints: AnyEndpoint[] = [page]
