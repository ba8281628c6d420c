import { type RawBuilder, sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { SupervisionSourceKind } from '#platform/db/schema.ts'
import type { Status } from '#policy/supervision/lifecycle.ts'

export const orderViews = [
  'mine',
  'open',
  'unassigned',
  'overdue',
  'today',
  'answered',
  'closed',
  'escalated',
  'issued',
  'late',
  'reopened',
  'all',
] as const
export type OrderView = (typeof orderViews)[number]

/** `from` and `until` (not included) are days of issue, YYYY-MM-DD; `no` is the beginning of an order's number. */
export type OrderFilter = {
  view: OrderView
  unitId?: string
  ownerId?: string
  from?: string
  until?: string
  no?: string
}
export type OrderCursor = { key: string; id: string }

export type OrderRow = {
  id: string
  no: string
  sourceKind: SupervisionSourceKind
  problem: string
  unitZh: string
  unitEn: string
  ownerName: string | null
  status: Status
  round: number
  startedAt: Temporal.Instant
  roundStartedAt: Temporal.Instant
  issuedAt: Temporal.Instant
  dueOn: string
  dueProvisional: boolean
  answeredAt: Temporal.Instant | null
  overdueAt: Temporal.Instant | null
  escalated: boolean
}

const columns = sql<OrderRow>`o.id, o.no, o.source_kind as "sourceKind", o.problem, u.name_zh as "unitZh", u.name_en as "unitEn",
  p.name as "ownerName", o.status, o.round, o.started_at as "startedAt", o.round_started_at as "roundStartedAt",
  o.issued_at as "issuedAt", o.due_on as "dueOn", o.due_provisional as "dueProvisional", o.answered_at as "answeredAt",
  o.overdue_at as "overdueAt", o.escalated_to is not null as escalated`

const newestFirst: readonly OrderView[] = ['closed', 'issued', 'late', 'reopened', 'all']

/** What runs is sorted by due day, the rest newest first. At most 200 a page; one more is read to know of a next. */
export async function listOrders(
  ctx: Context,
  filter: OrderFilter,
  after: OrderCursor | null = null,
  most = 50,
): Promise<{ rows: OrderRow[]; next: OrderCursor | null }> {
  const size = Math.min(most, 200)
  const newest = newestFirst.includes(filter.view)
  const key = newest ? sql`o.issued_at` : sql`o.due_on`
  const order = newest ? sql`o.issued_at desc, o.id desc` : sql`o.due_on, o.id`
  const where = conditions(ctx, filter)
  if (after) {
    where.push(
      newest
        ? sql`(o.issued_at, o.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
        : sql`(o.due_on, o.id) > (${after.key}::date, ${after.id}::uuid)`,
    )
  }
  const found = await sql<OrderRow & { key: string }>`select ${columns}, ${key}::text as key from supervision.order o
    join directory.unit u on u.id = o.concerned_unit_id left join directory.person p on p.id = o.owner_id
    where ${sql.join(where, sql` and `)} order by ${order} limit ${size + 1}`.execute(ctx.db)
  const last = found.rows[size - 1]
  const next = found.rows.length > size && last ? { key: last.key, id: last.id } : null
  return { rows: found.rows.slice(0, size).map(({ key: _, ...row }) => row), next }
}

function conditions(ctx: Context, filter: OrderFilter): RawBuilder<unknown>[] {
  const all = [viewCondition(ctx, filter.view)]
  if (filter.unitId) all.push(sql`o.concerned_unit_id = ${filter.unitId}::uuid`)
  if (filter.ownerId) all.push(sql`o.owner_id = ${filter.ownerId}::uuid`)
  if (filter.from) all.push(sql`o.issued_at >= ${filter.from}::timestamp at time zone 'Asia/Shanghai'`)
  if (filter.until) all.push(sql`o.issued_at < ${filter.until}::timestamp at time zone 'Asia/Shanghai'`)
  if (filter.no) all.push(sql`starts_with(o.no, ${numberOf(filter.no)})`)
  return all
}

/** A number as it is typed: full width, lower case, with spaces. */
function numberOf(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z-]/g, '')
}

function viewCondition(ctx: Context, view: OrderView): RawBuilder<unknown> {
  const today = sql`${dayOf(ctx.now).toString()}::date`
  const me = sql`${ctx.actor.personId}::uuid`
  const of: Record<OrderView, RawBuilder<unknown>> = {
    mine: sql`o.owner_id = ${me} and o.status <> 'closed'`,
    open: sql`o.status = 'open'`,
    unassigned: sql`o.status = 'open' and o.owner_id is null`,
    overdue: sql`o.status = 'open' and o.due_on < ${today}`,
    today: sql`o.status = 'open' and o.due_on = ${today}`,
    answered: sql`o.status = 'answered'`,
    closed: sql`o.status = 'closed'`,
    escalated: sql`o.escalated_to is not null and o.status <> 'closed'`,
    issued: sql`o.issued_by = ${me}`,
    late: sql`o.late_rounds > 0`,
    reopened: sql`o.round > 1`,
    all: sql`true`,
  }
  return of[view]
}

const counted = ['mine', 'open', 'unassigned', 'overdue', 'today', 'answered', 'escalated', 'issued'] as const
export type OrderCounts = Record<(typeof counted)[number], number>

/** Counts as navigation, one for each list; beyond 1,000 counting stops at 1,001. */
export async function countOrders(ctx: Context): Promise<OrderCounts> {
  const parts = counted.map(
    (view) =>
      sql`(select count(*) from (select 1 from supervision.order o where ${viewCondition(ctx, view)} limit 1001) c) as ${sql.id(view)}`,
  )
  const found = await sql<OrderCounts>`select ${sql.join(parts)}`.execute(ctx.db)
  return found.rows[0] as OrderCounts
}

/** Open orders that wait for the actor. */
export async function countOrdersForMenu(ctx: Context): Promise<number> {
  if (!ctx.actor.personId) return 0
  const found = await sql<{ n: number }>`select count(*) as n from (select 1 from supervision.order o
    where o.owner_id = ${ctx.actor.personId}::uuid and o.status = 'open' limit 1001) c`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}
