import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type Actor, systemActor } from '#platform/actor.ts'
import { freshDatabase, testSecrets } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { createHouse } from '#platform/house.ts'
import { sweepMessages } from '#platform/notifications/deliver-messages.ts'
import { createFaultyGateway } from '#platform/notifications/faulty-gateway.ts'
import { acceptDelivery, acceptInbound } from '#platform/notifications/receive.ts'
import { grantsOf, type Permission, type Role } from '#policy/access/permissions.ts'
import { chinaCalendar } from '#policy/calendar/work-calendar.ts'
import { tokenContext } from './link.ts'
import type { CallbackPorts } from './ports.ts'
import { type NewCallback, scheduleCallback } from './schedule-callback.ts'
import { sweepCallback } from './worker.ts'

export const units = {
  bureau: '00000000-0000-4000-8000-00000000b000',
  stationA: '00000000-0000-4000-8000-00000000a000',
  stationB: '00000000-0000-4000-8000-00000000a001',
  desk: '00000000-0000-4000-8000-00000000d000',
}
const person = (n: number) => `00000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`

/** A person with one role for one unit, as the sign-in would build the actor. */
function actor(n: number, role: Role, unitId: string): Actor {
  const grants: Partial<Record<Permission, readonly string[]>> = {}
  for (const [permission, reach] of Object.entries(grantsOf[role])) {
    grants[permission as Permission] = reach === 'bureau' ? ['*'] : [unitId]
  }
  const homeUnits = unitId === units.bureau ? [unitId] : [unitId, units.bureau]
  return {
    kind: 'person',
    personId: person(n),
    name: `人${n}`,
    policeNo: `J${1000 + n}`,
    unitId,
    homeUnits,
    roles: [role],
    grants,
  }
}

export const people = {
  officer: actor(1, 'window_officer', units.stationA),
  colleague: actor(2, 'window_officer', units.stationA),
  chief: actor(3, 'window_chief', units.stationA),
  head: actor(4, 'unit_head', units.stationA),
  desk: actor(5, 'supervision_officer', units.desk),
  /** Seconded to the desk, but at home in the rated station. */
  deskOfStationA: actor(6, 'supervision_officer', units.stationA),
  leader: actor(7, 'bureau_leader', units.bureau),
  officerB: actor(8, 'window_officer', units.stationB),
}

export const citizen = '13900000001'

