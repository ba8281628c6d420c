import { sealedContact } from '#modules/service-window/contact.ts'
import { hashQueryCode, newQueryCode, sealedCode } from '#modules/service-window/query-code.ts'
import type { Context } from '#platform/context.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import type { CounterRow, PersonRow, Window } from '../bureau.ts'
import type { Citizen } from '../citizens.ts'
import type { Profile } from '../profiles.ts'
import type { Past, Version } from './past.ts'
import { dateOf, iso } from './time.ts'

/** One matter while its past is being told. `row` is what will stand in service_window.matter. */
export type Life = {
  id: string
  row: ReturnType<typeof emptyMatter>
  window: Window
  citizen: Citizen
  first: PersonRow
  holder: PersonRow
  handling: Window
  counter: CounterRow
  version: Version | null
  profile: Profile | null
  code: string
  batons: number
  /** What was found at the visit that is going on. */
  checks: MaterialCheck[]
}

export type ReceptionPlan = { window: Window; at: number; itemCode: string | null; request: string }

export function receive(past: Past, plan: ReceptionPlan): Life {
  const { random } = past
  const { window, at } = plan
  const id = random.uuid()
  const citizen = past.citizenAt(at)
  const officer = random.chance(0.06) ? window.chief : random.pick(window.officers)
  const counter = random.pick(window.counters)
  const version = plan.itemCode ? (past.versionOn(plan.itemCode, dateOf(at)) ?? null) : null
  const code = newQueryCode()
  const life: Life = {
    id,
    row: emptyMatter(id),
    window,
    citizen,
    first: officer,
    holder: officer,
    handling: window,
    counter,
    version,
    profile: version ? random.pick(version.profiles.met) : null,
    code,
    batons: 0,
    checks: [],
  }
  Object.assign(life.row, {
    unit_id: window.unit.id,
    handling_unit_id: window.unit.id,
    counter_id: counter.id,
    first_officer_id: officer.id,
    holder_id: officer.id,
    received_at: iso(at),
    applicant_name: citizen.name,
    request: plan.request,
    ...sealedContact(past.crypt as Context, id, { phone: citizen.phone, citizenNo: citizen.citizenNo }),
    item_code: version?.itemCode ?? null,
    item_version_id: version?.id ?? null,
    query_code_hash: hashQueryCode(past.crypt, code),
    query_code_sealed: sealedCode(past.crypt as Context, id, code),
  })
  past.number('matter', at, (n) => {
    life.row.no = `${dateOf(at).toString().replaceAll('-', '')}-${String(n).padStart(6, '0')}`
  })
  past.rows.add('service_window.matter', life.row)
  addVisit(past, life, at, officer, null)
  past.count('received', { unitId: window.unit.id, itemCode: life.row.item_code, at })
  return life
}

export function addVisit(past: Past, life: Life, at: number, officer: PersonRow, cause: string | null): void {
  past.rows.add('service_window.visit', {
    matter_id: life.id,
    no: life.row.visits,
    at: iso(at),
    officer_id: officer.id,
    unit_id: life.handling.unit.id,
    counter_id: life.counter.id,
    cause,
  })
}

/** The work changes hands; responsibility does not (R84). */
export function passBaton(
  past: Past,
  life: Life,
  to: PersonRow,
  about: { offered: number; receipt: number; reason: string },
): void {
  addBaton(past, life, to, { ...about, declined: null })
  life.holder = to
  life.row.holder_id = to.id
  life.row.handling_unit_id = life.handling.unit.id
}

export function addBaton(
  past: Past,
  life: Life,
  to: PersonRow,
  about: { offered: number; receipt: number | null; reason: string; declined: { at: number; reason: string } | null },
): void {
  life.batons += 1
  past.rows.add('service_window.baton', {
    matter_id: life.id,
    no: life.batons,
    from_person_id: life.holder.id,
    to_person_id: to.id,
    to_unit_id: life.handling.unit.id,
    reason: about.reason,
    offered_at: iso(about.offered),
    receipt_at: about.receipt === null ? null : iso(about.receipt),
    declined_at: about.declined ? iso(about.declined.at) : null,
    decline_reason: about.declined?.reason ?? null,
  })
}

export type CheckedAt = { by: PersonRow; at: number }

/** Writes what was found at this visit. Papers carried over from an earlier one keep who checked them and when. */
export function addChecks(
  past: Past,
  life: Life,
  checked: CheckedAt,
  earlier: ReadonlyMap<string, CheckedAt> = new Map(),
): void {
  for (const check of life.checks) {
    const { by, at } = earlier.get(check.code) ?? checked
    past.rows.add('service_window.material_check', {
      matter_id: life.id,
      visit_no: life.row.visits,
      material_code: check.code,
      verdict: check.verdict,
      defect: check.defect ?? null,
      mendable_on_spot: check.mendableOnSpot === true,
      mended: check.mended === true,
      new_paper: check.newPaper === true,
      checked_by: by.id,
      checked_at: iso(at),
    })
  }
}

function emptyMatter(id: string) {
  return {
    id,
    no: '',
    unit_id: '',
    counter_id: null as string | null,
    first_officer_id: '',
    received_at: '',
    holder_id: null as string | null,
    handling_unit_id: '',
    applicant_name: '',
    request: '',
    phone_sealed: null as string | null,
    phone_index: null as string | null,
    phone_masked: null as string | null,
    citizen_no_sealed: null as string | null,
    citizen_no_index: null as string | null,
    citizen_no_masked: null as string | null,
    item_code: null as string | null,
    item_version_id: null as string | null,
    answers: {} as object,
    status: 'received',
    visits: 1,
    query_code_hash: '',
    query_code_sealed: '',
    accepted_at: null as string | null,
    acceptance_no: null as string | null,
    due_on: null as string | null,
    due_provisional: false,
    due_basis: null as string | null,
    extended_days: null as number | null,
    finished_at: null as string | null,
    finished_by: null as string | null,
    finished_counter_id: null as string | null,
    outcome_reason: null as string | null,
    outcome_can_do: null as string | null,
    receiver_name: null as string | null,
    receiver_phone: null as string | null,
    receiver_receipt: null as string | null,
    citizen_told_at: null as string | null,
    overdue_at: null as string | null,
    version: 1,
  }
}
