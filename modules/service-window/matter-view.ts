import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Action, possible, type Status } from '#policy/service-window/lifecycle.ts'
import { findMatter, type Matter, standingTo } from './matter-store.ts'
import type { NoticeContent } from './notice-content.ts'

export type BatonRow = {
  no: number
  fromName: string | null
  toName: string
  toId: string
  reason: string
  offeredAt: Temporal.Instant
  receiptAt: Temporal.Instant | null
  declinedAt: Temporal.Instant | null
  declineReason: string | null
}
export type VisitRow = {
  no: number
  at: Temporal.Instant
  officerName: string
  unitZh: string
  unitEn: string
  counterNo: string | null
  cause: string | null
}
export type NoticeRow = {
  id: string
  sequence: number
  no: string | null
  status: 'requested' | 'rejected' | 'issued'
  cause: string | null
  causeNote: string | null
  requestedBy: string
  requestedByName: string
  requestedAt: Temporal.Instant
  decidedByName: string | null
  decisionNote: string | null
  issuedAt: Temporal.Instant | null
  content: NoticeContent | null
  signature: string | null
  signedAt: Temporal.Instant | null
  visitNo: number
}
export type ExtensionRow = {
  days: number
  reason: string
  requestedBy: string
  requestedByName: string
  requestedAt: Temporal.Instant
  approved: boolean | null
  decidedByName: string | null
  oldDueOn: string
  newDueOn: string | null
  toldHow: string | null
}

export type MatterView = {
  matter: Matter
  firstOfficer: { name: string; policeNo: string; phone: string }
  holder: { name: string; policeNo: string } | null
  unit: { zh: string; en: string }
  handlingUnit: { zh: string; en: string }
  visits: VisitRow[]
  batons: BatonRow[]
  notices: NoticeRow[]
  extension: ExtensionRow | null
  can: Action[]
  offeredToMe: boolean
}

/** Everything a screen shows of one matter, and what the reader may do with it. */
export async function viewMatter(ctx: Context, id: string): Promise<MatterView> {
  const matter = await findMatter(ctx, id)
  const [people, visits, batons, notices, extension] = await Promise.all([
    peopleOf(ctx, matter),
    visitsOf(ctx, id),
    batonsOf(ctx, id),
    noticesOf(ctx, id),
    extensionOf(ctx, id),
  ])
  return {
    matter,
    ...people,
    visits,
    batons,
    notices,
    extension,
    can: possible(matter.status as Status, standingTo(ctx, matter)),
    offeredToMe: batons.some((b) => b.toId === ctx.actor.personId && !b.receiptAt && !b.declinedAt),
  }
}

type People = Pick<MatterView, 'firstOfficer' | 'holder' | 'unit' | 'handlingUnit'>

async function peopleOf(ctx: Context, matter: Matter): Promise<People> {
  const found = await sql<People>`select
      jsonb_build_object('name', f.name, 'policeNo', f.police_no, 'phone', f.office_phone) as "firstOfficer",
      case when h.id is not null then jsonb_build_object('name', h.name, 'policeNo', h.police_no) end as holder,
      jsonb_build_object('zh', u.name_zh, 'en', u.name_en) as unit, jsonb_build_object('zh', hu.name_zh, 'en', hu.name_en) as "handlingUnit"
    from directory.person f left join directory.person h on h.id = ${matter.holder_id}
    join directory.unit u on u.id = ${matter.unit_id} join directory.unit hu on hu.id = ${matter.handling_unit_id}
    where f.id = ${matter.first_officer_id}`.execute(ctx.db)
  return found.rows[0] as People
}

async function visitsOf(ctx: Context, id: string): Promise<VisitRow[]> {
  const found =
    await sql<VisitRow>`select v.no, v.at, p.name as "officerName", u.name_zh as "unitZh", u.name_en as "unitEn", c.no as "counterNo", v.cause
    from service_window.visit v join directory.person p on p.id = v.officer_id join directory.unit u on u.id = v.unit_id
    left join directory.counter c on c.id = v.counter_id where v.matter_id = ${id} order by v.no`.execute(ctx.db)
  return found.rows
}

async function batonsOf(ctx: Context, id: string): Promise<BatonRow[]> {
  const found =
    await sql<BatonRow>`select b.no, f.name as "fromName", t.name as "toName", b.to_person_id as "toId", b.reason, b.offered_at as "offeredAt",
      b.receipt_at as "receiptAt", b.declined_at as "declinedAt", b.decline_reason as "declineReason"
    from service_window.baton b left join directory.person f on f.id = b.from_person_id join directory.person t on t.id = b.to_person_id
    where b.matter_id = ${id} order by b.no`.execute(ctx.db)
  return found.rows
}

export async function noticesOf(ctx: Context, id: string): Promise<NoticeRow[]> {
  const found =
    await sql<NoticeRow>`select n.id, n.sequence, n.no, n.status, n.cause, n.cause_note as "causeNote", n.requested_by as "requestedBy",
      r.name as "requestedByName", n.requested_at as "requestedAt", d.name as "decidedByName", n.decision_note as "decisionNote",
      n.issued_at as "issuedAt", n.content, n.signature, n.signed_at as "signedAt", n.visit_no as "visitNo"
    from service_window.notice n join directory.person r on r.id = n.requested_by left join directory.person d on d.id = n.decided_by
    where n.matter_id = ${id} order by n.sequence, n.requested_at`.execute(ctx.db)
  return found.rows
}

async function extensionOf(ctx: Context, id: string): Promise<ExtensionRow | null> {
  const found =
    await sql<ExtensionRow>`select e.days, e.reason, e.requested_by as "requestedBy", r.name as "requestedByName", e.requested_at as "requestedAt",
      e.approved, d.name as "decidedByName", e.old_due_on as "oldDueOn", e.new_due_on as "newDueOn", e.citizen_told_how as "toldHow"
    from service_window.extension e join directory.person r on r.id = e.requested_by left join directory.person d on d.id = e.decided_by
    where e.matter_id = ${id}`.execute(ctx.db)
  return found.rows[0] ?? null
}

export type Hold = { name: string; from: Temporal.Instant; until: Temporal.Instant | null }

/** The baton chain as holds without a gap: the first officer from the reception, each receiver from his receipt (b-13). */
export function holdsOf(view: Pick<MatterView, 'matter' | 'firstOfficer' | 'batons'>): Hold[] {
  const passed = view.batons.filter((b) => b.receiptAt !== null)
  const holds: Hold[] = [
    { name: view.firstOfficer.name, from: view.matter.received_at as Temporal.Instant, until: null },
  ]
  for (const baton of passed) {
    const last = holds.at(-1) as Hold
    last.until = baton.receiptAt
    holds.push({ name: baton.toName, from: baton.receiptAt as Temporal.Instant, until: null })
  }
  const last = holds.at(-1) as Hold
  last.until = view.matter.finished_at as Temporal.Instant | null
  return holds
}
