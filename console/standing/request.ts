import { type Static, Type } from 'typebox'
import { langQuery, readDay, text } from '#console/service-window/shared.ts'
import { factKinds, type LedgerFilter } from '#modules/standing/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'

export const ledgerQuery = Type.Object({
  ...langQuery,
  view: text(10),
  unit: text(40),
  person: text(40),
  kind: text(30),
  from: text(30),
  until: text(30),
  after: text(200),
})
export type LedgerQuery = Static<typeof ledgerQuery>

export type ReadLedger = {
  view: 'own' | 'units'
  filter: LedgerFilter
  errors: Partial<Record<'from' | 'until', 'malformed'>>
  /** Rows on the pages before this one. */
  before: number
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const idOrNone = (value: string | undefined) => (value && uuid.test(value) ? value : undefined)

/** What an address means: the reader's own entries, or those of his units for whoever leads some. */
export function readLedger(ctx: Context, query: LedgerQuery): ReadLedger {
  const today = dayOf(ctx.now)
  const errors: ReadLedger['errors'] = {}
  const day = (name: 'from' | 'until') => {
    const written = query[name]?.trim()
    const found = readDay(written, today)
    if (written && !found) errors[name] = 'malformed'
    return found
  }
  const units = query.view === 'units' && may(ctx.actor, 'standing.read')
  const cursor = readCursor(query.after)
  return {
    view: units ? 'units' : 'own',
    errors,
    before: cursor?.shown ?? 0,
    filter: {
      personId: units ? idOrNone(query.person) : (ctx.actor.personId ?? undefined),
      unitId: units ? idOrNone(query.unit) : undefined,
      kind: factKinds.find((kind) => kind === query.kind),
      from: day('from')?.toString(),
      until: day('until')?.add({ days: 1 }).toString(),
      before: cursor?.before,
    },
  }
}

export function writeCursor(last: { on: string; id: string }, shown: number): string {
  return Buffer.from(JSON.stringify([last.on, last.id, shown])).toString('base64url')
}

/** Null for what is no cursor: the list then begins at its beginning. */
function readCursor(written: string | undefined): { before: { on: string; id: string }; shown: number } | null {
  if (!written) return null
  try {
    const [on, id, shown] = JSON.parse(Buffer.from(written, 'base64url').toString()) as unknown[]
    if (typeof on !== 'string' || typeof id !== 'string' || !uuid.test(id)) return null
    const day = Temporal.PlainDate.from(on).toString()
    return { before: { on: day, id }, shown: Number.isSafeInteger(shown) ? Math.max(shown as number, 0) : 0 }
  } catch {
    return null
  }
}
