import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import { auditRatings } from '#modules/callback/index.ts'
import { hashQueryCode, openCode, openPhone } from '#modules/service-window/index.ts'
import { systemActor } from '#platform/actor.ts'
import { type Auth, cookieHeaderOf, createAuth } from '#platform/auth/index.ts'
import { ARGON_FLOOR } from '#platform/auth/parameters.ts'
import { type FreshDatabase, freshDatabase } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { needsSecondFactor, type Role, roles } from '#policy/access/permissions.ts'
import { readReply } from '#policy/callback/reply.ts'
import { checkCitizenNumber } from '#policy/identity/citizen-number.ts'
import { dueBy } from '#policy/service-window/limits.ts'
import { orderDue } from '#policy/supervision/order-due.ts'
import { codeOf, demoCode, demoLogins } from './accounts.ts'
import { inventedNumber, inventedPhone } from './citizens.ts'
import { clockFrom, type DemoClock, demoClock, saveClock } from './clock.ts'
import { invariants } from './invariants.ts'
import { longestName } from './names.ts'
import { createRandom } from './random.ts'
import { clearReplies, stopReplies, unclearReplies } from './replies.ts'
import { seedDemo } from './seed.ts'

// Monday afternoon, so that something has happened today.
const now = '2026-11-23T05:45:00Z'

type Seeded = { db: FreshDatabase; auth: Auth; again(): Promise<string[]> }

async function seeded(t: TestContext): Promise<Seeded> {
  const db = await freshDatabase(t, now)
  const pool = openPool(db.appUrl, 4)
  t.after(() => pool.end())
  const auth = createAuth({
    pool,
    secret: 'a secret of at least thirty-two characters',
    baseURL: 'http://localhost',
    secure: false,
    argon: ARGON_FLOOR,
    needsSecondFactor: async (personId) => {
      const found = await db.admin.query<{ role: Role }>('select role from directory.duty where person_id = $1', [
        personId,
      ])
      return found.rows.some(({ role }) => needsSecondFactor.includes(role))
    },
    onEvent: async () => {},
  })
  const clock: DemoClock = { now: db.clock.now, moveTo: (moment) => db.clock.set(moment), offsetMs: () => 0 }
  const parts = { house: db.house, adminPool: db.admin, auth, clock, siteUrl: 'http://localhost:8080' }
  const again = async () => {
    const said: string[] = []
    await seedDemo({ ...parts, log: (line) => said.push(line) })
    return said
  }
  // The first start is killed while it writes the past; the second one goes on from there.
  await assert.rejects(seedDemo({ ...parts, adminPool: breaking(db), log: () => {} }), /killed/)
  assert.equal(await one(db, 'select count(*) as n from service_window.matter'), 0)
  t.diagnostic((await again()).join(' '))
  return { db, auth, again }
}

/** A database that goes away when the past begins to be written. */
function breaking({ admin }: FreshDatabase): Pool {
  const connect = async () => {
    const client = await admin.connect()
    const query = (text: string, values?: unknown[]) =>
      text.includes('pg_temp.fill') ? Promise.reject(new Error('killed')) : client.query(text, values)
    return { query, release: () => client.release() }
  }
  return { connect, query: admin.query.bind(admin) } as unknown as Pool
}

const one = async (db: FreshDatabase, text: string, values: unknown[] = []) =>
  Number((await db.admin.query<{ n: number }>(text, values)).rows[0]?.n)

