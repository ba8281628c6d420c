import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { loadActor } from '#modules/directory/index.ts'
import type { Actor } from '#platform/actor.ts'
import { dayOf } from '#platform/context.ts'
import { freshDatabase, systemActor } from '#platform/db/fresh-database.ts'
import { type OpenOrder, openOrder } from './open-order.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const unit = { bureau: id(1), station: id(2), window: id(3), other: id(4), brigade: id(5), squad: id(6) }
export const person = {
  /** Serves at the window of the rated station; its head; a supervision officer who sits in that station. */
  rated: id(11),
  head: id(12),
  misplaced: id(13),
  /** The desk. */
  zhou: id(21),
  wu: id(22),
  /** Leads the bureau; leads the rated station for the bureau. */
  leader: id(31),
  inCharge: id(32),
  stranger: id(41),
}

const units: [string, string, string, string | null][] = [
  [unit.bureau, 'BUREAU', 'bureau', null],
  [unit.station, 'STATION', 'station', unit.bureau],
  [unit.window, 'WINDOW', 'window_unit', unit.station],
  [unit.other, 'OTHER', 'station', unit.bureau],
  [unit.brigade, 'BRIGADE', 'department', unit.bureau],
  [unit.squad, 'SQUAD', 'department', unit.brigade],
]

const people: [string, string, string, string, [role: string, unit: string][]][] = [
  [person.rated, '100011', '刘洋', unit.window, [['window_officer', unit.window]]],
  [person.head, '100012', '陈刚', unit.station, [['unit_head', unit.station]]],
  [person.misplaced, '100013', '何静', unit.station, [['supervision_officer', unit.station]]],
  [person.zhou, '200021', '周敏', unit.brigade, [['supervision_officer', unit.brigade]]],
  [person.wu, '200022', '吴迪', unit.brigade, [['supervision_officer', unit.brigade]]],
  [person.leader, '300031', '郑国强', unit.bureau, [['bureau_leader', unit.bureau]]],
  [person.inCharge, '300032', '孙立新', unit.bureau, [['bureau_leader', unit.station]]],
  [person.stranger, '400041', '钱多', unit.other, [['window_officer', unit.other]]],
]

/** A bureau with a rated station, a desk beside it and leaders above it. */
export async function desk(t: TestContext, at = '2026-11-20T02:00:00Z') {
  const db = await freshDatabase(t, at)
  for (const [unitId, code, kind, parent] of units) {
    await db.admin.query(
      'insert into directory.unit (id, code, kind, name_zh, name_en, parent_id) values ($1, $2, $3, $4, $4, $5)',
      [unitId, code, kind, `${code}所`, parent],
    )
  }
  for (const [personId, policeNo, name, unitId, duties] of people) {
    await db.admin.query('insert into directory.person (id, police_no, name, unit_id) values ($1, $2, $3, $4)', [
      personId,
      policeNo,
      name,
      unitId,
    ])
    for (const [role, dutyUnit] of duties) {
      await db.admin.query(
        `insert into directory.duty (person_id, role, unit_id, valid) values ($1, $2, $3, '[2020-01-01,)')`,
        [personId, role, dutyUnit],
      )
    }
  }

  const actor = async (personId: string): Promise<Actor> => {
    const found = await loadActor(db.admin, personId, dayOf(db.clock.now()))
    if (!found) throw new Error(`no actor ${personId}`)
    return found
  }
  const source = (more: Partial<OpenOrder> = {}): OpenOrder => ({
    sourceKind: 'callback',
    sourceId: randomUUID(),
    concernedPersonId: person.rated,
    concernedUnitId: unit.window,
    problem: '等候时间太长，说法前后不一致',
    startedAt: db.clock.now(),
    contactConsent: null,
    ...more,
  })
  const open = (more: Partial<OpenOrder> = {}) => db.as(systemActor, (ctx) => openOrder(ctx, source(more)))
  const row = async (orderId: string) =>
    (await db.admin.query('select * from supervision.order where id = $1', [orderId])).rows[0]
  const stepsOf = async (orderId: string): Promise<string[]> =>
    (
      await db.admin.query('select kind from supervision.step where order_id = $1 order by at, seq', [orderId])
    ).rows.map((step) => step.kind)
  const ledger = async () => (await db.admin.query('select * from standing.entry order by recorded_at, kind')).rows
  const setClock = (china: string) => db.clock.set(Temporal.Instant.from(`${china}+08:00`))
  return { ...db, actor, source, open, row, stepsOf, ledger, setClock }
}

export type Desk = Awaited<ReturnType<typeof desk>>
