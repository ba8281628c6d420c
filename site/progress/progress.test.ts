import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findMatter, refuseMatter, transferOut } from '#modules/service-window/index.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { accepted, aSite, received, type Site, told } from '../site-testing.ts'
import { queryNumber } from './citizen-view.ts'

async function auditOf(site: Site, event: string) {
  const found = await site.db.admin.query(
    'select actor_kind, subject_id, data from platform.audit_entry where event = $1 order by id',
    [event],
  )
  return found.rows
}

test('number and code open the citizen’s own page: steps, what is missing, officer, due day, supervision', async (t) => {
  const site = await aSite(t)
  const waiting = await told(site, '阿依古丽·买买提')
  const page = await site.get(`/q/${waiting.noticeNo}/${waiting.queryCode}`)
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /阿依古丽·买买提/)
  assert.match(page.body, /等您补齐材料/)
  assert.match(page.body, /居民户口簿<\/b>：本人页 &lt;b&gt;破损&lt;\/b&gt;/)
  assert.match(page.body, /为您保留到 2027年2月/)
  assert.match(page.body, /李敏<\/b> 警号 J100001/)
  assert.match(page.body, /8000 0303/)
  assert.match(page.body, /<meta name="robots" content="noindex, nofollow">/)
  assert.doesNotMatch(page.body, /138/)
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.equal(page.headers['referrer-policy'], 'no-referrer')

  const taken = await accepted(site)
  const due = (await site.get(`/q/${taken.acceptanceNo}/${taken.queryCode}`)).body
  assert.match(due, /2026年12月14日/)
  assert.match(due, /剩 21 天/)
  assert.match(due, /依据：本分局公开承诺/)
})

test('opening the page is on record with the matter and without a person', async (t) => {
  const site = await aSite(t)
  const matter = await received(site)
  await site.get(`/q/${matter.no}/${matter.queryCode}`)
  assert.deepEqual(await auditOf(site, 'progress.view'), [{ actor_kind: 'citizen', subject_id: matter.id, data: {} }])
  const kept = await site.db.admin.query('select * from platform.audit_entry')
  assert.doesNotMatch(JSON.stringify(kept.rows), new RegExp(matter.queryCode))
})

test('somebody else’s code, a code that does not exist and a number that does not exist get one and the same answer', async (t) => {
  const site = await aSite(t)
  const mine = await received(site)
  const theirs = await received(site, '欧阳娜娜')
  const plain = (body: string) =>
    body
      .replace(/编号 [0-9a-f]{8}/, '')
      .replaceAll(/href="\/q\/[^"]*"/g, '')
      .replaceAll(/value="[^"]*"/g, '')
  const pairs = [
    [mine.no, theirs.queryCode],
    [mine.no, 'AAAAAAAA'],
    ['20261123-999999', mine.queryCode],
    ['%', '%'],
    ["' or 1=1 --", mine.queryCode],
  ]
  const pages = await Promise.all(
    pairs.map(([no = '', code = '']) => site.get(`/q/${encodeURIComponent(no)}/${encodeURIComponent(code)}`)),
  )
  const forms = await Promise.all(
    pairs.map(([no = '', code = '']) => site.post('/q', { no, code }, { from: '10.0.0.2' })),
  )
  for (const answers of [pages, forms]) {
    assert.equal(new Set(answers.map(({ statusCode }) => statusCode)).size, 1)
    assert.equal(new Set(answers.map(({ body }) => plain(body))).size, 1)
    assert.doesNotMatch(answers[0]?.body ?? '', /王秀英|欧阳娜娜/)
  }
  assert.equal(pages[0]?.statusCode, 404)
  assert.equal(forms[0]?.statusCode, 422)
  assert.deepEqual(faultsIn(forms[0]?.body ?? '', 'page'), [])
  assert.match(forms[0]?.body ?? '', new RegExp(`value="${mine.no}"`))
  assert.deepEqual(await auditOf(site, 'progress.view'), [])
})

test('a number and code are read as people type them', async (t) => {
  const site = await aSite(t)
  const { noticeNo, queryCode, no } = await told(site)
  const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0))
  const typed: [string, string][] = [
    [noticeNo.toLowerCase(), queryCode.toLowerCase()],
    [wide(noticeNo), wide(queryCode)],
    [` ${noticeNo.slice(0, 4)} ${noticeNo.slice(4)} `, `${queryCode.slice(0, 4)}-${queryCode.slice(4)}`],
    [noticeNo.replace('-', '—'), ` ${queryCode} `],
    [`https://qingshan.example/q/${noticeNo}/${queryCode}`, queryCode],
    [no, queryCode],
  ]
  for (const [number, code] of typed) {
    const sent = await site.post('/q', { no: number, code })
    assert.equal(sent.statusCode, 303, number)
    assert.equal((await site.get(String(sent.headers.location))).statusCode, 200)
  }
  assert.equal(queryNumber('%E0%A4%A'), 'E0A4A')
})

test('an empty field is named; nothing is looked up', async (t) => {
  const site = await aSite(t)
  const { statusCode, body } = await site.post('/q', { no: '', code: ' ' })
  assert.equal(statusCode, 422)
  assert.match(body, /href="#f-no">请填写编号/)
  assert.match(body, /href="#f-code">请填写查询码/)
  assert.match(body, /<title>有错误：/)
})