test('an invented bureau in an empty database', async (t) => {
  const bureau = await seeded(t)
  const { db } = bureau

  for (const [sentence, statement] of Object.entries(invariants)) {
    await t.test(sentence, async () => {
      const values = statement.includes('$1') ? ['2026-11-23'] : []
      const found = await db.admin.query({ text: statement, values, rowMode: 'array' })
      assert.equal(Number((found.rows[0] as unknown[])[0]), 0)
    })
  }

  await t.test('due days are those of the rules', async () => {
    const matters =
      await db.admin.query(`select m.accepted_at, m.due_on, m.due_basis, v.content->'promisedLimit' as "promised"
      from service_window.matter m join registration.item_version v on v.id = m.item_version_id where m.accepted_at is not null and m.extended_days is null`)
    for (const { accepted_at, due_on, due_basis, promised } of matters.rows) {
      const due = dueBy(promised, accepted_at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate(), db.house.calendar)
      assert.ok(!('refused' in due))
      assert.deepEqual([due_on, due_basis], [due.day.toString(), due.basis])
    }
    const orders = await db.admin.query('select round_started_at, due_on from supervision.order')
    for (const { round_started_at, due_on } of orders.rows)
      assert.equal(due_on, orderDue(round_started_at, db.house.calendar).day.toString())
    assert.ok(matters.rows.length > 8000 && orders.rows.length > 40)
  })

  await t.test('its size and its shares are those of a real bureau', async () => {
    const share = (part: string, of: string) =>
      one(db, `select (select count(*) from ${part})::float / (select count(*) from ${of}) as n`)
    const between = (value: number, low: number, high: number) =>
      assert.ok(value >= low && value <= high, `${value} is not within ${low}–${high}`)
    between(await one(db, 'select count(*) as n from service_window.matter'), 9000, 15000)
    between(await one(db, 'select count(*) as n from directory.person'), 55, 95)
    between(
      await share(`service_window.matter where accepted_at is not null and visits = 1`, 'service_window.matter'),
      0.72,
      0.79,
    )
    between(
      await share(`service_window.notice where sequence = 1 and status = 'issued'`, 'service_window.matter'),
      0.16,
      0.22,
    )
    between(
      await share(
        `callback.rating where purpose = 'satisfaction'`,
        `callback.callback where sent_at is not null and purpose = 'satisfaction' and state <> 'failed'`,
      ),
      0.24,
      0.3,
    )
    between(
      await share(
        `callback.rating where level <= 2 and purpose = 'satisfaction'`,
        `callback.rating where purpose = 'satisfaction'`,
      ),
      0.015,
      0.045,
    )
    between(
      await share(
        `service_window.matter where status = 'completed' and overdue_at is null`,
        `service_window.matter where status = 'completed'`,
      ),
      0.96,
      0.99,
    )
  })

  await t.test('something waits in every state that the tour shows', async () => {
    const some = async (what: string) => assert.ok((await one(db, `select count(*) as n from ${what}`)) > 0, what)
    await some(`service_window.matter where status = 'accepted' and due_on < '2026-11-23'`)
    await some(
      `service_window.matter where status = 'accepted' and due_on = '2026-11-23' and holder_id = (select id from directory.person where police_no = '990112')`,
    )
    await some(`service_window.notice where status = 'requested'`)
    await some('service_window.extension where approved is null')
    await some(`service_window.baton where receipt_at is null and declined_at is null`)
    await some(`service_window.matter where status = 'lapsed'`)
    await some(`supervision.order where status = 'open' and overdue_at is not null and escalated_to is not null`)
    await some(`supervision.order where status = 'open' and due_on = '2026-11-23'`)
    await some(`supervision.order where status = 'open' and due_on = '2026-11-24'`)
    await some(`supervision.order where status = 'open' and round = 2`)
    await some(`supervision.order where status = 'answered' and source_kind = 'callback'`)
    await some(`supervision.order where status = 'answered' and source_kind = 'leader'`)
    await some(`supervision.order where closing = 'second_opinion'`)
    await some(`supervision.order where closing = 'silence'`)
    await some(`callback.callback where state = 'failed'`)
    await some(`callback.callback where state = 'unclear' and closed_at is null`)
    await some(`callback.callback where state = 'opted_out'`)
    await some(`directory.person where name = '${longestName}'`)
  })

  await t.test('what is sealed opens, and the code opens the citizen’s own page', async () => {
    await db.as(systemActor, async (ctx) => {
      const matters = await ctx.db
        .selectFrom('service_window.matter')
        .selectAll()
        .where('phone_sealed', 'is not', null)
        .limit(50)
        .execute()
      for (const matter of matters) {
        assert.match(String(openPhone(ctx, matter)), /^199000\d{5}$/)
        const hash = hashQueryCode(ctx, openCode(ctx, matter))
        const seen = await sql<{
          view: { no: string } | null
        }>`select service_window.citizen_view(${matter.no}, ${hash}) as view`.execute(ctx.db)
        assert.equal(seen.rows[0]?.view?.no, matter.no)
      }
      assert.deepEqual(await auditRatings(ctx), [])
    })
  })

  await t.test('one audit entry tells of it', async () => {
    assert.equal(
      await one(
        db,
        `select count(*) as n from platform.audit_entry where event = 'demo.seeded' and (data->'counts'->>'service_window.matter')::int > 0`,
      ),
      1,
    )
  })

  await t.test(
    'two years of complaints are there with every outcome, and cases at each stage wait on the desks',
    async () => {
      const count = (from: string) => one(db, `select count(*) as n from ${from}`)
      for (const status of ['accepted', 'investigating', 'answered', 'closed', 'redirected', 'merged'])
        assert.ok((await count(`complaints.case where status = '${status}'`)) > 0, status)
      assert.ok((await count(`complaints.case where status in ('proposed', 'reviewed')`)) > 0)
      for (const outcome of ['responsible', 'unfounded', 'not_established'])
        assert.ok((await count(`complaints.finding where outcome = '${outcome}'`)) > 0, outcome)
      for (const found of [
        'complaints.submission where anonymous',
        `complaints.appeal where decision = 'annulled'`,
        'complaints.clarification',
        `standing.restriction where status <> 'withdrawn'`,
        'standing.slip',
      ])
        assert.ok((await count(found)) > 0, found)
      assert.equal(await count('complaints.month'), 24)
      assert.ok((await count(`complaints.month where status = 'met'`)) >= 21)
    },
  )

  await t.test('somebody of every role signs in, with the code that the page shows', async () => {
    const held = new Set<Role>()
    for (const { number, password } of demoLogins('zh')) {
      const result = await bureau.auth.signIn({ number, password })
      assert.ok('ok' in result, number)
      const cookie = cookieHeaderOf(result.setCookies)
      if (result.next === 'second-factor') {
        const code = await demoCode(db.house, cookie)
        const done = await bureau.auth.verifySecondFactor(cookie, String(code))
        assert.ok('ok' in done, `${number}: ${JSON.stringify(done)}`)
        assert.equal(done.next, 'done')
      } else assert.equal(result.next, 'done', number)
      const duties = await db.admin.query<{ role: Role }>(
        'select d.role from directory.duty d join directory.person p on p.id = d.person_id where p.police_no = $1',
        [number],
      )
      for (const { role } of duties.rows) held.add(role)
    }
    assert.deepEqual([...held].sort(), [...roles].sort())
  })

  await t.test('a second start changes nothing', async () => {
    const counts = () =>
      db.admin.query(`select (select count(*) from service_window.matter) as m, (select count(*) from supervision.step) as s,
      (select count(*) from platform.audit_entry) as a, (select count(*) from auth."user") as u`)
    const before = (await counts()).rows
    assert.deepEqual(await bureau.again(), [])
    assert.deepEqual((await counts()).rows, before)
  })
})

