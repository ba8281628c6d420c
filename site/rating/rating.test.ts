import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokenContext } from '#modules/callback/link.ts'
import { completeMatter, findMatter } from '#modules/service-window/index.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { levels, levelTable } from '#policy/callback/levels.ts'
import { accepted, aSite, attempt, type Site } from '../site-testing.ts'

/** A finished matter's link, as the message carries it. */
async function aLink(site: Site): Promise<{ token: string; callbackId: string; matterId: string }> {
  const matter = await accepted(site)
  await site.db.as(site.bureau.actors.officer, async (ctx) =>
    completeMatter(ctx, matter.id, { version: (await findMatter(ctx, matter.id)).version }),
  )
  return { ...(await linkOf(site, matter.id)), matterId: matter.id }
}

async function linkOf(site: Site, subjectId: string) {
  const found = await site.db.admin.query('select id, token_sealed from callback.callback where subject_id = $1', [
    subjectId,
  ])
  const { id, token_sealed } = found.rows[0]
  return { token: site.db.house.seal.open(token_sealed, tokenContext(id)), callbackId: id as string }
}

const ratings = async (site: Site) =>
  (
    await site.db.admin.query(
      'select r.level, a.comment from callback.rating r join callback.answer a on a.id = r.answer_id',
    )
  ).rows

test('the page asks one question with the five national levels in their order, and says nothing of who', async (t) => {
  const site = await aSite(t)
  const { token } = await aLink(site)
  const { body, headers } = await site.get(`/r/${token}`)
  const radios = [...body.matchAll(/type="radio"[^>]*value="(\d)"[^>]*><label[^>]*>([^<]+)/g)].map(
    ([, digit, label]) => [digit, label],
  )
  assert.deepEqual(
    radios,
    levels.map((level) => [String(levelTable[level].digit), levelTable[level].zh]),
  )
  assert.doesNotMatch(body, /checked/)
  assert.doesNotMatch(body, /王秀英|李敏|J100001/)
  assert.match(body, /2026年11月23日 周一，青山路派出所户籍窗口，居民身份证丢失补领/)
  assert.match(body, /noindex/)
  assert.equal(headers['referrer-policy'], 'no-referrer')
})

test('a bad rating is kept once, then comes the separate question about contact, and both may be sent twice', async (t) => {
  const site = await aSite(t)
  const { token } = await aLink(site)
  const form = attempt({ level: '1', comment: '等了<b>很久</b>' })
  const first = await site.post(`/r/${token}`, form)
  const again = await site.post(`/r/${token}`, form)
  assert.deepEqual(
    [first.statusCode, first.headers.location, again.statusCode, again.headers.location],
    [303, '?given=1', 303, '?given=1'],
  )
  assert.deepEqual(await ratings(site), [{ level: 1, comment: '等了<b>很久</b>' }])

  const asked = await site.get(`/r/${token}?given=1`)
  assert.match(asked.body, /可以联系您吗/)
  assert.doesNotMatch(asked.body, /很久/)
  const neither = await site.post(`/r/${token}/contact`, attempt())
  assert.equal(neither.statusCode, 422)
  assert.deepEqual(faultsIn(neither.body, 'page'), [])
  const refusal = await site.post(`/r/${token}/contact`, attempt({ contact: 'no' }))
  assert.equal(refusal.headers.location, '/rating/noted')
  assert.equal((await ratings(site)).length, 1)
  const later = await site.get(`/r/${token}`)
  assert.match(later.body, /您已经评价过了/)
  assert.match(later.body, /改为可以联系/)
  await site.post(`/r/${token}/contact`, attempt({ contact: 'yes' }))
  assert.match((await site.get(`/r/${token}`)).body, /您同意督办人员联系您/)
})

test('a second rating changes nothing and is no error', async (t) => {
  const site = await aSite(t)
  const { token } = await aLink(site)
  await site.post(`/r/${token}`, attempt({ level: '5' }))
  const second = await site.post(`/r/${token}`, attempt({ level: '1' }))
  assert.deepEqual([second.statusCode, second.headers.location], [303, '?'])
  assert.deepEqual(await ratings(site), [{ level: 5, comment: null }])
})

test('two taps at the same moment are one rating', async (t) => {
  const site = await aSite(t)
  const { token } = await aLink(site)
  const form = attempt({ level: '2' })
  const answers = await Promise.all([
    site.post(`/r/${token}`, form),
    site.post(`/r/${token}`, form),
    site.post(`/r/${token}`, attempt({ level: '4' })),
  ])
  assert.ok(answers.every(({ statusCode }) => statusCode === 303))
  assert.equal((await ratings(site)).length, 1)
})

test('a robot that opens the link to preview it changes nothing', async (t) => {
  const site = await aSite(t)
  const { token } = await aLink(site)
  const state = async () => (await site.db.admin.query('select * from callback.callback')).rows
  const before = await state()
  for (const path of [`/r/${token}`, `/r/${token}?level=1`, `/r/${token}?given=1`]) await site.get(path)
  await site.app.inject({ method: 'HEAD', url: `/r/${token}` })
  assert.deepEqual(await state(), before)
  assert.deepEqual(await ratings(site), [])
})

