import type { Context } from '#platform/context.ts'
import type { ComplaintsSeverity } from '#platform/db/schema.ts'

/** What a finding does to the ledger (R125). The composition passes in the doors of the standing area. */
export type RecordResponsibility = (
  ctx: Context,
  finding: {
    findingId: string
    caseId: string
    caseNo: string
    factLine: string
    clause: string
    severity: ComplaintsSeverity
    unitId: string
    personId: string | null
    effectiveOn: Temporal.PlainDate
  },
) => Promise<unknown>

export type AnnulResponsibility = (
  ctx: Context,
  finding: { findingId: string; reason: string; annulledOn: Temporal.PlainDate },
) => Promise<unknown>

export type LedgerPorts = { recordResponsibility: RecordResponsibility; annulResponsibility: AnnulResponsibility }
