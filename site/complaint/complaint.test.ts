import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import {
  acceptCase,
  answerCase,
  assignCase,
  classifyCase,
  decideReview,
  mergeCases,
  revealComplainant,
} from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { aComplaintSite, aPdf, type ComplaintSite, complain, svgWithScript } from '../complain/complain-testing.ts'

const plain = (page: string) => page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

/** The officers' side, through the use cases. */
function inside(site: ComplaintSite) {
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) =>
    site.db.house.write(site.bureau.actors[who], 'test', work)
  const version = async (id: string) =>
    (await site.rows('select version from complaints.case where id = $1', [id]))[0].version
  return {
    as,
    version,
    async accepted(id: string, caseClass = 'suggestion') {
      await as('petitionClerk', async (ctx) => classifyCase(ctx, id, { version: await version(id), caseClass }))
      await as('petitionClerk', async (ctx) => acceptCase(ctx, id, { version: await version(id) }))
    },
    async answered(id: string, opinion = '已向窗口提出改进要求') {
      const handlerId = site.bureau.people.caseOfficer.id
      await as('petitionClerk', async (ctx) => assignCase(ctx, id, { version: await version(id), handlerId }))
      const input = { facts: '经核实', reasons: '属实', opinion, basis: '《信访工作条例》第三十一条' }
      await as('caseOfficer', async (ctx) => answerCase(ctx, id, { version: await version(id), ...input }))
    },
  }
}

async function caseOf(site: ComplaintSite, at = 0): Promise<string> {
  return (await site.rows('select id from complaints.case order by no'))[at].id
}

const look = (site: ComplaintSite, code: string) => site.post('/complaint', { code, do: 'look' })
const act = (site: ComplaintSite, code: string, name: string, more: Record<string, string> = {}) =>
  site.send('/complaint', { code, do: name, attempt: randomUUID(), ...more })

