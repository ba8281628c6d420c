import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'

export type EntryLine = {
  id: string
  at: Temporal.Instant
  actorKind: string
  actorName: string | null
  policeNo: string | null
  event: string
  subjectKind: string | null
  subjectId: string | null
  unitZh: string | null
  unitEn: string | null
  outcome: 'done' | 'refused' | 'failed'
}

export type Entry = EntryLine & {
  data: unknown
  erased: boolean
  requestId: string | null
  recordHash: string
  treeIndex: string | null
}

export type EntrySearch = {
  from?: Temporal.Instant
  /** Not included. */
  until?: Temporal.Instant
  /** Part of a name, or a police number. */
  actor?: string
  /** The beginning of an event's name. */
  event?: string
  subject?: string
  outcome?: string
  /** Microseconds and id of the last entry of the page before. */
  after?: { micros: string; id: string }
}

const columns = sql`e.id::text as id, e.at, e.actor_kind as "actorKind", p.name as "actorName", p.police_no as "policeNo", e.event,
  e.subject_kind as "subjectKind", e.subject_id as "subjectId", u.name_zh as "unitZh", u.name_en as "unitEn", e.outcome`
const tables = sql`platform.audit_entry e left join directory.person p on p.id = e.actor_id left join directory.unit u on u.id = e.unit_id`

/** Entries, newest first; keyset by time and id, so that a page late in the log costs what the first one does. */
export async function findEntries(
  ctx: Context,
  search: EntrySearch,
  limit: number,
): Promise<(EntryLine & { micros: string })[]> {
  const like = (text: string) => text.replace(/[\\%_]/g, '\\$&')
  const conditions = [
    search.from ? sql`e.at >= ${search.from}` : null,
    search.until ? sql`e.at < ${search.until}` : null,
    search.actor
      ? sql`e.actor_id in (select a.id from directory.person a where a.name like ${`%${like(search.actor)}%`} or lower(a.police_no) = ${search.actor.toLowerCase()})`
      : null,
    search.event ? sql`e.event like ${`${like(search.event)}%`}` : null,
    search.subject ? sql`e.subject_id = ${search.subject}` : null,
    search.outcome ? sql`e.outcome = ${search.outcome}` : null,
    search.after
      ? sql`(e.at, e.id) < (timestamptz 'epoch' + ${search.after.micros}::bigint * interval '1 microsecond', ${search.after.id}::bigint)`
      : null,
  ].filter((condition) => condition !== null)
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  const found = await sql<
    EntryLine & { micros: string }
  >`select ${columns}, (extract(epoch from e.at) * 1000000)::bigint::text as micros
    from ${tables} ${where} order by e.at desc, e.id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}

export async function findEntry(ctx: Context, id: string): Promise<Entry> {
  const found =
    await sql<Entry>`select ${columns}, e.data, e.data is null as erased, e.request_id as "requestId", encode(e.record_hash, 'hex') as "recordHash",
      (select l.tree_index::text from platform.audit_leaf l where l.entry_id = e.id) as "treeIndex"
    from ${tables} where e.id = ${id}::bigint`.execute(ctx.db)
  const entry = found.rows[0]
  if (!entry) throw notFound('entry')
  return entry
}

/** Events that there are, for the search box: a loose index scan, not a count of the whole log. */
export async function knownEvents(ctx: Context): Promise<string[]> {
  const found = await sql<{ event: string }>`with recursive names(event) as (
      (select event from platform.audit_entry order by event limit 1)
      union all
      select (select e.event from platform.audit_entry e where e.event > n.event order by e.event limit 1) from names n where n.event is not null
    ) select event from names where event is not null limit 300`.execute(ctx.db)
  return found.rows.map(({ event }) => event)
}

/** Who looked at this matter: reveals of the contact first of all, then every other page of it. Null: no such number. */
export async function findMatterReaders(
  ctx: Context,
  no: string,
  limit: number,
): Promise<(EntryLine & { reveal: boolean; reason: string | null })[] | null> {
  const matter = await sql<{ id: string }>`select id::text as id from service_window.audited_matter(${no})`.execute(
    ctx.db,
  )
  const id = matter.rows[0]?.id
  if (!id) return null
  const found = await sql<
    EntryLine & { reveal: boolean; reason: string | null }
  >`select ${columns}, e.event like '%reveal%' as reveal, e.data->>'reason' as reason
    from ${tables} where e.subject_id = ${id} and e.subject_kind = 'matter' order by (e.event like '%reveal%') desc, e.at desc, e.id desc limit ${limit}`.execute(
    ctx.db,
  )
  return found.rows
}
