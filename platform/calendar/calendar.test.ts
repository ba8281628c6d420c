import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { Problem } from '#platform/problem.ts'
import type { CalendarYear } from '#policy/calendar/calendar-year.ts'
import { aBureau } from '#test/fixtures/bureau.ts'
import { changedDays, importCalendarYear, listImports, readNotice } from './import-calendar.ts'
import { inventedNotice } from './invented-notice.ts'
import { loadCalendar } from './load-calendar.ts'

const today = Temporal.PlainDate.from('2026-11-23')
const day = (text: string) => Temporal.PlainDate.from(text)

function notice(change: object = {}): CalendarYear {
  const found = readNotice(JSON.stringify({ ...inventedNotice, ...change }), today)
  assert.ok(!('refused' in found), JSON.stringify(found))
  return found
}

test('an imported notice turns a provisional date into a final one, in every process that refreshes', async (t) => {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const [app, outside] = [openPool(db.appUrl, 2), openPool(db.publicUrl, 2)]
  t.after(() => Promise.all([app.end(), outside.end()]))
  const [calendar, elsewhere] = [await loadCalendar(app), await loadCalendar(outside)]
  assert.deepEqual(calendar.addWorkingDays(day('2027-02-04'), 3), { day: day('2027-02-10'), provisional: true })
  assert.deepEqual(calendar.calendarAlarm(today), { lastOfficialYear: 2026, daysLeft: 38 })

  await db.as(bureau.actors.systemAdmin, (ctx) => importCalendarYear(ctx, notice()))
  assert.equal(await calendar.refresh(), true)
  assert.equal(await calendar.refresh(), false)
  const due = calendar.addWorkingDays(day('2027-02-04'), 3)
  assert.ok(!('refused' in due))
  // The invented notice lets people off from the 5th to the 11th and has them work on Sunday the 14th.
  assert.deepEqual([due.day.toString(), due.provisional], ['2027-02-15', false])
  assert.equal(calendar.calendarAlarm(today), null)
  assert.equal(elsewhere.years.find(({ year }) => year === 2027)?.status, 'statutory_only')
  assert.equal(await elsewhere.refresh(), true)
  assert.equal(elsewhere.isWorkingDay(day('2027-02-14')), true)
})

test('a corrected notice replaces the first one and both are remembered', async (t) => {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const pool = openPool(db.appUrl, 2)
  t.after(() => pool.end())
  const act = (year: CalendarYear) => db.as(bureau.actors.systemAdmin, (ctx) => importCalendarYear(ctx, year))
  await act(notice())
  await act(notice({ makeup: [] }))
  assert.equal((await loadCalendar(pool)).isWorkingDay(day('2027-02-14')), false)
  const imports = await db.as(bureau.actors.systemAdmin, listImports)
  assert.deepEqual(
    imports.map(({ year, by }) => [year, by]),
    [
      [2027, '韩冰'],
      [2027, '韩冰'],
    ],
  )
  await assert.rejects(db.admin.query('delete from platform.calendar_year'), /append-only/)
})

test('only who operates the system imports, in his own name', async (t) => {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const refusal = (error: unknown) => error instanceof Problem && error.code === 'not-permitted'
  await assert.rejects(
    db.as(bureau.actors.securityAdmin, (ctx) => importCalendarYear(ctx, notice())),
    refusal,
  )
  const client = await db.admin.connect()
  try {
    await client.query('begin; set local role jingmin_app')
    const insert = client.query(
      `insert into platform.calendar_year (year, content, imported_at, imported_by) values (2027, $1, now(), $2)`,
      [notice(), bureau.people.systemAdmin.id],
    )
    await assert.rejects(insert, /row-level security/)
  } finally {
    await client.query('rollback')
    client.release()
  }
})

for (const [what, text, refused, on] of [
  ['no JSON', '2027年放假安排', 'calendar-not-json', undefined],
  ['a list', '[]', 'calendar-not-an-object', undefined],
  ['a day of another year', { off: ['2027-01-01', '2028-01-01'] }, 'calendar-date-in-other-year', '2028-01-01'],
  ['a day that does not exist', { off: ['2027-01-01', '2027-02-30'] }, 'calendar-date', '2027-02-30'],
  ['a day named twice', { off: ['2027-01-01', '2027-01-01'] }, 'calendar-date-twice', '2027-01-01'],
  ['a make-up day on a Wednesday', { makeup: ['2027-02-17'] }, 'calendar-makeup-on-weekday', '2027-02-17'],
  ['no source', { source: { title: '' } }, 'calendar-source', undefined],
  ['a table that is not a notice', { status: 'statutory_only', makeup: [] }, 'calendar-not-official', undefined],
  [
    'a year that is over',
    { year: 2025, off: ['2025-01-01', '2025-10-01'], makeup: [] },
    'calendar-past-year',
    undefined,
  ],
  ['a table without National Day', { off: ['2027-01-01'] }, 'calendar-no-holiday', '2027-10-01'],
] as [string, string | object, string, string | undefined][]) {
  test(`a file is refused for ${what}${on ? ', naming the day' : ''}`, () => {
    const found = readNotice(typeof text === 'string' ? text : JSON.stringify({ ...inventedNotice, ...text }), today)
    assert.deepEqual(found, on ? { refused, day: on } : { refused })
  })
}

test('what an import would change is told day by day', async (t) => {
  const db = await freshDatabase(t)
  const changes = changedDays(notice(), db.house.calendar)
  assert.deepEqual(
    changes.find(({ day }) => day === '2027-02-14'),
    { day: '2027-02-14', before: 'off', after: 'makeup' },
  )
  assert.deepEqual(
    changes.find(({ day }) => day === '2027-01-02'),
    undefined,
  )
})
