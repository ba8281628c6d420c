import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { openOrder, sweepOrders } from '#modules/supervision/index.ts'
import { systemActor } from '#platform/actor.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import type { TemplateData } from '#platform/documents/data.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { html } from '#platform/html.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { supervisionPages } from './index.ts'

/** The pages of the desk on a real server and database; the signed-in person is whoever the test says. */
async function deskPages(t: TestContext) {
  const db = await freshDatabase(t, '2026-11-20T02:00:00Z')
  const bureau = await aBureau(db)
  let person: PersonKey = 'desk'
  const drawn: TemplateData['supervision-order'][] = []
  const asked: unknown[] = []
  const documents = {
    async render(_: string, data: TemplateData['supervision-order']) {
      drawn.push(data)
      return new Uint8Array([1, 2, 3])
    },
  } as unknown as Documents
  const app = await createServer({ cookieSecret: 'x'.repeat(64), secure: false, trustProxy: false, logLevel: 'silent' })
  const pages = supervisionPages({
    documents,
    askSecondOpinion: async (_, about) => void asked.push(about),
    revealCitizen: async () => ({ phone: '13805320000' }),
  })
  bindAll(app, pages, {
    houses: { internal: db.house, public: db.house },
    actorOf: async () => ({ actor: await bureau.actorNow(person), cookies: [] }),
    problemPage: (_, problem) => html`<main>${problem.status} ${problem.code}</main>`,
    demo: false,
  })
  t.after(() => app.close())

  const cookies = new Map<string, string>()
  const remember = (reply: { cookies: { name: string; value: string }[] }) => {
    for (const cookie of reply.cookies) cookies.set(cookie.name, cookie.value)
  }
  const get = async (url: string) => {
    const reply = await app.inject({ url, cookies: Object.fromEntries(cookies) })
    remember(reply)
    return reply
  }
  const hidden = (page: string, action: string, name: string) => {
    const form = page.slice(page.indexOf(`action="${action}"`))
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? ''
  }
  /** Fills in the form of `page` that goes to `action` and sends it. */
  const send = async (page: string, action: string, typed: Record<string, string>) => {
    const fields = {
      _csrf: hidden(page, action, '_csrf'),
      attempt: hidden(page, action, 'attempt'),
      version: hidden(page, action, 'version'),
      ...typed,
    }
    const payload = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await app.inject({
      method: 'POST',
      url: action,
      payload,
      headers,
      cookies: Object.fromEntries(cookies),
    })
    remember(reply)
    return reply
  }
  const open = (more: object = {}) =>
    db.as(systemActor, (ctx) =>
      openOrder(ctx, {
        sourceKind: 'callback',
        sourceId: randomUUID(),
        concernedPersonId: bureau.people.officer.id,
        concernedUnitId: bureau.units.eastWindow,
        problem: '<b>等候</b>时间太长',
        startedAt: ctx.now,
        ...more,
      }),
    )
  return {
    ...db,
    app,
    bureau,
    get,
    send,
    open,
    drawn,
    asked,
    cookies,
    as: db.as,
    be: (key: PersonKey) => (person = key),
  }
}

