import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { ComplaintsRetaliationAct } from '#platform/db/schema.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { watchAct } from '#policy/complaints/retaliation.ts'

type ActRow = {
  case_id: string
  submission_id: string
  received_at: Temporal.Instant
  act: ComplaintsRetaliationAct
  subject_id: string
  person_id: string
  unit_id: string
  units: string[]
  happened_at: Temporal.Instant
  accused_persons: string[]
  accused_units: string[]
}

const batch = 500

/** What the accused or his unit did to somebody after he complained: shown to discipline inspection once (art. 46). */
export async function sweepRetaliation(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  // Two years cover every window that may still run; the rule itself knows the twelve months.
  const since = ctx.now.subtract({ hours: 24 * 731 })
  const { rows } = await sql<ActRow>`select * from complaints.acts_after(${since}, ${batch})`.execute(ctx.db)
  let raised = 0
  for (const row of rows) {
    const seen = watchAct(
      {
        complainantId: row.submission_id,
        receivedAt: row.received_at,
        accusedPersons: row.accused_persons,
        accusedUnits: row.accused_units,
      },
      {
        kind: row.act,
        towards: row.submission_id,
        at: row.happened_at,
        actorId: row.person_id,
        actorUnits: row.units,
        onHisRequest: false,
      },
    )
    if (!seen.flagged) continue
    const done = await ctx.db
      .insertInto('complaints.retaliation_flag')
      .values({
        id: randomUUID(),
        case_id: row.case_id,
        submission_id: row.submission_id,
        act: row.act,
        subject_id: row.subject_id,
        person_id: row.person_id,
        unit_id: row.unit_id,
        happened_at: row.happened_at,
        raised_at: ctx.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    raised += Number(done.numInsertedOrUpdatedRows ?? 0n)
  }
  return raised
}

export type RetaliationFlag = {
  id: string
  caseId: string
  caseNo: string
  act: ComplaintsRetaliationAct
  personName: string
  policeNo: string
  unitZh: string
  unitEn: string
  happenedAt: Temporal.Instant
  raisedAt: Temporal.Instant
  examinedBy: string | null
  examinedAt: Temporal.Instant | null
  examination: string | null
}

/** Flags, those nobody has examined first. The database keeps them from the accused, whatever his duty. */
export async function listFlags(ctx: Context, most = 200): Promise<RetaliationFlag[]> {
  const { rows } = await sql<RetaliationFlag>`
    select f.id, f.case_id as "caseId", c.no as "caseNo", f.act, p.name as "personName", p.police_no as "policeNo", u.name_zh as "unitZh",
      u.name_en as "unitEn", f.happened_at as "happenedAt", f.raised_at as "raisedAt", e.name as "examinedBy", f.examined_at as "examinedAt",
      f.examination
    from complaints.retaliation_flag f join complaints.case c on c.id = f.case_id
    join directory.person p on p.id = f.person_id join directory.unit u on u.id = f.unit_id
    left join directory.person e on e.id = f.examined_by
    order by f.examined_at is not null, f.raised_at desc, f.id limit ${most}`.execute(ctx.db)
  return rows
}

/** What discipline inspection found out about an act. A flag accuses nobody; its examination is written once. */
export async function examineFlag(ctx: Context, id: string, input: { examination: string }): Promise<void> {
  const flag = await ctx.db
    .selectFrom('complaints.retaliation_flag')
    .select(['id', 'examined_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!flag) throw notFound('flag')
  if (flag.examined_at) throw new Problem(409, 'already-decided')
  const examination = words('examination', input.examination, 2000)
  await ctx.db
    .updateTable('complaints.retaliation_flag')
    .set({ examined_by: ctx.actor.personId, examined_at: ctx.now, examination })
    .where('id', '=', id)
    .execute()
}
