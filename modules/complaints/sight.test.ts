import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { lifecycle, mergeable, statuses } from '#policy/complaints/lifecycle.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { aCase, seedDesks } from './complaints-testing.ts'

async function aRegister(t: TestContext) {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  await seedDesks(db, bureau)
  const sees = async (who: PersonKey): Promise<string[]> =>
    db.house.read(bureau.actors[who], 'test', async (ctx) => {
      const { rows } = await sql<{ no: string }>`select no from complaints.case order by no`.execute(ctx.db)
      return rows.map((row) => row.no)
    })
  return { db, bureau, sees }
}

test('a case is seen by those who handle complaints and by nobody else', async (t) => {
  const { db, bureau, sees } = await aRegister(t)
  await aCase(db, bureau, 'a', { accused: 'officer', class: 'appeal' })
  for (const who of [
    'caseOfficer',
    'brigadeOfficer',
    'inspector',
    'leader',
    'disciplineLeader',
    'petitionClerk',
  ] as const)
    assert.deepEqual(await sees(who), ['XF-a'], who)
  for (const who of [
    'commandClerk',
    'officer',
    'officer2',
    'chief',
    'head',
    'westHead',
    'political',
    'systemAdmin',
    'auditor',
    'desk',
  ] as const)
    assert.deepEqual(await sees(who), [], who)
})

test('an accusation is open to discipline inspection only, not to the desk that took it down', async (t) => {
  const { db, bureau, sees } = await aRegister(t)
  await aCase(db, bureau, 'a', { accused: 'officer', class: 'accusation' })
  for (const who of ['inspector', 'inspector2', 'disciplineLeader'] as const)
    assert.deepEqual(await sees(who), ['XF-a'], who)
  for (const who of ['petitionClerk', 'caseOfficer', 'brigadeOfficer', 'leader', 'leader2'] as const)
    assert.deepEqual(await sees(who), [], who)
})

test('whoever is complained of, his kin, his unit and whoever recused himself see no row, though their duty would show it', async (t) => {
  const { db, bureau, sees } = await aRegister(t)
  await aCase(db, bureau, 'mine', { accused: 'caseOfficer', class: 'appeal' })
  await aCase(db, bureau, 'other', { accused: 'westOfficer', class: 'appeal' })
  assert.deepEqual(await sees('caseOfficer'), ['XF-other'])
  assert.deepEqual(await sees('caseOfficer2'), ['XF-other'], 'a colleague of the same unit')
  assert.deepEqual(await sees('petitionClerk'), ['XF-other'], 'the desk of the same unit')
  assert.deepEqual(await sees('brigadeOfficer'), ['XF-mine', 'XF-other'])
  await db.admin.query(
    `insert into complaints.relation (person_id, relative_id, kind, declared_at, declared_by) values ($1, $2, '配偶', now(), $1)`,
    [bureau.people.westOfficer.id, bureau.people.brigadeOfficer.id],
  )
  assert.deepEqual(await sees('brigadeOfficer'), ['XF-mine'], 'a declared relative')
  await db.admin.query(
    `insert into complaints.recusal (case_id, person_id, reason, declared_by, declared_at) select id, $1, '与投诉人相识', $1, now() from complaints.case where no = 'XF-other'`,
    [bureau.people.inspector.id],
  )
  assert.deepEqual(await sees('inspector'), ['XF-mine'])
  assert.deepEqual(await sees('leader'), ['XF-mine', 'XF-other'])
})

test('a complaint about a leader is not for him, one about the bureau for none of its leaders', async (t) => {
  const { db, bureau, sees } = await aRegister(t)
  await aCase(db, bureau, 'leader', { accused: 'leader', class: 'appeal' })
  await aCase(db, bureau, 'bureau', { accusedUnit: 'bureau', class: 'appeal' })
  assert.deepEqual(await sees('leader'), [])
  assert.deepEqual(await sees('leader2'), ['XF-leader'])
  assert.deepEqual(await sees('inspector'), ['XF-bureau', 'XF-leader'])
})

test('whoever is kept from one part of a merged case is kept from all of it', async (t) => {
  const { db, bureau, sees } = await aRegister(t)
  const survivor = await aCase(db, bureau, 'a', { class: 'appeal' })
  const absorbed = await aCase(db, bureau, 'b', { accused: 'caseOfficer', class: 'appeal' })
  assert.deepEqual(await sees('caseOfficer'), ['XF-a'])
  await db.admin.query(`update complaints.case set status = 'merged', merged_into = $1 where id = $2`, [
    survivor.id,
    absorbed.id,
  ])
  assert.deepEqual(await sees('caseOfficer'), [])
})

test('nobody reads who complained; opening it is a look that stays on record, and the accused opens nothing', async (t) => {
  const { db, bureau } = await aRegister(t)
  const { submission } = await aCase(db, bureau, 'a', { accused: 'brigadeOfficer', class: 'appeal' })
  const reveal = (who: PersonKey) =>
    db.house.write(bureau.actors[who], 'test', async (ctx) => {
      const { rows } = await sql<{
        found: { name: string } | null
      }>`select complaints.reveal(${submission}, '核对情况', ${ctx.now}) as found`.execute(ctx.db)
      return rows[0]?.found ?? null
    })
  await assert.rejects(
    db.house.read(bureau.actors.caseOfficer, 'test', (ctx) =>
      sql`select * from complaints.complainant`.execute(ctx.db),
    ),
    /permission denied/,
  )
  assert.equal(await reveal('brigadeOfficer'), null)
  assert.equal(await reveal('petitionClerk'), null)
  const found = await reveal('caseOfficer')
  assert.equal(db.house.seal.open(found?.name ?? '', `complaints.complainant.name.${submission}`), 'canary 赵某')
  const looks = await db.admin.query('select viewed_by, reason from complaints.identity_view')
  assert.deepEqual(looks.rows, [{ viewed_by: bureau.people.caseOfficer.id, reason: '核对情况' }])
  await assert.rejects(db.admin.query('delete from complaints.identity_view'), /append-only/)
})

test('search and likeness find nothing for whoever is kept from the case', async (t) => {
  const { db, bureau } = await aRegister(t)
  const { id } = await aCase(db, bureau, 'a', { accused: 'caseOfficer', class: 'appeal', summary: '办证民警说话生硬' })
  await aCase(db, bureau, 'b', { accused: 'caseOfficer', class: 'appeal', summary: '办证时民警说话生硬' })
  const found = (who: PersonKey) =>
    db.house.read(bureau.actors[who], 'test', async (ctx) => ({
      searched: (await sql`select id from complaints.search('生硬', null, null, 20)`.execute(ctx.db)).rows.length,
      near: (await sql`select id from complaints.near(${id}, 30, 20)`.execute(ctx.db)).rows.length,
    }))
  assert.deepEqual(await found('brigadeOfficer'), { searched: 2, near: 1 })
  assert.deepEqual(await found('caseOfficer'), { searched: 0, near: 0 })
})

test('the database knows the same moves of a case as the rule', async (t) => {
  const { db } = await aRegister(t)
  const ruled = new Set(mergeable.map((to) => `merged ${to}`))
  for (const from of statuses)
    for (const step of Object.values(lifecycle[from])) if (step.to !== from) ruled.add(`${from} ${step.to}`)
  const { rows } = await db.admin.query(`select from_status || ' ' || to_status as move from complaints.case_move`)
  assert.deepEqual(rows.map((row) => row.move).sort(), [...ruled].sort())
})
