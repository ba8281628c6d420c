import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import type { Role } from '#policy/access/permissions.ts'

export type Duty = {
  id: string
  role: Role
  unitId: string
  unitZh: string
  unitEn: string
  from: string
  until: string | null
}

/** The account as it stands; null fields where a person has none yet. */
export type Account = {
  exists: boolean
  disabledAt: Temporal.Instant | null
  secondFactor: boolean
  mustChangePassword: boolean
  sessions: number
  lastSeenAt: Temporal.Instant | null
}

export type PersonLine = {
  id: string
  name: string
  policeNo: string
  kind: 'police' | 'auxiliary'
  unitId: string
  unitZh: string
  unitEn: string
  phone: string
  active: boolean
  account: Account
  /** Roles held today. */
  roles: Role[]
}

export type Person = PersonLine & { duties: Duty[]; version: string }

const personColumns = (
  today: Temporal.PlainDate,
) => sql`p.id, p.name, p.police_no as "policeNo", p.kind::text as kind, p.unit_id as "unitId",
  u.name_zh as "unitZh", u.name_en as "unitEn", p.office_phone as phone, p.active,
  jsonb_build_object('exists', a.id is not null, 'disabledAt', a.disabled_at, 'secondFactor', coalesce(a.two_factor_enabled, false),
    'mustChangePassword', coalesce(a.must_change_password, false),
    'sessions', (select count(*) from auth.session s where s.user_id = a.id),
    'lastSeenAt', (select max(s.last_seen_at) from auth.session s where s.user_id = a.id)) as account,
  array(select distinct d.role::text from directory.duty d where d.person_id = p.id and d.valid @> ${today.toString()}::date order by 1) as roles`
const personTables = sql`directory.person p join directory.unit u on u.id = p.unit_id left join auth."user" a on a.person_id = p.id`

export type PeopleSearch = {
  text?: string
  unitId?: string
  role?: string
  state?: 'active' | 'inactive' | 'no_account'
}

/** People by name, number, unit, role of today; by number. `after` is the last number of the page before; at most `limit`. */
export async function searchPeople(
  ctx: Context,
  search: PeopleSearch,
  today: Temporal.PlainDate,
  page: { after?: string; limit: number },
): Promise<PersonLine[]> {
  const text = search.text?.trim()
  const conditions = [
    text ? sql`(p.name ilike ${pattern(text)} or p.police_no ilike ${pattern(text)})` : null,
    search.unitId ? sql`p.unit_id = any (directory.unit_tree(${search.unitId}::uuid))` : null,
    search.role
      ? sql`exists (select from directory.duty d where d.person_id = p.id and d.role::text = ${search.role} and d.valid @> ${today.toString()}::date)`
      : null,
    search.state === 'active'
      ? sql`p.active`
      : search.state === 'inactive'
        ? sql`not p.active`
        : search.state === 'no_account'
          ? sql`a.id is null`
          : null,
    page.after ? sql`p.police_no > ${page.after}` : null,
  ].filter((condition) => condition !== null)
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  const found =
    await sql<PersonLine>`select ${personColumns(today)} from ${personTables} ${where} order by p.police_no limit ${page.limit}`.execute(
      ctx.db,
    )
  return found.rows.map(withMoments)
}

export async function findPersonFully(ctx: Context, id: string, today: Temporal.PlainDate): Promise<Person> {
  const found =
    await sql<Person>`select ${personColumns(today)}, p.xmin::text as version from ${personTables} where p.id = ${id}`.execute(
      ctx.db,
    )
  const person = found.rows[0]
  if (!person) throw notFound('person')
  return { ...withMoments(person), version: person.version, duties: await dutiesOf(ctx, id) }
}

/** Every duty a person has, had and will have; newest first. A revoked one that never began is not told. */
export async function dutiesOf(ctx: Context, personId: string): Promise<Duty[]> {
  const found =
    await sql<Duty>`select d.id, d.role::text as role, d.unit_id as "unitId", u.name_zh as "unitZh", u.name_en as "unitEn",
      lower(d.valid)::text as "from", upper(d.valid)::text as "until"
    from directory.duty d join directory.unit u on u.id = d.unit_id
    where d.person_id = ${personId} and not isempty(d.valid) order by lower(d.valid) desc, d.role limit 200`.execute(
      ctx.db,
    )
  return found.rows
}

export type Holding = {
  name: string
  policeNo: string
  homeZh: string
  homeEn: string
  role: Role
  unitZh: string
  unitEn: string
  from: string
  until: string | null
  active: boolean
}

/** Who holds what on a day: the list that a review of rights is made from. */
export async function listHoldings(ctx: Context, day: Temporal.PlainDate): Promise<Holding[]> {
  const found =
    await sql<Holding>`select p.name, p.police_no as "policeNo", h.name_zh as "homeZh", h.name_en as "homeEn", d.role::text as role,
      u.name_zh as "unitZh", u.name_en as "unitEn", lower(d.valid)::text as "from", upper(d.valid)::text as "until", p.active
    from directory.duty d join directory.person p on p.id = d.person_id join directory.unit u on u.id = d.unit_id
      join directory.unit h on h.id = p.unit_id
    where d.valid @> ${day.toString()}::date order by d.role, u.code, p.police_no limit 20000`.execute(ctx.db)
  return found.rows
}

export type Listed = { id: string; name: string; policeNo: string; unitId: string; phone: string; roles: Role[] }

/** People in service with their phones, for the directory; by number, at most 5000. */
export async function listPeople(ctx: Context, today: Temporal.PlainDate): Promise<Listed[]> {
  const found =
    await sql<Listed>`select p.id, p.name, p.police_no as "policeNo", p.unit_id as "unitId", p.office_phone as phone,
      array(select distinct d.role::text from directory.duty d where d.person_id = p.id and d.valid @> ${today.toString()}::date order by 1) as roles
    from directory.person p where p.active order by p.police_no limit 5000`.execute(ctx.db)
  return found.rows
}

export type OwnSession = {
  id: string
  signedInAt: Temporal.Instant
  lastSeenAt: Temporal.Instant
  ip: string | null
  userAgent: string | null
  secondFactor: boolean
}

/** The sessions of the one who asks, newest first. */
export async function listOwnSessions(ctx: Context): Promise<OwnSession[]> {
  const found =
    await sql<OwnSession>`select s.id, s.signed_in_at as "signedInAt", s.last_seen_at as "lastSeenAt", s.ip_address as ip,
      s.user_agent as "userAgent", s.second_factor_at is not null as "secondFactor"
    from auth.session s join auth."user" a on a.id = s.user_id where a.person_id = ${ctx.actor.personId} order by s.last_seen_at desc limit 100`.execute(
      ctx.db,
    )
  return found.rows
}

/** Ends one of one's own sessions. False when it was nobody's, or somebody else's. */
export async function endOwnSession(ctx: Context, id: string): Promise<boolean> {
  const ended =
    await sql`delete from auth.session s using auth."user" a where a.id = s.user_id and a.person_id = ${ctx.actor.personId} and s.id = ${id}
    returning s.id`.execute(ctx.db)
  return ended.rows.length > 0
}

/** Moments inside a JSON value come as text. */
function withMoments<T extends PersonLine>(line: T): T {
  const { disabledAt, lastSeenAt } = line.account as unknown as { disabledAt: string | null; lastSeenAt: string | null }
  return {
    ...line,
    account: {
      ...line.account,
      disabledAt: disabledAt ? Temporal.Instant.from(disabledAt) : null,
      lastSeenAt: lastSeenAt ? Temporal.Instant.from(lastSeenAt) : null,
    },
  }
}

function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
