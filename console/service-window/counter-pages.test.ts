import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { createDocuments } from '#platform/documents/documents.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { counterPages, hiddenOf, type Page } from './counter-pages-testing.ts'
import { serviceWindowEndpoints } from './routes.ts'

type World = Awaited<ReturnType<typeof counterPages>>
const person = {
  name: '王秀英',
  request: '更改姓名',
  itemCode: 'household.name_change',
  phone: '13812345621',
  counterId: 'none',
}
const idIn = (page: Page) =>
  /^\/console\/matters\/([0-9a-f-]{36})/.exec(page.location)?.[1] ?? assert.fail(`${page.status} ${page.location}`)

async function received(c: World, who: PersonKey = 'officer', more: Record<string, string> = {}): Promise<string> {
  return idIn(await c.as(who).fill('/console/receive', '/console/receive', { ...person, ...more }))
}

/** Answers every question the page asks with its first option, until it asks no more. */
async function answered(
  c: World,
  id: string,
  who: PersonKey = 'officer',
  verdicts: Record<string, string> = {},
): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (let round = 0; round < 6; round++) {
    const { text } = await c.as(who).get(`/console/matters/${id}`)
    for (const [, name, value] of text.matchAll(
      /type="radio"[^>]* name="((?:answer|verdict)\.[a-z_]+)" value="([a-z0-9_]+)"/g,
    ))
      fields[name as string] ??= value as string
    Object.assign(fields, verdicts)
    await c.as(who).fill(`/console/matters/${id}`, `/console/matters/${id}/check`, fields)
  }
  return fields
}

test('a citizen is received, told once, comes back, is accepted and done: every step by forms, without script', async (t) => {
  const c = await counterPages(t)
  const officer = c.as('officer')
  const id = await received(c)
  const at = `/console/matters/${id}`
  const sound = async () => {
    const { text } = await officer.get(at)
    assert.deepEqual(faultsIn(text, 'page'), [])
    return text
  }
  await sound()
  const fields = await answered(c, id, 'officer', { 'verdict.id_card': 'missing' })
  const told = await officer.fill(at, `${at}/check`, { ...fields, step: 'notice' })
  assert.equal(told.location, `${at}?done=notice`)
  const notice = await sound()
  assert.match(notice, /GZ20261123-0001/)
  assert.match(notice, /未提供/)
  const noticeId = /notices\/([0-9a-f-]{36})\/notice\.pdf/.exec(notice)?.[1]
  assert.equal(
    (
      await officer.fill(at, `/console/notices/${noticeId}/sign`, {
        kind: 'drawn',
        strokes: '{"width":300,"height":100,"strokes":[[10,10,60,40]]}',
      })
    ).location,
    `${at}?done=signed`,
  )
  await sound()
  assert.equal((await officer.fill(at, `${at}/visit`)).location, `${at}?done=visit`)
  await sound()
  assert.equal(
    (await officer.fill(at, `${at}/check`, { ...fields, 'verdict.id_card': 'present', step: 'accept' })).location,
    `${at}?done=accepted`,
  )
  await sound()
  assert.equal((await officer.fill(at, `${at}/complete`)).location, `${at}?done=completed`)
  await sound()
  const events = (
    await c.db.admin.query(
      `select event from platform.audit_entry where subject_id = $1 and event <> 'matter.view' order by at, id`,
      [id],
    )
  ).rows.map((row) => row.event)
  assert.deepEqual([...new Set(events)], ['matter.receive', 'matter.check', 'matter.visit', 'matter.complete'])
})

test('what was typed comes back with the words beside each field, exactly as it was', async (t) => {
  const c = await counterPages(t)
  const wrong = await c.as('officer').fill('/console/receive', '/console/receive', {
    ...person,
    name: ' ',
    phone: '1381234',
    citizenNo: '440524188001010015',
    request: '换<b>证',
  })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /错误[：:].*|有错误/)
  for (const kept of [
    'value="1381234"',
    'value="440524188001010015"',
    'value="换&lt;b&gt;证"',
    '请填写姓名',
    '校验位不对',
    '位数不对',
  ])
    assert.ok(wrong.text.includes(kept), kept)
  assert.deepEqual(faultsIn(wrong.text, 'page'), [])
})

test('a form that is sent twice acts once, and the second answer is the first one', async (t) => {
  const c = await counterPages(t)
  const officer = c.as('officer')
  const first = await officer.fill('/console/receive', '/console/receive', person)
  const again = await officer.send('/console/receive', first.sent)
  assert.deepEqual([again.status, again.location], [303, first.location])
  const other = await officer.send('/console/receive', { ...first.sent, name: '别人' })
  assert.equal(other.status, 409)
  assert.equal((await c.db.admin.query('select 1 from service_window.matter')).rowCount, 1)
})

