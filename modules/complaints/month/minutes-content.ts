import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { Minutes } from '#platform/documents/data/official.ts'
import { bureauOf } from '#platform/settings.ts'
import { type AgendaItem, agenda } from '#policy/complaints/meeting.ts'
import { listMeasures, reportedMeasures } from './measures.ts'
import type { Meeting, Topic } from './meeting.ts'

/** The agenda of every meeting, in its fixed order (policy/complaints/meeting.ts). The minutes are written in Chinese. */
const agendaWords: Record<AgendaItem, { zh: string; en: string }> = {
  open_measures: { zh: '上次例会工作对策落实情况', en: 'Measures of the last meeting' },
  month_figures: { zh: '当月信访投诉情况通报', en: 'The month’s figures' },
  cases_and_causes: { zh: '案件成因分析', en: 'Cases and causes' },
  early_warnings: { zh: '预警单位情况', en: 'Early warnings' },
  deductions_not_done: { zh: '逾期未扣分情况', en: 'Deductions not done' },
  new_measures: { zh: '研究工作对策', en: 'New measures' },
}

export function agendaTopics(lang: 'zh' | 'en'): string[] {
  return agenda.map((item) => agendaWords[item][lang])
}

export type AttendanceRow = {
  personId: string
  name: string
  unitId: string
  unitZh: string
  unitEn: string
  requiredAs: 'leader' | 'head'
  state: 'present' | 'deputy' | 'leave' | 'absent' | null
  deputyName: string | null
  reason: string | null
  leaveByName: string | null
}

export async function listAttendance(ctx: Context, period: string): Promise<AttendanceRow[]> {
  const { rows } =
    await sql<AttendanceRow>`select a.person_id as "personId", p.name, a.unit_id as "unitId", u.name_zh as "unitZh", u.name_en as "unitEn",
      a.required_as as "requiredAs", a.state, d.name as "deputyName", a.reason, l.name as "leaveByName"
    from complaints.attendance a join directory.person p on p.id = a.person_id join directory.unit u on u.id = a.unit_id
    left join directory.person d on d.id = a.deputy_id left join directory.person l on l.id = a.leave_by
    where a.period = ${period} order by (a.required_as <> 'leader'), u.code, p.police_no`.execute(ctx.db)
  return rows
}

/** The minutes' data (R119–R122): who was there as what, what was said, what was decided for whom until when. */
export async function minutesContent(ctx: Context, meeting: Meeting, no: string): Promise<Minutes> {
  const bureau = await bureauOf(ctx)
  const people = await listAttendance(ctx, meeting.period)
  const names = new Map(
    (
      await ctx.db
        .selectFrom('directory.person')
        .select(['id', 'name'])
        .where('id', 'in', [meeting.chair_id, meeting.recorder_id])
        .execute()
    ).map((person) => [person.id, person.name]),
  )
  const post = (row: AttendanceRow) => (row.requiredAs === 'leader' ? '分局领导' : `${row.unitZh}主要负责人`)
  const of = (state: AttendanceRow['state'], as?: AttendanceRow['requiredAs']) =>
    people.filter((row) => row.state === state && (!as || row.requiredAs === as))
  const attendee = (row: AttendanceRow) => ({ name: row.name, post: post(row) })
  const decided = await listMeasures(ctx, { period: meeting.period })
  const day = dayOf(meeting.began_at ?? ctx.now)
  const open = await reportedMeasures(ctx, day)
  const here = new Set(decided.map((measure) => measure.text))
  return {
    head: {
      mark: `${bureau.nameZh}信访投诉案件分析例会纪要`,
      number: no,
      office: `${bureau.nameZh}信访科`,
      date: day,
      imprint: { copiesTo: ['分局领导班子成员，各单位'], office: `${bureau.nameZh}信访科`, printedOn: dayOf(ctx.now) },
    },
    period: { month: Temporal.PlainYearMonth.from(meeting.period) },
    meeting: {
      from: meeting.began_at ?? meeting.planned_at,
      ...(meeting.ended_at && { until: meeting.ended_at }),
      place: meeting.place,
      chair: { name: names.get(meeting.chair_id) ?? '', post: '主持人' },
      recorder: { name: names.get(meeting.recorder_id) ?? '', post: '记录人' },
    },
    attendance: {
      leaders: of('present', 'leader').map(attendee),
      heads: of('present', 'head').map(attendee),
      deputies: of('deputy').map((row) => ({ name: row.deputyName ?? '', post: `${row.unitZh}`, inPlaceOf: row.name })),
      leave: of('leave').map((row) => ({
        ...attendee(row),
        reason: row.reason ?? '',
        approvedBy: row.leaveByName ?? '',
      })),
      absent: of('absent').map(attendee),
      observers: [],
    },
    agenda: agendaTopics('zh'),
    lastMeasures: open.filter((measure) => !here.has(measure.text)),
    discussion: meeting.discussion as unknown as Topic[],
    decisions: decided.map((measure) => ({
      text: measure.text,
      unit: measure.unitZh,
      due: Temporal.PlainDate.from(measure.dueOn),
    })),
    openMeasures: open,
    ...(meeting.chair_signed_at &&
      meeting.recorder_signed_at && {
        signed: { chairAt: meeting.chair_signed_at, recorderAt: meeting.recorder_signed_at },
      }),
  }
}
