import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import type { Severity } from '#policy/complaints/lists.ts'
import type { TaskStatus } from '#policy/standing/task-lifecycle.ts'
import { decidersOf } from './task-store.ts'

export type TaskRow = {
  id: string
  caseNo: string
  factLine: string
  clause: string
  severity: Severity
  personId: string
  personName: string
  policeNo: string
  unitId: string
  unitZh: string
  unitEn: string
  createdAt: Temporal.Instant
  dueOn: string
  dueProvisional: boolean
  overdueAt: Temporal.Instant | null
  min: number
  max: number
  status: TaskStatus
  points: number | null
  reason: string | null
  decidedBy: string | null
  decidedAt: Temporal.Instant | null
  cancelReason: string | null
  unitPoints: number
  effectiveOn: string
  version: number
  findingId: string
}

export type TaskView = TaskRow & {
  /** Names of those who may decide today. */
  deciders: string[]
  mayDecide: boolean
  /** Distinct cases of the officer that count already in the year in which this one would. */
  casesBefore: number
}

const columns = sql`t.id, r.case_no as "caseNo", r.fact_line as "factLine", r.clause, r.severity, t.person_id as "personId", p.name as "personName",
  p.police_no as "policeNo", t.unit_id as "unitId", u.name_zh as "unitZh", u.name_en as "unitEn", t.created_at as "createdAt", t.due_on as "dueOn",
  t.due_provisional as "dueProvisional", t.overdue_at as "overdueAt", t.min_points as min, t.max_points as max, t.status, t.points, t.reason,
  d.name as "decidedBy", t.decided_at as "decidedAt", t.cancel_reason as "cancelReason", r.effective_on as "effectiveOn", t.version, t.finding_id as "findingId",
  coalesce((select o.points from standing.posting o where o.finding_id = t.finding_id and o.level = 'unit' and o.reverses is null), 0) as "unitPoints"`
const source = sql`standing.deduction_task t join standing.responsibility r on r.finding_id = t.finding_id join directory.person p on p.id = t.person_id
  join directory.unit u on u.id = t.unit_id left join directory.person d on d.id = t.decided_by`

/** Deductions to be decided and decided, of the units that the reader leads; the one due first comes first. */
export async function listTasks(ctx: Context, filter: { open: boolean; most?: number }): Promise<TaskRow[]> {
  const order = filter.open ? sql`t.due_on, t.id` : sql`coalesce(t.decided_at, t.cancelled_at) desc, t.id`
  const found = await sql<TaskRow>`select ${columns} from ${source}
    where (t.status = 'open') = ${filter.open} and t.person_id is distinct from ${ctx.actor.personId}::uuid order by ${order} limit ${filter.most ?? 200}`.execute(
    ctx.db,
  )
  return found.rows
}

/** How many deductions wait for this reader himself, for the menu. */
export async function countTasksForMenu(ctx: Context): Promise<number> {
  const today = dayOf(ctx.now).toString()
  const found = await sql<{
    n: number
  }>`select count(*) as n from standing.deduction_task t where t.status = 'open'
    and ${ctx.actor.personId}::uuid = any (standing.deciders(t.unit_id, t.person_id, ${today}::date))`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}

export async function viewTask(ctx: Context, id: string): Promise<TaskView> {
  const found = await sql<
    TaskRow & { keeps: string | null }
  >`select ${columns}, t.keeps_effective_on as keeps from ${source}
    where t.id = ${id}::uuid and t.person_id is distinct from ${ctx.actor.personId}::uuid`.execute(ctx.db)
  const [row] = found.rows
  if (!row) throw notFound('deduction')
  const { keeps, ...task } = row
  const today = dayOf(ctx.now)
  const ids = await decidersOf(ctx, { unitId: task.unitId, personId: task.personId, on: today })
  const names = await sql<{
    name: string
  }>`select name from directory.person where id = any (${ids}::uuid[]) order by police_no`.execute(ctx.db)
  const year = keeps ? Temporal.PlainDate.from(keeps).year : today.year
  const before = await sql<{
    n: number
  }>`select count(distinct case_id) as n from standing.live_deductions(${task.personId}, ${year})`.execute(ctx.db)
  return {
    ...task,
    deciders: names.rows.map(({ name }) => name),
    mayDecide: task.status === 'open' && ctx.actor.personId !== null && ids.includes(ctx.actor.personId),
    casesBefore: before.rows[0]?.n ?? 0,
  }
}

/** Overdue deductions, decided since or not, whose last day lay in a period: the month's meeting sees them (R126). */
export async function overdueDeductions(
  ctx: Context,
  period: { from: Temporal.PlainDate; until: Temporal.PlainDate },
): Promise<TaskRow[]> {
  const found = await sql<TaskRow>`select ${columns} from ${source}
    where t.overdue_at is not null and t.due_on >= ${period.from.toString()}::date and t.due_on < ${period.until.toString()}::date
    order by t.due_on, t.id`.execute(ctx.db)
  return found.rows
}
