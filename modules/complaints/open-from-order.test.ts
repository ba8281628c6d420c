import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noteStyleProblem } from '#modules/supervision/index.ts'
import { aHandlingBureau } from './handling-testing.ts'
import { sweepStyleProblems } from './open-from-order.ts'

const citizenOf = async () => ({ name: '王秀英', phone: '13800000001', matterNo: '20261120-0001' })

test('an order that ended as a style problem becomes a case only if the citizen agrees, once, out of the desk’s sight (A29)', async (t) => {
  const at = await aHandlingBureau(t)
  const [{ id }] = (await at.rows(
    `insert into supervision.order (id, no, source_kind, source_id, concerned_person_id, concerned_unit_id, problem, requirement, started_at, round_started_at, issued_at,
       due_on, due_basis, owner_id, status, answered_at, answered_by, result, answer_to_citizen, contact_consent)
     values (gen_random_uuid(), 'DB20261120-0001', 'callback', gen_random_uuid(), $1, $2, '说话很冲', '督办', '2026-11-20T01:00Z', '2026-11-20T01:00Z', '2026-11-20T01:00Z', '2026-11-25', 'R53', $3, 'answered', '2026-11-23T01:00Z', $3,
       'solved', '已说明', false) returning id`,
    [at.idOf('officer'), at.bureau.units.eastWindow, at.idOf('desk')],
  )) as [{ id: string }]
  const note = (who: 'desk' | 'desk2', agreed: boolean) =>
    at.as(who, (ctx) => noteStyleProblem(ctx, id, { text: '录像显示态度生硬', agreed }))
  await assert.rejects(note('desk2', true), { status: 403 })
  await assert.rejects(note('desk', true), { fields: { agreed: 'citizen-must-agree' } }, 'he refused to be contacted')
  await at.rows('update supervision.order set contact_consent = true')
  await assert.rejects(note('desk', false), { fields: { agreed: 'citizen-must-agree' } })
  const sweep = () => at.system((ctx) => sweepStyleProblems(ctx, { citizenOf }))
  assert.equal(await sweep(), 0)
  await note('desk', true)
  await assert.rejects(note('desk', true), { code: 'already-decided' })
  assert.equal(await sweep(), 1)
  assert.equal(await sweep(), 0)
  const [found] = await at.rows(
    `select c.status, c.department, s.source_ref, s.text, s.reachable, a.person_id from complaints.case c
     join complaints.submission s on s.case_id = c.id join complaints.accused a on a.case_id = c.id`,
  )
  assert.deepEqual(found, {
    status: 'received',
    department: 'supervision_brigade',
    source_ref: 'DB20261120-0001',
    text: '说话很冲',
    reachable: true,
    person_id: at.idOf('officer'),
  })
  for (const who of ['desk', 'officer', 'head'] as const)
    assert.equal(
      (await at.as(who, (ctx) => ctx.db.selectFrom('complaints.case').select('id').execute())).length,
      0,
      who,
    )
})
