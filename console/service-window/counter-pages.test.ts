import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDocuments } from '#platform/documents/documents.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { answered, counterPages, hiddenOf, person, received } from './counter-pages-testing.ts'

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