test('guessing is stopped after some tries from one network, for the right code too, and others go on', async (t) => {
  const site = await aSite(t)
  const matter = await received(site)
  const answers: number[] = []
  for (let i = 0; i < 35; i++)
    answers.push((await site.get(`/q/${matter.no}/AAAAAA${String(i).padStart(2, '2')}`)).statusCode)
  assert.deepEqual([answers.indexOf(429), new Set(answers.slice(30)).size], [30, 1])
  const stopped = await site.get(`/q/${matter.no}/${matter.queryCode}`)
  assert.equal(stopped.statusCode, 429)
  assert.match(stopped.body, /操作太频繁/)
  assert.equal((await site.get(`/q/${matter.no}/${matter.queryCode}`, { from: '10.9.9.9' })).statusCode, 200)
  const forms = []
  for (let i = 0; i < 21; i++) forms.push((await site.post('/q', { no: matter.no, code: 'AAAAAAAA' })).statusCode)
  assert.equal(forms.at(-1), 429)
})

test('a refusal says why and what to do; a hand-over names the receiver', async (t) => {
  const site = await aSite(t)
  const refused = await received(site)
  const handed = await received(site)
  await site.db.as(site.bureau.actors.officer, async (ctx) => {
    await site.db.admin.query(
      `update service_window.matter set answers = '{"registered_at":"this_station","age":"under_16","applied_by":"someone_else","delivery":"collect"}' where id = $1`,
      [refused.id],
    )
    const { version } = await findMatter(ctx, refused.id)
    await refuseMatter(ctx, refused.id, { version, reason: '由<i>监护人</i>代为申请', canDo: '请监护人一同前来' })
    const receiver = { name: '东湖区民政局', phone: '8000 0999', receipt: '收字 7 号', told: true }
    await transferOut(ctx, handed.id, {
      version: (await findMatter(ctx, handed.id)).version,
      receiver,
      reason: '不属公安机关办理',
    })
  })
  const no = (await site.get(`/q/${refused.no}/${refused.queryCode}`)).body
  assert.match(no, /不予受理或办理/)
  assert.match(no, /由&lt;i&gt;监护人&lt;\/i&gt;代为申请/)
  assert.match(no, /请监护人一同前来/)
  const other = (await site.get(`/q/${handed.no}/${handed.queryCode}`)).body
  assert.match(other, /东湖区民政局/)
  assert.match(other, /tel:80000999/)
})

test('past the promised time the page says so; a provisional day and an extension are explained', async (t) => {
  const site = await aSite(t)
  const matter = await accepted(site)
  await site.db.admin.query(`update service_window.matter set due_provisional = true where id = $1`, [matter.id])
  await site.db.admin.query(
    `insert into service_window.extension (matter_id, days, reason, requested_by, requested_at, decided_by, decided_at, approved, citizen_told_at, citizen_told_how, old_due_on, new_due_on)
     values ($1, 5, '外省核查', $2, now(), $3, now(), true, now(), '电话', '2026-12-14', '2026-12-21')`,
    [matter.id, site.bureau.people.officer.id, site.bureau.people.head.id],
  )
  const before = (await site.get(`/q/${matter.no}/${matter.queryCode}`)).body
  assert.match(before, /这个日期是暂定的/)
  assert.match(before, /延长 5 个工作日。原因：外省核查/)
  site.db.clock.set('2026-12-16T02:00:00Z')
  assert.match((await site.get(`/q/${matter.no}/${matter.queryCode}`)).body, /逾期 2 天。超过承诺时限没有办结/)
})

test('a notice is drawn once more as it was issued, for its owner alone', async (t) => {
  const site = await aSite(t)
  const { noticeNo, queryCode } = await told(site)
  const pdf = await site.get(`/q/${noticeNo}/${queryCode}/notice.pdf?n=1`)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  const drawn = site.drawn[0] as { data: { number: string; query: { code: string }; materials: { wrong: string }[] } }
  assert.equal(drawn.data.number, noticeNo)
  assert.equal(drawn.data.query.code.replace('-', ''), queryCode)
  assert.equal(drawn.data.materials[0]?.wrong, '不符合要求：本人页 <b>破损</b>')
  assert.equal((await auditOf(site, 'progress.notice')).length, 1)
  for (const path of [
    `/q/${noticeNo}/AAAAAAAA/notice.pdf`,
    `/q/${noticeNo}/${queryCode}/notice.pdf?n=2`,
    `/q/${noticeNo}/${queryCode}/notice.pdf?n=x`,
  ]) {
    assert.equal((await site.get(path)).statusCode, 404)
  }
})

test('a name or request that is markup stays text', async (t) => {
  const site = await aSite(t)
  const matter = await received(site)
  await site.db.admin.query(`update service_window.matter set applicant_name = $1, request = $2 where id = $3`, [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    matter.id,
  ])
  const { body } = await site.get(`/q/${matter.no}/${matter.queryCode}`)
  assert.doesNotMatch(body, /<img|<script>/)
  assert.deepEqual(faultsIn(body, 'page'), [])
})