test('every code that opens nothing has the same answer', async (t) => {
  const site = await aComplaintSite(t)
  const { code } = await complain(site, { text: '一件事' })
  await site.work()
  const digits = code.replaceAll(' ', '')
  const answers = new Set<string>()
  for (const typed of [
    '0000 0000 0000 0000',
    '12',
    digits.slice(0, 15),
    `${digits}1`,
    'a'.repeat(5000),
    "' or 1=1 --",
    '\u0000',
    '０'.repeat(16),
  ]) {
    const page = await look(site, typed)
    assert.equal(page.statusCode, 422)
    answers.add(page.body.replace(/value="[^"]*"/g, ''))
  }
  assert.equal(answers.size, 1)
  // As people type it.
  const wide = digits.replace(/\d/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
  for (const typed of [digits, code, code.replaceAll(' ', '-'), wide, ` ${digits} `])
    assert.equal((await look(site, typed)).statusCode, 200, typed)
})

test('whoever tries codes is slowed down after twenty a minute', async (t) => {
  const site = await aComplaintSite(t)
  const statuses: number[] = []
  for (let at = 0; at < 25; at += 1) statuses.push((await look(site, `${1_000_000_000_000_000 + at}`)).statusCode)
  assert.deepEqual(statuses, [...Array(20).fill(422), ...Array(5).fill(429)])
})

test('from acceptance to answer, rating, reopening and review, the page tells each step with its last day and law', async (t) => {
  const site = await aComplaintSite(t)
  const desk = inside(site)
  const { code } = await complain(site, { text: '建议窗口早开门', wish: '早一小时' })
  await site.work()
  const id = await caseOf(site)
  let page = await look(site, code)
  assert.deepEqual(faultsIn(page.body, 'page'), [])
  assert.match(plain(page.body), /告诉您是否受理 .*最迟 2026年12月8日.*第23条/)
  await desk.accepted(id)
  page = await look(site, code)
  assert.match(plain(page.body), /已受理.*书面答复 .*最迟 2027年1月22日.*第34条/)
  assert.match(page.body, /受理告知书/)
  assert.equal((await act(site, code, 'rate', { level: '1' })).statusCode, 409)

  await desk.answered(id)
  page = await look(site, code)
  assert.match(plain(page.body), /处理意见 已向窗口提出改进要求/)
  assert.match(plain(page.body), /您的请求 早一小时/)
  assert.match(plain(page.body), /最后一日是 2026年12月23日/)
  assert.deepEqual(faultsIn(page.body, 'page'), [])

  assert.equal((await act(site, code, 'rate', {})).statusCode, 422)
  const rated = await act(site, code, 'rate', { level: '3', comment: '太慢' })
  assert.match(rated.body, /谢谢您的评价/)
  assert.match(rated.body, /您的评价：不满意/)
  await act(site, code, 'rate', { level: '1' })
  assert.deepEqual(await site.rows('select round, level from complaints.rating'), [{ round: 1, level: 3 }])

  assert.equal((await act(site, code, 'review', {})).statusCode, 422)
  const form = randomUUID()
  for (let twice = 0; twice < 2; twice += 1)
    assert.equal((await act(site, code, 'review', { grounds: '没有查监控', attempt: form })).statusCode, 200)
  assert.match((await look(site, code)).body, /已记下，正在处理/)
  await site.work()
  const [review] = await site.rows('select id, level from complaints.review')
  assert.equal(review.level, 1)
  assert.match(plain((await look(site, code)).body), /复查意见 .*最迟 .*第35条/)
  await desk.as('petitionClerk', async (ctx) =>
    decideReview(ctx, id, review.id, {
      version: await desk.version(id),
      outcome: 'maintained',
      body: '市公安局',
      opinion: '原意见正确',
    }),
  )
  page = await look(site, code)
  assert.match(plain(page.body), /不服复查意见，申请复核/)
  assert.match(plain(page.body), /原意见正确/)

  await act(site, code, 'reopen', { why: '又发生了一次', newFacts: 'yes' })
  await site.work()
  page = await look(site, code)
  assert.match(plain(page.body), /重新办理/)
  assert.equal((await site.rows('select round from complaints.case'))[0].round, 2)
})

test('words and files are added, once each form, and what cannot be taken comes back with the words', async (t) => {
  const site = await aComplaintSite(t)
  const { code } = await complain(site, { text: '一件事' })
  await site.work()
  const form = randomUUID()
  for (let twice = 0; twice < 2; twice += 1)
    await site.send('/complaint', { code, do: 'add', more: '还有一位证人', attempt: form }, [
      { name: '证据.pdf', bytes: aPdf() },
    ])
  assert.equal((await site.rows(`select 1 from complaints.step where kind = 'supplement'`)).length, 1)
  const [file] = await site.rows('select name, submission_id, added_by from complaints.file')
  assert.equal(file.name, '证据.pdf')
  assert.equal(file.added_by, null)
  const page = await look(site, code)
  assert.match(page.body, /还有一位证人/)
  const bad = await site.send('/complaint', { code, do: 'add', more: '第二次补充', attempt: randomUUID() }, [
    { name: 'x.svg', bytes: svgWithScript },
  ])
  assert.equal(bad.statusCode, 422)
  assert.match(bad.body, /第二次补充/)
  assert.match(bad.body, /只收 PDF/)
  assert.deepEqual(faultsIn(bad.body, 'page'), [])
  for (const more of ['', '\u0000', '乱\u202e序', '长'.repeat(4001)])
    assert.equal((await act(site, code, 'add', { more })).statusCode, 422)
  const many = Array.from({ length: 6 }, (_, at) => ({ name: `${at}.pdf`, bytes: aPdf() }))
  assert.equal(
    (await site.send('/complaint', { code, do: 'add', more: 'x', attempt: randomUUID() }, many)).statusCode,
    422,
  )
  assert.equal((await site.rows(`select 1 from complaints.step where kind = 'supplement'`)).length, 1)
})

test('a complaint can be withdrawn once, and the contact given, changed and taken off', async (t) => {
  const site = await aComplaintSite(t)
  const { code } = await complain(site, { text: '一件事' })
  await site.work()
  assert.equal((await act(site, code, 'contact', { name: '赵敏', phone: '12' })).statusCode, 422)
  assert.match((await act(site, code, 'contact', { name: '赵敏', phone: '13800138000' })).body, /联系方式已经更改/)
  const [who] = await site.rows('select * from complaints.complainant')
  const context = `complaints.complainant.phone.${who.submission_id}`
  assert.equal(site.db.house.seal.open(who.phone_sealed, context), '13800138000')
  assert.equal(who.phone_index, site.db.house.seal.blindIndex('phone', '13800138000'))
  assert.deepEqual(await site.rows('select anonymous, reachable from complaints.submission'), [
    { anonymous: false, reachable: true },
  ])
  // A name stays; an empty telephone is taken off.
  await act(site, code, 'contact', { name: '钱某', phone: '' })
  const [later] = await site.rows('select name_sealed, phone_sealed, phone_index from complaints.complainant')
  assert.deepEqual(later, { name_sealed: who.name_sealed, phone_sealed: null, phone_index: null })
  assert.doesNotMatch((await look(site, code)).body, /赵敏|13800138000/)

  await act(site, code, 'withdraw', { reason: '已经解决' })
  assert.match((await act(site, code, 'withdraw', { reason: '再来一次' })).body, /现在不能这样做/)
  await site.work()
  assert.match((await look(site, code)).body, /您请求撤回/)
  assert.equal((await site.rows('select withdrawn_at from complaints.submission'))[0].withdrawn_at === null, false)
})

test('a message about it says neither complaint nor what about', async (t) => {
  const site = await aComplaintSite(t)
  const { code } = await complain(site, { text: '一件事', standing: 'named', name: '赵敏', phone: '13800138000' })
  await site.work()
  await inside(site).accepted(await caseOf(site))
  const messages = await site.rows('select body from platform.outbound_message')
  assert.equal(messages.length, 1)
  assert.doesNotMatch(messages[0].body, /投诉|信访|举报|受理|民警|complain/i)
  assert.match(messages[0].body, /https:\/\/qingshan\.example$/)
  assert.match((await look(site, code)).body, /受理告知书/)
})

test('whoever opened the name is shown to its owner by office and time, without the person', async (t) => {
  const site = await aComplaintSite(t)
  const { code } = await complain(site, { text: '一件事', standing: 'confidential', name: '赵敏' })
  await site.work()
  const id = await caseOf(site)
  const [{ id: submissionId }] = await site.rows('select id from complaints.submission')
  assert.match((await look(site, code)).body, /还没有人打开过/)
  await inside(site).accepted(id)
  await inside(site).as('caseOfficer', (ctx) =>
    revealComplainant(ctx, id, { submissionId, reason: '打电话核实canary' }),
  )
  const page = plain((await look(site, code)).body)
  assert.match(page, /信访科的办理人员/)
  assert.doesNotMatch(page, /施毅|J100073|canary/)
})

test('two people told of one event: each reads his own words, and not a byte of the other’s, on page and paper', async (t) => {
  const documents = createDocuments()
  t.after(() => documents.close())
  const drawn: string[] = []
  const site = await aComplaintSite(t, {
    documents: {
      async render(template, data, at) {
        drawn.push(JSON.stringify(data))
        return documents.render(template, data, at)
      },
    },
  })
  const desk = inside(site)
  const mine = {
    text: '第一人原话AAAA',
    wish: '第一人请求AAAA',
    place: '第一人地点AAAA',
    officer: '第一人描述AAAA',
    standing: 'named',
    name: '赵甲甲',
    phone: '13811111111',
    address: '第一人住址AAAA',
    relatedMatterNo: 'AAAA-1',
  }
  const theirs = Object.fromEntries(
    Object.entries(mine).map(([key, value]) => [key, value.replace('第一人', '第二人').replace('AAAA', 'BBBB')]),
  )
  Object.assign(theirs, { name: '钱乙乙', phone: '13922222222' })
  const one = await complain(site, mine, [{ name: '附件AAAA.pdf', bytes: aPdf() }])
  const two = await complain(site, theirs, [{ name: '附件BBBB.pdf', bytes: aPdf() }])
  await site.work()
  const [a, b] = [await caseOf(site, 0), await caseOf(site, 1)]
  await desk.accepted(a)
  const joined = await desk.as('petitionClerk', async (ctx) =>
    mergeCases(ctx, a, { version: await desk.version(a), otherId: b, reason: '同一事件' }),
  )
  await act(site, one.code, 'add', { more: '第一人补充AAAA' })
  await act(site, two.code, 'add', { more: '第二人补充BBBB' })
  await desk.answered(joined.survivorId)
  await act(site, one.code, 'rate', { level: '3', comment: '第一人评语AAAA' })
  await act(site, two.code, 'review', { grounds: '第二人理由BBBB' })
  await act(site, one.code, 'review', { grounds: '第一人理由AAAA' })
  await site.work()

  for (const [code, own, other] of [
    [one.code, /AAAA/, /第二人|BBBB|钱乙乙|13922222222/],
    [two.code, /BBBB/, /第一人|AAAA|赵甲甲|13811111111/],
  ] as const) {
    const pages: string[] = []
    for (const lang of ['zh', 'en']) pages.push((await site.post(`/complaint?lang=${lang}`, { code, do: 'look' })).body)
    const notices = [...(pages[0] ?? '').matchAll(/name="notice" value="([^"]+)"/g)].map((match) => match[1] as string)
    assert.ok(notices.length >= 3, `${notices.length} papers`)
    drawn.length = 0
    for (const notice of notices) {
      const paper = await site.post('/complaint/paper', { code, notice })
      assert.equal(paper.statusCode, 200)
      assert.equal(paper.rawPayload.subarray(0, 5).toString(), '%PDF-')
    }
    for (const text of [...pages, ...drawn]) assert.doesNotMatch(text, other)
    assert.match(pages.join(), own)
    // The other one's paper is not there, even by its id.
    const others = await site.rows('select id from complaints.citizen_notice where not (id = any ($1::uuid[]))', [
      notices,
    ])
    for (const { id } of others.slice(0, 3))
      assert.equal((await site.post('/complaint/paper', { code, notice: id }, { from: '10.0.0.7' })).statusCode, 404)
  }
})

test('the internet login alone, with the other’s ids in hand, opens nothing without a code', async (t) => {
  const site = await aComplaintSite(t)
  await complain(site, { text: '一件事' })
  await site.work()
  const [{ id }] = await site.rows('select id from complaints.submission')
  const pg = (await import('pg')).default
  const client = new pg.Client({ connectionString: site.db.publicUrl })
  await client.connect()
  try {
    for (const guess of [id, '', '%', 'null'])
      assert.equal((await client.query('select complaints.progress_by($1) as found', [guess])).rows[0].found, null)
    for (const table of [
      'submission',
      'case',
      'complainant',
      'file',
      'step',
      'online',
      'online_file',
      'wish',
      'rating',
    ])
      await assert.rejects(client.query(`select * from complaints.${table}`), { code: '42501' })
  } finally {
    await client.end()
  }
})

test('the officers’ login, which can read the hashes, may act for no complainant', async (t) => {
  const site = await aComplaintSite(t)
  await complain(site, { text: '一件事' })
  await site.work()
  const pg = (await import('pg')).default
  const client = new pg.Client({ connectionString: site.db.appUrl })
  await client.connect()
  try {
    for (const call of [
      `complaints.rate_by('x', 3, '', now())`,
      `complaints.ask_by('x', gen_random_uuid(), 'withdraw', 'x', false, now())`,
      `complaints.add_by('x', gen_random_uuid(), 'x', now())`,
      `complaints.progress_by('x')`,
    ])
      await assert.rejects(client.query(`select ${call}`), { code: '42501' }, call)
  } finally {
    await client.end()
  }
})
