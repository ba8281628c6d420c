import { createHash, randomUUID } from 'node:crypto'
import type { FreshDatabase } from '#platform/db/fresh-database.ts'
import { phoneContext } from '#platform/notifications/enqueue-message.ts'
import type { BureauFixture, PersonKey, UnitKey } from '#test/fixtures/bureau.ts'
import { idOf } from '#test/fixtures/bureau.ts'
import { complaintRows } from './complaint-rows.ts'
import { standingRows } from './standing-rows.ts'

/** Two of everything, one for each station, so that each row has somebody who may and somebody who may not see it. */
export type Rows = Record<
  'east' | 'west',
  { matter: string; notice: string; callback: string; answer: string; order: string; step: string; evidence: string }
> & { offered: string }

const sides = {
  east: ['eastWindow', 'officer', 'chief'],
  west: ['westWindow', 'westOfficer', 'westChief'],
} as const satisfies Record<string, readonly [UnitKey, PersonKey, PersonKey]>

export async function rowsOfBothStations(db: FreshDatabase, bureau: BureauFixture): Promise<Rows> {
  const east = await oneSide(db, bureau, 'east')
  const west = await oneSide(db, bureau, 'west')
  await entries(db, bureau)
  await standingRows(db, bureau)
  await complaintRows(db, bureau)
  await silentCallback(db, bureau, east.matter)
  // An east matter whose work is offered to a west officer: he alone may look before he takes it.
  const offered = await matter(db, bureau, 'east', 'offered')
  await db.admin.query(
    `insert into service_window.baton (matter_id, no, from_person_id, to_person_id, to_unit_id, reason, offered_at) values ($1, 1, $2, $3, $4, '协助', now())`,
    [offered, bureau.people.officer.id, bureau.people.westOfficer2.id, bureau.units.westWindow],
  )
  return { east, west, offered }
}

/** Asked and not answered: there is nothing from which a rating could come. */
async function silentCallback(db: FreshDatabase, bureau: BureauFixture, matterId: string): Promise<void> {
  await db.admin.query(
    `insert into callback.callback (id, purpose, subject_id, round, matter_id, officer_id, unit_id, finished_at, phone_sealed, phone_index, token_hash, token_sealed, send_after, state)
     values ($1, 'satisfaction', $2, 2, $2, $3, $4, now(), 'sealed', 'silent-silent', 'silent', 'sealed', now(), 'delivered')`,
    [idOf('silent callback'), matterId, bureau.people.officer.id, bureau.units.eastWindow],
  )
}

async function matter(db: FreshDatabase, bureau: BureauFixture, side: 'east' | 'west', name: string): Promise<string> {
  const [unit, officer] = sides[side]
  const id = idOf(`${side}-${name}`)
  const version = await db.admin.query(
    `select id, item_code from registration.item_version where status = 'published' order by item_code limit 1`,
  )
  await db.admin.query(
    `insert into service_window.matter (id, no, unit_id, handling_unit_id, first_officer_id, holder_id, received_at, applicant_name, request,
       item_code, item_version_id, query_code_hash, query_code_sealed)
     values ($1, $2, $3, $3, $4, $4, '2026-11-20T01:00Z', $5, '补办身份证', $6, $7, $8, $9)`,
    [
      id,
      `20261120-${side}-${name}`,
      bureau.units[unit],
      bureau.people[officer].id,
      `canary-${side}`,
      version.rows[0].item_code,
      version.rows[0].id,
      `${side}-${name}`,
      db.house.seal.seal('ABCD2345', `service_window.matter.code.${id}`),
    ],
  )
  await db.admin.query(
    `insert into service_window.visit (matter_id, no, at, officer_id, unit_id) values ($1, 1, now(), $2, $3)`,
    [id, bureau.people[officer].id, bureau.units[unit]],
  )
  return id
}

