import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { ReportedMeasure } from '#platform/documents/data/official.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'

export type MeasureRow = {
  id: string
  period: string
  text: string
  unitId: string
  unitZh: string
  unitEn: string
  dueOn: string
  status: 'open' | 'done' | 'dropped'
  evaluation: string | null
  progress: string | null
  progressAt: Temporal.Instant | null
  version: number
}

/** A countermeasure decided at the month's meeting: a unit, a day, carried to every next agenda until evaluated (R122). */
export async function decideMeasure(
  ctx: Context,
  period: string,
  input: { text: string; unitId: string; dueOn: string },
): Promise<string> {
  const text = words('text', input.text, 1000)
  const unit = await ctx.db.selectFrom('directory.unit').select('id').where('id', '=', input.unitId).executeTakeFirst()
  if (!unit) throw invalid({ unitId: 'choose-one' })
  const due = dayTyped(input.dueOn)
  if (!due) throw invalid({ dueOn: 'date-unclear' })
  if (Temporal.PlainDate.compare(due, dayOf(ctx.now)) < 0) throw invalid({ dueOn: 'in-the-past' })
  const id = randomUUID()
  await ctx.db
    .insertInto('complaints.measure')
    .values({
      id,
      period,
      text,
      unit_id: unit.id,
      due_on: due.toString(),
      decided_by: ctx.actor.personId as string,
      decided_at: ctx.now,
    })
    .execute()
  return id
}

function dayTyped(typed: string): Temporal.PlainDate | null {
  try {
    const day = Temporal.PlainDate.from(typed.trim(), { overflow: 'reject' })
    return day.year >= 2000 && day.year <= 2100 ? day : null
  } catch {
    return null
  }
}

/** What the unit has done so far; whoever keeps the month may write it for the unit. */
export async function reportProgress(ctx: Context, id: string, typed: string): Promise<void> {
  const text = words('progress', typed, 2000)
  const measure = await ctx.db
    .selectFrom('complaints.measure')
    .select(['status', 'unit_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!measure) throw notFound('measure')
  if (!may(ctx.actor, 'month.keep') && !may(ctx.actor, 'standing.read', measure.unit_id))
    throw new Problem(403, 'not-permitted')
  if (measure.status !== 'open') throw new Problem(409, 'already-evaluated')
  await ctx.db
    .insertInto('complaints.measure_progress')
    .values({ measure_id: id, text, reported_by: ctx.actor.personId as string, reported_at: ctx.now })
    .execute()
}

/** Done or dropped, with words: that its day has passed is not enough to take it off the agenda (R122). */
export async function evaluateMeasure(
  ctx: Context,
  id: string,
  input: { version: number; status: string; evaluation: string },
): Promise<void> {
  const evaluation = words('evaluation', input.evaluation, 1000)
  if (input.status !== 'done' && input.status !== 'dropped') throw invalid({ status: 'choose-one' })
  const measure = await ctx.db
    .selectFrom('complaints.measure')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!measure) throw notFound('measure')
  if (measure.status !== 'open') throw new Problem(409, 'already-evaluated')
  if (measure.version !== input.version)
    throw new Problem(409, 'changed-meanwhile', { detail: { version: measure.version } })
  await ctx.db
    .updateTable('complaints.measure')
    .set({
      status: input.status,
      evaluation,
      evaluated_by: ctx.actor.personId,
      evaluated_at: ctx.now,
      version: measure.version + 1,
    })
    .where('id', '=', id)
    .execute()
}

/** `open`: everything not evaluated yet, of whatever month; `period`: what one meeting decided. */
export async function listMeasures(ctx: Context, wanted: { open: true } | { period: string }): Promise<MeasureRow[]> {
  const where = 'open' in wanted ? sql`m.status = 'open'` : sql`m.period = ${wanted.period}`
  const { rows } =
    await sql<MeasureRow>`select m.id, m.period, m.text, m.unit_id as "unitId", u.name_zh as "unitZh", u.name_en as "unitEn",
      m.due_on as "dueOn", m.status, m.evaluation, p.text as progress, p.reported_at as "progressAt", m.version
    from complaints.measure m join directory.unit u on u.id = m.unit_id
    left join lateral (select text, reported_at from complaints.measure_progress p where p.measure_id = m.id order by reported_at desc limit 1) p on true
    where ${where} order by m.due_on, m.id limit 200`.execute(ctx.db)
  return rows
}

/** The open measures as the report and the minutes print them. */
export async function reportedMeasures(ctx: Context, today: Temporal.PlainDate): Promise<ReportedMeasure[]> {
  const open = await listMeasures(ctx, { open: true })
  return open.map((row) => ({
    text: row.text,
    unit: row.unitZh,
    due: Temporal.PlainDate.from(row.dueOn),
    state: stateZh(row, today),
    open: true,
    ...(row.progress && { progress: row.progress }),
  }))
}

function stateZh(row: MeasureRow, today: Temporal.PlainDate): string {
  const late = Temporal.PlainDate.from(row.dueOn).until(today, { largestUnit: 'days' }).days
  if (late > 0) return `逾期${late}日`
  return row.progress ? '推进中' : '未报进展'
}
