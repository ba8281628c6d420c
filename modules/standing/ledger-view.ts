import type { Context } from '#platform/context.ts'

export type LedgerEntry = {
  id: string
  kind: string
  personId: string | null
  unitId: string
  sourceKind: string
  sourceId: string
  occurredOn: string
  recordedAt: Temporal.Instant
  basis: string
  detail: unknown
  reverses: string | null
}

export type LedgerFilter = { personId?: string; unitId?: string; from?: string; until?: string; before?: { on: string; id: string }; most?: number }

/** What stands about a person or unit, newest first; the database shows each reader what he may see. */
export async function listLedger(ctx: Context, filter: LedgerFilter): Promise<LedgerEntry[]> {
  let query = ctx.db.selectFrom('standing.entry').selectAll()
  if (filter.personId) query = query.where('person_id', '=', filter.personId)
  if (filter.unitId) query = query.where('unit_id', '=', filter.unitId)
  if (filter.from) query = query.where('occurred_on', '>=', filter.from)
  if (filter.until) query = query.where('occurred_on', '<', filter.until)
  const before = filter.before
  if (before) query = query.where((eb) => eb(eb.refTuple('occurred_on', 'id'), '<', eb.tuple(before.on, before.id)))
  const rows = await query.orderBy('occurred_on', 'desc').orderBy('id', 'desc').limit(Math.min(filter.most ?? 50, 200)).execute()
  return rows.map((row) => ({
    id: row.id, kind: row.kind, personId: row.person_id, unitId: row.unit_id, sourceKind: row.source_kind, sourceId: row.source_id,
    occurredOn: row.occurred_on, recordedAt: row.recorded_at, basis: row.basis, detail: row.detail, reverses: row.reverses,
  }))
}
