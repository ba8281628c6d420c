import { type RawBuilder, sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { lookupText } from '#platform/typed.ts'
import { openStatuses, type Status } from '#policy/complaints/lifecycle.ts'
import type { CaseClass, Channel, Department, StyleTag } from '#policy/complaints/lists.ts'

export const registerViews = [
  'open',
  'received',
  'notice-late',
  'overdue',
  'mine',
  'unassigned',
  'over',
  'all',
] as const
export type RegisterView = (typeof registerViews)[number]

export type RegisterFilter = {
  view: RegisterView
  department?: Department
  status?: Status
  caseClass?: CaseClass | 'none'
  channel?: Channel
  tag?: StyleTag
  search?: string
  /** Days of receipt, YYYY-MM-DD; `until` is not included. */
  from?: string
  until?: string
}
export type RegisterCursor = { key: string; id: string }

export type RegisterRow = {
  id: string
  no: string
  summary: string
  caseClass: CaseClass | null
  status: Status
  department: Department
  openedAt: Temporal.Instant
  receivedOn: string
  noticeDueOn: string
  noticeProvisional: boolean
  noticedAt: Temporal.Instant | null
  acceptedAt: Temporal.Instant | null
  dueOn: string | null
  dueProvisional: boolean
  answeredAt: Temporal.Instant | null
  closedAt: Temporal.Instant | null
  handlerName: string | null
  channels: Channel[]
  submissions: number
  accused: string[]
}

const openNow = sql.lit(`{${openStatuses.join(',')}}`)
const running = sql.lit('{accepted,investigating,proposed,reviewed}')

const columns = sql<RegisterRow>`c.id, c.no, c.summary, c.class as "caseClass", c.status, c.department, c.opened_at as "openedAt",
  c.received_on as "receivedOn", c.notice_due_on as "noticeDueOn", c.notice_provisional as "noticeProvisional", c.noticed_at as "noticedAt",
  c.accepted_at as "acceptedAt", c.due_on as "dueOn", c.due_provisional as "dueProvisional", c.answered_at as "answeredAt", c.closed_at as "closedAt",
  h.name as "handlerName",
  array(select distinct s.channel::text from complaints.submission s where s.case_id = c.id order by 1) as channels,
  (select count(*) from complaints.submission s where s.case_id = c.id) as submissions,
  array(select coalesce(p.name || ' ' || p.police_no, u.name_zh, a.said_as) from complaints.accused a left join directory.person p on p.id = a.person_id
    left join directory.unit u on u.id = a.unit_id where a.case_id = c.id order by a.person_id is null, 1) as accused`

/** Newest first by key; at most 200 a page, one more is read to know of a next. The rows are those the database shows the reader. */
export async function listRegister(
  ctx: Context,
  filter: RegisterFilter,
  after: RegisterCursor | null = null,
  most = 50,
): Promise<{ rows: RegisterRow[]; next: RegisterCursor | null }> {
  const size = Math.min(most, 200)
  if (filter.search?.trim()) return searchRegister(ctx, filter, after, size)
  const where = conditions(ctx, filter)
  if (after) where.push(sql`(c.opened_at, c.id) < (${after.key}::timestamptz, ${after.id}::uuid)`)
  // The page is cut before anything is joined, so that only its rows are looked up.
  const found = await sql<RegisterRow & { key: string }>`select ${columns}, c.opened_at::text as key
    from (select * from complaints.case c where ${sql.join(where, sql` and `)} order by c.opened_at desc, c.id desc limit ${size + 1}) c
    left join directory.person h on h.id = c.handler_id order by c.opened_at desc, c.id desc`.execute(ctx.db)
  return cut(found.rows, size)
}

function cut(rows: (RegisterRow & { key: string })[], size: number) {
  const last = rows[size - 1]
  const next = rows.length > size && last ? { key: last.key, id: last.id } : null
  return { rows: rows.slice(0, size).map(({ key: _, ...row }) => row), next }
}

const steps = 20

/**
 * By any fragment of number, summary and place. What the search function does not know is sifted from its pages; a
 * filter that fits next to nothing ends after some of them and goes on from there.
 */
async function searchRegister(
  ctx: Context,
  filter: RegisterFilter,
  after: RegisterCursor | null,
  size: number,
): Promise<{ rows: RegisterRow[]; next: RegisterCursor | null }> {
  const fragment = lookupText(filter.search ?? '', 60)
  const sifted = sql.join(conditions(ctx, filter), sql` and `)
  const kept: (RegisterRow & { key: string })[] = []
  let from = after
  for (let step = 0; step < steps; step++) {
    const found = await sql<
      RegisterRow & { key: string; fits: boolean }
    >`select ${columns}, c.opened_at::text as key, (${sifted}) as fits
      from complaints.search(${fragment}, ${from?.key ?? null}::timestamptz, ${from?.id ?? null}::uuid, 201, ${filter.status ?? null},
        ${filter.department ?? null}, ${filter.caseClass === 'none' ? null : (filter.caseClass ?? null)}) f
      join complaints.case c on c.id = f.id left join directory.person h on h.id = c.handler_id order by c.opened_at desc, c.id desc`.execute(
      ctx.db,
    )
    kept.push(...found.rows.filter(({ fits }) => fits).map(({ fits: _, ...row }) => row))
    if (kept.length > size) return cut(kept, size)
    const last = found.rows[200]
    if (!last) return cut(kept, size)
    from = { key: last.key, id: last.id }
  }
  return { ...cut(kept, size), next: from }
}

function conditions(ctx: Context, filter: RegisterFilter): RawBuilder<unknown>[] {
  const all = [viewCondition(ctx, filter.view)]
  if (filter.department) all.push(sql`c.department = ${filter.department}::complaints.department`)
  if (filter.status) all.push(sql`c.status = ${filter.status}::complaints.case_status`)
  if (filter.caseClass === 'none') all.push(sql`c.class is null`)
  else if (filter.caseClass) all.push(sql`c.class = ${filter.caseClass}::complaints.case_class`)
  if (filter.channel)
    all.push(
      sql`exists (select from complaints.submission s where s.case_id = c.id and s.channel = ${filter.channel}::complaints.channel)`,
    )
  if (filter.tag)
    all.push(
      sql`exists (select from complaints.coding k where k.case_id = c.id and k.style @> array[${filter.tag}]::complaints.style_tag[])`,
    )
  if (filter.from) all.push(sql`c.received_on >= ${filter.from}::date`)
  if (filter.until) all.push(sql`c.received_on < ${filter.until}::date`)
  return all
}

function viewCondition(ctx: Context, view: RegisterView): RawBuilder<unknown> {
  const today = sql`${dayOf(ctx.now).toString()}::date`
  const of: Record<RegisterView, RawBuilder<unknown>> = {
    open: sql`c.status = any (${openNow}::complaints.case_status[])`,
    received: sql`c.status = 'received'`,
    'notice-late': sql`c.status = 'received' and c.noticed_at is null and c.notice_due_on < ${today}`,
    overdue: sql`c.status = any (${running}::complaints.case_status[]) and c.due_on < ${today}`,
    mine: sql`c.handler_id = ${ctx.actor.personId}::uuid and c.status = any (${openNow}::complaints.case_status[])`,
    unassigned: sql`c.status = 'accepted' and c.handler_id is null`,
    over: sql`not (c.status = any (${openNow}::complaints.case_status[]))`,
    all: sql`true`,
  }
  return of[view]
}

export type RegisterCounts = Record<'open' | 'received' | 'notice-late' | 'overdue' | 'mine' | 'unassigned', number>
const counted = ['open', 'received', 'notice-late', 'overdue', 'mine', 'unassigned'] as const

/** Counts as navigation, of the rows the reader sees and no others; beyond 1,000 counting stops at 1,001. */
export async function countRegister(ctx: Context, department?: Department): Promise<RegisterCounts> {
  const within = department ? sql`and c.department = ${department}::complaints.department` : sql``
  const parts = counted.map(
    (view) =>
      sql`(select count(*) from (select 1 from complaints.case c where ${viewCondition(ctx, view)} ${within} limit 1001) n) as ${sql.id(view)}`,
  )
  const found = await sql<RegisterCounts>`select ${sql.join(parts)}`.execute(ctx.db)
  return found.rows[0] as RegisterCounts
}

/** How much waits in each of the four queues (R111). */
export async function countQueues(ctx: Context): Promise<Record<Department, number>> {
  const one = (department: Department) =>
    sql`(select count(*) from (select 1 from complaints.case c where c.department = ${department}::complaints.department
      and c.status = any (${openNow}::complaints.case_status[]) limit 1001) n) as ${sql.id(department)}`
  const all = (['command_centre', 'discipline_inspection', 'supervision_brigade', 'petition_section'] as const).map(one)
  const found = await sql<Record<Department, number>>`select ${sql.join(all)}`.execute(ctx.db)
  return found.rows[0] as Record<Department, number>
}

/** Received cases that wait for triage, the most urgent notice first. */
export async function listTriage(
  ctx: Context,
  department: Department | undefined,
  after: RegisterCursor | null = null,
  most = 50,
): Promise<{ rows: RegisterRow[]; next: RegisterCursor | null }> {
  const size = Math.min(most, 200)
  const where = [sql`c.status = 'received'`]
  if (department) where.push(sql`c.department = ${department}::complaints.department`)
  if (after) where.push(sql`(c.notice_due_on, c.id) > (${after.key}::date, ${after.id}::uuid)`)
  const found = await sql<RegisterRow & { key: string }>`select ${columns}, c.notice_due_on::text as key
    from (select * from complaints.case c where ${sql.join(where, sql` and `)} order by c.notice_due_on, c.id limit ${size + 1}) c
    left join directory.person h on h.id = c.handler_id order by c.notice_due_on, c.id`.execute(ctx.db)
  return cut(found.rows, size)
}

/** New complaints for the menu: those at the actor's own desk that wait for triage. */
export async function countForMenu(ctx: Context): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) as n from (select 1 from complaints.case c
    where c.status = 'received' and c.department = any ((select complaints.my_departments())::complaints.department[]) limit 1001) n`.execute(
    ctx.db,
  )
  return found.rows[0]?.n ?? 0
}

/** Does the case exist for the actor? After a step of triage it may not. */
export async function seesCase(ctx: Context, id: string): Promise<boolean> {
  const found = await ctx.db.selectFrom('complaints.case').select('id').where('id', '=', id).executeTakeFirst()
  return found !== undefined
}
