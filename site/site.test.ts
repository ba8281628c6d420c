import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { accepted, aSite, told } from './site-testing.ts'

const list = '/services/id_card.loss_replacement/my-list'
const answered = `${list}?a_registered_at=elsewhere&a_age=under_16&a_applied_by=guardian&a_guardian_in_booklet=no&a_delivery=mail`

test('every page is one sound document in Chinese, English and both sizes', async (t) => {
  const site = await aSite(t)
  const own = await told(site)
  const done = await accepted(site)
  const pages = [
    '/', '/services', '/services?q=丢', '/services?q=身份证丢了', '/services?q=zzzz', '/services/id_card.renewal', '/services/id_card.renewal/versions',
    '/services/id_card.renewal/versions/1', list, `${list}?shown=age`, answered, `${answered}&edit=1`, `${list}?a_age=under_16&a_applied_by=someone_else`,
    '/services/household.move_in/my-list', '/q', `/q/${own.no}/${own.queryCode}`, `/q/${done.acceptanceNo}/${done.queryCode}`, '/rating', '/rating/noted',
    '/complain', '/privacy', '/accessibility',
  ] // biome-ignore format: a list to read at a glance
  for (const cookie of ['', 'lang=en', 'elder=1', 'lang=en; elder=1']) {
    for (const page of pages) {
      const from = `10.0.1.${pages.indexOf(page)}`
      const { statusCode, body, headers } = await site.get(page, { cookie, from })
      assert.equal(statusCode, 200, page)
      assert.deepEqual(faultsIn(body, 'page'), [], page)
      assert.doesNotMatch(body, /undefined|\[object|NaN/, page)
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['cache-control'], 'no-store')
      assert.equal(headers['set-cookie'], undefined, page)
      if (cookie.startsWith('lang=en')) assert.match(body, /<html lang="en"/)
      if (cookie.endsWith('elder=1')) assert.match(body, /class="elder"/)
    }
  }
})

test('a choice of language or size keeps the page with its answers, and is remembered from then on', async (t) => {
  const site = await aSite(t)
  const english = await site.get(`${answered}&lang=en&elder=1`)
  assert.match(english.body, /<html lang="en" class="elder"/)
  assert.match(english.body, /Please bring these 3 papers/)
  assert.match(english.body, /href="[^"]*a_guardian_in_booklet=no[^"]*lang=zh[&"]/)
  assert.deepEqual(
    english.cookies.map(({ name, value }) => [name, value]),
    [
      ['lang', 'en'],
      ['elder', '1'],
    ],
  )
  for (const page of ['/services?q=丢&lang=en', '/?lang=en', '/rating?lang=en', '/services/id_card.renewal?lang=en']) {
    assert.match((await site.get(page)).body, /<html lang="en"/, page)
  }
})

test('a list names exactly the papers of the case, says why others need not be brought, and opens with what a messenger adds', async (t) => {
  const site = await aSite(t)
  const { body } = await site.get(`${answered}&from=singlemessage&nsukey=${'x'.repeat(300)}&UPPER=1`)
  const bring = body.slice(body.indexOf('id="bring"'), body.indexOf('id="not-bring"'))
  assert.deepEqual(
    [...bring.matchAll(/<b>([^<]+)<\/b>/g)].map(([, name]) => name),
    ['居民户口簿', '监护人居民身份证', '监护关系证明'],
  )
  assert.match(body, /窗口现场拍摄，无需自带照片/)
  const alone = await site.get(`${list}?a_registered_at=this_station&a_age=from_16&a_delivery=collect`)
  assert.match(alone.body, /请带齐下面 1 样材料/)
  assert.match(alone.body, /只有这种情况才要：由谁陪同并代为申请？监护人/)
})

test('a refusal gives the reason and what can be done, before all questions are answered', async (t) => {
  const site = await aSite(t)
  const { body } = await site.get(`${list}?a_age=under_16&a_applied_by=someone_else`)
  assert.match(body, /目前不符合办理条件/)
  assert.match(body, /由监护人代为申请/)
  assert.match(body, /请由监护人带申请人一同前来/)
})