test('a missing level and a comment that is too long are named, and what was written stays', async (t) => {
  const site = await aSite(t)
  const { token } = await aLink(site)
  const none = await site.post(`/r/${token}`, attempt({ comment: '<script>x</script>' }))
  assert.equal(none.statusCode, 422)
  assert.match(none.body, /请选择一个满意程度/)
  assert.match(none.body, /&lt;script&gt;x/)
  const long = await site.post(`/r/${token}`, attempt({ level: '3', comment: '长'.repeat(501) }))
  assert.equal(long.statusCode, 422)
  assert.match(long.body, /checked/)
  assert.deepEqual(faultsIn(long.body, 'page'), [])
  assert.equal((await site.post(`/r/${token}`, attempt({ level: '6' }))).statusCode, 422)
  assert.deepEqual(await ratings(site), [])
  assert.equal((await site.post(`/r/${token}`, attempt({ level: '3', comment: '长'.repeat(500) }))).statusCode, 303)
})

test('an unknown link and a broken one look the same', async (t) => {
  const site = await aSite(t)
  await aLink(site)
  const plain = (body: string) => body.replace(/编号 [0-9a-f]{8}/, '').replaceAll(/href="\/r\/[^"]*"/g, '')
  const pages = await Promise.all(
    ['aaaaaaaaaa', 'x', "'; --"].map((token) => site.get(`/r/${encodeURIComponent(token)}`)),
  )
  assert.deepEqual(
    pages.map(({ statusCode }) => statusCode),
    [404, 404, 404],
  )
  assert.equal(new Set(pages.map(({ body }) => plain(body))).size, 1)
  assert.equal((await site.post('/r/aaaaaaaaaa', attempt({ level: '5' }))).statusCode, 404)
  assert.equal((await site.post('/r/aaaaaaaaaa/contact', attempt({ contact: 'yes' }))).statusCode, 404)
})

test('after its period the page says that it is closed and where else to turn', async (t) => {
  const site = await aSite(t)
  const { token, callbackId } = await aLink(site)
  await site.db.admin.query(`update callback.callback set answer_by = '2026-12-01T00:00:00Z' where id = $1`, [
    callbackId,
  ])
  site.db.clock.set('2026-12-01T00:00:00Z')
  assert.match((await site.get(`/r/${token}`)).body, /这次评价已经截止/)
  assert.equal((await site.post(`/r/${token}`, attempt({ level: '1' }))).statusCode, 303)
  assert.deepEqual(await ratings(site), [])
})

test('a second opinion asks whether the problem was solved', async (t) => {
  const site = await aSite(t)
  const { callbackId } = await aLink(site)
  await site.db.admin.query(
    `insert into callback.callback (id, purpose, subject_id, round, matter_id, officer_id, unit_id, item_code, finished_at, phone_sealed, phone_index, token_hash, token_sealed, send_after)
    select gen_random_uuid(), 'second_opinion', id, 1, matter_id, officer_id, unit_id, item_code, finished_at, phone_sealed, phone_index, encode(sha256(convert_to($2, 'UTF8')), 'hex'), 'x', now()
    from callback.callback where id = $1`,
    [callbackId, site.db.house.hashCode('rating', 'second2222')],
  )
  const { body } = await site.get('/r/second2222')
  assert.match(body, /<h1>您反映的问题解决了吗？<\/h1>/)
  await site.post('/r/second2222', attempt({ level: '2' }))
  assert.doesNotMatch((await site.get('/r/second2222')).body, /可以联系您吗/)
})

test('a rating is on record without its level, and its token is kept nowhere', async (t) => {
  const site = await aSite(t)
  const { token, callbackId } = await aLink(site)
  await site.post(`/r/${token}`, attempt({ level: '1', comment: '太慢' }))
  await site.post(`/r/${token}/contact`, attempt({ contact: 'yes' }))
  const kept = await site.db.admin.query(
    `select event, actor_kind, subject_id, data from platform.audit_entry where event like 'rating.%' order by id`,
  )
  assert.deepEqual(kept.rows, [
    { event: 'rating.given', actor_kind: 'citizen', subject_id: callbackId, data: { rated: true } },
    { event: 'rating.contact', actor_kind: 'citizen', subject_id: callbackId, data: {} },
  ])
  const stored = [
    await site.db.admin.query('select * from platform.attempt'),
    await site.db.admin.query('select * from platform.audit_entry'),
  ]
  for (const { rows } of stored) assert.doesNotMatch(JSON.stringify(rows), new RegExp(token))
})

test('a form sent from another site is refused', async (t) => {
  const site = await aSite(t)
  const { token } = await aLink(site)
  const sent = await site.app.inject({
    method: 'POST',
    url: `/r/${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: new URLSearchParams(attempt({ level: '5' })).toString(),
  })
  assert.equal(sent.statusCode, 403)
  assert.deepEqual(await ratings(site), [])
})
