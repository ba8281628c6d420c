import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { type Candidate, type Concerned, chooseOwner, ownerAllowed } from '#policy/supervision/ownership.ts'

export type DeskOfficer = Candidate & { name: string; policeNo: string; openOrders: number }

type About = { concernedPersonId: string | null; concernedUnitId: string }

/** Supervision officers on duty today with what each has open. Empty for actors who neither issue nor assign. */
export async function deskOfficers(ctx: Context): Promise<DeskOfficer[]> {
  const found =
    await sql<DeskOfficer>`select person_id as "personId", name, police_no as "policeNo", unit_id as "unitId",
      home_units as "homeUnits", leads, open_orders as "openOrders"
    from supervision.desk_officers(${dayOf(ctx.now).toString()}::date)`.execute(ctx.db)
  return found.rows
}

async function concernedOf(ctx: Context, about: About): Promise<Concerned> {
  const found = await sql<{
    chain: string[] | null
  }>`select directory.unit_chain(${about.concernedUnitId}) as chain`.execute(ctx.db)
  return { personId: about.concernedPersonId, unitId: about.concernedUnitId, unitChain: found.rows[0]?.chain ?? [] }
}

/** Who of the desk may own an order about these, by police number (b-12). */
export async function eligibleOfficers(ctx: Context, about: About): Promise<DeskOfficer[]> {
  const concerned = await concernedOf(ctx, about)
  const officers = await deskOfficers(ctx)
  return officers
    .filter((officer) => 'allowed' in ownerAllowed(officer, concerned))
    .sort((a, b) => (a.policeNo < b.policeNo ? -1 : 1))
}

/** The eligible officer with the fewest open orders, or null: then the desk decides. */
export async function leastLoaded(ctx: Context, about: About): Promise<DeskOfficer | null> {
  return chooseOwner(await deskOfficers(ctx), await concernedOf(ctx, about)) ?? null
}

/** The leader in charge: who leads the nearest unit at or above the concerned one as a leader of the bureau (R53). */
export async function leaderInCharge(ctx: Context, about: About): Promise<string | null> {
  const found = await sql<{ id: string }>`select p.id from directory.duty d
      join directory.person p on p.id = d.person_id and p.active
      join unnest(directory.unit_chain(${about.concernedUnitId})) with ordinality as c (unit_id, distance) on c.unit_id = d.unit_id
    where d.role = 'bureau_leader' and d.valid @> ${dayOf(ctx.now).toString()}::date
      and p.id is distinct from ${about.concernedPersonId}::uuid
      and not ${about.concernedUnitId}::uuid = any (directory.unit_chain(p.unit_id))
    order by cardinality(directory.unit_chain(d.unit_id)) desc, p.police_no limit 1`.execute(ctx.db)
  return found.rows[0]?.id ?? null
}