test('the six notices stand in full with their version and basis, and an older version stays readable', async (t) => {
  const site = await aSite(t)
  const now = (await site.get('/services/household.move_in')).body
  for (const name of ['服务事项', '办理材料', '收费标准', '服务流程', '办理时限', '监督方式'])
    assert.match(now, new RegExp(`<h2>[^<]*${name}</h2>`))
  assert.match(now, /不收费/)
  assert.match(now, /《中华人民共和国户口登记条例》第13条/)
  assert.match(now, /第 1 版，自 2026年1月1日 起执行/)
  const old = (await site.get('/services/id_card.renewal/versions/1')).body
  assert.match(old, /这不是现行版本/)
  assert.match((await site.get('/services/id_card.renewal')).body, /第 2 版/)
  assert.equal((await site.get('/services/id_card.renewal/versions/9')).statusCode, 404)
  assert.equal((await site.get('/services/no.such_item')).statusCode, 404)
})

test('a draft is not to be seen', async (t) => {
  const site = await aSite(t)
  await site.db.admin.query(`insert into registration.item_version (id, item_code, number, effective, content, edited_at)
    select gen_random_uuid(), item_code, 9, effective, content, now() from registration.item_version where item_code = 'household.move_in'`)
  assert.equal((await site.get('/services/household.move_in/versions/9')).statusCode, 404)
  assert.doesNotMatch((await site.get('/services/household.move_in/versions')).body, /第 9 版/)
})

test('a search is counted without its searcher and leads to an address that can be kept', async (t) => {
  const site = await aSite(t)
  const sent = await site.post('/services/search', { q: ' 身份证 ' })
  assert.equal(sent.statusCode, 303)
  assert.equal(sent.headers.location, `/services?q=${encodeURIComponent('身份证')}`)
  await site.post('/services/search', { q: '身份证' })
  await site.post('/services/search', { q: '护照 13800000001' })
  assert.equal((await site.post('/services/search', { q: '13800000001' })).headers.location, '/services')
  const kept = await site.db.admin.query('select day, term, found, times from registration.search_term order by term')
  assert.deepEqual(kept.rows, [
    { day: '2026-11-23', term: '护照', found: false, times: 1 },
    { day: '2026-11-23', term: '身份证', found: true, times: 2 },
  ])
})

test('what is searched and what is in an address is shown as text', async (t) => {
  const site = await aSite(t)
  const attack = `"><script>alert(1)</script>`
  for (const page of [
    `/services?q=${encodeURIComponent(attack)}`,
    `${list}?shown=${encodeURIComponent(attack)}&a_age=${encodeURIComponent(attack)}`,
    `/nope/${encodeURIComponent(attack)}`,
  ]) {
    assert.doesNotMatch((await site.get(page)).body, /<script>alert/, page)
  }
})

test('a list is drawn for A4 from the same answers; with answers missing the questions come first', async (t) => {
  const site = await aSite(t)
  const pdf = await site.get(answered.replace('my-list', 'my-list.pdf'))
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  const sheet = site.drawn[0] as {
    template: string
    data: { materials: { name: string }[]; answers: unknown[]; link: string }
  }
  assert.equal(sheet.template, 'service-list-sheet')
  assert.deepEqual(
    sheet.data.materials.slice(0, 3).map(({ name }) => name),
    ['居民户口簿', '监护人居民身份证', '监护关系证明'],
  )
  assert.equal(sheet.data.answers.length, 6)
  assert.match(
    sheet.data.link,
    /^https:\/\/qingshan\.example\/services\/id_card\.loss_replacement\/my-list\?a_registered_at=elsewhere/,
  )
  const open = await site.get(`${list}.pdf?a_age=from_16`)
  assert.equal(open.statusCode, 303)
  assert.equal(open.headers.location, `${list}?a_age=from_16`)
})

test('robots are kept from personal pages', async (t) => {
  const site = await aSite(t)
  assert.match((await site.get('/robots.txt')).body, /Disallow: \/q\//)
})
