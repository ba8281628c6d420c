import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { Problem } from '#platform/problem.ts'
import { incompatible } from '#policy/access/permissions.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import {
  addDuty,
  addPerson,
  endDuty,
  findPersonFully,
  listHoldings,
  saveCounter,
  savePerson,
  saveUnit,
  searchPeople,
  setActive,
  unitRecord,
} from './index.ts'

const today = Temporal.PlainDate.from('2026-11-23')
const refused = (code: string, field?: string) => (error: unknown) =>
  error instanceof Problem && (error.code === code || (field !== undefined && error.fields[field] === code))

async function world(t: TestContext) {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const as = <T>(key: PersonKey, work: (ctx: Context) => Promise<T>) => db.as(bureau.actors[key], work)
  const give = (to: PersonKey, role: string, from = today, until: Temporal.PlainDate | null = null) =>
    as('securityAdmin', (ctx) => addDuty(ctx, bureau.people[to].id, { role, unitId: bureau.units.bureau, from, until }))
  return { db, bureau, as, give }
}

test('a duty gives its rights on its days and an ended one is gone at the next request', async (t) => {
  const { db, bureau, as, give } = await world(t)
  await give('plain', 'catalogue_editor', today.add({ days: 1 }), today.add({ days: 2 }))
  const can = async () => may(await bureau.actorNow('plain'), 'catalogue.edit')
  assert.equal(await can(), false)
  db.clock.set('2026-11-24T01:00:00Z')
  assert.equal(await can(), true)
  const [duty] = (await as('securityAdmin', (ctx) => findPersonFully(ctx, bureau.people.plain.id, today))).duties
  assert.deepEqual([duty?.from, duty?.until], ['2026-11-24', '2026-11-26'])
  await as('securityAdmin', (ctx) => endDuty(ctx, bureau.people.plain.id, duty?.id ?? ''))
  assert.equal(await can(), false)
  await assert.rejects(
    as('securityAdmin', (ctx) => endDuty(ctx, bureau.people.plain.id, duty?.id ?? '')),
    refused('duty-over'),
  )
})

test('every forbidden pair of duties is refused, either way round, and allowed once the first has ended', async (t) => {
  const { bureau, as, give } = await world(t)
  for (const [a, b] of incompatible) {
    for (const [first, second] of [
      [a, b],
      [b, a],
    ] as const) {
      await give('plain', first)
      await assert.rejects(give('plain', second), refused('duty-incompatible'), `${first} ${second}`)
      const { duties } = await as('securityAdmin', (ctx) => findPersonFully(ctx, bureau.people.plain.id, today))
      for (const duty of duties) await as('securityAdmin', (ctx) => endDuty(ctx, bureau.people.plain.id, duty.id))
    }
  }
  await give('plain', 'system_admin', today, today.add({ days: 5 }))
  await give('plain', 'security_admin', today.add({ days: 6 }))
})

test('two administrators at once cannot each give one half of a forbidden pair', async (t) => {
  const { give } = await world(t)
  const both = await Promise.allSettled([give('plain', 'system_admin'), give('plain', 'auditor')])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
})

test('nobody grants himself a right: not by the use case, not by hand at the database', async (t) => {
  const { bureau, as, give } = await world(t)
  await assert.rejects(give('securityAdmin', 'catalogue_editor'), refused('own-account'))
  await assert.rejects(
    as('securityAdmin', (ctx) => setActive(ctx, bureau.people.securityAdmin.id, true)),
    refused('own-account'),
  )
  const byHand = (key: PersonKey) =>
    as(key, (ctx) =>
      ctx.db
        .insertInto('directory.duty')
        .values({
          person_id: bureau.people[key].id,
          role: 'system_admin',
          unit_id: bureau.units.bureau,
          valid: '[2026-01-01,)',
        })
        .execute(),
    )
  for (const key of ['securityAdmin', 'systemAdmin', 'officer'] as const)
    await assert.rejects(byHand(key), /row-level security/, key)
  const longer = await as('securityAdmin', (ctx) =>
    ctx.db
      .updateTable('directory.duty')
      .set({ role: 'unit_head' })
      .where('person_id', '=', bureau.people.securityAdmin.id)
      .executeTakeFirst(),
  )
  assert.equal(Number(longer.numUpdatedRows), 0)
  await assert.rejects(
    as('systemAdmin', (ctx) =>
      addDuty(ctx, bureau.people.plain.id, { role: 'auditor', unitId: bureau.units.bureau, from: today, until: null }),
    ),
    refused('not-permitted'),
  )
})

