import { createHash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { ComplaintsMeeting } from '#platform/db/schema.ts'
import type { Minutes } from '#platform/documents/data/official.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { freeze } from '#platform/documents/frozen.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { minutesContent } from './minutes-content.ts'
import { publishMonth } from './publish-month.ts'
import { documentCode } from './sign-report.ts'

export type Meeting = Selectable<ComplaintsMeeting>
export type Topic = { topic: string; text: string[] }

/** Calls the month's meeting: a chair of the leadership, a recorder, and everybody whom R120 requires is put on the list. */
export async function callMeeting(
  ctx: Context,
  period: string,
  input: { plannedAt: Temporal.Instant; place: string; chairId: string; recorderId: string },
): Promise<void> {
  const place = words('place', input.place, 200)
  if (input.chairId === input.recorderId) throw invalid({ recorderId: 'other-than-chair' })
  const required = await requiredOn(ctx, dayOf(input.plannedAt))
  if (!required.some((one) => one.requiredAs === 'leader' && one.personId === input.chairId))
    throw invalid({ chairId: 'choose-one' })
  const made = await ctx.db
    .insertInto('complaints.meeting')
    .values({ period, planned_at: input.plannedAt, place, chair_id: input.chairId, recorder_id: input.recorderId })
    .onConflict((oc) => oc.column('period').doNothing())
    .returning('period')
    .execute()
  if (made.length === 0) throw new Problem(409, 'already-called')
  for (const one of required)
    await ctx.db
      .insertInto('complaints.attendance')
      .values({ period, person_id: one.personId, unit_id: one.unitId, required_as: one.requiredAs })
      .onConflict((oc) => oc.doNothing())
      .execute()
}

type Required = { personId: string; unitId: string; requiredAs: 'leader' | 'head' }

/** The leadership team and the head of every unit on a day (R120); whoever is both is required once, as a leader. */
async function requiredOn(ctx: Context, day: Temporal.PlainDate): Promise<Required[]> {
  const { rows } =
    await sql<Required>`select distinct on (d.person_id) d.person_id as "personId", d.unit_id as "unitId",
      case when d.role = 'bureau_leader' then 'leader' else 'head' end as "requiredAs"
    from directory.duty d join directory.person p on p.id = d.person_id and p.active
    where d.role in ('bureau_leader', 'unit_head') and d.valid @> ${day.toString()}::date
    order by d.person_id, (d.role <> 'bureau_leader')`.execute(ctx.db)
  return rows
}

async function lockMeeting(ctx: Context, period: string): Promise<Meeting> {
  const meeting = await ctx.db
    .selectFrom('complaints.meeting')
    .selectAll()
    .where('period', '=', period)
    .forUpdate()
    .executeTakeFirst()
  if (!meeting) throw notFound('meeting')
  if (meeting.chair_signed_at) throw new Problem(409, 'already-signed')
  return meeting
}

/** Present, a deputy in his place (who is not the head), on leave given by the chair, or absent (R120). */
export async function noteAttendance(
  ctx: Context,
  period: string,
  input: { personId: string; state: string; deputyId?: string; reason?: string },
): Promise<void> {
  const meeting = await lockMeeting(ctx, period)
  const state = (['present', 'deputy', 'leave', 'absent'] as const).find((known) => known === input.state)
  if (!state) throw invalid({ state: 'choose-one' })
  if (state === 'deputy' && (!input.deputyId || input.deputyId === input.personId))
    throw invalid({ deputyId: 'choose-one' })
  const reason = state === 'leave' ? words('reason', input.reason, 500) : null
  // Absence needs leave from the chair, who cannot give it to himself.
  if (state === 'leave' && (ctx.actor.personId !== meeting.chair_id || input.personId === meeting.chair_id))
    throw new Problem(403, 'chair-only')
  const noted = await ctx.db
    .updateTable('complaints.attendance')
    .set({
      state,
      deputy_id: state === 'deputy' ? (input.deputyId as string) : null,
      reason,
      leave_by: state === 'leave' ? meeting.chair_id : null,
      noted_at: ctx.now,
    })
    .where('period', '=', period)
    .where('person_id', '=', input.personId)
    .executeTakeFirst()
  if (noted.numUpdatedRows === 0n) throw notFound('attendance')
}

/** When it was held and what was said about each topic of the agenda. */
export async function writeMinutes(
  ctx: Context,
  period: string,
  input: { version: number; beganAt: Temporal.Instant; endedAt: Temporal.Instant; discussion: Topic[] },
): Promise<void> {
  const meeting = await lockMeeting(ctx, period)
  if (meeting.version !== input.version)
    throw new Problem(409, 'changed-meanwhile', { detail: { version: meeting.version } })
  if (Temporal.Instant.compare(input.endedAt, input.beganAt) <= 0) throw invalid({ endedAt: 'before-begin' })
  if (Temporal.Instant.compare(input.beganAt, ctx.now) > 0) throw invalid({ beganAt: 'in-the-future' })
  const discussion = input.discussion
    .map(({ topic, text }) => ({
      topic: words('discussion', topic, 100),
      text: text.map((line) => words('discussion', line, 2000)),
    }))
    .filter(({ text }) => text.length > 0)
  await ctx.db
    .updateTable('complaints.meeting')
    .set({
      began_at: input.beganAt,
      ended_at: input.endedAt,
      discussion: JSON.stringify(discussion),
      recorder_signed_at: null,
      version: meeting.version + 1,
    })
    .where('period', '=', period)
    .execute()
}

/**
 * The recorder signs, then the chair; with the chair's signature the minutes have their number, their bytes a digest, and
 * the month is over. Refused while somebody's attendance is not noted: an empty line is not "present".
 */
export async function signMinutes(
  ctx: Context,
  period: string,
  input: { version: number },
  documents: Pick<Documents, 'render'>,
): Promise<'recorder' | 'chair'> {
  const meeting = await lockMeeting(ctx, period)
  if (meeting.version !== input.version)
    throw new Problem(409, 'changed-meanwhile', { detail: { version: meeting.version } })
  if (!meeting.began_at) throw new Problem(409, 'minutes-missing')
  const open = await ctx.db
    .selectFrom('complaints.attendance')
    .select('person_id')
    .where('period', '=', period)
    .where('state', 'is', null)
    .execute()
  if (open.length > 0) throw new Problem(409, 'attendance-open', { detail: { open: open.length } })
  if (!meeting.recorder_signed_at) {
    if (ctx.actor.personId !== meeting.recorder_id) throw new Problem(403, 'recorder-first')
    await ctx.db
      .updateTable('complaints.meeting')
      .set({ recorder_signed_at: ctx.now, version: meeting.version + 1 })
      .where('period', '=', period)
      .execute()
    return 'recorder'
  }
  if (ctx.actor.personId !== meeting.chair_id) throw new Problem(403, 'chair-only')
  const year = dayOf(ctx.now).year
  const next = await sql<{ n: number }>`select platform.next_number(${`minutes-${year}`}) as n`.execute(ctx.db)
  const no = `${await documentCode(ctx)}纪要〔${year}〕${next.rows[0]?.n}号`
  const content: Minutes = await minutesContent(ctx, { ...meeting, chair_signed_at: ctx.now }, no)
  const bytes = await documents.render('minutes', content, ctx.now)
  await ctx.db
    .updateTable('complaints.meeting')
    .set({
      chair_signed_at: ctx.now,
      minutes_no: no,
      minutes: JSON.stringify(freeze(content)),
      minutes_digest: createHash('sha256').update(bytes).digest('hex'),
      minutes_pdf: Buffer.from(bytes),
      version: meeting.version + 1,
    })
    .where('period', '=', period)
    .execute()
  const met = await ctx.db
    .updateTable('complaints.month')
    .set({ status: 'met', version: sql`version + 1` })
    .where('period', '=', period)
    .where('status', '=', 'reported')
    .executeTakeFirst()
  if (met.numUpdatedRows > 0n) await publishMonth(ctx, period)
  return 'chair'
}