test('a bureau that is already there is left alone', async (t) => {
  const db = await freshDatabase(t)
  await db.admin.query(
    `insert into directory.unit (id, code, kind, name_zh, name_en) values (gen_random_uuid(), 'REAL', 'bureau', '真的分局', 'Real')`,
  )
  const clock: DemoClock = {
    now: db.clock.now,
    moveTo: () => assert.fail('the clock is not touched'),
    offsetMs: () => 0,
  }
  await seedDemo({
    house: db.house,
    adminPool: db.admin,
    auth: null as unknown as Auth,
    clock,
    siteUrl: '',
    log: () => assert.fail('nothing is said'),
  })
  assert.equal(await one(db, 'select count(*) as n from directory.unit'), 1)
  assert.equal(await one(db, 'select count(*) as n from service_window.matter'), 0)
})

test('invented people: well-formed numbers of a region that does not exist, telephones of one plain beginning', () => {
  const random = createRandom(1)
  const today = Temporal.PlainDate.from('2026-11-23')
  for (let i = 0; i < 500; i++) {
    const male = i % 2 === 0
    const read = checkCitizenNumber(inventedNumber(random, 1950 + (i % 60), male), today)
    assert.ok('number' in read && read.regionCode === '990111' && read.sex === (male ? 'male' : 'female'))
    assert.match(inventedPhone(random), /^199000[0-8]\d{4}$/)
  }
  assert.equal([...longestName].length, 40)
})

test('every reply is read as what it stands for', () => {
  const levels = ['very_dissatisfied', 'dissatisfied', 'basically_satisfied', 'satisfied', 'very_satisfied']
  for (const [digit, texts] of Object.entries(clearReplies))
    for (const text of texts) assert.deepEqual(readReply(text), { level: levels[Number(digit) - 1] }, text)
  for (const text of unclearReplies) assert.ok('unclear' in readReply(text), text)
  for (const text of stopReplies) assert.deepEqual(readReply(text), { optOut: true }, text)
})

test('the token shows what RFC 6238 says', (t) => {
  t.mock.method(Temporal.Now, 'instant', () => Temporal.Instant.from('1970-01-01T00:00:59Z'))
  // Test vector of appendix B for SHA-1, its last six digits.
  assert.equal(codeOf('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'), '287082')
})

test('how far the clock was moved survives a restart, and never points back', async (t) => {
  const db = await freshDatabase(t)
  assert.equal((await demoClock(db.admin)).offsetMs(), 0)
  const moved = clockFrom(0)
  moved.moveTo(Temporal.Now.instant().add({ hours: 30 }))
  await db.as(systemActor, (ctx) => saveClock(ctx, moved))
  assert.equal((await demoClock(db.admin)).offsetMs(), moved.offsetMs())
  assert.ok(Math.abs(moved.offsetMs() - 30 * 3_600_000) < 60_000)
  assert.equal(clockFrom(-5).offsetMs(), 0)
})
