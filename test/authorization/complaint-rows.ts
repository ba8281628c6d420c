import type { FreshDatabase } from '#platform/db/fresh-database.ts'
import { type BureauFixture, idOf } from '#test/fixtures/bureau.ts'

const sides = {
  east: { unit: 'eastWindow', officer: 'officer', class: 'appeal', department: 'petition_section' },
  west: { unit: 'westWindow', officer: 'westOfficer', class: 'accusation', department: 'discipline_inspection' },
} as const

/**
 * One of everything that belongs to a complaint: an appeal about an east officer, from which somebody of the brigade has
 * stepped aside, and an accusation of a west one. Written past the triggers: who sees a row has nothing to do with how it came about.
 */
export async function complaintRows(db: FreshDatabase, bureau: BureauFixture): Promise<void> {
  const client = await db.admin.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    const q = (text: string, values: unknown[]) => client.query(text, values)
    await q(
      `insert into complaints.desk (department, unit_id, lead) values ('petition_section', $1, true), ('discipline_inspection', $2, false), ('command_centre', $3, false), ('supervision_brigade', $4, false)`,
      (['petition', 'discipline', 'command', 'brigade'] as const).map((key) => bureau.units[key]),
    )
    for (const side of ['east', 'west'] as const) await oneSide(q, db, bureau, side)
    await q(
      `insert into complaints.recusal (case_id, person_id, reason, declared_by, declared_at) values ($1, $2, '相识', $2, now())`,
      [idOf('east case'), bureau.people.brigadeOfficer.id],
    )
    await q(
      `insert into complaints.relation (id, person_id, relative_id, kind, declared_at, declared_by) values ($3, $1, $2, '配偶', now(), $1)`,
      [bureau.people.westChief.id, bureau.people.plain.id, idOf('east relation')],
    )
    await q(
      `insert into complaints.submission (id, case_id, first_case_id, channel, department, received_at, text, receipt_hash, receipt_sealed)
       values ($1, $2, $2, 'letter', 'petition_section', now(), 'canary', 'nameless', 'sealed')`,
      [idOf('nameless submission'), idOf('east case')],
    )
    await q(
      `insert into complaints.merge (survivor_id, absorbed_id, reason, merged_by, merged_at, from_status) values ($1, $2, '同一事件', $3, now(), 'accepted')`,
      [idOf('east case'), idOf('west case'), bureau.people.inspector.id],
    )
    await q(
      `insert into complaints.online (id, key_hash, said_sealed, saved_at, expires_at) values ($1, 'canary', 'canary', now(), now())`,
      [idOf('online')],
    )
    await q(
      `insert into complaints.online_file (id, online_id, name, media_type, size, bytes) values ($1, $1, 'canary.pdf', 'application/pdf', 1, 'x')`,
      [idOf('online')],
    )
    await q(
      `insert into complaints.month (period, from_day, cut_off, confirm_by, report_by, meeting_by, opened_at)
       values ('2026-08', '2026-08-01', '2026-08-31', '2026-09-02', '2026-09-03', '2026-09-07', now())`,
      [],
    )
    await q(
      `insert into complaints.published_month (period, published_at, content) values ('2026-09', now(), '{}')`,
      [],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
}

async function oneSide(
  q: (text: string, values: unknown[]) => Promise<unknown>,
  db: FreshDatabase,
  bureau: BureauFixture,
  side: 'east' | 'west',
): Promise<void> {
  const { unit, officer, class: caseClass, department } = sides[side]
  const id = (name: string) => idOf(`${side} ${name}`)
  const [unitId, officerId] = [bureau.units[unit], bureau.people[officer].id]
  const handler = bureau.people.inspector.id
  await q(
    `insert into complaints.case (id, no, opened_at, received_on, department, class, status, summary, notice_due_on, handler_id, accepted_at, due_on, due_basis, decided_at)
     values ($1, $2, now(), '2026-11-20', $3, $4, 'decided', 'canary', '2026-12-05', $5, now(), '2027-01-20', 'petition-regulations:34', now())`,
    [id('case'), `XF-${side}`, department, caseClass, handler],
  )
  await q(
    `insert into complaints.submission (id, case_id, first_case_id, channel, department, received_at, text, reachable, receipt_hash, receipt_sealed)
     values ($1, $2, $2, 'visit', $3, now(), 'canary', true, $4, 'sealed')`,
    [id('submission'), id('case'), department, `receipt ${side}`],
  )
  await q(`insert into complaints.complainant (submission_id, name_sealed) values ($1, $2)`, [
    id('submission'),
    db.house.seal.seal('canary', `complaints.complainant.name.${id('submission')}`),
  ])
  await q(`insert into complaints.accused (case_id, person_id, unit_id, named_at) values ($1, $2, $3, now())`, [
    id('case'),
    officerId,
    unitId,
  ])
  await q(
    `insert into complaints.coding (case_id, stage, coder_id, coded_at) values ($1, 'alleged', null, now()), ($1, 'confirmed', $2, now())`,
    [id('case'), handler],
  )
  await q(
    `insert into complaints.file (id, case_id, name, media_type, size, sha256, bytes, added_at) values ($1, $2, 'canary.pdf', 'application/pdf', 1, 'x', '\\x00', now())`,
    [id('case file'), id('case')],
  )
  await q(`insert into complaints.step (case_id, round, kind, at) values ($1, 1, 'received', now())`, [id('case')])
  await q(
    `insert into complaints.extension (case_id, round, days, reason, requested_by, requested_at, old_due_on) values ($1, 1, 10, 'canary', $2, now(), '2027-01-20')`,
    [id('case'), handler],
  )
  await q(
    `insert into complaints.pause (case_id, reason, requested_by, paused_on) values ($1, 'canary', $2, '2026-11-21')`,
    [id('case'), handler],
  )
  await q(
    `insert into complaints.statement (id, case_id, round, person_id, facts, requested_by, requested_at, due_on) values ($1, $2, 1, $3, 'canary', $4, now(), '2026-11-27')`,
    [id('statement'), id('case'), officerId, handler],
  )
  await q(
    `insert into complaints.file (id, case_id, statement_id, name, media_type, size, sha256, bytes, added_by, added_at) values ($1, $2, $3, 'canary.pdf', 'application/pdf', 1, 'x', '\\x00', $4, now())`,
    [id('statement file'), id('case'), id('statement'), officerId],
  )
  await q(
    `insert into complaints.finding (id, no, case_id, round, person_id, unit_id, outcome, facts, fact_line, proposed_by, proposed_at, reviewed_by, reviewed_at, approved_by, approved_at, status, appeal_until)
     values ($1, $2, $3, 1, $4, $5, 'unfounded', 'canary', 'canary', $6, now(), $7, now(), $8, now(), 'appealed', '2026-12-07')`,
    [
      id('finding'),
      `RD-${side}`,
      id('case'),
      officerId,
      unitId,
      handler,
      bureau.people.inspector2.id,
      bureau.people.disciplineLeader.id,
    ],
  )
  await q(
    `insert into complaints.appeal (id, finding_id, person_id, grounds, filed_at, due_on) values ($1, $2, $3, 'canary', now(), '2026-12-21')`,
    [id('appeal'), id('finding'), officerId],
  )
  await q(
    `insert into complaints.clarification (finding_id, no, content, tell_unit, unit_id, issued_by, issued_at) values ($1, $2, $3, $4, $5, $6, now())`,
    [
      id('finding'),
      `CQ-${side}`,
      JSON.stringify(clarification(bureau.people[officer])),
      side === 'east',
      unitId,
      handler,
    ],
  )
  await q(
    `insert into complaints.citizen_notice (id, case_id, submission_id, kind, no, content, issued_at) values ($1, $2, $3, 'receipt', $4, $5, now())`,
    [
      id('citizen notice'),
      id('case'),
      id('submission'),
      `XG-${side}`,
      JSON.stringify({ kind: 'receipt', decision: 'canary', basis: '' }),
    ],
  )
  await q(
    `insert into complaints.review (id, case_id, submission_id, level, reason, requested_at, due_on) values ($1, $2, $3, 1, 'canary', now(), '2026-12-23')`,
    [id('review'), id('case'), id('submission')],
  )
  await q(`insert into complaints.rating (submission_id, round, level, rated_at) values ($1, 1, 1, now())`, [
    id('submission'),
  ])
  await q(
    `insert into complaints.identity_view (submission_id, case_id, viewed_by, viewed_at, reason) values ($1, $2, $3, now(), 'canary')`,
    [id('submission'), id('case'), handler],
  )
  await q(
    `insert into complaints.wish (id, submission_id, kind, text, asked_at) values ($1, $2, 'reopen', 'canary', now())`,
    [id('wish'), id('submission')],
  )
  await q(
    `insert into complaints.retaliation_flag (id, case_id, submission_id, act, subject_id, person_id, unit_id, happened_at, raised_at) values ($1, $2, $3, 'record_looked_up', $4, $5, $6, now(), now())`,
    [id('flag'), id('case'), id('submission'), idOf(`${side}-main`), officerId, unitId],
  )
}

/** Drawn as a paper by whoever may read it, so it is whole. */
function clarification(officer: { name: string; policeNo: string }) {
  const nobody = { name: '', number: '' }
  return {
    issuer: { bureau: '云州市公安局青山分局', unit: '信访科' },
    number: 'CQ',
    addressee: { name: officer.name, number: officer.policeNo, unit: '' },
    caseNumber: 'XF',
    findingNumber: 'RD',
    matter: 'canary',
    facts: [],
    conclusion: '不属实',
    effects: [],
    basis: '公安部令第153号',
    contact: nobody,
    copiesTo: [],
    issuedAt: '2026-11-23T01:00:00Z',
  }
}
