import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { createCounter } from '#demo/present/counter.ts'
import { createPlay } from '#demo/present/play.ts'
import { followUp, sweepCallback } from '#modules/callback/index.ts'
import { markOverdue } from '#modules/service-window/index.ts'
import { noteConsent, openOrder, recordSecondOpinion, sweepOrders } from '#modules/supervision/index.ts'
import { systemActor } from '#platform/actor.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { html } from '#platform/html.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { sweepMessages } from '#platform/notifications/deliver-messages.ts'
import { createDemoGateway } from '#platform/notifications/demo-gateway.ts'
import { aBureau } from '#test/fixtures/bureau.ts'
import { demoLogins, demoPassword } from '../accounts.ts'
import type { DemoClock } from '../clock.ts'
import { demoEndpoints } from './endpoints.ts'

const ports = { openOrder, recordSecondOpinion, noteConsent }

/** A bureau in which one citizen was served and has been asked, and a server with the demonstration's pages. */
async function open(t: TestContext, demo = true) {
  const db = await freshDatabase(t, '2026-11-23T01:00:00Z')
  await aBureau(db)
  const clock: DemoClock = { now: db.clock.now, moveTo: (moment) => db.clock.set(moment), offsetMs: () => 3_600_000 }
  const { house } = db
  const sweepNow = async () => {
    await sweepCallback(house, ports)
    await sweepMessages({ house, gateway: createDemoGateway({ demo: true, house }) })
    await sweepCallback(house, ports)
    await house.write(systemActor, 'test', markOverdue)
    await house.write(systemActor, 'test', sweepOrders)
    await house.write(systemActor, 'test', (ctx) => followUp(ctx, ports))
  }
  const app = await createServer({
    cookieSecret: 'a secret of at least thirty-two characters',
    secure: false,
    trustProxy: false,
    logLevel: 'silent',
  })
  t.after(() => app.close())
  bindAll(app, demoEndpoints({ house, clock, sweepNow }), {
    houses: { internal: house, public: house },
    demo,
    actorOf: async () => null,
    problemPage: (_side, problem) => html`<p>${problem.code}</p>`,
  })
  const get = (url: string) => app.inject({ method: 'GET', url })
  const post = async (url: string, fields: Record<string, string>) => {
    const page = await get(url)
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const cookie = page.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const payload = new URLSearchParams({ _csrf: csrf, attempt: randomUUID(), ...fields }).toString()
    return app.inject({
      method: 'POST',
      url,
      payload,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    })
  }
  const serve = async (phone: string) => {
    const counter = createCounter(1)
    const date = Temporal.PlainDate.from('2026-11-20')
    const play = createPlay({ house, adminPool: db.admin, clock, now: clock.now() })
    play.at(date, '10:00', 'J100001', (ctx) =>
      counter.serve(ctx, {
        name: '林静',
        phone,
        born: 1990,
        male: false,
        request: '新生儿出生登记',
        itemCode: 'household.birth_registration',
      }),
    )
    play.sweep(date, '10:40')
    await play.run()
  }
  const count = async (what: string) => Number((await db.admin.query(`select count(*) as n from ${what}`)).rows[0].n)
  return { db, clock, get, post, serve, count }
}

test('the start page says what this is, who can sign in and where to go, in both languages', async (t) => {
  const { get } = await open(t)
  const page = (await get('/demo')).body
  for (const { number, who } of demoLogins('zh')) assert.ok(page.includes(number) && page.includes(who), number)
  for (const text of [demoPassword, '/demo/phone', '/demo/time', '/sign-in', '全部为虚构'])
    assert.ok(page.includes(text), text)
  const english = (await get('/demo?lang=en')).body
  const main = /<main[\s\S]*<\/main>/.exec(english)?.[0] ?? ''
  assert.match(main, /all invented/)
  assert.doesNotMatch(main, /\p{Script=Han}/u)
})

test('a reply on the telephone goes the way of every reply: a rating, an order, a question for consent', async (t) => {
  const { get, post, serve, count } = await open(t)
  await serve('19900090123')
  const list = (await get('/demo/phone')).body
  assert.match(list, /199\*{4}0123/)
  assert.ok(!list.includes('19900090123'), 'a number is shown by its last four digits')
  const thread = /\/demo\/phone\?thread=([0-9a-f]{16})/.exec(list)?.[1] as string
  assert.match((await get(`/demo/phone?thread=${thread}`)).body, /请评价本次服务/)
  const sent = await postFrom(post, thread, '2')
  assert.equal(sent.statusCode, 303)
  assert.equal(await count('callback.rating where level = 2'), 1)
  assert.equal(await count('supervision.order'), 1)
  assert.match((await get(`/demo/phone?thread=${thread}`)).body, /是否同意督办人员联系您/)
  assert.equal((await postFrom(post, thread, '')).statusCode, 422)
})

const postFrom = (post: Awaited<ReturnType<typeof open>>['post'], thread: string, text: string) =>
  post(`/demo/phone?thread=${thread}`, { thread, text })

test('time moves forward: an order becomes overdue before the visitor’s eyes, and nothing turns the clock back', async (t) => {
  const { clock, post, get, serve, count, db } = await open(t)
  await serve('19900090123')
  const thread = /thread=([0-9a-f]{16})/.exec((await get('/demo/phone')).body)?.[1] as string
  await postFrom(post, thread, '不满意')
  const before = clock.now()
  for (const move of ['three', 'day']) assert.equal((await post('/demo/time', { move })).statusCode, 303)
  assert.equal(clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString(), '2026-11-27')
  assert.equal(await count('supervision.order where overdue_at is not null'), 1)
  assert.match((await get(`/demo/time?since=${before}`)).body, /DB20261123-0001/)
  assert.equal(await count(`platform.setting where name = 'demo-clock'`), 1)
  for (const to of ['2026-11-20', '2029-01-01', '2026-02-30', '昨天']) {
    const refused = await post('/demo/time', { move: 'to', to })
    assert.equal(refused.statusCode, 422, to)
    assert.ok(refused.body.includes(`value="${to}"`))
  }
  assert.equal((await post('/demo/time', { move: 'to', to: '2026年12月1日' })).statusCode, 303)
  assert.equal(clock.now().toString(), '2026-12-01T01:00:00Z')
  assert.equal(
    (await db.admin.query(`select count(*) as n from platform.audit_entry where event = 'demo.time-moved'`)).rows[0].n,
    3,
  )
})

test('outside the demonstration its pages do not exist, and its gateway cannot be made', async (t) => {
  const { db, get } = await open(t, false)
  for (const url of ['/demo', '/demo/phone', '/demo/time']) assert.equal((await get(url)).statusCode, 404, url)
  assert.throws(() => createDemoGateway({ demo: false, house: db.house }))
})
