import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Whom a case is about, as a finding names him: an officer, or a unit where no officer is known (A21). */
export type Party = {
  personId: string | null
  unitId: string
  name: string
  policeNo: string | null
  unitZh: string
  unitEn: string
}

/** Officers first. A unit stands for itself only where no officer of it is named. */
export async function partiesOf(ctx: Context, caseId: string): Promise<Party[]> {
  const { rows } = await sql<Party>`
    select a.person_id as "personId", coalesce(p.unit_id, a.unit_id) as "unitId", coalesce(p.name, '') as name, p.police_no as "policeNo",
      u.name_zh as "unitZh", u.name_en as "unitEn"
    from complaints.accused a left join directory.person p on p.id = a.person_id
    join directory.unit u on u.id = coalesce(a.unit_id, p.unit_id)
    where a.case_id = ${caseId} order by a.person_id is null, p.police_no, u.code`.execute(ctx.db)
  const named = new Set(rows.filter((row) => row.personId !== null).map((row) => row.unitId))
  return rows.filter((row) => row.personId !== null || !named.has(row.unitId))
}

/** Who is heard for a unit: its head. Null where the unit has none: then the superior names somebody. */
export async function headOf(
  ctx: Context,
  unitId: string,
): Promise<{ id: string; name: string; policeNo: string } | null> {
  const { rows } = await sql<{ id: string; name: string; policeNo: string }>`
    select p.id, p.name, p.police_no as "policeNo"
    from unnest(directory.unit_chain(${unitId})) with ordinality as c (unit_id, distance)
    join directory.duty d on d.unit_id = c.unit_id and d.role = 'unit_head' and d.valid @> (${ctx.now}::timestamptz at time zone 'Asia/Shanghai')::date
    join directory.person p on p.id = d.person_id and p.active
    order by c.distance, p.police_no limit 1`.execute(ctx.db)
  return rows[0] ?? null
}

export type Asked = { personId: string; name: string; policeNo: string; forUnit: boolean }

/** Everybody who has to be heard before anything is found (R124). */
export async function toBeHeard(ctx: Context, caseId: string): Promise<Asked[]> {
  const asked = new Map<string, Asked>()
  for (const party of await partiesOf(ctx, caseId)) {
    if (party.personId) {
      asked.set(party.personId, {
        personId: party.personId,
        name: party.name,
        policeNo: party.policeNo ?? '',
        forUnit: false,
      })
      continue
    }
    const head = await headOf(ctx, party.unitId)
    if (head && !asked.has(head.id))
      asked.set(head.id, { personId: head.id, name: head.name, policeNo: head.policeNo, forUnit: true })
  }
  return [...asked.values()]
}
