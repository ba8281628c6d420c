import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Department, departments } from '#policy/complaints/lists.ts'
import { periodOf } from '#policy/complaints/month.ts'
import { findMonth, type Month } from './confirm-month.ts'
import { causesOf } from './draft-report.ts'
import { institutionSince } from './institution.ts'
import { listMeasures, type MeasureRow } from './measures.ts'
import type { Meeting } from './meeting.ts'
import { type AttendanceRow, listAttendance } from './minutes-content.ts'
import { findReport, type ReportRow } from './sign-report.ts'

export type DepartmentState = {
  department: Department
  unitZh: string | null
  unitEn: string | null
  cases: number | null
  confirmed: { result: 'complete' | 'nil'; by: string; at: Temporal.Instant } | null
  /** The reader may confirm for it. */
  mine: boolean
}

export type MonthDetails = {
  month: Month
  departments: DepartmentState[]
  report: ReportRow | null
  meeting: (Omit<Meeting, 'minutes_pdf' | 'minutes_digest'> & { chairName: string; recorderName: string }) | null
  attendance: AttendanceRow[]
  decided: MeasureRow[]
  open: MeasureRow[]
  causes: Awaited<ReturnType<typeof causesOf>>
  vacant: { unitZh: string; unitEn: string }[]
}

export async function viewMonth(ctx: Context, period: string): Promise<MonthDetails> {
  const month = await findMonth(ctx, period)
  const meeting = await findMeeting(ctx, period)
  return {
    month,
    departments: await departmentStates(ctx, month),
    report: await findReport(ctx, period),
    meeting,
    attendance: meeting ? await listAttendance(ctx, period) : [],
    decided: await listMeasures(ctx, { period }),
    open: await listMeasures(ctx, { open: true }),
    causes: await causesOf(ctx, period),
    vacant: await vacantPosts(ctx),
  }
}

async function findMeeting(ctx: Context, period: string): Promise<MonthDetails['meeting']> {
  const found = await ctx.db
    .selectFrom('complaints.meeting as m')
    .innerJoin('directory.person as c', 'c.id', 'm.chair_id')
    .innerJoin('directory.person as r', 'r.id', 'm.recorder_id')
    .select([
      'm.period',
      'm.planned_at',
      'm.place',
      'm.chair_id',
      'm.recorder_id',
      'm.began_at',
      'm.ended_at',
      'm.discussion',
      'm.minutes_no',
      'm.minutes',
      'm.recorder_signed_at',
      'm.chair_signed_at',
      'm.version',
      'c.name as chairName',
      'r.name as recorderName',
    ])
    .where('m.period', '=', period)
    .executeTakeFirst()
  return found ?? null
}

async function departmentStates(ctx: Context, month: Month): Promise<DepartmentState[]> {
  const { rows } = await sql<{
    department: Department
    unitId: string
    unitZh: string
    unitEn: string
    result: 'complete' | 'nil' | null
    by: string | null
    at: Temporal.Instant | null
  }>`select d.department, u.id as "unitId", u.name_zh as "unitZh", u.name_en as "unitEn", c.result, p.name as by, c.confirmed_at as at
    from complaints.desk d join directory.unit u on u.id = d.unit_id
    left join complaints.month_confirmation c on c.department = d.department and c.period = ${month.period}
    left join directory.person p on p.id = c.confirmed_by`.execute(ctx.db)
  return departments.map((department) => {
    const row = rows.find((one) => one.department === department)
    return {
      department,
      unitZh: row?.unitZh ?? null,
      unitEn: row?.unitEn ?? null,
      cases: month.figures?.byDepartment[department] ?? null,
      confirmed: row?.result && row.by && row.at ? { result: row.result, by: row.by, at: row.at } : null,
      mine: row !== undefined && may(ctx.actor, 'month.confirm', row.unitId),
    }
  })
}

/** Units without a head on the reader's day: shown in the attendance as vacant, counted as absent (R120). */
async function vacantPosts(ctx: Context): Promise<MonthDetails['vacant']> {
  const { rows } = await sql<{
    unitZh: string
    unitEn: string
  }>`select u.name_zh as "unitZh", u.name_en as "unitEn" from directory.unit u
    where u.kind in ('station', 'department') and not exists (select from directory.duty d where d.unit_id = u.id and d.role = 'unit_head'
      and d.valid @> ${dayOf(ctx.now).toString()}::date) order by u.code`.execute(ctx.db)
  return rows
}

export type MonthRow = {
  period: string
  status: Month['status']
  cutOff: string
  confirmBy: string
  reportBy: string
  meetingBy: string
  provisional: boolean
  cases: number | null
  confirmedCases: number | null
  served: number | null
  confirmations: number
  reportNo: string | null
  minutesNo: string | null
}

/** The bytes of the minutes that were signed; null before that. */
export async function signedMinutes(ctx: Context, period: string): Promise<Buffer | null> {
  const row = await ctx.db
    .selectFrom('complaints.meeting')
    .select('minutes_pdf')
    .where('period', '=', period)
    .executeTakeFirst()
  return row?.minutes_pdf ?? null
}

/** The newest months first, and since when there are any. */
export async function listMonths(
  ctx: Context,
  before?: string,
  most = 24,
): Promise<{ rows: MonthRow[]; since: Temporal.PlainDate | null; current: string }> {
  const { rows } =
    await sql<MonthRow>`select m.period, m.status, m.cut_off as "cutOff", m.confirm_by as "confirmBy", m.report_by as "reportBy",
      m.meeting_by as "meetingBy", m.provisional, (m.figures->>'cases')::int as cases, (m.figures->'confirmed'->>'total')::int as "confirmedCases",
      (m.figures->>'served')::int as served,
      (select count(*) from complaints.month_confirmation c where c.period = m.period)::int as confirmations,
      r.no as "reportNo", e.minutes_no as "minutesNo"
    from complaints.month m left join complaints.month_report r on r.period = m.period left join complaints.meeting e on e.period = m.period
    where ${before ?? null}::text is null or m.period < ${before ?? null} order by m.period desc limit ${most}`.execute(
      ctx.db,
    )
  return { rows, since: await institutionSince(ctx), current: periodOf(dayOf(ctx.now)) }
}

/** Leaders who may chair and officers who may keep the record. */
export async function meetingPeople(ctx: Context): Promise<{ chairs: Person[]; recorders: Person[] }> {
  const { rows } = await sql<
    Person & { role: string }
  >`select distinct p.id, p.name, p.police_no as "policeNo", d.role from directory.person p
    join directory.duty d on d.person_id = p.id and d.valid @> ${dayOf(ctx.now).toString()}::date
    where p.active and d.role in ('bureau_leader', 'complaint_officer') order by p.police_no`.execute(ctx.db)
  const of = (role: string) => rows.filter((row) => row.role === role)
  return { chairs: of('bureau_leader'), recorders: of('complaint_officer') }
}
export type Person = { id: string; name: string; policeNo: string }
