import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { aComplaintSite, aPdf, codeIn, complain, hiddenIn, photo, svgWithScript, zipBomb } from './complain-testing.ts'

const write = '/complain/write'
const said = { text: '窗口民警态度冷淡，让我下次再来', standing: 'anonymous' }

test('a complaint is written, looked at, sent once, and opens a case under the number and code of its receipt', async (t) => {
  const site = await aComplaintSite(t)
  const check = await site.send(
    write,
    { ...said, do: 'check', officer: '警号J100001', unitId: site.bureau.units.eastWindow, occurredOn: '11-20' },
    [{ name: 'IMG_1.jpg', bytes: photo }],
  )
  assert.equal(check.statusCode, 200)
  assert.match(check.body, /还没有提交/)
  assert.match(check.body, /IMG_1\.jpg/)
  const token = hiddenIn(check.body, 'draft')
  assert.equal((await site.rows('select 1 from complaints.case')).length, 0)

  const [one, two] = await Promise.all([
    site.send(write, { draft: token, do: 'send' }),
    site.send(write, { draft: token, do: 'send' }),
  ])
  const code = codeIn(one.body)
  assert.match(code, /^(\d{4} ){3}\d{4}$/)
  assert.equal(codeIn(two.body), code)
  const number = /XF2026-\d{6}/.exec(one.body)?.[0]

  // Before the system has opened it, the code shows that it was received.
  assert.match((await site.post('/complaint', { code, do: 'look' })).body, new RegExp(`编号 ${number}`))
  await site.work()
  const cases = await site.rows('select * from complaints.case')
  assert.equal(cases.length, 1)
  assert.equal(cases[0].no, number)
  const [submission] = await site.rows('select * from complaints.submission')
  assert.equal(submission.channel, 'citizen_site')
  assert.equal(submission.anonymous, true)
  assert.equal(submission.reachable, true)
  const accused = await site.rows('select person_id, said_as from complaints.accused')
  assert.deepEqual(accused, [{ person_id: site.bureau.people.officer.id, said_as: '警号J100001' }])
  const [file] = await site.rows('select name, bytes from complaints.file')
  assert.equal(file.bytes.includes('GPS-canary'), false)
  assert.match((await site.post('/complaint', { code, do: 'look' })).body, /已收到，正在登记/)
  // Nothing of it stays on the way.
  const [left] = await site.rows('select said_sealed from complaints.online')
  assert.equal(left.said_sealed, null)
  assert.equal((await site.rows('select 1 from complaints.online_file')).length, 0)
})

test('the desk that takes the site’s complaints is passed over when it is itself complained of', async (t) => {
  const site = await aComplaintSite(t)
  await complain(site, { ...said, unitId: site.bureau.units.petition })
  await site.work()
  const [found] = await site.rows('select department from complaints.case')
  assert.equal(found.department, 'discipline_inspection')
})

test('whatever is wrong, words and files come back, and what is wrong stands beside the field', async (t) => {
  const site = await aComplaintSite(t)
  const bad = await site.send(
    write,
    {
      text: '',
      standing: 'anonymous',
      phone: '138',
      occurredOn: '2027-01-01',
      place: '东湖路<b>1</b>号',
      groupSize: '9',
      representatives: '6',
      unitId: 'nowhere',
      do: 'check',
    },
    [{ name: '证据.pdf', bytes: aPdf() }],
  )
  assert.equal(bad.statusCode, 422)
  for (const words of ['请写明发生了什么', '请写手机号码', '这个日期还没有到', '代表不能多于 5 人', '请选择一项'])
    assert.ok(bad.body.includes(words), words)
  assert.ok(bad.body.includes('东湖路&lt;b&gt;1&lt;/b&gt;号'))
  assert.match(bad.body, /证据\.pdf/)
  assert.deepEqual(faultsIn(bad.body, 'page'), [])
  const token = hiddenIn(bad.body, 'draft')
  const good = await site.send(write, {
    draft: token,
    had: '1',
    text: '写好了',
    standing: 'named',
    name: '赵某',
    do: 'check',
  })
  assert.equal(good.statusCode, 200)
  assert.match(good.body, /证据\.pdf/)
  const again = await site.send(write, { draft: token, do: 'edit' })
  assert.match(again.body, />\n写好了<\/textarea>/)
  assert.match(again.body, /证据\.pdf/)
})