test('the desk works an order through its pages, which are sound in both languages', async (t) => {
  const at = await deskPages(t)
  const { id, no } = await at.open({ contactConsent: true })
  const path = `/console/orders/${id}`
  for (const url of [
    '/console/orders',
    '/console/orders?view=all&lang=en',
    '/console/orders?lang=zh',
    path,
    `${path}?lang=en`,
    '/console/orders/new?lang=zh',
    '/console/replies',
  ]) {
    const reply = await at.get(url)
    assert.equal(reply.statusCode, 200, url)
    assert.deepEqual(faultsIn(reply.body, 'page'), [], url)
  }
  const list = (await at.get('/console/orders')).body
  assert.match(list, new RegExp(no))
  assert.match(list, /&lt;b&gt;等候/)

  const page = (await at.get(path)).body
  const measured = await at.send(page, `${path}/measure`, { text: '调取叫号记录' })
  assert.equal(measured.statusCode, 303)
  assert.equal(measured.headers.location, `${path}?done=measure`)
  const wrong = await at.send(page, `${path}/answer`, { answer: '写了很久的答复', result: 'explained' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /写了很久的答复/)
  assert.deepEqual(faultsIn(wrong.body, 'page'), [])
  const again = wrong.body
  const answered = await at.send(again, `${path}/answer`, {
    answer: '写了很久的答复',
    result: 'explained',
    basis: '《居民身份证法》',
  })
  assert.equal(answered.headers.location, `${path}?done=answer`)
  assert.deepEqual(at.asked.length, 1)
  const after = await at.get(`${path}?done=answer`)
  assert.match(after.body, /已答复，将请群众再次评价/)
  assert.match(after.body, /承办人不能自行办结/)
  assert.deepEqual(faultsIn(after.body, 'page'), [])
})

test('the desk reads the citizen’s own words, a leader to whom the order went does not', async (t) => {
  const at = await deskPages(t)
  const callbackId = randomUUID()
  const [officer, unit] = [at.bureau.people.officer.id, at.bureau.units.eastWindow]
  await at.admin.query(
    `insert into service_window.matter (id, no, unit_id, handling_unit_id, first_officer_id, received_at, applicant_name, request,
       query_code_hash, query_code_sealed) values ($1, '20261119-000001', $2, $2, $3, '2026-11-19T01:00Z', '张三', '补领', 'h', 's')`,
    [callbackId, unit, officer],
  )
  await at.admin.query(
    `insert into callback.callback (id, purpose, subject_id, matter_id, officer_id, unit_id, finished_at, token_hash, token_sealed, state, send_after)
     values ($1, 'satisfaction', $1, $1, $2, $3, '2026-11-19T02:00Z', encode(sha256('key'), 'hex'), 's', 'no_phone', now())`,
    [callbackId, officer, unit],
  )
  await at.admin.query(
    `insert into callback.answer (id, callback_id, channel, page_key, raw, level, comment, received_at)
     values (gen_random_uuid(), $1, 'page', 'key', '1', 1, '排了两个小时<i>', '2026-11-19T09:00Z')`,
    [callbackId],
  )
  const { id } = await at.open({ sourceId: callbackId })
  const page = await at.get(`/console/orders/${id}`)
  assert.match(page.body, /排了两个小时&lt;i&gt;/)
  assert.doesNotMatch(page.body, /张三/)
  at.clock.set('2026-11-26T01:00:00Z')
  await at.as(systemActor, sweepOrders)
  at.be('leader')
  const leader = await at.get(`/console/orders/${id}`)
  assert.equal(leader.statusCode, 200)
  assert.doesNotMatch(leader.body, /排了两个小时|张三/)
})

test('a form sent twice acts once; an old page is told of the change and keeps what was typed', async (t) => {
  const at = await deskPages(t)
  const { id } = await at.open()
  const path = `/console/orders/${id}`
  const page = (await at.get(path)).body
  const twice = [1, 2].map(() => at.send(page, `${path}/measure`, { text: '只记一次' }))
  assert.deepEqual(
    (await Promise.all(twice)).map((reply) => reply.statusCode),
    [303, 303],
  )
  assert.equal((await at.admin.query(`select 1 from supervision.step where kind = 'measure'`)).rowCount, 1)
  await at.admin.query('update supervision.order set version = version + 1')
  const late = await at.send(page, `${path}/answer`, { answer: '我的答复', result: 'solved' })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /已有变化/)
  assert.match(late.body, /我的答复/)
})

