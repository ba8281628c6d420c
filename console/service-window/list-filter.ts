import { Type } from 'typebox'
import { type Cursor, type ListFilter, type View, views } from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { langQuery, readDay, text, typed } from './shared.ts'

/** A select's own word for no choice. */
export const everything = 'all'

/** What a list address may carry. Days stay as typed: a wrong one is said beside the field, not refused. */
export const listQuery = Type.Object({
  ...langQuery,
  view: Type.Optional(Type.String({ maxLength: 20 })),
  unit: text(40),
  item: text(80),
  holder: text(40),
  from: text(20),
  until: text(20),
  q: text(200),
  after: text(400),
})
export type ListQuery = Partial<Record<'view' | 'unit' | 'item' | 'holder' | 'from' | 'until' | 'q' | 'after', string>>

export type ReadFilter = { filter: ListFilter; errors: Record<string, string> }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The filter an address means; what cannot be meant is left out, a day that is none is named. */
export function readFilter(ctx: Context, query: ListQuery, fallback: View): ReadFilter {
  const today = dayOf(ctx.now)
  const errors: Record<string, string> = {}
  const day = (name: 'from' | 'until') => {
    const written = query[name]?.trim()
    const found = readDay(written, today)
    if (written && !found) errors[name] = 'not-a-day'
    return found
  }
  const until = day('until')
  const search = query.q?.trim()
  return {
    errors,
    filter: {
      view: views.find((view) => view === query.view) ?? (search ? 'all' : fallback),
      unitId: idOrNone(query.unit),
      itemCode: query.item !== everything && /^[a-z_.]{1,80}$/.test(query.item ?? '') ? query.item : undefined,
      holderId: idOrNone(query.holder),
      search: search || undefined,
      from: day('from')?.toString(),
      // "Until" as people mean it includes the day.
      until: until?.add({ days: 1 }).toString(),
    },
  }
}

function idOrNone(value: string | undefined): string | undefined {
  return value && uuid.test(value) ? value : undefined
}

/** The same list with other choices; the page is not carried over. */
export function listHref(path: string, query: ListQuery, change: ListQuery): string {
  const all: ListQuery = { ...query, after: undefined, ...change }
  const kept = Object.entries(all).filter(
    ([name, value]) =>
      value &&
      (name === 'view' || value !== everything) &&
      ['view', 'unit', 'item', 'holder', 'from', 'until', 'q', 'after'].includes(name),
  )
  return kept.length > 0 ? `${path}?${new URLSearchParams(kept as [string, string][])}` : path
}

/** Where a page ended and how many rows lay before the next; opaque to whoever copies the address. */
export function writeCursor(cursor: Cursor, rowsBefore: number): string {
  return Buffer.from(JSON.stringify([cursor.key, cursor.id, rowsBefore])).toString('base64url')
}

const day = /^\d{4}-\d\d-\d\d$/
const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/

/** Null for a cursor that is none, or that belongs to a list in another order. */
export function readCursor(written: string | undefined, byDue: boolean): { cursor: Cursor; rowsBefore: number } | null {
  if (!written) return null
  try {
    const [key, id, rowsBefore] = JSON.parse(Buffer.from(written, 'base64url').toString()) as [
      unknown,
      unknown,
      unknown,
    ]
    const fits = typeof key === 'string' && (byDue ? day : moment).test(key) && typeof id === 'string' && uuid.test(id)
    return fits
      ? {
          cursor: { key: key as string, id: id as string },
          rowsBefore: Number.isSafeInteger(rowsBefore) ? (rowsBefore as number) : 0,
        }
      : null
  } catch {
    return null
  }
}

/** Views in the order of their deadlines; a search is always newest first. */
export function sortsByDue(filter: ListFilter): boolean {
  return !filter.search && ['due', 'overdue', 'today', 'soon', 'accepted'].includes(filter.view)
}

export const asQuery = (query: Record<string, unknown>): ListQuery =>
  Object.fromEntries(
    ['view', 'unit', 'item', 'holder', 'from', 'until', 'q', 'after'].map((name) => [name, typed(query, name)]),
  )
