import type { FreshDatabase } from '#platform/db/fresh-database.ts'
import { type BureauFixture, idOf } from '#test/fixtures/bureau.ts'

const sides = { east: ['eastWindow', 'officer'], west: ['westWindow', 'westOfficer'] } as const

const seen = {
  eligible: true,
  awardKind: 'merit_third',
  scope: 'decoration',
  year: 2026,
  on: '2026-11-02',
  asOf: '2026-11-02T02:00:00Z',
  reasons: [],
}

/**
 * One of everything that follows from a finding, for each station. Written past the triggers: who sees a row has nothing to do
 * with how it came about, and one deduction alone would bring neither restriction nor slip.
 */
export async function standingRows(db: FreshDatabase, bureau: BureauFixture): Promise<void> {
  const client = await db.admin.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    for (const side of ['east', 'west'] as const) await oneSide(client, bureau, side)
    await client.query(
      `insert into standing.nomination (id, person_id, award_kind, scope, year, reason, nominated_by, nominated_at, nominated_seen)
       values ($1, $2, 'merit_third', 'decoration', 2026, 'canary', $3, now(), $4)`,
      [idOf('nomination'), bureau.people.plain.id, bureau.people.political.id, JSON.stringify(seen)],
    )
    await client.query(
      `insert into standing.closed_month (period, closed_at, postings, digest) values ('2026-10-01', now(), 0, repeat('0', 64))`,
    )
    await client.query(`insert into standing.information (id, slip_id, recorded_at) values ($1, $2, now())`, [
      idOf('information'),
      idOf('east draft'),
    ])
    await client.query('commit')
  } finally {
    client.release()
  }
}

async function oneSide(
  client: { query(text: string, values: unknown[]): Promise<unknown> },
  bureau: BureauFixture,
  side: 'east' | 'west',
): Promise<void> {
  const [unitKey, officerKey] = sides[side]
  const [unit, officer] = [bureau.units[unitKey], bureau.people[officerKey].id]
  const id = (name: string) => idOf(`${side} ${name}`)
  await client.query(
    `insert into standing.responsibility (finding_id, case_id, case_no, fact_line, clause, severity, unit_id, person_id, counts_for_person, effective_on, recorded_at)
     values ($1, $2, $3, 'canary-fact', '第3条', 'minor', $4, $5, true, '2026-11-02', now())`,
    [id('finding'), id('case'), `XF-${side}`, unit, officer],
  )
  await client.query(
    `insert into standing.deduction_task (id, finding_id, unit_id, person_id, created_at, start_on, due_on, due_basis, min_points, max_points, band_from)
     values ($1, $2, $3, $4, now(), '2026-11-02', '2026-11-09', 'R126', 1, 2, '2013-01-01')`,
    [id('task'), id('finding'), unit, officer],
  )
  for (const [name, level, person] of [
    ['unit posting', 'unit', null],
    ['posting', 'officer', officer],
  ] as const) {
    await client.query(
      `insert into standing.posting (id, level, finding_id, case_id, unit_id, person_id, points, effective_on, period, basis, rule_from, recorded_at)
       values ($1, $2, $3, $4, $5, $6, 1, '2026-11-02', '2026-11-01', 'R125', '2013-01-01', now())`,
      [id(name), level, id('finding'), id('case'), unit, person],
    )
  }
  await client.query(
    `insert into standing.entry (id, kind, person_id, unit_id, source_kind, source_id, occurred_on, recorded_at, basis)
     values ($1, 'officer_deduction', $2, $3, 'posting', $4, '2026-11-02', now(), 'R126')`,
    [id('deduction entry'), officer, unit, id('posting')],
  )
  await client.query(
    `insert into standing.restriction (id, person_id, unit_id, year, merit, decoration, source_kind, basis, rule_on, proposed_at)
     values ($1, $2, $3, 2026, true, true, 'deductions', 'R127', '2026-11-02', now())`,
    [id('restriction'), officer, unit],
  )
  await client.query(`insert into standing.restriction_evidence (restriction_id, posting_id) values ($1, $2)`, [
    id('restriction'),
    id('posting'),
  ])
  const lines = JSON.stringify([
    {
      postingId: id('posting'),
      on: '2026-11-02',
      caseNo: `XF-${side}`,
      factLine: 'canary-fact',
      clause: '第3条',
      unitPoints: 1,
      officerPoints: 1,
    },
  ])
  for (const [name, nth, status, no] of [
    ['slip', 3, 'signed', `提示〔2026〕${side}`],
    ['draft', 4, 'draft', null],
  ] as const) {
    await client.query(
      `insert into standing.slip (id, no, person_id, unit_id, year, nth, text, lines, status, drafted_at, serve_due_on, signed_by, signed_at)
       values ($1, $2, $3, $4, 2026, $5, 'canary-slip', $6, $7, now(), '2026-11-25', case when $2::text is not null then $8::uuid end, case when $2::text is not null then now() end)`,
      [id(name), no, officer, unit, nth, lines, status, bureau.people.leader.id],
    )
    await client.query(`insert into standing.slip_step (slip_id, kind, at) values ($1, 'drafted', now())`, [id(name)])
  }
}