/** A bureau with two stations and a desk, a gateway that works, and what supervision was told. */
export async function callbackWorld(t: TestContext, at = '2026-11-23T02:00:00Z') {
  const db = await freshDatabase(t, at)
  await arrange(db.admin)
  const faulty = createFaultyGateway({ seed: 1, swallow: 0, refuse: 0, lose: 0 })
  const told = {
    orders: [] as Parameters<CallbackPorts['openOrder']>[1][],
    opinions: [] as object[],
    consents: [] as object[],
  }
  const ports: CallbackPorts = {
    async openOrder(_ctx, order) {
      told.orders.push(order)
      return { id: randomUUID(), no: 'D1', dueOn: Temporal.PlainDate.from('2026-11-26') }
    },
    recordSecondOpinion: async (_ctx, opinion) => void told.opinions.push(opinion),
    noteConsent: async (_ctx, note) => void told.consents.push(note),
  }
  const publicPool = openPool(db.publicUrl, 2)
  t.after(() => publicPool.end())
  const publicHouse = createHouse({
    pool: publicPool,
    clock: db.clock,
    calendar: chinaCalendar,
    seal: db.house.seal,
    actorKey: testSecrets.actorKey,
    codeKey: Buffer.alloc(32, 9),
    queueOn: () => ({ send: () => Promise.reject(new Error('the internet side sends no jobs')) }),
  })

  /** A matter finished now at station A, and its question. Returns the call-back's id. */
  async function finish(more: Partial<NewCallback> = {}, by: Actor = people.officer): Promise<string> {
    const matterId = await insertMatter(db.admin, by, db.clock.now())
    const input: NewCallback = {
      purpose: 'satisfaction',
      subjectId: matterId,
      round: 1,
      matterId,
      officerId: by.personId!,
      unitId: by.unitId!,
      counterId: null,
      itemCode: null,
      finishedAt: db.clock.now(),
      phone: citizen,
      ...more,
    }
    await db.as(by, (ctx) => scheduleCallback(ctx, input))
    const { rows } = await db.admin.query('select id from callback.callback where purpose = $1 and subject_id = $2', [
      input.purpose,
      input.subjectId,
    ])
    return rows[0].id as string
  }

  async function carry(receipts: 'delivered' | 'failed' | 'none' = 'delivered'): Promise<void> {
    await sweepCallback(db.house, ports)
    await sweepMessages({ house: db.house, gateway: faulty.gateway })
    for (const { id } of faulty.takeReceipts()) {
      if (receipts !== 'none') await db.as(systemActor, (ctx) => acceptDelivery(ctx, { id, state: receipts }))
    }
    await sweepCallback(db.house, ports)
  }

  let replies = 0
  /** The citizen writes; the message is kept and read. */
  async function reply(text: string, phone = citizen): Promise<void> {
    replies += 1
    await db.as(systemActor, (ctx) => acceptInbound(ctx, { ref: `g-${replies}`, phone, text }))
    await sweepCallback(db.house, ports)
  }

  async function row(id: string) {
    const { rows } = await db.admin.query(
      `select c.*, r.level, r.rated_at, r.officer_id as rated_officer from callback.callback c
       left join callback.rating r on r.callback_id = c.id where c.id = $1`,
      [id],
    )
    return rows[0]
  }

  async function tokenOf(id: string): Promise<string> {
    return db.house.seal.open((await row(id)).token_sealed, tokenContext(id))
  }

  const wait = (duration: string) =>
    db.clock.set(db.clock.now().toZonedDateTimeISO('Asia/Shanghai').add(duration).toInstant())
  const textsTo = (phone = citizen) => faulty.texts.filter((text) => text.phone === phone).map((text) => text.body)
  return { ...db, db, faulty, told, ports, publicHouse, finish, carry, reply, row, tokenOf, wait, textsTo }
}

export type CallbackWorld = Awaited<ReturnType<typeof callbackWorld>>

type Admin = Awaited<ReturnType<typeof freshDatabase>>['admin']

async function arrange(admin: Admin): Promise<void> {
  const rows: [string, string, string, string | null][] = [
    [units.bureau, 'TEST00', 'bureau', null],
    [units.stationA, 'TEST01', 'station', units.bureau],
    [units.stationB, 'TEST02', 'station', units.bureau],
    [units.desk, 'TEST03', 'department', units.bureau],
  ]
  for (const [id, code, kind, parent] of rows) {
    await admin.query(
      'insert into directory.unit (id, code, kind, name_zh, name_en, parent_id) values ($1, $2, $3, $2, $2, $4)',
      [id, code, kind, parent],
    )
  }
  for (const one of Object.values(people)) {
    await admin.query('insert into directory.person (id, police_no, name, unit_id) values ($1, $2, $3, $4)', [
      one.personId,
      one.policeNo,
      one.name,
      one.unitId,
    ])
  }
  await admin.query(
    `insert into platform.setting values ('bureau', '{"nameZh":"测试分局","siteUrl":"https://jm.example"}', now())`,
  )
}

export async function insertMatter(admin: Admin, by: Actor, at: Temporal.Instant): Promise<string> {
  const id = randomUUID()
  await admin.query(
    `insert into service_window.matter (id, no, unit_id, first_officer_id, received_at, handling_unit_id, applicant_name, request,
       query_code_hash, query_code_sealed, status, finished_at)
     values ($1::uuid, $1::text, $2, $3, $4, $2, '张三', '补领居民身份证', $1::text, 'x', 'withdrawn', $4)`,
    [id, by.unitId, by.personId, at.toString()],
  )
  return id
}