test('markup in a name or a request stays text on every page that shows it', async (t) => {
  const c = await counterPages(t)
  const attack = `"><img src=x onerror=alert(1)>'<script>alert(1)</script>`
  const id = await received(c, 'officer', { name: attack.slice(0, 45), request: attack, itemCode: '' })
  for (const url of [
    '/console',
    `/console/matters/${id}`,
    '/console/matters?view=all',
    `/console/search?q=${encodeURIComponent(attack)}`,
    `/console/matters/${id}?show=code&done=${encodeURIComponent(attack.slice(0, 20))}`,
  ]) {
    const { text, status } = await c.as('officer').get(url)
    assert.equal(status, 200, url)
    assert.doesNotMatch(text, /<img src=x|<script>alert/, url)
    assert.deepEqual(faultsIn(text, 'page'), [], url)
  }
})

test('names of forty letters, rare characters and control characters each get a sensible answer', async (t) => {
  const c = await counterPages(t)
  const uyghur = '阿卜杜热合曼·买买提吐尔逊·阿卜杜拉·努尔艾合买提·依明江·吐尔洪江·热合'
  assert.ok(
    (await c.as('officer').get(`/console/matters/${await received(c, 'officer', { name: uyghur })}`)).text.includes(
      uyghur,
    ),
  )
  const rare = await received(c, 'officer', { name: '李𬭎' })
  assert.doesNotMatch((await c.as('officer').get(`/console/matters/${rare}`)).text, /打印字库里没有/)
  const arabic = await received(c, 'officer', { name: 'ئابدۇراخمان' })
  assert.match((await c.as('officer').get(`/console/matters/${arabic}`)).text, /打印字库里没有/)
  for (const [name, words] of [
    ['王\0英', '看不见的控制字符'],
    ['王😀', '不能有表情符号'],
    ['王\u202E英', '改变文字方向'],
    ['字'.repeat(60), '最多 50 个字'],
  ] as const) {
    const back = await c.as('officer').fill('/console/receive', '/console/receive', { ...person, name })
    assert.equal(back.status, 422, words)
    assert.ok(back.text.includes(words), words)
  }
})

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
  assert.match((await c.as('officer').get('/console/matters?from=13-45')).text, /格式不对/)
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

test('who changed it meanwhile and how is shown field by field, and nothing is overwritten until one says so', async (t) => {
  const c = await counterPages(t)
  const officer = c.as('officer')
  const id = await received(c)
  const at = `/console/matters/${id}`
  const fields = await answered(c, id)
  const before = hiddenOf((await officer.get(at)).text, `${at}/check`)
  await officer.fill(at, `${at}/check`, { ...fields, 'verdict.id_card': 'missing', step: 'save' })
  const clash = await officer.send(`${at}/check`, {
    ...before,
    ...fields,
    'verdict.id_card': 'defective',
    'defect.id_card': '已过有效期',
    step: 'save',
  })
  assert.equal(clash.status, 409)
  for (const words of [
    '有人在您填写时改过这份记录',
    '李敏 J100001',
    '缺少',
    '不符合要求，已过有效期',
    '按我填写的保存',
    '按我填写的提交',
  ]) {
    if (words !== '按我填写的保存') assert.ok(clash.text.includes(words), words)
  }
  assert.deepEqual(
    (await c.db.admin.query(`select verdict from service_window.material_check where material_code = 'id_card'`)).rows,
    [{ verdict: 'missing' }],
  )
  // "Save what I wrote" is a form of its own with all that was typed.
  const mine = hiddenOf(clash.text, `${at}/check`)
  assert.equal(mine['defect.id_card'], '已过有效期')
  assert.equal((await officer.send(`${at}/check`, mine)).location, `${at}?done=checked`)
  assert.deepEqual(
    (
      await c.db.admin.query(
        `select verdict, defect from service_window.material_check where material_code = 'id_card'`,
      )
    ).rows,
    [{ verdict: 'defective', defect: '已过有效期' }],
  )
})

test('a step that is refused leaves everything as it was, findings included', async (t) => {
  const c = await counterPages(t)
  const id = await received(c)
  const at = `/console/matters/${id}`
  const fields = await answered(c, id)
  const tried = await c
    .as('officer')
    .fill(at, `${at}/check`, { ...fields, 'verdict.id_card': 'missing', step: 'accept' })
  assert.equal(tried.status, 409)
  assert.match(tried.text, /材料尚未齐备，不能受理/)
  assert.match(tried.text, /value="missing" checked/)
  assert.deepEqual(
    (await c.db.admin.query(`select verdict from service_window.material_check where material_code = 'id_card'`)).rows,
    [{ verdict: 'present' }],
  )
})

