import type { Actor } from '#platform/actor.ts'
import type { DatabasePool } from '#platform/db/pools.ts'
import { grantsOf, type Permission, type Role } from '#policy/access/permissions.ts'

type Row = {
  id: string
  name: string
  policeNo: string
  unitId: string
  unitZh: string
  unitEn: string
  homeUnits: string[]
  duties: { role: Role; units: string[] }[]
}

export type SignedIn = Actor & { kind: 'person'; personId: string; unitId: string; unitZh: string; unitEn: string }

/** The person behind a session with the rights of `today`; null when the account is no longer active. */
export async function loadActor(
  pool: DatabasePool,
  personId: string,
  today: Temporal.PlainDate,
): Promise<SignedIn | null> {
  const found = await pool.query<{ row: Row | null }>('select directory.actor_of($1, $2) as row', [
    personId,
    today.toString(),
  ])
  return actorFrom(found.rows[0]?.row)
}

/** What directory.actor_of answered, as the one who acts. */
export function actorFrom(found: unknown): SignedIn | null {
  const row = found as Row | null | undefined
  if (!row) return null
  return {
    kind: 'person',
    personId: row.id,
    name: row.name,
    policeNo: row.policeNo,
    unitId: row.unitId,
    unitZh: row.unitZh,
    unitEn: row.unitEn,
    homeUnits: row.homeUnits,
    roles: [...new Set(row.duties.map((duty) => duty.role))],
    grants: grantsFrom(row.duties),
  }
}

/** What duties give: each permission with the units in which it holds; a wider reach swallows a narrower one. */
export function grantsFrom(duties: readonly { role: Role; units: readonly string[] }[]): Actor['grants'] {
  const grants: Partial<Record<Permission, string[]>> = {}
  for (const { role, units } of duties) {
    for (const [permission, reach] of Object.entries(grantsOf[role]) as [Permission, 'unit' | 'bureau'][]) {
      const before = grants[permission] ?? []
      if (before.includes('*')) continue
      grants[permission] = reach === 'bureau' ? ['*'] : [...new Set([...before, ...units])]
    }
  }
  return grants
}
