import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { type Cell, publishedTables, type Sum } from '#policy/complaints/disclosure.ts'
import { caseClasses, channels, outcomes, styleTags } from '#policy/complaints/lists.ts'

const under = (prefix: string, names: readonly (string | number)[]) => names.map((name) => `${prefix}.${name}`)

/** The published tables; a case may have several styles, so those are no parts of a whole. */
export const publishedSums: Sum[] = [
  { whole: 'submissions', parts: under('channel', channels) },
  { whole: 'cases', parts: under('class', [...caseClasses, 'unclassified']) },
  { whole: 'findings', parts: under('outcome', outcomes) },
  { whole: 'notice.due', parts: ['notice.kept', 'notice.late'] },
  { whole: 'finish.due', parts: ['finish.kept', 'finish.late'] },
  { whole: 'ratings', parts: under('rating', [1, 2, 3]) },
]
export const publishedKeys = [
  ...publishedSums.flatMap(({ whole, parts }) => [whole, ...parts]),
  ...under('style', styleTags),
]

/** Rounded numbers by key; null is withheld. */
export type PublishedNumbers = Record<string, number | null>

/** Writes what the public page shows of a month, once: a later correction would show by how much it differs (b-22, T15). */
export async function publishMonth(ctx: Context, period: string): Promise<void> {
  const { rows } = await sql<Cell>`select key, count, cases from complaints.month_cells(${period})`.execute(ctx.db)
  const counted = new Map(rows.map((cell) => [cell.key, cell]))
  const cells = publishedKeys.map((key) => counted.get(key) ?? { key, count: 0, cases: '' })
  const numbers: PublishedNumbers = Object.fromEntries(publishedTables(cells, publishedSums, dayOf(ctx.now)))
  await ctx.db
    .insertInto('complaints.published_month')
    .values({ period, published_at: ctx.now, content: JSON.stringify({ numbers }) })
    .onConflict((oc) => oc.column('period').doNothing())
    .execute()
}

export type PublishedMonth = { period: string; publishedAt: Temporal.Instant; numbers: PublishedNumbers }

/** Newest first. */
export async function publishedMonths(ctx: Context, most = 60): Promise<PublishedMonth[]> {
  const rows = await ctx.db
    .selectFrom('complaints.published_month')
    .selectAll()
    .orderBy('period', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    period: row.period,
    publishedAt: row.published_at,
    numbers: (row.content as { numbers: PublishedNumbers }).numbers,
  }))
}
