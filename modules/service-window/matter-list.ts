import { sql } from 'kysely'
import { unitsOf } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { lookupText } from '#platform/typed.ts'
import { ended, type Status } from '#policy/service-window/lifecycle.ts'

export const views = [
  'mine',
  'offered',
  'due',
  'overdue',
  'today',
  'soon',
  'awaiting',
  'received',
  'accepted',
  'finished',
  'all',
] as const
export type View = (typeof views)[number]
export type ListFilter = {
  view: View
  unitId?: string
  itemCode?: string
  holderId?: string
  search?: string
  from?: string
  until?: string
}
/** Where the last page ended: the sort key and the id, so that page N costs what page 1 costs. */
export type Cursor = { key: string; id: string }

export type MatterRow = {
  id: string
  no: string
  applicantName: string
  request: string
  itemCode: string | null
  itemZh: string | null
  itemEn: string | null
  status: Status
  unitId: string
  handlingUnitId: string
  holderName: string | null
  firstOfficerName: string
  receivedAt: Temporal.Instant
  acceptedAt: Temporal.Instant | null
  dueOn: string | null
  dueProvisional: boolean
  finishedAt: Temporal.Instant | null
  visits: number
}

const columns = sql<MatterRow>`m.id, m.no, m.applicant_name as "applicantName", m.request, m.item_code as "itemCode",
  v.name_zh as "itemZh", v.name_en as "itemEn", m.status, m.unit_id as "unitId",
  m.handling_unit_id as "handlingUnitId", h.name as "holderName", f.name as "firstOfficerName", m.received_at as "receivedAt",
  m.accepted_at as "acceptedAt", m.due_on as "dueOn", m.due_provisional as "dueProvisional", m.finished_at as "finishedAt", m.visits`
const joins = sql`left join registration.item_version v on v.id = m.item_version_id
  left join directory.person h on h.id = m.holder_id join directory.person f on f.id = m.first_officer_id`

