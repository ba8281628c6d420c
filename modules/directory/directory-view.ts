import { sql } from 'kysely'
import type { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'

export type Unit = {
  id: string
  code: string
  kind: string
  nameZh: string
  nameEn: string
  parentId: string | null
  isWindowUnit: boolean
  address: string
  phone: string
  supervisionPhone: string
}
export type Colleague = {
  id: string
  name: string
  policeNo: string
  unitId: string
  unitZh: string
  unitEn: string
  phone: string
}
export type Counter = { id: string; unitId: string; no: string; nameZh: string; nameEn: string }

export async function listUnits(ctx: Context): Promise<Unit[]> {
  const rows = await ctx.db.selectFrom('directory.unit').selectAll().orderBy('code').execute()
  return rows.map(unit)
}

export async function findUnit(ctx: Context, id: string): Promise<Unit | undefined> {
  const row = await ctx.db.selectFrom('directory.unit').selectAll().where('id', '=', id).executeTakeFirst()
  return row && unit(row)
}

function unit(row: {
  id: string
  code: string
  kind: string
  name_zh: string
  name_en: string
  parent_id: string | null
  is_window_unit: boolean
  address: string
  phone: string
  supervision_phone: string
}): Unit {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    parentId: row.parent_id,
    isWindowUnit: row.is_window_unit,
    address: row.address,
    phone: row.phone,
    supervisionPhone: row.supervision_phone,
  }
}

export async function listCounters(ctx: Context, unitIds?: readonly string[]): Promise<Counter[]> {
  let query = ctx.db
    .selectFrom('directory.counter')
    .select(['id', 'unit_id', 'no', 'name_zh', 'name_en'])
    .where('active', '=', true)
  if (unitIds)
    query = query.where('unit_id', 'in', unitIds.length > 0 ? [...unitIds] : ['00000000-0000-0000-0000-000000000000'])
  const rows = await query.orderBy('unit_id').orderBy('no').execute()
  return rows.map((row) => ({ id: row.id, unitId: row.unit_id, no: row.no, nameZh: row.name_zh, nameEn: row.name_en }))
}

const colleagueColumns = sql<Colleague>`p.id, p.name, p.police_no as "policeNo", p.unit_id as "unitId", u.name_zh as "unitZh",
  u.name_en as "unitEn", p.office_phone as phone`

export async function findPerson(ctx: Context, id: string): Promise<Colleague | undefined> {
  const found =
    await sql<Colleague>`select ${colleagueColumns} from directory.person p join directory.unit u on u.id = p.unit_id where p.id = ${id}`.execute(
      ctx.db,
    )
  return found.rows[0]
}

/** By police number, as typed; undefined when nobody active has it. */
export async function personByNumber(ctx: Context, policeNo: string): Promise<Colleague | undefined> {
  const found =
    await sql<Colleague>`select ${colleagueColumns} from directory.person p join directory.unit u on u.id = p.unit_id
      where p.police_no = ${policeNo.trim().toUpperCase()} and p.active`.execute(ctx.db)
  return found.rows[0]
}

/** People who hold one of `roles` today, by unit and name. At most 500: a bureau's counters, not its history. */
export async function listByRole(
  ctx: Context,
  roles: readonly string[],
  day: Temporal.PlainDate,
  unitIds?: readonly string[],
): Promise<Colleague[]> {
  const inUnits = unitIds ? sql`and d.unit_id = any (${unitIds as string[]}::uuid[])` : sql``
  const found = await sql<Colleague>`select distinct ${colleagueColumns} from directory.duty d
    join directory.person p on p.id = d.person_id and p.active join directory.unit u on u.id = p.unit_id
    where d.role::text = any (${roles as string[]}::text[]) and d.valid @> ${day.toString()}::date ${inUnits}
    order by u.name_zh, p.name limit 500`.execute(ctx.db)
  return found.rows
}

/** The units in which the actor holds a permission, as ids; the whole bureau is all of them. */
export async function unitsOf(ctx: Context, permission: Parameters<typeof may>[1]): Promise<string[]> {
  const granted = ctx.actor.kind === 'system' ? ['*'] : ctx.actor.grants[permission]
  if (!granted) return []
  if (!granted.includes('*')) return [...granted]
  return (await ctx.db.selectFrom('directory.unit').select('id').execute()).map((row) => row.id)
}