test('evidence is uploaded, listed and sent as a download; what is no picture is refused in words', async (t) => {
  const at = await deskPages(t)
  const { id } = await at.open()
  const path = `/console/orders/${id}`
  const page = (await at.get(path)).body
  const csrf = /name="_csrf" value="([^"]*)"/.exec(page.slice(page.indexOf(`${path}/evidence`)))?.[1] as string
  const upload = (name: string, bytes: string) => {
    const edge = 'edge7'
    const part = (head: string, body: string) =>
      `--${edge}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
    const payload = `${part('name="_csrf"', csrf)}${part('name="attempt"', randomUUID())}${part(`name="file"; filename="${name}"`, bytes)}--${edge}--\r\n`
    const headers = { 'content-type': `multipart/form-data; boundary=${edge}` }
    return at.app.inject({
      method: 'POST',
      url: `${path}/evidence`,
      payload,
      headers,
      cookies: Object.fromEntries(at.cookies),
    })
  }
  const refused = await upload('a.pdf', '<script>alert(1)</script>')
  assert.equal(refused.statusCode, 422)
  assert.match(refused.body, /按文件内容判断/)
  const sent = await upload('记录.pdf', '%PDF-1.7\n%%EOF')
  assert.equal(sent.headers.location, `${path}?done=evidence`)
  const link = new RegExp(`${path}/evidence/[0-9a-f-]{36}`).exec((await at.get(path)).body)?.[0] as string
  const file = await at.get(link)
  assert.equal(file.body, '%PDF-1.7\n%%EOF')
  assert.match(String(file.headers['content-disposition']), /^attachment; filename\*=UTF-8''/)
  assert.equal(file.headers['x-content-type-options'], 'nosniff')
  at.be('head')
  assert.equal((await at.get(link)).statusCode, 404)
})

test('the rated unit gets no list, and an order exactly as one that does not exist', async (t) => {
  const at = await deskPages(t)
  const { id } = await at.open()
  for (const who of ['officer', 'officer2', 'chief', 'head'] as const) {
    at.be(who)
    assert.equal((await at.get('/console/orders')).statusCode, 403)
    for (const rest of ['', '/order.pdf']) {
      const [real, absent] = [
        await at.get(`/console/orders/${id}${rest}`),
        await at.get(`/console/orders/${randomUUID()}${rest}`),
      ]
      assert.deepEqual([real.statusCode, real.body], [absent.statusCode, absent.body])
      assert.equal(real.statusCode, 404)
    }
  }
})

test('the phone appears for the owner with consent only, and the look-up is in the audit log without the number', async (t) => {
  const at = await deskPages(t)
  const silent = await at.open()
  const path = `/console/orders/${silent.id}`
  const page = (await at.get(path)).body
  assert.doesNotMatch(page, /reveal/)
  const without = await at.send(page, `${path}/reveal`, {
    reason: '核实',
    _csrf: /name="_csrf" value="([^"]*)"/.exec(page)?.[1] as string,
    attempt: randomUUID(),
  })
  assert.equal(without.statusCode, 403)
  at.be('desk2')
  const { id } = await at.open({ contactConsent: true })
  const own = (await at.get(`/console/orders/${id}`)).body
  const shown = await at.send(own, `/console/orders/${id}/reveal`, { reason: '核实等候时间' })
  assert.equal(shown.statusCode, 200)
  assert.match(shown.body, /13805320000/)
  const log = await at.admin.query(
    `select data::text as data from platform.audit_entry where event = 'order.reveal' and outcome = 'done'`,
  )
  assert.equal(log.rowCount, 1)
  assert.match(log.rows[0].data, /核实等候时间/)
  assert.doesNotMatch(log.rows[0].data, /13805320000/)
  const attempts = await at.admin.query(`select reply::text from platform.attempt`)
  assert.ok(attempts.rows.every((row) => !String(row.reply).includes('13805320000')))
})

test('the printed order of a reply names unit and deadline, not the rated officer', async (t) => {
  const at = await deskPages(t)
  const { id, no } = await at.open()
  at.clock.set('2026-11-26T01:00:00Z')
  await at.as(systemActor, sweepOrders)
  const reply = await at.get(`/console/orders/${id}/order.pdf`)
  assert.equal(reply.headers['content-type'], 'application/pdf')
  const [data] = at.drawn
  assert.deepEqual([data?.number, data?.due.day.toString(), data?.overdueDays], [no, '2026-11-25', 1])
  assert.deepEqual(data?.responsible, { unit: '青山路派出所户籍窗口', officer: undefined })
  assert.doesNotMatch(JSON.stringify(data), /李敏|J100001/)
})

test('a leader issues an order, finds it in his list, and accepts the answer of the desk', async (t) => {
  const at = await deskPages(t)
  at.be('leader')
  const blank = (await at.get('/console/orders/new')).body
  const typed = { concernedUnitId: at.bureau.units.west, problem: '窗口午间无人', requirement: '' }
  const wrong = await at.send(blank, '/console/orders', { ...typed, sourceKind: 'leader' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /窗口午间无人/)
  const sent = await at.send(wrong.body, '/console/orders', { ...typed, sourceKind: 'leader', requirement: '安排轮岗' })
  const path = String(sent.headers.location).split('?')[0] as string
  const list = await at.get('/console/escalations?view=issued')
  assert.match(list.body, /窗口午间无人/)
  assert.deepEqual(faultsIn(list.body, 'page'), [])
  assert.equal((await at.get('/console/orders')).statusCode, 403)
  at.be('desk')
  await at.send((await at.get(path)).body, `${path}/answer`, { answer: '已安排轮岗', result: 'solved' })
  at.be('leader')
  const page = (await at.get(path)).body
  assert.deepEqual(faultsIn(page, 'page'), [])
  const closed = await at.send(page, `${path}/decide`, { decision: 'accept' })
  assert.equal(closed.headers.location, `${path}?done=accept`)
  assert.equal((await at.admin.query('select closing from supervision.order')).rows[0].closing, 'issuer')
})

test('an address that somebody changed shows a list or a form, never a failure', async (t) => {
  const at = await deskPages(t)
  for (let n = 0; n < 51; n++) await at.open()
  const first = await at.get('/console/orders?view=all')
  const next = /href="([^"]*afterKey[^"]*)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') as string
  const second = await at.get(next)
  const numbersOn = (page: string) => page.match(/DB20261120-\d{4}/g) ?? []
  assert.deepEqual([numbersOn(first.body).length, numbersOn(second.body).length], [50, 1])
  assert.equal(new Set([...numbersOn(first.body), ...numbersOn(second.body)]).size, 51)
  for (const query of [
    'from=2026-02-31',
    'until=x',
    'no=%00%27',
    'afterKey=x&afterId=00000000-0000-4000-8000-000000000001',
    'view=all&afterKey=2026-99-99&afterId=00000000-0000-4000-8000-000000000001',
  ]) {
    assert.equal((await at.get(`/console/orders?${query}`)).statusCode, 200, query)
  }
  for (const query of ['view=everything', 'unitId=------------------------------------', 'shown=-1']) {
    assert.equal((await at.get(`/console/orders?${query}`)).statusCode, 400, query)
  }
})

test('an unclear reply is read by the desk once; the second reader is told and nothing is rated twice', async (t) => {
  const at = await deskPages(t)
  const [callbackId, inbound, answer] = [randomUUID(), randomUUID(), randomUUID()]
  const [officer, unit] = [at.bureau.people.officer.id, at.bureau.units.eastWindow]
  await at.admin.query(
    `insert into service_window.matter (id, no, unit_id, handling_unit_id, first_officer_id, received_at, applicant_name, request,
       query_code_hash, query_code_sealed) values ($1, '20261119-000001', $2, $2, $3, '2026-11-19T01:00Z', '张三', '补领', 'h', 's')`,
    [callbackId, unit, officer],
  )
  await at.admin.query(
    `insert into callback.callback (id, purpose, subject_id, matter_id, officer_id, unit_id, finished_at, token_hash, token_sealed, state, send_after, phone_sealed, phone_index, sent_at, answer_by)
     values ($1, 'satisfaction', $1, $1, $2, $3, '2026-11-19T02:00Z', 'h', 's', 'unclear', now(), 'p', 'i', '2026-11-19T03:00Z', '2026-11-27T00:00Z')`,
    [callbackId, officer, unit],
  )
  await at.admin.query(
    `insert into platform.inbound_message (id, phone_index, phone_sealed, body, received_at, gateway_ref) values ($1, 'i', 'p', '就那样吧', '2026-11-19T09:00Z', 'r1')`,
    [inbound],
  )
  await at.admin.query(
    `insert into callback.answer (id, callback_id, channel, inbound_id, raw, received_at) values ($1, $2, 'sms', $3, '就那样吧', '2026-11-19T09:00Z')`,
    [answer, callbackId, inbound],
  )
  const path = `/console/replies/${answer}`
  assert.match((await at.get('/console/replies')).body, /就那样吧/)
  const page = await at.get(path)
  assert.deepEqual(faultsIn(page.body, 'page'), [])
  assert.doesNotMatch(page.body, /张三|李敏/)
  assert.equal((await at.send(page.body, path, {})).statusCode, 422)
  const read = await at.send(page.body, path, { level: '2' })
  assert.equal(read.headers.location, '/console/replies?done=read')
  const late = await at.send(page.body, path, { level: '5', attempt: randomUUID() })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /已经有人处理/)
  assert.deepEqual((await at.admin.query('select level from callback.rating')).rows, [{ level: 2 }])
})
