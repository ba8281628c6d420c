import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { createDocuments } from '#platform/documents/documents.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { counterPages, hiddenOf, person, received, type World } from './counter-pages-testing.ts'
import { serviceWindowEndpoints } from './routes.ts'

test('ten megabytes in a field are refused with words, and the server goes on', async (t) => {
  const c = await counterPages(t)
  const back = await c
    .as('officer')
    .fill('/console/receive', '/console/receive', { ...person, request: '长'.repeat(3_500_000) })
  assert.equal(back.status, 413)
  assert.equal((await c.as('officer').get('/console')).status, 200)
})

test('forged and foreign ids are not found, however they are written', async (t) => {
  const c = await counterPages(t)
  const id = await received(c)
  for (const forged of ['00000000-0000-4000-8000-000000000000', 'x', '1', "1'--", '%00', '..%2f..']) {
    assert.ok([400, 404].includes((await c.as('officer').get(`/console/matters/${forged}`)).status), forged)
  }
  const west = c.as('westOfficer')
  assert.equal((await west.get(`/console/matters/${id}`)).status, 404)
  const token = hiddenOf((await west.get('/console/receive')).text, '/console/receive')
  for (const step of ['withdraw', 'complete', 'take', 'reveal']) {
    assert.equal(
      (await west.send(`/console/matters/${id}/${step}`, { ...token, version: '1', reason: 'contact-applicant' }))
        .status,
      404,
      step,
    )
  }
  const [refused] = (
    await c.db.admin.query(
      `select count(*)::int as n from platform.audit_entry where outcome = 'refused' and actor_id = $1`,
      [c.bureau.people.westOfficer.id],
    )
  ).rows
  assert.ok(refused.n >= 5)
})

test('addresses of lists take anything and still show a list', async (t) => {
  const c = await counterPages(t)
  await received(c)
  const cursors = [
    'x',
    'e30',
    Buffer.from('["9999-12-31","00000000-0000-4000-8000-000000000000",1]').toString('base64url'),
    Buffer.from('["2026-01-01 00:00:00+00","x",1]').toString('base64url'),
  ]
  const queries = [
    ...cursors.map((cursor) => `after=${cursor}`),
    'view=nonsense',
    'unit=1',
    'item=%00',
    'holder=%27',
    'from=9999-12-31',
    'until=9999-12-31',
    'from=99999999',
    'until=13-45',
    'q=%00',
    'q=%ED%A0%80',
    'q=%27%25_\\',
    `q=${'%E5%AD%97'.repeat(60)}`,
  ]
  for (const view of ['all', 'accepted']) {
    for (const query of queries)
      assert.equal(
        (await c.as('officer').get(`/console/matters?${query.startsWith('view') ? '' : `view=${view}&`}${query}`))
          .status,
        200,
        `${view} ${query}`,
      )
  }
  assert.match((await c.as('officer').get('/console/matters?from=13-45')).text, /日期写法不对，例如/)
})