async function oneSide(db: FreshDatabase, bureau: BureauFixture, side: 'east' | 'west') {
  const [unit, officer, chief] = sides[side]
  const person = bureau.people[officer].id
  const id = (name: string) => idOf(`${side} ${name}`)
  const matterId = await matter(db, bureau, side, 'main')
  const q = (text: string, values: unknown[]) => db.admin.query(text, values)
  await q(
    `insert into service_window.material_check (matter_id, visit_no, material_code, verdict, checked_by, checked_at) values ($1, 1, 'booklet', 'missing', $2, now())`,
    [matterId, person],
  )
  await q(
    `insert into service_window.notice (id, matter_id, sequence, visit_no, status, requested_by, requested_at) values ($1, $2, 1, 1, 'requested', $3, now())`,
    [id('notice'), matterId, person],
  )
  await q(
    `insert into service_window.notice_gap (notice_id, material_code, verdict) values ($1, 'booklet', 'missing')`,
    [id('notice')],
  )
  await q(
    `insert into service_window.extension (matter_id, days, reason, requested_by, requested_at, old_due_on) values ($1, 3, '核查', $2, now(), '2026-12-01')`,
    [matterId, person],
  )
  await q(
    `insert into callback.callback (id, purpose, subject_id, matter_id, officer_id, unit_id, finished_at, phone_sealed, phone_index, token_hash, token_sealed, send_after, state)
     values ($1, 'satisfaction', $2, $2, $3, $4, now(), 'sealed', $5, $6, 'sealed', now(), 'delivered')`,
    [
      id('callback'),
      matterId,
      person,
      bureau.units[unit],
      `phone-${side}`,
      createHash('sha256').update(`key-${side}`).digest('hex'),
    ],
  )
  await q(
    `insert into callback.answer (id, callback_id, channel, page_key, raw, level, received_at) values ($1, $2, 'page', $3, '1', 1, now())`,
    [id('answer'), id('callback'), `key-${side}`],
  )
  await q(
    `insert into supervision.order (id, no, source_kind, source_id, concerned_person_id, concerned_unit_id, problem, requirement, started_at, round_started_at, issued_at, due_on, due_basis, owner_id)
     values ($1, $2, 'callback', $3, $4, $5, 'canary-order', '督办', '2026-11-20T01:00Z', '2026-11-20T01:00Z', now(), '2026-11-25', 'R53', $6)`,
    [id('order'), `DD-${side}`, id('callback'), person, bureau.units[unit], bureau.people.desk.id],
  )
  await q(`insert into supervision.step (id, order_id, round, kind, at) values ($1, $2, 1, 'issued', now())`, [
    id('step'),
    id('order'),
  ])
  await q(
    `insert into supervision.evidence (id, order_id, name, media_type, size, sha256, bytes, added_by, added_at) values ($1, $2, 'a.pdf', 'application/pdf', 1, 'x', '\\x00', $3, now())`,
    [id('evidence'), id('order'), bureau.people.desk.id],
  )
  await q(
    `insert into standing.entry (id, kind, person_id, unit_id, source_kind, source_id, occurred_on, recorded_at, basis) values ($1, 'matter_overdue', $2, $3, 'matter', $4, '2026-11-01', now(), 'R86')`,
    [id('entry'), bureau.people[chief].id, bureau.units[unit], matterId],
  )
  return {
    matter: matterId,
    notice: id('notice'),
    callback: id('callback'),
    answer: id('answer'),
    order: id('order'),
    step: id('step'),
    evidence: id('evidence'),
  }
}

async function entries(db: FreshDatabase, bureau: BureauFixture): Promise<void> {
  const q = (text: string, values: unknown[] = []) => db.admin.query(text, values)
  await q(
    `insert into platform.outbound_message (id, purpose, subject_id, phone_sealed, phone_index, body, next_try_at, created_at) values ($1, 'callback.first', $1, $2, 'i', 'canary', now(), now())`,
    [idOf('out'), db.house.seal.seal('13800000000', phoneContext(idOf('out')))],
  )
  await q(
    `insert into platform.inbound_message (id, gateway_ref, phone_sealed, phone_index, body, received_at) values ($1, 'g1', 's', 'i', 'canary', now())`,
    [idOf('in')],
  )
  await q(`insert into callback.opt_out (phone_index, at) values ('canary', now())`)
  await q(
    `insert into registration.item_version (id, item_code, number, effective, content, status, edited_at) select $1, item_code, 99, '[2030-01-01,)', content, 'draft', now() from registration.item_version where status = 'published' order by item_code limit 1`,
    [idOf('draft')],
  )
  // The history of a draft goes with the draft; that of a published version stays.
  await q(
    `insert into registration.version_edit (version_id, person_id, act, at) select id, $1::uuid, 'drafted', now() from registration.item_version where id = $2
     union all (select id, $1::uuid, 'published', now() from registration.item_version where status = 'published' order by item_code limit 1)`,
    [bureau.people.editor.id, idOf('draft')],
  )
  await q(
    `insert into platform.audit_entry (at, actor_kind, actor_id, event, outcome, data, data_digest, salt, record_hash) values (now(), 'person', $1, 'canary', 'done', '{}', $2, $3, $2)`,
    [bureau.people.officer.id, Buffer.alloc(32, 1), Buffer.alloc(16, 1)],
  )
}

export const absent = randomUUID()
