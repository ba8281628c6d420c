import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'

export const factKinds = [
  'matter_overdue',
  'notice_omission',
  'order_overdue',
  'order_reopened',
  'matter_extended',
  'complaint_responsible',
  'officer_deduction',
  'deduction_overdue',
  'complaint_overdue',
] as const
export type FactKind = (typeof factKinds)[number]

export type Fact = {
  kind: FactKind
  personId: string | null
  unitId: string
  sourceKind: 'matter' | 'notice' | 'order' | 'extension' | 'deduction_task' | 'complaint'
  sourceId: string
  occurredOn?: Temporal.PlainDate
  /** Requirement or law by which this is a fact of the ledger. */
  basis: string
  /** Without the citizen: no name, no phone, no wording. */
  detail?: Record<string, unknown>
}

/** Enters a fact into the ledger, once however often it is reported. Facts are derived by areas, never typed in (domain.md 6.3). */
export async function reportFact(ctx: Context, fact: Fact): Promise<void> {
  await sql`insert into standing.entry (kind, person_id, unit_id, source_kind, source_id, occurred_on, recorded_at, basis, detail)
    values (${fact.kind}, ${fact.personId}, ${fact.unitId}, ${fact.sourceKind}, ${fact.sourceId},
      ${(fact.occurredOn ?? dayOf(ctx.now)).toString()}, ${ctx.now}, ${fact.basis}, ${JSON.stringify(fact.detail ?? {})}::jsonb)
    on conflict do nothing`.execute(ctx.db)
}
