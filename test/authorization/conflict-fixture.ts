import { randomUUID } from 'node:crypto'
import { aCase } from '#modules/complaints/complaints-testing.ts'
import type { FreshDatabase } from '#platform/db/fresh-database.ts'
import { type BureauFixture, idOf, type PersonKey } from '#test/fixtures/bureau.ts'

/**
 * Who is kept from which case although his duty would show it to him: the accused handler himself, colleagues of his unit
 * (one of them at the desk), his declared kin, whoever recused himself, and the head of a unit that is itself accused.
 */
export const conflicted: readonly { who: PersonKey; why: string; from: 'officer' | 'unit' }[] = [
  { who: 'caseOfficer', why: 'is complained of', from: 'officer' },
  { who: 'caseOfficer2', why: 'is of his unit', from: 'officer' },
  { who: 'petitionClerk', why: 'keeps the desk of his unit', from: 'officer' },
  { who: 'brigadeOfficer', why: 'is his declared wife', from: 'officer' },
  { who: 'inspector', why: 'has recused himself', from: 'officer' },
  { who: 'head', why: 'heads the unit complained of', from: 'unit' },
  { who: 'chief', why: 'belongs to the unit complained of', from: 'unit' },
]
/** Sees both cases, so that a test that compares nothing would be noticed. */
export const unconcerned: PersonKey = 'inspector2'

export type CaseIds = { case: string; parts: Record<'submission' | 'file' | 'finding' | 'notice' | 'flag', string> }

/** What is the same in both bureaus: desks, duties that would show every case, the declared tie. */
export async function conflictBureau(db: FreshDatabase, bureau: BureauFixture): Promise<void> {
  const q = (text: string, values: unknown[]) => db.admin.query(text, values)
  await q(
    `insert into complaints.desk (department, unit_id, lead) values ('petition_section', $1, true), ('discipline_inspection', $2, false), ('command_centre', $3, false), ('supervision_brigade', $4, false)`,
    (['petition', 'discipline', 'command', 'brigade'] as const).map((key) => bureau.units[key]),
  )
  await q(
    `insert into complaints.relation (id, person_id, relative_id, kind, declared_at, declared_by) values ($3, $1, $2, '配偶', '2026-01-01', $1)`,
    [bureau.people.brigadeOfficer.id, bureau.people.caseOfficer.id, idOf('tie')],
  )
  for (const key of ['head', 'chief'] as const) {
    await q(
      `insert into directory.duty (id, person_id, role, unit_id, valid) values ($4, $1, $2, $3, '[2020-01-01,)')`,
      [bureau.people[key].id, 'discipline_officer', bureau.units.discipline, idOf(`conflict duty ${key}`)],
    )
    const actor = await bureau.actorNow(key)
    // The order in which duties come is nobody's; the page prints them.
    bureau.actors[key] = { ...actor, roles: [...actor.roles].sort() }
  }
}

/** One case with everything that belongs to a case. */
export async function conflictCase(
  db: FreshDatabase,
  bureau: BureauFixture,
  name: 'officer' | 'unit',
): Promise<CaseIds> {
  const made = await fullCase(db, bureau, name)
  await db.admin.query(
    `insert into complaints.recusal (case_id, person_id, reason, declared_by, declared_at) select $1, $2, '相识', $2, now() where $3`,
    [made.case, bureau.people.inspector.id, name === 'officer'],
  )
  return made
}

async function fullCase(db: FreshDatabase, bureau: BureauFixture, name: 'officer' | 'unit') {
  const made = await aCase(db, bureau, `canary-${name}`, {
    class: 'appeal',
    department: name === 'officer' ? 'petition_section' : 'discipline_inspection',
    ...(name === 'officer' ? { accused: 'caseOfficer' } : { accusedUnit: 'east' }),
    receivedAt: '2026-11-02T01:00Z',
  })
  const client = await db.admin.connect()
  const id = (part: string) => idOf(`conflict ${name} ${part}`)
  const handler = bureau.people.inspector2.id
  const q = (text: string, values: unknown[] = []) => client.query(text, values)
  const accused = name === 'officer' ? bureau.people.caseOfficer.id : null
  const unit = name === 'officer' ? bureau.units.petition : bureau.units.east
  try {
    // Past the triggers: who is kept from a row has nothing to do with how it came about.
    await q('begin; set local session_replication_role = replica')
    // One is being worked on and late, the other waits at a desk, where the menu counts it.
    await q(
      `update complaints.case set status = 'investigating', handler_id = $2, accepted_at = '2026-11-03T01:00Z', noticed_at = '2026-11-03T01:00Z',
         due_on = '2026-11-20', due_basis = 'petition-regulations:34', overdue_at = '2026-11-21T00:00Z' where id = $1 and $3`,
      [made.id, handler, name === 'officer'],
    )
    await q(
      `insert into complaints.coding (case_id, stage, style, behaviour, coded_at) values ($1, 'alleged', '{cold}', '{bad_attitude}', now())`,
      [made.id],
    )
    await q(
      `insert into complaints.file (id, case_id, submission_id, name, media_type, size, sha256, bytes, added_at) values ($1, $2, $3, 'canary.pdf', 'application/pdf', 1, 'x', '\\x00', now())`,
      [id('file'), made.id, made.submission],
    )
    await q(
      `insert into complaints.step (case_id, round, kind, at, text) values ($1, 1, 'received', now(), 'canary')`,
      [made.id],
    )
    await q(
      `insert into complaints.finding (id, no, case_id, round, person_id, unit_id, outcome, facts, fact_line, proposed_by, proposed_at) values ($1, $2, $3, 1, $4, $5, 'unfounded', 'canary', 'canary', $6, now())`,
      [id('finding'), `RD-${name}`, made.id, accused, unit, handler],
    )
    await q(
      `insert into complaints.citizen_notice (id, case_id, submission_id, kind, no, content, issued_at) values ($1, $2, $3, 'accepted', $4, '{}', now())`,
      [id('notice'), made.id, made.submission, `XG-${name}`],
    )
    await q(
      `insert into complaints.extension (case_id, round, days, reason, requested_by, requested_at, old_due_on) values ($1, 1, 10, 'canary', $2, now(), '2026-11-20')`,
      [made.id, handler],
    )
    await q(
      `insert into complaints.retaliation_flag (id, case_id, submission_id, act, subject_id, person_id, unit_id, happened_at, raised_at) values ($1, $2, $3, 'record_looked_up', $4, $5, $6, now(), now())`,
      [id('flag'), made.id, made.submission, randomUUID(), bureau.people.officer.id, bureau.units.eastWindow],
    )
    await q('commit')
  } finally {
    client.release()
  }
  return {
    case: made.id,
    parts: {
      submission: made.submission,
      file: id('file'),
      finding: id('finding'),
      notice: id('notice'),
      flag: id('flag'),
    },
  }
}
