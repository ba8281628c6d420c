import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aHandlingBureau, type HandlingBureau } from './handling-testing.ts'
import { examineFlag, listFlags, sweepRetaliation } from './retaliation.ts'

/** A matter of the complainant of `aCase`, refused or looked up by somebody on a day. */
async function act(
  at: HandlingBureau,
  name: string,
  by: 'officer' | 'officer2' | 'westOfficer',
  day: string,
  refused = true,
  phone = '13800000009',
) {
  const version = await at.rows(
    `select id, item_code from registration.item_version where status = 'published' order by item_code limit 1`,
  )
  const unit = at.bureau.units[by === 'westOfficer' ? 'westWindow' : 'eastWindow']
  const [matter] = await at.rows(
    `insert into service_window.matter (id, no, unit_id, handling_unit_id, first_officer_id, holder_id, received_at, applicant_name, request, item_code, item_version_id,
       query_code_hash, query_code_sealed, phone_index, status, finished_at, finished_by, outcome_reason, outcome_can_do)
     values (gen_random_uuid(), $1, $2, $2, $3, $3, '2026-11-01T01:00Z', '王某', '补办', $4, $5, $1, 'sealed', $6, $7, $8, $9, $10, $10) returning id`,
    [
      `M-${name}`,
      unit,
      at.idOf(by),
      version[0].item_code,
      version[0].id,
      at.db.house.seal.blindIndex('phone', phone),
      refused ? 'refused' : 'received',
      refused ? day : null,
      refused ? at.idOf(by) : null,
      refused ? '不符合条件' : null,
    ],
  )
  if (!refused)
    await at.rows(
      `insert into platform.audit_entry (at, actor_kind, actor_id, event, subject_kind, subject_id, outcome, data, data_digest, salt, record_hash)
       values ($1, 'person', $2, 'matter.reveal', 'matter', $3, 'done', '{}', $4, $5, $4)`,
      [day, at.idOf(by), matter.id, Buffer.alloc(32, 1), Buffer.alloc(16, 1)],
    )
}

test('what the accused or his unit does to the complainant within twelve months is shown to discipline inspection, once', async (t) => {
  const at = await aHandlingBureau(t)
  await at.accepted('a')
  await act(at, 'before', 'officer', '2026-11-19T01:00Z')
  await act(at, 'refused', 'officer', '2026-11-25T01:00Z')
  await act(at, 'colleague', 'officer2', '2026-11-26T01:00Z', false)
  await act(at, 'stranger', 'westOfficer', '2026-11-26T01:00Z')
  await act(at, 'other citizen', 'officer', '2026-11-26T01:00Z', true, '13900000001')
  await act(at, 'late', 'officer', '2027-11-21T01:00Z')
  at.setClock('2027-12-01T01:00:00Z')
  assert.equal(await at.system(sweepRetaliation), 2)
  assert.equal(await at.system(sweepRetaliation), 0)
  const flags = await at.as('inspector', (ctx) => listFlags(ctx))
  assert.deepEqual(flags.map((flag) => [flag.act, flag.personName]).sort(), [
    ['matter_refused', '李敏'],
    ['record_looked_up', '王建国'],
  ])
})

test('the accused sees no flag, not even in discipline inspection; an examination is written once', async (t) => {
  const at = await aHandlingBureau(t)
  await at.accepted('a')
  await act(at, 'refused', 'officer', '2026-11-25T01:00Z')
  at.setClock('2026-11-26T01:00:00Z')
  await at.system(sweepRetaliation)
  await at.rows(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'discipline_officer', $2, '[2020-01-01,)')`,
    [at.idOf('officer'), at.bureau.units.discipline],
  )
  at.bureau.actors.officer = await at.bureau.actorNow('officer')
  for (const who of ['officer', 'officer2', 'head', 'caseOfficer', 'leader'] as const)
    assert.equal((await at.as(who, (ctx) => listFlags(ctx))).length, 0, who)
  const [flag] = await at.as('inspector', (ctx) => listFlags(ctx))
  const examine = (who: 'inspector' | 'inspector2') =>
    at.as(who, (ctx) => examineFlag(ctx, flag?.id as string, { examination: '材料确不齐全，依规办理' }))
  await examine('inspector')
  await assert.rejects(examine('inspector2'), { code: 'already-decided' })
})
