import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { StandingSlipStepKind } from '#platform/db/schema.ts'
import { notFound } from '#platform/problem.ts'
import { possibleForSlip, type SlipAction, type SlipStatus } from '#policy/standing/slip-lifecycle.ts'
import { type Slip, standingToSlip } from './slip-store.ts'

export type SlipLine = {
  postingId: string
  on: string
  caseNo: string
  factLine: string
  clause: string
  unitPoints: number
  officerPoints: number
}

export type SlipRow = {
  id: string
  no: string | null
  personName: string
  policeNo: string
  unitZh: string
  unitEn: string
  year: number
  nth: number
  status: SlipStatus
  draftedAt: Temporal.Instant
  serveDueOn: string
  serveOverdue: boolean
  talkDueOn: string | null
  talkOverdue: boolean
}

export type SlipStep = { kind: StandingSlipStepKind; at: Temporal.Instant; personName: string | null; text: string }

export type SlipDetails = {
  slip: Slip
  lines: SlipLine[]
  person: { name: string; policeNo: string; unitZh: string; unitEn: string }
  signedBy: string | null
  refusedBefore: string | null
  witness: string | null
  talkBy: string | null
  steps: SlipStep[]
  can: SlipAction[]
}

/** Slips that the reader may see; those that somebody has to do something about first. */
export async function listSlips(ctx: Context): Promise<SlipRow[]> {
  const found =
    await sql<SlipRow>`select s.id, s.no, p.name as "personName", p.police_no as "policeNo", u.name_zh as "unitZh", u.name_en as "unitEn", s.year, s.nth,
      s.status, s.drafted_at as "draftedAt", s.serve_due_on as "serveDueOn", s.serve_overdue_at is not null as "serveOverdue", s.talk_due_on as "talkDueOn",
      s.talk_overdue_at is not null as "talkOverdue"
    from standing.slip s join directory.person p on p.id = s.person_id join directory.unit u on u.id = s.unit_id
    where s.person_id is distinct from ${ctx.actor.personId}::uuid
    order by (s.status in ('draft', 'signed', 'refused')) desc, (s.status = 'served') desc, s.drafted_at desc, s.nth limit 500`.execute(
      ctx.db,
    )
  return found.rows
}

/** Slips to sign, serve or talk over, for the menu. */
export async function countOpenSlips(ctx: Context): Promise<number> {
  const found = await sql<{
    n: number
  }>`select count(*) as n from standing.slip where status in ('draft', 'signed', 'refused', 'served')`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}

export async function viewSlip(ctx: Context, id: string): Promise<SlipDetails> {
  const slip = await ctx.db.selectFrom('standing.slip').selectAll().where('id', '=', id).executeTakeFirst()
  if (!slip) throw notFound('slip')
  const people = await sql<Omit<SlipDetails, 'slip' | 'lines' | 'steps' | 'can'>>`select
      jsonb_build_object('name', p.name, 'policeNo', p.police_no, 'unitZh', u.name_zh, 'unitEn', u.name_en) as person,
      (select name from directory.person where id = ${slip.signed_by}::uuid) as "signedBy",
      (select name from directory.person where id = ${slip.refused_before}::uuid) as "refusedBefore",
      (select name from directory.person where id = ${slip.witness}::uuid) as witness,
      (select name from directory.person where id = ${slip.talk_by}::uuid) as "talkBy"
    from directory.person p join directory.unit u on u.id = ${slip.unit_id}::uuid where p.id = ${slip.person_id}::uuid`.execute(
    ctx.db,
  )
  const steps = await sql<SlipStep>`select s.kind, s.at, p.name as "personName", s.text from standing.slip_step s
    left join directory.person p on p.id = s.person_id where s.slip_id = ${id}::uuid order by s.seq`.execute(ctx.db)
  const [named] = people.rows
  if (!named) throw notFound('slip')
  return {
    slip,
    lines: slip.lines as unknown as SlipLine[],
    ...named,
    steps: steps.rows,
    can: possibleForSlip(slip.status, standingToSlip(ctx, slip)).filter(
      (action) => !(action === 'witness' && slip.refused_before === ctx.actor.personId),
    ),
  }
}

export type Information = {
  id: string
  slipId: string
  personName: string
  policeNo: string
  unitZh: string
  unitEn: string
  year: number
  nth: number
  withdrawn: boolean
  recordedAt: Temporal.Instant
  seenBy: string | null
  seenAt: Temporal.Instant | null
}

/** What discipline inspection was informed of: the fourth deduction of a year and those after it (A14). */
export async function listInformation(ctx: Context): Promise<Information[]> {
  const found =
    await sql<Information>`select i.id, s.id as "slipId", p.name as "personName", p.police_no as "policeNo", u.name_zh as "unitZh", u.name_en as "unitEn",
      s.year, s.nth, s.status = 'withdrawn' as withdrawn, i.recorded_at as "recordedAt", b.name as "seenBy", i.seen_at as "seenAt"
    from standing.information i join standing.slip s on s.id = i.slip_id join directory.person p on p.id = s.person_id
      join directory.unit u on u.id = s.unit_id left join directory.person b on b.id = i.seen_by
    order by i.recorded_at desc limit 500`.execute(ctx.db)
  return found.rows
}

/** Somebody of discipline inspection has taken note; the first one is on record. */
export async function noteInformation(ctx: Context, id: string): Promise<void> {
  const done = await ctx.db
    .updateTable('standing.information')
    .set({ seen_by: ctx.actor.personId, seen_at: ctx.now })
    .where('id', '=', id)
    .where('seen_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 1n) return
  const found = await ctx.db.selectFrom('standing.information').select('id').where('id', '=', id).executeTakeFirst()
  if (!found) throw notFound('information')
}