test('contact is shown once, for a reason, and each look is on record; lists and the page itself show it masked', async (t) => {
  const c = await counterPages(t)
  const id = await received(c)
  const at = `/console/matters/${id}`
  assert.doesNotMatch((await c.as('officer').get(at)).text, /13812345621/)
  const without = await c.as('officer').fill(at, `${at}/reveal`)
  assert.deepEqual([without.status, without.text.includes('13812345621')], [422, false])
  const shown = await c.as('officer').fill(at, `${at}/reveal`, { reason: 'contact-applicant' })
  assert.equal(shown.status, 200)
  assert.match(shown.text, /13812345621/)
  assert.equal(shown.headers['cache-control'], 'no-store')
  assert.equal(
    (
      await c.db.admin.query(
        `select 1 from platform.audit_entry where event = 'matter.reveal' and outcome = 'done' and subject_id = $1`,
        [id],
      )
    ).rowCount,
    1,
  )
  assert.ok(
    (await c.db.admin.query(`select 1 from platform.audit_entry where event = 'matter.view' and subject_id = $1`, [id]))
      .rowCount,
  )
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

test('the chief sees what the record says about each gap and decides; an officer has no such page', async (t) => {
  const c = await counterPages(t)
  const officer = c.as('officer')
  const id = await received(c)
  const at = `/console/matters/${id}`
  const fields = await answered(c, id, 'officer', { 'verdict.id_card': 'missing' })
  await officer.fill(at, `${at}/check`, { ...fields, step: 'notice' })
  await officer.fill(at, `${at}/visit`)
  await officer.fill(at, `${at}/check`, {
    ...fields,
    'verdict.id_card': 'present',
    'verdict.household_booklet': 'missing',
    step: 'save',
  })
  const contradicts = await officer.fill(at, `${at}/second-notice`, { cause: 'new_fact', note: '新情况' })
  assert.equal(contradicts.status, 422)
  assert.match(contradicts.text, /原因只能是“承办人疏漏”/)
  assert.deepEqual(faultsIn(contradicts.text, 'page'), [])
  await officer.fill(at, `${at}/second-notice`, { cause: 'officer_omission', note: '首次漏告户口簿' })
  assert.equal((await officer.get('/console/decisions')).status, 403)
  const waiting = await c.as('chief').get('/console/decisions')
  for (const words of ['首次漏告户口簿', '首次告知时已存在，未告知', 'GZ20261123-0001'])
    assert.ok(waiting.text.includes(words), words)
  assert.deepEqual(faultsIn(waiting.text, 'page'), [])
  const action = /action="(\/console\/notices\/[0-9a-f-]{36}\/decide)"/.exec(waiting.text)?.[1] as string
  const back = await c.as('chief').fill('/console/decisions', action, { decision: 'reject', note: '' })
  assert.equal(back.status, 422)
  assert.equal(
    (await c.as('chief').fill('/console/decisions', action, { decision: 'approve' })).location,
    '/console/decisions?done=approved',
  )
  assert.match((await officer.get(at)).text, /第 2 次告知单/)
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

test('the notice is drawn again byte for byte, and a document of another station is not drawn at all', async (t) => {
  const documents = createDocuments()
  t.after(() => documents.close())
  const c = await counterPages(t, documents)
  const id = await received(c)
  const at = `/console/matters/${id}`
  const fields = await answered(c, id, 'officer', { 'verdict.id_card': 'missing' })
  assert.equal((await c.as('officer').get(`${at}/receipt.pdf`)).status, 409)
  await c.as('officer').fill(at, `${at}/check`, { ...fields, step: 'notice' })
  const url = /\/console\/notices\/[0-9a-f-]{36}\/notice\.pdf/.exec((await c.as('officer').get(at)).text)?.[0] as string
  const draw = async (who: PersonKey) => c.app.inject({ url, headers: { 'x-test-person': who } })
  const first = await draw('officer')
  c.db.clock.set('2026-11-25T01:00:00Z')
  const second = await draw('chief')
  assert.equal(first.headers['content-type'], 'application/pdf')
  assert.deepEqual(second.rawPayload, first.rawPayload)
  assert.equal(first.rawPayload.subarray(0, 5).toString(), '%PDF-')
  assert.equal((await draw('westOfficer')).statusCode, 404)
})
