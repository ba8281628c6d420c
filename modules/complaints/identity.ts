import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Who complained. Each value is sealed to its row, so that moved elsewhere it does not open. */
export type Identity = { name: string | null; phone: string | null; citizenNo: string | null; address: string | null }

type Sealed = {
  submission_id: string
  name_sealed: string | null
  phone_sealed: string | null
  citizen_no_sealed: string | null
  address_sealed: string | null
}

export function identityContext(column: 'name' | 'phone' | 'citizen_no' | 'address', submissionId: string): string {
  return `complaints.complainant.${column}.${submissionId}`
}

export function openIdentity(ctx: Pick<Context, 'seal'>, row: Sealed): Identity {
  const open = (column: 'name' | 'phone' | 'citizen_no' | 'address', sealed: string | null) =>
    sealed && ctx.seal.open(sealed, identityContext(column, row.submission_id))
  return {
    name: open('name', row.name_sealed),
    phone: open('phone', row.phone_sealed),
    citizenNo: open('citizen_no', row.citizen_no_sealed),
    address: open('address', row.address_sealed),
  }
}

/** For comparing only: what the handler writes must not name the complainant. Nothing of it leaves the server. */
export async function identitiesToCompare(ctx: Context, caseId: string): Promise<Identity[]> {
  const { rows } = await sql<Sealed>`select * from complaints.sealed_identities(${caseId})`.execute(ctx.db)
  return rows.map((row) => openIdentity(ctx, row))
}
