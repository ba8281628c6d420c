import { type RawBuilder, sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { Status } from '#policy/service-window/lifecycle.ts'
import type { Period } from './period.ts'

/** Every figure whose matters can be listed; a rate lists what stands under its line. */
export const listable = [
  'received',
  'accepted',
  'completed',
  'completed_on_time',
  'completed_late',
  'refused',
  'transferred',
  'withdrawn',
  'lapsed',
  'notice_first',
  'notice_later',
  'second_visit',
  'done_by_visit_2',
  'done_later',
  'third_visits',
  'overdue_now',
] as const
export type Listable = (typeof listable)[number]

export type CountedMatter = {
  id: string
  no: string
  itemZh: string | null
  itemEn: string | null
  status: Status
  unitId: string
  officerName: string
  /** When it was counted. */
  at: Temporal.Instant
  dueOn: string | null
  finishedAt: Temporal.Instant | null
  visits: number
  /** Of a third visit. */
  cause: string | null
}

/** Where the last page ended: the moment as the database writes it, the row's id, and the visit's number. */
export type CountedCursor = { key: string; id: string; n: number }

type Kind = { at: RawBuilder<unknown>; id: RawBuilder<unknown>; from: RawBuilder<unknown>; n: RawBuilder<unknown> }

const finished: Kind = kind('m.finished_at')
const accepted: Kind = kind('m.accepted_at')
const late = sql`m.due_on < (m.finished_at at time zone 'Asia/Shanghai')::date`

/** The very matters that a figure of the counter counts, newest first, as far as the reader may see matters. */
export async function listCounted(
  ctx: Context,
  about: Period & { of: Listable; unitIds: readonly string[] },
  after: CountedCursor | null,
  most = 50,
): Promise<{ rows: CountedMatter[]; next: CountedCursor | null }> {
  const size = Math.min(most, 200)
  const { kind: k, where } = definition(ctx, about.of)
  const past = after
    ? sql`and (${k.at}, ${k.id}, ${k.n}) < (${after.key}::timestamptz, ${after.id}::uuid, ${after.n}::int)`
    : sql``
  const inPeriod =
    about.of === 'overdue_now'
      ? sql`m.handling_unit_id = any (${[...about.unitIds]}::uuid[])`
      : sql`m.unit_id = any (${[...about.unitIds]}::uuid[])
          and ${k.at} >= ${about.from.toString()}::timestamp at time zone 'Asia/Shanghai'
          and ${k.at} < ${about.until.toString()}::timestamp at time zone 'Asia/Shanghai'`
  const found = await sql<CountedMatter & { key: string; rowId: string; n: number }>`
    select p.*, i.content->'name'->>'zh' as "itemZh", i.content->'name'->>'en' as "itemEn", f.name as "officerName" from (
      select m.id, m.no, m.status, m.unit_id as "unitId", m.first_officer_id, m.item_version_id, m.due_on as "dueOn",
        m.finished_at as "finishedAt", m.visits, ${k.at} as at, ${k.at}::text as key, ${k.id} as "rowId", ${k.n} as n,
        ${about.of === 'third_visits' ? sql`x.cause::text` : sql`null`} as cause
      from ${k.from} where ${where} and ${inPeriod} ${past} order by ${k.at} desc, ${k.id} desc, ${k.n} desc limit ${size + 1}
    ) p left join registration.item_version i on i.id = p.item_version_id join directory.person f on f.id = p.first_officer_id
    order by p.at desc, p."rowId" desc, p.n desc`.execute(ctx.db)
  const last = found.rows[size - 1]
  const next = found.rows.length > size && last ? { key: last.key, id: last.rowId, n: last.n } : null
  return { rows: found.rows.slice(0, size), next }
}

/** How many there are by unit, counted from the matters: what the recount compares. */
export function countedBy(ctx: Context, of: Listable): { kind: Kind; where: RawBuilder<unknown> } {
  return definition(ctx, of)
}

function kind(at: string): Kind {
  return { at: sql.raw(at), id: sql`m.id`, n: sql`0::int`, from: sql`service_window.matter m` }
}

function definition(ctx: Context, of: Listable): { kind: Kind; where: RawBuilder<unknown> } {
  const today = sql`${dayOf(ctx.now).toString()}::date`
  const notice: Kind = {
    at: sql`x.issued_at`,
    id: sql`x.id`,
    n: sql`x.sequence`,
    from: sql`service_window.notice x join service_window.matter m on m.id = x.matter_id`,
  }
  const visit: Kind = {
    at: sql`x.at`,
    id: sql`x.matter_id`,
    n: sql`x.no`,
    from: sql`service_window.visit x join service_window.matter m on m.id = x.matter_id`,
  }
  const all: Record<Listable, { kind: Kind; where: RawBuilder<unknown> }> = {
    received: { kind: kind('m.received_at'), where: sql`true` },
    accepted: { kind: accepted, where: sql`m.accepted_at is not null` },
    completed: { kind: finished, where: sql`m.status = 'completed'` },
    completed_on_time: { kind: finished, where: sql`m.status = 'completed' and (${late}) is not true` },
    completed_late: { kind: finished, where: sql`m.status = 'completed' and ${late}` },
    refused: { kind: finished, where: sql`m.status = 'refused'` },
    transferred: { kind: finished, where: sql`m.status = 'transferred'` },
    withdrawn: { kind: finished, where: sql`m.status = 'withdrawn'` },
    lapsed: { kind: finished, where: sql`m.status = 'lapsed'` },
    notice_first: { kind: notice, where: sql`x.status = 'issued' and x.sequence = 1` },
    notice_later: { kind: notice, where: sql`x.status = 'issued' and x.sequence > 1` },
    second_visit: { kind: accepted, where: sql`m.accepted_at is not null and m.visits >= 2` },
    done_by_visit_2: { kind: accepted, where: sql`m.accepted_at is not null and m.visits = 2` },
    done_later: { kind: accepted, where: sql`m.accepted_at is not null and m.visits > 2` },
    third_visits: { kind: visit, where: sql`x.no >= 3` },
    overdue_now: { kind: accepted, where: sql`m.status = 'accepted' and m.due_on < ${today}` },
  }
  return all[of]
}
