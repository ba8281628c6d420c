import type { FreshDatabase } from '#platform/db/fresh-database.ts'
import { type BureauFixture, idOf, type PersonKey, type UnitKey } from '#test/fixtures/bureau.ts'

export type Department = 'command_centre' | 'discipline_inspection' | 'supervision_brigade' | 'petition_section'

const desks: Record<Department, UnitKey> = {
  command_centre: 'command',
  discipline_inspection: 'discipline',
  supervision_brigade: 'brigade',
  petition_section: 'petition',
}

/** The four departments have their desks (R111); the petition section leads. */
export async function seedDesks({ admin }: FreshDatabase, bureau: BureauFixture): Promise<void> {
  for (const [department, unit] of Object.entries(desks))
    await admin.query(
      `insert into complaints.desk (department, unit_id, lead) values ($1, $2, $3) on conflict do nothing`,
      [department, bureau.units[unit], department === 'petition_section'],
    )
}

export type CaseSeed = {
  class?: 'suggestion' | 'appeal' | 'accusation' | 'other_path'
  department?: Department
  /** An officer by key, or a unit by key. */
  accused?: PersonKey
  accusedUnit?: UnitKey
  summary?: string
  receivedAt?: string
}

/** A case as it stands right after intake, written past the use cases. Returns ids that the name gives. */
export async function aCase(
  db: FreshDatabase,
  bureau: BureauFixture,
  name: string,
  seed: CaseSeed = {},
): Promise<{ id: string; submission: string; no: string }> {
  const id = idOf(`case ${name}`)
  const submission = idOf(`submission ${name}`)
  const no = `XF-${name}`
  const at = seed.receivedAt ?? '2026-11-20T01:00Z'
  const department = seed.department ?? 'petition_section'
  const q = (text: string, values: unknown[]) => db.admin.query(text, values)
  await q(
    `insert into complaints.case (id, no, opened_at, received_on, department, class, summary, notice_due_on)
     values ($1, $2, $3::timestamptz, ($3::timestamptz at time zone 'Asia/Shanghai')::date, $4, $5, $6, ($3::timestamptz at time zone 'Asia/Shanghai')::date + 15)`,
    [id, no, at, department, seed.class ?? null, seed.summary ?? `canary-${name} 窗口民警态度冷淡`],
  )
  await q(
    `insert into complaints.submission (id, case_id, first_case_id, channel, department, received_at, text, reachable, receipt_hash, receipt_sealed)
     values ($1, $2, $2, 'visit', $3, $4, $5, true, $6, 'sealed')`,
    [submission, id, department, at, `canary-${name} 原话`, `receipt ${name}`],
  )
  await q(
    `insert into complaints.complainant (submission_id, name_sealed, phone_sealed, phone_index) values ($1, $2, $3, $4)`,
    [
      submission,
      db.house.seal.seal('canary 赵某', `complaints.complainant.name.${submission}`),
      db.house.seal.seal('13800000009', `complaints.complainant.phone.${submission}`),
      db.house.seal.blindIndex('phone', '13800000009'),
    ],
  )
  if (seed.accused) {
    const person = bureau.people[seed.accused].id
    await q(
      `insert into complaints.accused (case_id, person_id, unit_id, named_at) select $1, id, unit_id, now() from directory.person where id = $2`,
      [id, person],
    )
  }
  if (seed.accusedUnit)
    await q(`insert into complaints.accused (case_id, unit_id, named_at) values ($1, $2, now())`, [
      id,
      bureau.units[seed.accusedUnit],
    ])
  return { id, submission, no }
}