test('anonymous with a telephone number is asked about, not silently one or the other', async (t) => {
  const site = await aComplaintSite(t)
  const page = await site.send(write, { ...said, phone: '13800138000', do: 'check' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /选了匿名，又填了联系方式/)
  assert.match((await site.send(write, { ...said, standing: 'named', do: 'check' })).body, /请填写姓名/)
})

test('bad words are refused or kept as they are, and never break a page', async (t) => {
  const site = await aComplaintSite(t)
  for (const [text, status] of [
    ['😡👮‍♀️ 真的', 200],
    ['<script>alert(1)</script>', 200],
    ['مرحبا שלום', 200],
    ['覆盖\u202eexe', 422],
    ['空\u0000字', 422],
    ['断\ud800字', 200],
    ['a'.repeat(10 * 1024 * 1024), 422],
    ['   ', 422],
  ] as const) {
    const page = await site.send(write, { ...said, text, do: 'check' })
    assert.equal(page.statusCode, status, text.slice(0, 20))
    assert.doesNotMatch(page.body, /<script>alert/)
    assert.ok(page.body.length < 300_000)
    if (status === 200)
      assert.equal((await site.send(write, { draft: hiddenIn(page.body, 'draft'), do: 'send' })).statusCode, 200)
  }
  await site.work()
  assert.equal((await site.rows('select 1 from complaints.submission')).length, 4)
})

test('files are what their bytes say; each that cannot be taken is named and the others stay', async (t) => {
  const site = await aComplaintSite(t)
  const name = '"><script>alert(1)</script>\u202egpj.exe'
  const page = await site.send(write, { ...said, do: 'check' }, [
    { name, type: 'image/jpeg', bytes: photo },
    { name: 'bomb.zip', type: 'application/zip', bytes: zipBomb },
    { name: 'x.svg', type: 'image/svg+xml', bytes: svgWithScript },
    { name: 'big.pdf', bytes: Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(10 * 1024 * 1024 + 1)]) },
    { name: 'cut.jpg', bytes: photo.subarray(0, 30) },
    { name: 'fine.pdf', bytes: aPdf() },
  ])
  assert.equal(page.statusCode, 422)
  for (const words of ['bomb.zip：只收 PDF', 'x.svg：只收 PDF', 'big.pdf：超过 10 MB', 'cut.jpg：文件不完整'])
    assert.ok(page.body.includes(words), words)
  assert.doesNotMatch(page.body, /<script>alert|\u202e/)
  assert.deepEqual(faultsIn(page.body, 'page'), [])
  const kept = await site.rows('select name, media_type from complaints.online_file order by seq')
  assert.deepEqual(
    kept.map((file) => file.media_type),
    ['image/jpeg', 'application/pdf'],
  )
  assert.doesNotMatch(kept[0].name, /[<>"\u202e]/)
})

test('twelve files: five are kept, the form says so and loses nothing else', async (t) => {
  const site = await aComplaintSite(t)
  const twelve = Array.from({ length: 12 }, (_, at) => ({ name: `${at}.pdf`, bytes: aPdf(`${at}`) }))
  const page = await site.send(write, { ...said, do: 'check' }, twelve)
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /附件最多 5 个/)
  assert.match(page.body, /窗口民警态度冷淡/)
  assert.equal((await site.rows('select 1 from complaints.online_file')).length, 5)
  const token = hiddenIn(page.body, 'draft')
  const [first] = await site.rows('select id from complaints.online_file order by seq limit 1')
  const dropped = await site.send(write, { ...said, draft: token, drop: first.id, do: 'files' }, [
    { name: 'new.pdf', bytes: aPdf() },
  ])
  assert.equal(dropped.statusCode, 200)
  assert.match(dropped.body, /new\.pdf/)
  assert.doesNotMatch(dropped.body, />0\.pdf/)
})

test('what is not sent is gone after two hours, and the form says so', async (t) => {
  const site = await aComplaintSite(t)
  const page = await site.send(write, { ...said, do: 'check' }, [{ name: 'a.pdf', bytes: aPdf() }])
  const draft = hiddenIn(page.body, 'draft')
  site.db.clock.set(site.db.clock.now().add({ minutes: 121 }))
  const late = await site.send(write, { draft, do: 'send' })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /为保护您已经删除/)
  // Words that are still on the page are taken anew; its files have to be chosen again.
  const again = await site.send(write, { ...said, draft, had: '1', do: 'check' })
  assert.equal(again.statusCode, 422)
  assert.match(again.body, /请重新添加/)
  const { forgetDrafts } = await import('#modules/complaints/index.ts')
  assert.equal(await site.system(forgetDrafts), 1)
  assert.equal((await site.rows('select 1 from complaints.online_file')).length, 0)
})

test('the code is shown for half an hour to the form that sent it, and a forged form shows nothing', async (t) => {
  const site = await aComplaintSite(t)
  const { token, code } = await complain(site, said)
  await site.work()
  assert.equal(codeIn((await site.send(write, { draft: token, do: 'look' })).body), code)
  site.db.clock.set(site.db.clock.now().add({ minutes: 31 }))
  const late = await site.send(write, { draft: token, do: 'look' })
  assert.equal(late.statusCode, 409)
  assert.doesNotMatch(late.body, new RegExp(code))
  assert.equal((await site.send(write, { draft: 'x'.repeat(32), do: 'send' })).statusCode, 409)
})