/** Sorted by due day where a deadline runs, else newest first. At most 200 rows a page; one more is read to know of a next. */
export async function listMatters(
  ctx: Context,
  filter: ListFilter,
  after: Cursor | null,
  most = 50,
): Promise<{ rows: MatterRow[]; next: Cursor | null }> {
  const size = Math.min(most, 200)
  if (filter.search?.trim()) return searchMatters(ctx, filter, after, size)
  const byDue = ['due', 'overdue', 'today', 'soon', 'accepted'].includes(filter.view)
  const where = sql.join(await conditions(ctx, filter), sql` and `)
  const key = byDue ? sql`m.due_on` : sql`m.received_at`
  const order = byDue ? sql`m.due_on, m.id` : sql`m.received_at desc, m.id desc`
  const past = after
    ? byDue
      ? sql`and (m.due_on, m.id) > (${after.key}::date, ${after.id}::uuid)`
      : sql`and (m.received_at, m.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
    : sql``
  // The page is cut before the names are joined, so that only its rows are looked up.
  const found = await sql<MatterRow & { key: string }>`select ${columns}, m.sort_key::text as key
    from (select m.*, ${key} as sort_key from service_window.matter m where ${where} ${past} order by ${order} limit ${size + 1}) m ${joins} order by ${order}`.execute(
    ctx.db,
  )
  return page(found.rows, size)
}

function page(rows: (MatterRow & { key: string })[], size: number): { rows: MatterRow[]; next: Cursor | null } {
  const last = rows[size - 1]
  return { rows: rows.slice(0, size), next: rows.length > size && last ? { key: last.key, id: last.id } : null }
}

/** The same filter applied inside the definer function, so that a page is full and the cursor holds. */
async function searchMatters(
  ctx: Context,
  filter: ListFilter,
  after: Cursor | null,
  size: number,
): Promise<{ rows: MatterRow[]; next: Cursor | null }> {
  const fragment = lookupText(filter.search ?? '', 60)
  const { statuses, dueFrom, dueUntil, holderId } = searchScope(ctx, filter)
  const shanghai = (day: string | undefined) =>
    day ? Temporal.PlainDate.from(day).toZonedDateTime('Asia/Shanghai').toInstant() : null
  const found = await sql<MatterRow & { key: string }>`select ${columns}, m.received_at::text as key
    from service_window.search(${fragment}, ${after?.key ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${size + 1}, ${statuses},
        ${filter.unitId ?? null}::uuid, ${filter.itemCode ?? null}, ${holderId}::uuid, ${shanghai(filter.from)}::timestamptz, ${shanghai(filter.until)}::timestamptz, ${dueFrom}::date, ${dueUntil}::date) s
    join service_window.matter m on m.id = s.id ${joins} order by m.received_at desc, m.id desc`.execute(ctx.db)
  return page(found.rows, size)
}

/** A view's condition in the words of the search function; work offered to me is looked for among everything. */
function searchScope(ctx: Context, filter: ListFilter) {
  const today = dayOf(ctx.now)
  const accepted = { statuses: 'accepted', dueFrom: null as string | null, dueUntil: null as string | null }
  const scope: Partial<Record<View, typeof accepted>> = {
    due: accepted,
    accepted,
    overdue: { ...accepted, dueUntil: today.subtract({ days: 1 }).toString() },
    today: { ...accepted, dueFrom: today.toString(), dueUntil: today.toString() },
    soon: { ...accepted, dueFrom: today.add({ days: 1 }).toString(), dueUntil: soonDay(ctx, today) },
    mine: { ...accepted, statuses: 'received,awaiting_applicant,accepted' },
    awaiting: { ...accepted, statuses: 'awaiting_applicant' },
    received: { ...accepted, statuses: 'received' },
    finished: { ...accepted, statuses: ended.join() },
  }
  const holderId = filter.view === 'mine' ? ctx.actor.personId : (filter.holderId ?? null)
  return { ...(scope[filter.view] ?? { statuses: null, dueFrom: null, dueUntil: null }), holderId }
}

async function conditions(ctx: Context, filter: ListFilter) {
  const today = dayOf(ctx.now)
  const me = ctx.actor.personId
  const all = [sql`true`]
  if (filter.view === 'mine') all.push(sql`m.holder_id = ${me} and m.finished_at is null`)
  if (filter.view === 'offered') all.push(sql`m.id = any ((select service_window.offered_to_me())::uuid[])`)
  if (['due', 'accepted'].includes(filter.view)) all.push(sql`m.status = 'accepted'`)
  if (filter.view === 'overdue') all.push(sql`m.status = 'accepted' and m.due_on < ${today.toString()}::date`)
  if (filter.view === 'today') all.push(sql`m.status = 'accepted' and m.due_on = ${today.toString()}::date`)
  if (filter.view === 'soon')
    all.push(
      sql`m.status = 'accepted' and m.due_on > ${today.toString()}::date and m.due_on <= ${soonDay(ctx, today)}::date`,
    )
  if (filter.view === 'awaiting') all.push(sql`m.status = 'awaiting_applicant'`)
  if (filter.view === 'received') all.push(sql`m.status = 'received'`)
  if (filter.view === 'finished')
    all.push(sql`m.status in ('completed', 'refused', 'transferred', 'withdrawn', 'lapsed')`)
  if (filter.view !== 'mine' && filter.view !== 'offered') all.push(await unitCondition(ctx, filter.unitId))
  if (filter.itemCode) all.push(sql`m.item_code = ${filter.itemCode}`)
  if (filter.holderId) all.push(sql`m.holder_id = ${filter.holderId}`)
  if (filter.from) all.push(sql`m.received_at >= ${filter.from}::timestamp at time zone 'Asia/Shanghai'`)
  if (filter.until) all.push(sql`m.received_at < ${filter.until}::timestamp at time zone 'Asia/Shanghai'`)
  return all
}

/** Row security decides what is seen; the condition is there so that the index is used. */
async function unitCondition(ctx: Context, unitId: string | undefined) {
  const units = unitId ? [unitId] : await unitsOf(ctx, 'matter.read')
  return units.length === 1 ? sql`m.handling_unit_id = ${units[0]}` : sql`m.handling_unit_id = any (${units}::uuid[])`
}

/** "Soon" is within three working days, as calendar days. */
function soonDay(ctx: Context, today: Temporal.PlainDate): string {
  const due = ctx.calendar.addWorkingDays(today, 3)
  return ('refused' in due ? today.add({ days: 5 }) : due.day).toString()
}

const countedViews = ['mine', 'offered', 'overdue', 'today', 'soon', 'awaiting', 'received', 'accepted'] as const
export type ViewCounts = Record<(typeof countedViews)[number], number>
const mostCounted = 1001

/**
 * Counts as navigation, within a filter if there is one; a count stops at 1,001, which is to be read as "more than 1,000",
 * so that none reads the whole table.
 */
export async function countViews(ctx: Context, filter: Omit<ListFilter, 'view' | 'search'> = {}): Promise<ViewCounts> {
  if (filter.itemCode || filter.holderId || filter.from || filter.until) return countFiltered(ctx, filter)
  const today = dayOf(ctx.now)
  const found = await sql<ViewCounts>`select * from service_window.view_counts(${filter.unitId ?? null}::uuid,
    ${today.toString()}::date, ${soonDay(ctx, today)}::date, ${mostCounted})`.execute(ctx.db)
  return found.rows[0] as ViewCounts
}

async function countFiltered(ctx: Context, filter: Omit<ListFilter, 'view' | 'search'>): Promise<ViewCounts> {
  const parts = await Promise.all(
    countedViews.map(async (view) => {
      const where = sql.join(await conditions(ctx, { ...filter, view }), sql` and `)
      return sql`(select count(*) from (select 1 from service_window.matter m where ${where} limit ${mostCounted}) c) as ${sql.id(view)}`
    }),
  )
  const found = await sql<ViewCounts>`select ${sql.join(parts)}`.execute(ctx.db)
  return found.rows[0] as ViewCounts
}

/** What waits for the actor: in his hands, and offered to him. */
export async function countMine(ctx: Context): Promise<number> {
  const me = ctx.actor.personId
  const found = await sql<{ n: number }>`select
    (select count(*) from (select 1 from service_window.matter m where m.holder_id = ${me} and m.finished_at is null limit ${mostCounted}) c)
    + cardinality(service_window.offered_to_me()) as n`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}
