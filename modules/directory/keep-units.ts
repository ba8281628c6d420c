import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { phonePattern } from './keep-people.ts'

export type UnitForm = {
  nameZh: string
  nameEn: string
  address: string
  phone: string
  supervisionPhone: string
  areaType: 'urban' | 'rural'
}
export type UnitRecord = UnitForm & { id: string; code: string; kind: string; isWindowUnit: boolean; version: string }
export type CounterRecord = { id: string; no: string; nameZh: string; nameEn: string; active: boolean; version: string }

function needManager(ctx: Context): void {
  if (!may(ctx.actor, 'directory.manage')) throw new Problem(403, 'not-permitted')
}

export async function unitRecord(ctx: Context, id: string): Promise<UnitRecord & { counters: CounterRecord[] }> {
  const found =
    await sql<UnitRecord>`select id, code, kind::text as kind, name_zh as "nameZh", name_en as "nameEn", is_window_unit as "isWindowUnit",
    area_type as "areaType", address, phone, supervision_phone as "supervisionPhone", xmin::text as version from directory.unit where id = ${id}`.execute(
      ctx.db,
    )
  const unit = found.rows[0]
  if (!unit) throw notFound('unit')
  const counters =
    await sql<CounterRecord>`select id, no, name_zh as "nameZh", name_en as "nameEn", active, xmin::text as version
    from directory.counter where unit_id = ${id} order by length(no), no`.execute(ctx.db)
  return { ...unit, counters: counters.rows }
}

/** Names, address, phones and whether town or country (R72, R73) of a unit. Its code and place in the bureau stay. */
export async function saveUnit(ctx: Context, id: string, input: UnitForm & { version: string }): Promise<void> {
  needManager(ctx)
  const fields: Record<string, string> = {}
  for (const key of ['nameZh', 'nameEn'] as const) if (!input[key].trim()) fields[key] = 'required'
  for (const key of ['phone', 'supervisionPhone'] as const)
    if (!phonePattern.test(input[key].trim())) fields[key] = 'office-phone-malformed'
  if (Object.keys(fields).length > 0) throw invalid(fields)
  const saved =
    await sql`update directory.unit set name_zh = ${input.nameZh.trim()}, name_en = ${input.nameEn.trim()}, address = ${input.address.trim()},
      phone = ${input.phone.trim()}, supervision_phone = ${input.supervisionPhone.trim()}, area_type = ${input.areaType}
    where id = ${id} and xmin::text = ${input.version} returning 1`.execute(ctx.db)
  if (saved.rows.length === 0) throw new Problem(409, 'changed-meanwhile')
}

export type CounterForm = { no: string; nameZh: string; nameEn: string; active: boolean }

/** A counter of a window unit, new (`id` null) or changed. One that is closed keeps what was done at it. */
export async function saveCounter(
  ctx: Context,
  unitId: string,
  id: string | null,
  input: CounterForm,
): Promise<string> {
  needManager(ctx)
  const fields: Record<string, string> = {}
  if (!/^[0-9A-Za-z]{1,6}$/.test(input.no.trim())) fields.no = 'counter-number-malformed'
  for (const key of ['nameZh', 'nameEn'] as const) if (!input[key].trim()) fields[key] = 'required'
  const same =
    await sql`select 1 from directory.counter where unit_id = ${unitId} and no = ${input.no.trim()} and id is distinct from ${id}::uuid`.execute(
      ctx.db,
    )
  if (same.rows.length > 0) fields.no = 'counter-number-taken'
  if (Object.keys(fields).length > 0) throw invalid(fields)
  if (id === null) {
    const fresh = randomUUID()
    await sql`insert into directory.counter (id, unit_id, no, name_zh, name_en, active)
      values (${fresh}, ${unitId}, ${input.no.trim()}, ${input.nameZh.trim()}, ${input.nameEn.trim()}, ${input.active})`.execute(
      ctx.db,
    )
    return fresh
  }
  const saved =
    await sql`update directory.counter set no = ${input.no.trim()}, name_zh = ${input.nameZh.trim()}, name_en = ${input.nameEn.trim()},
    active = ${input.active} where id = ${id} and unit_id = ${unitId} returning 1`.execute(ctx.db)
  if (saved.rows.length === 0) throw notFound('counter')
  return id
}
