import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { annulResponsibility, decideDeduction, recordResponsibility } from '#modules/standing/index.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import type { TemplateData } from '#platform/documents/data.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { html } from '#platform/html.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { accountabilityEndpoints } from './index.ts'

/** The pages on a real server and database; whoever acts is whoever the test says. */
async function pages(t: TestContext) {
  const db = await freshDatabase(t, '2026-11-02T02:00:00Z')
  const bureau = await aBureau(db)
  const drawn: TemplateData['notice-slip'][] = []
  const documents = {
    async render(_: string, data: TemplateData['notice-slip']) {
      drawn.push(data)
      return new Uint8Array([1])
    },
  } as unknown as Documents
  const app = await createServer({ cookieSecret: 'x'.repeat(64), secure: false, trustProxy: false, logLevel: 'silent' })
  let person: PersonKey = 'officer'
  bindAll(app, accountabilityEndpoints({ documents }), {
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
  const get = async (who: PersonKey, url: string) => {
    person = who
    const reply = await app.inject({ url, cookies: Object.fromEntries(cookies) })
    remember(reply)
    return reply
  }
  /** A sound page, in either language. */
  const page = async (who: PersonKey, url: string) => {
    const reply = await get(who, url)
    assert.equal(reply.statusCode, 200, `${who} ${url}`)
    assert.deepEqual(faultsIn(reply.body, 'page'), [], url)
    return reply.body
  }
  /** Fills in the form of `from` that goes to `action` and sends it. */
  const send = async (who: PersonKey, from: string, action: string, typed: Record<string, string> = {}) => {
    person = who
    const start = from.indexOf(`action="${action}"`)
    assert.ok(start >= 0, `no form to ${action}`)
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(from.slice(start))?.[1] ?? ''
    const fields = { _csrf: hidden('_csrf'), attempt: hidden('attempt'), version: hidden('version'), ...typed }
    const reply = await app.inject({
      method: 'POST',
      url: action,
      payload: new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      cookies: Object.fromEntries(cookies),
    })
    remember(reply)
    return reply
  }
  let cases = 0
  const record = async (who: PersonKey = 'officer') => {
    cases += 1
    const input = {
      findingId: randomUUID(),
      caseId: randomUUID(),
      caseNo: `XF2026-000${cases}`,
      factLine: `第${cases}件<b>：接待生硬`,
      clause: '第3条',
      severity: 'minor' as const,
      unitId: bureau.units.eastWindow,
      personId: bureau.people[who].id,
      effectiveOn: Temporal.PlainDate.from('2026-11-02'),
    }
    const made = await db.as(bureau.actors.leader, (ctx) => recordResponsibility(ctx, input))
    return { ...input, taskId: made.taskId as string }
  }
  const deduct = async () => {
    const made = await record()
    await db.as(bureau.actors.head, (ctx) =>
      decideDeduction(ctx, made.taskId, { version: 1, points: 1, reason: '当班接待失当' }),
    )
    return made
  }
  const only = async (sql: string) => (await db.admin.query(sql)).rows[0] as Record<string, string>
  return { ...db, bureau, get, page, send, record, deduct, only, drawn }
}

test('the head sees what is due, is told what it brings, and deducts; wrong points come back with what was typed', async (t) => {
  const at = await pages(t)
  await at.deduct()
  const { taskId, caseNo } = await at.record()
  const path = `/console/deductions/${taskId}`
  assert.match(await at.page('head', '/console/deductions'), new RegExp(caseNo))
  await at.page('head', '/console/deductions?lang=en')
  const form = await at.page('head', `${path}?lang=zh`)
  assert.match(form, /第2件&lt;b&gt;/)
  assert.match(form, /这一次之后，其本年度立功授奖和评优资格取消/)
  for (const points of ['0', '9', '1.5', 'x']) {
    const wrong = await at.send('head', form, `${path}/decide`, { points, reason: '态度不好' })
    assert.equal(wrong.statusCode, 422)
    assert.match(wrong.body, /分值须为幅度内的整数/)
    assert.match(wrong.body, /态度不好/)
    assert.deepEqual(faultsIn(wrong.body, 'page'), [])
  }
  const [first, second] = await Promise.all(
    [1, 2].map(() => at.send('head', form, `${path}/decide`, { points: '2', reason: '态度不好' })),
  )
  assert.deepEqual([first?.statusCode, second?.statusCode], [303, 303], 'the same form twice is one decision')
  assert.match(await at.page('head', `${path}?done=decide`), /决定扣 2 分/)
  assert.match(await at.page('head', '/console/deductions?view=decided'), /已扣分/)
  const late = await at.send('head', form, `${path}/decide`, { points: '1', reason: '再扣', attempt: randomUUID() })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /情况已有变化/)
  assert.match(late.body, /<blockquote><p>再扣<\/p><\/blockquote>/)
})

test('a leader is told who decides and has no form; the officer and another unit find no such deduction', async (t) => {
  const at = await pages(t)
  const { taskId } = await at.record()
  const leader = await at.page('leader', `/console/deductions/${taskId}`)
  assert.match(leader, /由 孙志强 决定/)
  assert.doesNotMatch(leader, /name="points"/)
  const [foreign, absent] = [
    await at.get('westHead', `/console/deductions/${taskId}`),
    await at.get('westHead', `/console/deductions/${randomUUID()}`),
  ]
  assert.deepEqual([foreign.statusCode, foreign.body], [absent.statusCode, absent.body])
  assert.equal((await at.get('officer', `/console/deductions/${taskId}`)).statusCode, 403)
})

test('the officer sees count, reasons, remedies and what the next one would bring, and nobody else’s', async (t) => {
  const at = await pages(t)
  assert.match(await at.page('officer', '/console/my-standing'), /被扣分 0 次/)
  const first = await at.deduct()
  const one = await at.page('officer', '/console/my-standing')
  assert.match(one, /被扣分 1 次/)
  assert.match(one, /再有一次，本年度立功授奖和评优资格取消/)
  assert.match(one, new RegExp(first.caseNo))
  assert.match(one, /当班接待失当/)
  assert.match(one, /10 个工作日内，可以向没有参加过本案决定的人申诉/)
  assert.match(one, new RegExp(`href="/console/me/findings/${first.findingId}"`), 'where to appeal')
  const open = await at.record()
  await at.deduct()
  const two = await at.page('officer', '/console/my-standing?lang=en')
  assert.match(two, /to confirm/)
  assert.match(two, new RegExp(`Case ${open.caseNo}: the head of the unit decides`))
  assert.doesNotMatch(await at.page('officer2', '/console/my-standing?lang=zh'), /XF2026/)
  await at.as(at.bureau.actors.leader2, (ctx) =>
    annulResponsibility(ctx, { findingId: first.findingId, reason: '复核撤销', annulledOn: first.effectiveOn }),
  )
  const after = await at.page('officer', '/console/my-standing')
  assert.match(after, /被扣分 1 次/)
  assert.match(after, /已冲销[\s\S]*：复核撤销/)
  assert.match(after, /已撤销/)
})

test('the political department confirms a restriction with its reasons before the eyes; the officer reads the same page', async (t) => {
  const at = await pages(t)
  await at.deduct()
  await at.deduct()
  const { id } = await at.only('select id from standing.restriction')
  const path = `/console/restrictions/${id}`
  assert.match(await at.page('political', '/console/restrictions'), /李敏/)
  const form = await at.page('political', path)
  assert.match(form, /XF2026-0001[\s\S]*XF2026-0002/)
  const own = await at.page('officer', path)
  assert.doesNotMatch(own, /name="note"/)
  const sent = await at.send('political', form, `${path}/confirm`, { note: '已核对' })
  assert.equal(sent.headers.location, `${path}?done=confirm`)
  assert.match(await at.page('officer', `${path}?lang=en`), /Checked and confirmed by 华宁/)
  assert.equal((await at.get('officer2', path)).statusCode, 404)
})

test('a slip goes from draft to talk through its pages, and is printed once it is signed', async (t) => {
  const at = await pages(t)
  for (let n = 0; n < 4; n++) await at.deduct()
  const { id } = await at.only('select id from standing.slip where nth = 4')
  const path = `/console/slips/${id}`
  const step = async (who: PersonKey, name: string, typed: Record<string, string> = {}) => {
    const sent = await at.send(who, await at.page(who, path), `${path}/${name}`, typed)
    assert.equal(sent.headers.location, `${path}?done=${name}`, sent.body)
    await at.page(who, `${path}?done=${name}&lang=en`)
    await at.page(who, `${path}?lang=zh`)
  }
  assert.equal((await at.get('officer', path)).statusCode, 404)
  assert.equal((await at.get('political', `${path}/slip.pdf`)).statusCode, 404)
  await step('political', 'edit', { text: '请改进。\n谢谢。' })
  await step('leader', 'sign')
  assert.match(await at.page('officer', '/console/my-standing'), /请阅读并签收/)
  await step('head', 'refuse', { note: '当面拒签' })
  assert.doesNotMatch(await at.page('head', path), /见证拒签<\/h2>/)
  await step('political', 'witness')
  await step('officer', 'plan', { plan: '每天复盘' })
  await step('officer', 'remark', { remark: '有意见' })
  await step('head', 'talk', { result: '已改进' })
  assert.equal((await at.get('officer', `${path}/slip.pdf`)).statusCode, 200)
  const [data] = at.drawn
  assert.deepEqual(
    [data?.number, data?.slipOfYear, data?.deductions.length, data?.signature.kind],
    ['提示〔2026〕1号', 2, 4, 'witnessed'],
  )
  const information = await at.page('inspector', '/console/information')
  assert.match(information, /2026 年度第 4 次扣分/)
  const { id: told } = await at.only('select id from standing.information')
  await at.send('inspector', information, `/console/information/${told}/note`)
  assert.match(await at.page('inspector', '/console/information?done=note'), /曹雯 于/)
  await at.page('political', '/console/slips')
  assert.equal((await at.get('political', '/console/information')).statusCode, 403)
})

test('an eligibility check answers in words from the rule down to the case, also as of a past day, and is on record', async (t) => {
  const at = await pages(t)
  const ask = (more: Record<string, string>) =>
    `/console/eligibility?${new URLSearchParams({ policeNo: 'J100001', awardKind: 'merit_third', ...more })}`
  await at.page('political', '/console/eligibility')
  await at.deduct()
  at.clock.set('2026-11-10T02:00:00Z')
  const second = await at.deduct()
  const no = await at.page('political', ask({}))
  for (const said of [
    /不符合“三等功”的资格/,
    /被扣分 2 次的，取消立功授奖和评优资格/,
    /待确认/,
    /XF2026-0001/,
    new RegExp(second.caseNo),
  ])
    assert.match(no, said)
  assert.match(await at.page('political', ask({ asOf: '2026-11-09' })), /符合“三等功”的资格/)
  assert.match(await at.page('leader', ask({ lang: 'en' })), /is not eligible: Third-class merit/)
  const wrong = await at.page('leader', '/console/eligibility?policeNo=J999999&awardKind=x&on=gestern&lang=zh')
  assert.match(wrong, /没有这个警号/)
  assert.match(wrong, /value="gestern"/)
  const log = await at.admin.query(
    `select data from platform.audit_entry where event = 'eligibility.check' and data ? 'eligible' order by id`,
  )
  assert.deepEqual(
    log.rows.map((row) => row.data.eligible),
    [false, true, false],
  )
  assert.equal((await at.get('head', ask({}))).statusCode, 403)
})

test('a nomination keeps what was seen; a refused one says why; a leader grants', async (t) => {
  const at = await pages(t)
  const list = await at.page('political', '/console/nominations')
  const typed = { policeNo: 'J100001', awardKind: 'commendation', year: '2026', reason: '<i>成绩突出' }
  const nobody = await at.send('political', list, '/console/nominations', { ...typed, policeNo: '1' })
  assert.equal(nobody.statusCode, 422)
  assert.match(nobody.body, /&lt;i&gt;成绩突出/)
  const made = await at.send('political', list, '/console/nominations', { ...typed, attempt: randomUUID() })
  assert.equal(made.statusCode, 303)
  const path = String(made.headers.location).split('?')[0] as string
  await at.deduct()
  await at.deduct()
  const blocked = await at.page('leader', path)
  assert.match(blocked, /不符合“嘉奖”的资格/)
  assert.doesNotMatch(blocked, /nominations\/[0-9a-f-]+\/grant/)
  assert.match(await at.page('political', '/console/nominations'), /不符合，不能授予/)
  const refused = await at.send('political', list, '/console/nominations', {
    ...typed,
    awardKind: 'merit_third',
    attempt: randomUUID(),
  })
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /XF2026-0001/)
  assert.deepEqual(faultsIn(refused.body, 'page'), [])
  const other = await at.send('political', list, '/console/nominations', {
    ...typed,
    policeNo: 'J100002',
    attempt: randomUUID(),
  })
  const otherPath = String(other.headers.location).split('?')[0] as string
  const granted = await at.send('leader', await at.page('leader', otherPath), `${otherPath}/grant`)
  assert.equal(granted.headers.location, `${otherPath}?done=grant`)
  assert.match(await at.page('political', `${otherPath}?lang=en`), /Seen at the grant/)
  const withdrawn = await at.send('political', await at.page('political', `${path}?lang=zh`), `${path}/withdraw`, {
    reason: '资格取消',
  })
  assert.equal(withdrawn.headers.location, `${path}?done=withdraw`)
  await at.page('political', '/console/nominations?lang=en')
})