test('a list runs by keys through all its rows once, whatever its order', async (t) => {
  const c = await counterPages(t)
  const { admin, clock } = c.db
  const id = await received(c)
  await admin.query(
    `insert into service_window.matter (id, no, unit_id, first_officer_id, received_at, holder_id, handling_unit_id, applicant_name, request, item_version_id, item_code, status, accepted_at, due_on, due_basis, query_code_hash, query_code_sealed)
     select gen_random_uuid(), 'T-' || n, unit_id, first_officer_id, received_at, holder_id, handling_unit_id, '甲' || n, '乙', item_version_id, item_code, 'accepted', received_at, date '2026-11-20' + (n % 7), 'R86', 'h' || n, 'x'
       from service_window.matter, generate_series(1, 120) n where id = $1`,
    [id],
  )
  clock.set('2026-11-24T01:00:00Z')
  for (const view of ['accepted', 'all', 'overdue']) {
    const seen: string[] = []
    let next: string | undefined = `/console/matters?view=${view}`
    while (next) {
      const { text } = await c.as('officer').get(next)
      seen.push(
        ...[...text.matchAll(/href="\/console\/matters\/([0-9a-f-]{36})" data-swap/g)].map(
          (match) => match[1] as string,
        ),
      )
      next = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    const [count] = (
      await admin.query(
        `select count(*)::int as n from service_window.matter where $1 = 'all' or (status = 'accepted' and ($1 = 'accepted' or due_on < '2026-11-24'))`,
        [view],
      )
    ).rows
    assert.equal(seen.length, count.n, view)
    assert.equal(new Set(seen).size, count.n, view)
  }
})

test('the export holds the filtered list without contact data, and who took it out is on record', async (t) => {
  const c = await counterPages(t)
  await received(c)
  await received(c, 'officer', { name: '李=1+1', itemCode: '' })
  assert.equal((await c.as('officer').get('/console/matters.xlsx')).status, 403)
  const reply = await c.app.inject({ url: '/console/matters.xlsx?view=all', headers: { 'x-test-person': 'chief' } })
  assert.equal(reply.statusCode, 200)
  const sheet = (await readXlsx(reply.rawPayload)).sheets[0]
  const cells = JSON.stringify(sheet?.rows)
  assert.match(cells, /王秀英/)
  assert.match(cells, /李=1\+1/)
  assert.doesNotMatch(cells, /1381234|138\*/)
  const [entry] = (
    await c.db.admin.query(
      `select convert_from(data::text::bytea, 'UTF8') as data from platform.audit_entry where event = 'matter.export' and outcome = 'done'`,
    )
  ).rows
  assert.match(entry.data, /rows/)
})

test('a number opens a matter at another station, an unknown one is said beside the field and stays on record', async (t) => {
  const c = await counterPages(t)
  const id = await received(c)
  const [{ no }] = (await c.db.admin.query('select no from service_window.matter where id = $1', [id])).rows as [
    { no: string },
  ]
  assert.equal((await c.as('westOfficer').get(`/console/open?number=${no}`)).location, `/console/matters/${id}`)
  assert.equal((await c.as('westOfficer').get(`/console/matters/${id}`)).status, 200)
  const unknown = await c.as('westOfficer').get('/console/open?number=20260101-999999')
  assert.equal(unknown.status, 409)
  assert.match(unknown.text, /没有找到这个编号/)
  assert.match(unknown.text, /value="20260101-999999"/)
  assert.equal(
    (await c.db.admin.query(`select 1 from platform.audit_entry where event = 'matter.open' and outcome = 'refused'`))
      .rowCount,
    1,
  )
})

test('nobody meets an empty page: every role has a home that says what can be done', async (t) => {
  const c = await counterPages(t)
  for (const who of [
    'officer',
    'chief',
    'head',
    'desk',
    'leader',
    'editor',
    'publisher',
    'systemAdmin',
    'securityAdmin',
    'auditor',
  ] as const) {
    for (const lang of ['zh', 'en']) {
      const { status, text } = await c.as(who).get(`/console?lang=${lang}`)
      assert.equal(status, 200, who)
      const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'))
      assert.match(main, /<a [^>]*href="\/console\//, who)
      assert.deepEqual(faultsIn(text, 'page'), [], who)
    }
  }
  assert.equal((await c.as('plain').get('/console')).status, 403)
})

test('each endpoint lets in whom the table of rights names, and nobody else', async (t) => {
  const c = await counterPages(t)
  const id = await received(c)
  const people = ['officer', 'chief', 'head', 'desk', 'leader', 'auditor', 'systemAdmin', 'plain'] as const
  for (const said of serviceWindowEndpoints({ documents: createDocuments() })) {
    const url = said.path.replace(':id', id)
    for (const who of people) {
      const { grants } = c.bureau.actors[who]
      const allowed = said.permission === 'anyone' || grants[said.permission] !== undefined
      const visitor = c.as(who)
      const token = said.method === 'POST' ? await tokenOf(visitor) : {}
      const { status } =
        said.method === 'GET'
          ? await visitor.get(url)
          : await visitor.send(url, { ...token, attempt: crypto.randomUUID(), version: '99' })
      if (allowed) assert.notEqual(status, 401, `${who} ${said.method} ${said.path}`)
      else assert.equal(status, 403, `${who} ${said.method} ${said.path}`)
    }
  }
  const nobody = await c.app.inject({ url: '/console', headers: { accept: 'text/html' } })
  assert.deepEqual([nobody.statusCode, nobody.headers.location], [302, '/sign-in?to=%2Fconsole'])
})

async function tokenOf(visitor: ReturnType<World['as']>): Promise<Record<string, string>> {
  const { text } = await visitor.get('/console/matters/00000000-0000-4000-8000-000000000000')
  const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1]
  return token ? { _csrf: token } : {}
}
