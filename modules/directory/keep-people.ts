import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { incompatible, type Role, roles } from '#policy/access/permissions.ts'
import { checkPersonName } from '#policy/identity/person-name.ts'

/** Who may change an account, and never his own (domain.md 3.8; the database holds it for duties too). */
export function needKeeper(ctx: Context, personId: string | null): void {
  if (!may(ctx.actor, 'account.manage')) throw new Problem(403, 'not-permitted')
  if (personId !== null && personId === ctx.actor.personId) throw new Problem(403, 'own-account')
}

export type PersonInput = { name: string; kind: 'police' | 'auxiliary'; unitId: string; phone: string }

/** Somebody new in the directory; he has no account and no right until they are given. */
export async function addPerson(ctx: Context, input: PersonInput & { policeNo: string }): Promise<{ id: string }> {
  needKeeper(ctx, null)
  const policeNo = input.policeNo.normalize('NFKC').trim()
  const { fields, name } = await checkPerson(ctx, input)
  if (!/^[0-9A-Za-z]{4,12}$/.test(policeNo)) fields.policeNo = 'police-number-malformed'
  else if (
    (await sql`select 1 from directory.person where lower(police_no) = ${policeNo.toLowerCase()}`.execute(ctx.db)).rows
      .length > 0
  )
    fields.policeNo = 'police-number-taken'
  if (Object.keys(fields).length > 0) throw invalid(fields)
  const id = randomUUID()
  await sql`insert into directory.person (id, police_no, name, kind, unit_id, office_phone)
    values (${id}, ${policeNo}, ${name}, ${input.kind}::directory.person_kind, ${input.unitId}, ${input.phone.trim()})`.execute(
    ctx.db,
  )
  return { id }
}

/** Name, kind, unit and phone; the police number stays, for the account bears it. `version` as read. */
export async function savePerson(ctx: Context, id: string, input: PersonInput & { version: string }): Promise<void> {
  needKeeper(ctx, id)
  const { fields, name } = await checkPerson(ctx, input)
  if (Object.keys(fields).length > 0) throw invalid(fields)
  const saved =
    await sql`update directory.person set name = ${name}, kind = ${input.kind}::directory.person_kind, unit_id = ${input.unitId},
    office_phone = ${input.phone.trim()} where id = ${id} and xmin::text = ${input.version} returning 1`.execute(ctx.db)
  if (saved.rows.length === 0) throw new Problem(409, 'changed-meanwhile')
}

async function checkPerson(
  ctx: Context,
  input: PersonInput,
): Promise<{ fields: Record<string, string>; name: string }> {
  const fields: Record<string, string> = {}
  const name = checkPersonName(input.name)
  if ('refused' in name) fields.name = `name-${name.refused}`
  if (!phonePattern.test(input.phone.trim())) fields.phone = 'office-phone-malformed'
  const unit = await sql`select 1 from directory.unit where id = ${input.unitId}`.execute(ctx.db)
  if (unit.rows.length === 0) fields.unitId = 'choose-one'
  return { fields, name: 'refused' in name ? '' : name.name }
}

/** Office numbers as they are printed: digits, blanks, an area code, an extension. May be empty. */
export const phonePattern = /^[0-9+()（） *#转-]{0,30}$/

/** In service or not: who is not has no rights at the next request, whatever his duties say. */
export async function setActive(ctx: Context, id: string, active: boolean): Promise<void> {
  needKeeper(ctx, id)
  const saved = await sql`update directory.person set active = ${active} where id = ${id} returning 1`.execute(ctx.db)
  if (saved.rows.length === 0) throw notFound('person')
}

export type DutyInput = { role: string; unitId: string; from: Temporal.PlainDate; until: Temporal.PlainDate | null }

/** Gives a duty for a unit, both days included. Refused beside one that separation of duties forbids (GB/T 22239). */
export async function addDuty(ctx: Context, personId: string, input: DutyInput): Promise<void> {
  needKeeper(ctx, personId)
  const fields: Record<string, string> = {}
  const role = roles.find((known) => known === input.role)
  if (!role) fields.role = 'choose-one'
  if (input.until && Temporal.PlainDate.compare(input.until, input.from) < 0) fields.until = 'ends-before-start'
  if (Temporal.PlainDate.compare(input.from, dayOf(ctx.now)) < 0) fields.from = 'day-past'
  if (!role || Object.keys(fields).length > 0) throw invalid(fields)
  // The person's row is held, so that two administrators cannot each give one half of a forbidden pair.
  const held = await sql`select 1 from directory.person where id = ${personId} for update`.execute(ctx.db)
  if (held.rows.length === 0) throw notFound('person')
  const end = input.until?.add({ days: 1 }).toString() ?? null
  const beside = await sql<{
    role: Role
    unitId: string
  }>`select role::text as role, unit_id as "unitId" from directory.duty
    where person_id = ${personId} and valid && daterange(${input.from}::date, ${end}::date)`.execute(ctx.db)
  const clash = beside.rows.find((held) => forbidden(held.role, role))
  if (clash)
    throw new Problem(409, 'duty-incompatible', {
      fields: { role: 'duty-incompatible' },
      detail: { role, with: clash.role },
    })
  if (beside.rows.some((held) => held.role === role && held.unitId === input.unitId))
    throw invalid({ role: 'duty-held' })
  await sql`insert into directory.duty (person_id, role, unit_id, valid)
    values (${personId}, ${role}::directory.role, ${input.unitId}, daterange(${input.from}::date, ${end}::date))`.execute(
    ctx.db,
  )
}

function forbidden(a: Role, b: Role): boolean {
  return incompatible.some(([x, y]) => (x === a && y === b) || (x === b && y === a))
}

/** Ends a duty now: its rights are gone at the next request. One that has not begun never does. */
export async function endDuty(ctx: Context, personId: string, dutyId: string): Promise<{ role: Role; unitId: string }> {
  needKeeper(ctx, personId)
  const today = dayOf(ctx.now).toString()
  const ended = await sql<{
    role: Role
    unitId: string
  }>`update directory.duty set valid = valid * daterange(null, ${today}::date)
    where id = ${dutyId} and person_id = ${personId} and not isempty(valid) and (upper(valid) is null or upper(valid) > ${today}::date)
    returning role::text as role, unit_id as "unitId"`.execute(ctx.db)
  const row = ended.rows[0]
  if (!row) throw new Problem(409, 'duty-over')
  return row
}
