import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { FactKind } from './report-fact.ts'

export type LedgerEntry = {
  id: string
  kind: FactKind
  personId: string | null
  personName: string | null
  unitId: string
  unitZh: string
  unitEn: string
  sourceKind: string
  sourceId: string
  occurredOn: string
  recordedAt: Temporal.Instant
  /** Requirement or law by which this is a fact of the ledger. */
  basis: string
  detail: Record<string, unknown>
  /** The entry that this one takes back, and why. */
  reverses: string | null
  reason: string | null
  /** The entry that took this one back. */
  reversed: { at: Temporal.Instant; reason: string } | null
}

/** Days YYYY-MM-DD; `until` is not included. `before` is where the last page ended. */
export type LedgerFilter = {
  personId?: string
  unitId?: string
  kind?: FactKind
  from?: string
  until?: string
  before?: { on: string; id: string }
  most?: number
}

type Row = Omit<LedgerEntry, 'reversed'> & { reversedAt: Temporal.Instant | null; reversedReason: string | null }

/** What stands about a person or unit, newest first; the database shows each reader what he may see (R123). */
export async function listLedger(ctx: Context, filter: LedgerFilter): Promise<LedgerEntry[]> {
  const where = [sql`true`]
  if (filter.personId) where.push(sql`e.person_id = ${filter.personId}::uuid`)
  if (filter.unitId) where.push(sql`e.unit_id = ${filter.unitId}::uuid`)
  if (filter.kind) where.push(sql`e.kind = ${filter.kind}::standing.fact_kind`)
  if (filter.from) where.push(sql`e.occurred_on >= ${filter.from}::date`)
  if (filter.until) where.push(sql`e.occurred_on < ${filter.until}::date`)
  const { before } = filter
  if (before) where.push(sql`(e.occurred_on, e.id) < (${before.on}::date, ${before.id}::uuid)`)
  // The page is cut before names are joined, so that only its rows are looked up.
  const { rows } =
    await sql<Row>`select e.id, e.kind, e.person_id as "personId", p.name as "personName", e.unit_id as "unitId",
      u.name_zh as "unitZh", u.name_en as "unitEn", e.source_kind as "sourceKind", e.source_id as "sourceId",
      e.occurred_on as "occurredOn", e.recorded_at as "recordedAt", e.basis, e.detail, e.reverses, e.reason,
      r.recorded_at as "reversedAt", r.reason as "reversedReason"
    from (select * from standing.entry e where ${sql.join(where, sql` and `)}
      order by e.occurred_on desc, e.id desc limit ${Math.min(filter.most ?? 50, 201)}) e
    join directory.unit u on u.id = e.unit_id left join directory.person p on p.id = e.person_id
    left join standing.entry r on r.reverses = e.id
    order by e.occurred_on desc, e.id desc`.execute(ctx.db)
  return rows.map(({ reversedAt, reversedReason, ...row }) => ({
    ...row,
    reversed: reversedAt ? { at: reversedAt, reason: reversedReason ?? '' } : null,
  }))
}
