import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { SupervisionStepKind } from '#platform/db/schema.ts'
import { type Action, possible } from '#policy/supervision/lifecycle.ts'
import { findOrder, type Order, standingTo } from './order-store.ts'

export type NamedPerson = { name: string; policeNo: string; phone: string }

export type OrderStep = {
  id: string
  round: number
  kind: SupervisionStepKind
  at: Temporal.Instant
  personName: string | null
  text: string
  detail: Record<string, unknown>
  /** Whom the step names: the new owner, the leader it went to. */
  toName: string | null
}

export type EvidenceRow = {
  id: string
  name: string
  mediaType: string
  size: number
  sha256: string
  addedByName: string
  addedAt: Temporal.Instant
}

export type OrderDetails = {
  order: Order
  unit: { zh: string; en: string }
  concernedPerson: NamedPerson | null
  owner: NamedPerson | null
  issuedBy: NamedPerson | null
  escalatedTo: NamedPerson | null
  steps: OrderStep[]
  evidence: EvidenceRow[]
  /** What the reader may do next. */
  can: Action[]
  isOwner: boolean
}

/** Everything a screen shows of one order. Whom it came from is not in it: there is no such column. */
export async function viewOrder(ctx: Context, id: string): Promise<OrderDetails> {
  const order = await findOrder(ctx, id)
  const by = standingTo(ctx, order)
  return {
    order,
    ...(await peopleOf(ctx, order)),
    steps: await stepsOf(ctx, id),
    evidence: await evidenceOf(ctx, id),
    can: possible(order.status, by),
    isOwner: by.includes('owner'),
  }
}

type People = Pick<OrderDetails, 'unit' | 'concernedPerson' | 'owner' | 'issuedBy' | 'escalatedTo'>

async function peopleOf(ctx: Context, order: Order): Promise<People> {
  const person = (id: string | null) =>
    sql`(select jsonb_build_object('name', p.name, 'policeNo', p.police_no, 'phone', p.office_phone)
      from directory.person p where p.id = ${id}::uuid)`
  const found = await sql<People>`select jsonb_build_object('zh', u.name_zh, 'en', u.name_en) as unit,
      ${person(order.concerned_person_id)} as "concernedPerson", ${person(order.owner_id)} as owner,
      ${person(order.issued_by)} as "issuedBy", ${person(order.escalated_to)} as "escalatedTo"
    from directory.unit u where u.id = ${order.concerned_unit_id}::uuid`.execute(ctx.db)
  return found.rows[0] as People
}

async function stepsOf(ctx: Context, id: string): Promise<OrderStep[]> {
  const found =
    await sql<OrderStep>`select s.id, s.round, s.kind, s.at, p.name as "personName", s.text, s.detail, t.name as "toName"
    from supervision.step s left join directory.person p on p.id = s.person_id
    left join directory.person t on t.id = coalesce(s.detail->>'ownerId', s.detail->>'to')::uuid
    where s.order_id = ${id}::uuid order by s.at, s.seq`.execute(ctx.db)
  return found.rows
}

async function evidenceOf(ctx: Context, id: string): Promise<EvidenceRow[]> {
  const found =
    await sql<EvidenceRow>`select e.id, e.name, e.media_type as "mediaType", e.size, e.sha256, p.name as "addedByName",
      e.added_at as "addedAt"
    from supervision.evidence e join directory.person p on p.id = e.added_by where e.order_id = ${id}::uuid order by e.added_at, e.id`.execute(
      ctx.db,
    )
  return found.rows
}