test('the receipt on paper names number, code and dates, and no word of what was said', async (t) => {
  const site = await aComplaintSite(t)
  const { token, code } = await complain(
    site,
    { ...said, standing: 'confidential', name: '赵某某', phone: '13800138000' },
    [{ name: '录音.pdf', bytes: aPdf() }],
  )
  await site.work()
  const reply = await site.post('/complain/receipt', { draft: token })
  assert.equal(reply.headers['content-type'], 'application/pdf')
  assert.equal(reply.headers['cache-control'], 'no-store')
  const [paper] = site.drawn
  assert.equal(paper?.template, 'complaint-receipt')
  const text = JSON.stringify(paper?.data)
  assert.ok(text.includes(code))
  assert.ok(text.includes('录音.pdf'))
  assert.ok(text.includes('2026-12-08'))
  assert.doesNotMatch(text, /态度冷淡|赵某某|13800138000/)
})

test('the language is changed without losing what was typed', async (t) => {
  const site = await aComplaintSite(t)
  const page = await site.send(`${write}?lang=en`, { ...said, do: 'look' })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /<html lang="en"/)
  assert.match(page.body, /窗口民警态度冷淡/)
  assert.match(String(page.headers['set-cookie']), /lang=en/)
})

test('pages of a complaint are kept by nobody, set no cookie and have a way out', async (t) => {
  const site = await aComplaintSite(t)
  for (const page of [
    await site.get(write),
    await site.get('/complaint'),
    await site.send(write, { ...said, do: 'check' }),
  ]) {
    assert.equal(page.headers['cache-control'], 'no-store')
    assert.equal(page.headers['referrer-policy'], 'no-referrer')
    assert.equal(page.headers['set-cookie'], undefined)
    assert.match(page.body, /noindex/)
    assert.match(page.body, /href="\/leave"/)
  }
  const out = await site.get('/leave')
  assert.equal(out.statusCode, 303)
  assert.equal(out.headers.location, '/services')
  assert.match(String(out.headers['clear-site-data']), /"cache"/)
})

test('one network address sends twenty steps a minute', async (t) => {
  const site = await aComplaintSite(t)
  for (let at = 0; at < 20; at += 1) assert.notEqual((await site.post(write, { do: 'send' })).statusCode, 429)
  assert.equal((await site.post(write, { do: 'send' })).statusCode, 429)
  assert.notEqual((await site.send(write, { ...said, do: 'check' }, [], '10.0.0.9')).statusCode, 429)
})

test('a flood of files leaves no room for more files, and all the room for words', async (t) => {
  const site = await aComplaintSite(t)
  await site.rows(
    `insert into complaints.online (id, key_hash, said_sealed, saved_at, expires_at) values (gen_random_uuid(), 'x', 'x', now(), now())`,
  )
  await site
    .rows(
      `alter table complaints.online_file drop constraint online_file_check, drop constraint online_file_size_check`,
    )
    .catch(() => {})
  await site.rows(`do $$ declare c text; begin for c in select conname from pg_constraint where conrelid = 'complaints.online_file'::regclass and contype = 'c' loop
    execute format('alter table complaints.online_file drop constraint %I', c); end loop; end $$`)
  await site.rows(
    `insert into complaints.online_file (id, online_id, name, media_type, size, bytes) select gen_random_uuid(), id, 'x', 'application/pdf', 2147483647, '' from complaints.online`,
  )
  const page = await site.send(write, { ...said, do: 'check' }, [{ name: 'a.pdf', bytes: aPdf() }])
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /暂时收不下/)
  const words = await site.send(write, { ...said, draft: hiddenIn(page.body, 'draft'), do: 'check' })
  assert.equal(words.statusCode, 200)
})

test('one complaint that cannot be opened holds up no other', async (t) => {
  const site = await aComplaintSite(t)
  const first = await complain(site, said)
  await complain(site, { ...said, text: '第二件' })
  // As it would be if a rule had changed in between.
  const [row] = await site.rows('select id from complaints.online order by sent_at, case_no limit 1')
  const sealed = site.db.house.seal.seal(
    JSON.stringify({
      text: '',
      lang: 'zh',
      standing: 'anonymous',
      name: '',
      phone: '',
      address: '',
      wish: '',
      occurredOn: '',
      place: '',
      unitId: '',
      officer: '',
      relatedMatterNo: '',
      groupSize: '',
      representatives: '',
    }),
    `complaints.online.said.${row.id}`,
  )
  await site.rows('update complaints.online set said_sealed = $1 where id = $2', [sealed, row.id])
  await site.work()
  await site.work()
  assert.equal((await site.rows('select 1 from complaints.case')).length, 1)
  assert.deepEqual(await site.rows('select refused from complaints.online where id = $1', [row.id]), [
    { refused: 'invalid-input' },
  ])
  assert.match((await site.post('/complaint', { code: first.code, do: 'look' })).body, /已收到，正在登记/)
})