test('somebody out of service has no rights at the next request', async (t) => {
  const { bureau, as } = await world(t)
  await as('securityAdmin', (ctx) => setActive(ctx, bureau.people.officer.id, false))
  await assert.rejects(bureau.actorNow('officer'), /cannot sign in/)
  await as('securityAdmin', (ctx) => setActive(ctx, bureau.people.officer.id, true))
  assert.equal((await bureau.actorNow('officer')).roles[0], 'window_officer')
})

test('a new person is found by name, number and unit; numbers are not given twice', async (t) => {
  const { bureau, as } = await world(t)
  const input = {
    policeNo: 'J100099',
    name: '欧阳𬭎',
    kind: 'auxiliary' as const,
    unitId: bureau.units.west,
    phone: '8000 0201',
  }
  const { id } = await as('securityAdmin', (ctx) => addPerson(ctx, input))
  for (const search of [
    { text: '阳' },
    { text: 'j100099' },
    { unitId: bureau.units.west, state: 'no_account' as const },
  ]) {
    const found = await as('securityAdmin', (ctx) => searchPeople(ctx, search, today, { limit: 50 }))
    assert.ok(
      found.some((person) => person.id === id && !person.account.exists),
      JSON.stringify(search),
    )
  }
  assert.deepEqual(await as('securityAdmin', (ctx) => searchPeople(ctx, { text: '%' }, today, { limit: 50 })), [])
  await assert.rejects(
    as('securityAdmin', (ctx) => addPerson(ctx, { ...input, policeNo: 'j100099' })),
    refused('police-number-taken', 'policeNo'),
  )
  const { version } = await as('securityAdmin', (ctx) => findPersonFully(ctx, id, today))
  await as('securityAdmin', (ctx) => savePerson(ctx, id, { ...input, name: '欧阳宏', version }))
  await assert.rejects(
    as('securityAdmin', (ctx) => savePerson(ctx, id, { ...input, version })),
    refused('changed-meanwhile'),
  )
  const holdings = await as('securityAdmin', (ctx) => listHoldings(ctx, today))
  assert.equal(holdings.length, 27)
})

test('units and counters are kept by the system administrator, with nothing lost to a colleague', async (t) => {
  const { bureau, as } = await world(t)
  const id = bureau.units.eastWindow
  const unit = await as('systemAdmin', (ctx) => unitRecord(ctx, id))
  await as('systemAdmin', (ctx) => saveUnit(ctx, id, { ...unit, phone: '8000 0109', areaType: 'rural' }))
  await assert.rejects(
    as('systemAdmin', (ctx) => saveUnit(ctx, id, { ...unit, phone: '8000 0108' })),
    refused('changed-meanwhile'),
  )
  await assert.rejects(
    as('securityAdmin', (ctx) => saveUnit(ctx, id, unit)),
    refused('not-permitted'),
  )
  const counter = { no: '3', nameZh: '3号窗口', nameEn: 'Counter 3', active: true }
  const fresh = await as('systemAdmin', (ctx) => saveCounter(ctx, id, null, counter))
  await assert.rejects(
    as('systemAdmin', (ctx) => saveCounter(ctx, id, null, counter)),
    refused('counter-number-taken', 'no'),
  )
  await as('systemAdmin', (ctx) => saveCounter(ctx, id, fresh, { ...counter, active: false }))
  const after = await as('systemAdmin', (ctx) => unitRecord(ctx, id))
  assert.deepEqual([after.phone, after.areaType, after.counters.at(-1)?.active], ['8000 0109', 'rural', false])
})
