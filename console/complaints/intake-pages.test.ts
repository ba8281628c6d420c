import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { intakeDesk } from './intake-testing.ts'

const call = {
  kind: 'phone',
  channel: 'desk_960111',
  text: '窗口民警态度冷淡，<b>问他</b>也不理',
  readBack: 'yes',
  name: '赵某',
  phone: '13800138000',
}

test('each desk has its short form, sound in both languages', async (t) => {
  const at = await intakeDesk(t)
  for (const kind of ['phone', 'visit', 'letter', 'transfer', 'book', 'nonsense'])
    for (const lang of ['zh', 'en']) {
      const reply = await at.get(`/console/intake?kind=${kind}&lang=${lang}`)
      assert.equal(reply.statusCode, 200, kind)
      assert.deepEqual(faultsIn(reply.body, 'page'), [], `${kind} ${lang}`)
    }
  at.be('commandClerk')
  assert.match((await at.get('/console/intake?lang=zh')).body, /value="desk_960111" checked/)
  at.be('officer')
  assert.equal((await at.get('/console/intake')).statusCode, 403)
})

test('a call is taken down: the receipt shows the code once more and prints it, the register shows the case', async (t) => {
  const at = await intakeDesk(t)
  at.be('commandClerk')
  const page = (await at.get('/console/intake')).body
  const sent = await at.send(page, '/console/intake', call)
  assert.equal(sent.statusCode, 303)
  const to = String(sent.headers.location)
  assert.match(to, /^\/console\/intake\/receipts\//)
  const receipt = await at.get(to)
  assert.deepEqual(faultsIn(receipt.body, 'page'), [])
  const code = /\d{4} \d{4} \d{4} \d{4}/.exec(receipt.body)?.[0] as string
  assert.match(receipt.body, /赵某 · 138\*\*\*\*8000/)
  const pdf = await at.get(`${to}/receipt.pdf`)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.deepEqual([at.drawn[0]?.query.code, at.drawn[0]?.complainant?.name], [code, '赵某'])
  assert.doesNotMatch(JSON.stringify(at.drawn), /13800138000|态度冷淡/)
  const list = await at.get('/console/cases')
  assert.match(list.body, /XF2026-000001/)
  assert.match(list.body, /&lt;b&gt;问他/)
  assert.doesNotMatch(list.body, /赵某|13800138000/)
  at.be('petitionClerk')
  assert.equal((await at.get(to)).statusCode, 404)
  assert.equal((await at.get(`/console/intake/receipts/${randomUUID()}`)).statusCode, 404)
  const stored =
    JSON.stringify(await at.rows('select reply from platform.attempt')) +
    JSON.stringify(await at.rows('select data from platform.audit_entry'))
  assert.doesNotMatch(stored, new RegExp(`${code.replaceAll(' ', ' ?')}|赵某|13800138000`))
})

test('a call sent twice is one case with one receipt', async (t) => {
  const at = await intakeDesk(t)
  const page = (await at.get('/console/intake?kind=phone')).body
  const [first, second] = await Promise.all([1, 2].map(() => at.send(page, '/console/intake', call)))
  assert.equal(first?.headers.location, second?.headers.location)
  assert.equal((await at.rows('select 1 from complaints.case')).length, 1)
})

test('what is wrong stands beside its field, in the order of the form, and what was typed is kept', async (t) => {
  const at = await intakeDesk(t)
  const page = (await at.get('/console/intake?kind=phone')).body
  const wrong = await at.send(page, '/console/intake', {
    ...call,
    readBack: '',
    phone: '12345',
    occurredOn: '2027-01-01',
    groupSize: 'viele',
  })
  assert.equal(wrong.statusCode, 422)
  assert.deepEqual(faultsIn(wrong.body, 'page'), [])
  assert.match(wrong.body, /&lt;b&gt;问他&lt;\/b&gt;也不理<\/textarea>/)
  assert.match(wrong.body, /value="viele"/)
  assert.match(wrong.body, /<details class="more" open>/)
  const errors = [...wrong.body.matchAll(/<li><a href="#f-([^"]+)"/g)].map(([, name]) => name)
  assert.deepEqual(errors, ['readBack', 'phone', 'occurredOn', 'groupSize'])
  assert.equal((await at.rows('select 1 from complaints.case')).length, 0)
  const kept = await at.send(wrong.body, '/console/intake', call)
  assert.equal(kept.statusCode, 303)
})

test('wrong types, foreign channels and a flood of text are refused in words, never with a fault', async (t) => {
  const at = await intakeDesk(t)
  const page = (await at.get('/console/intake?kind=phone')).body
  const refused = async (typed: Record<string, string | string[]>, status: number) => {
    const reply = await at.send(page, '/console/intake', { ...call, attempt: randomUUID(), ...typed })
    assert.equal(reply.statusCode, status, JSON.stringify(typed).slice(0, 80))
  }
  await refused({ channel: 'citizen_site' }, 422)
  await refused({ channel: '' }, 422)
  await refused({ text: ['one', 'two'] }, 422)
  await refused({ text: '字'.repeat(20_200) }, 422)
  await refused({ unitId: "' or 1=1" }, 422)
  await refused({ unitId: randomUUID() }, 422)
  await refused({ officers: 'a,'.repeat(11) }, 422)
  await refused({ receivedOn: 'gestern' }, 422)
  await refused({ receivedOn: '2026-11-24' }, 422)
  await refused({ text: 'x'.repeat(10_000_000) }, 413)
  await refused({ department: 'command_centre' }, 403)
  assert.equal((await at.rows('select 1 from complaints.case')).length, 0)
  await refused({ name: '<script>alert(1)</script>', text: 'ئۇ 😀 𠮷' }, 303)
})

test('the preview shows which words led to which tag and registers nothing', async (t) => {
  const at = await intakeDesk(t)
  const page = (await at.get('/console/intake?kind=phone')).body
  const shown = await at.send(page, '/console/intake', { ...call, name: '' }, '/console/intake/preview')
  assert.equal(shown.statusCode, 200)
  assert.deepEqual(faultsIn(shown.body, 'page'), [])
  assert.match(shown.body, /<mark>[^<]*冷淡<\/mark>/)
  assert.match(shown.body, /<strong>冷<\/strong>/)
  assert.match(shown.body, /&lt;b&gt;问他/)
  assert.equal((await at.rows('select 1 from complaints.case')).length, 0)
  assert.equal((await at.send(shown.body, '/console/intake', call)).statusCode, 303)
  const nothing = await at.send(page, '/console/intake', { text: '你好' }, '/console/intake/preview')
  assert.match(nothing.body, /没有找到指明作风/)
})

test('a namesake is asked about in the form and the choice is kept', async (t) => {
  const at = await intakeDesk(t)
  const { officer2 } = at.bureau.people
  await at.rows(
    `insert into directory.person (id, police_no, name, unit_id) values (gen_random_uuid(), 'J199999', $1, $2)`,
    [officer2.name, at.bureau.units.west],
  )
  const page = (await at.get('/console/intake?kind=phone')).body
  const asked = await at.send(page, '/console/intake', { ...call, officers: officer2.name })
  assert.equal(asked.statusCode, 422)
  assert.deepEqual(faultsIn(asked.body, 'page'), [])
  assert.match(asked.body, /J199999/)
  const sent = await at.send(asked.body, '/console/intake', { ...call, officers: officer2.name, chosen0: officer2.id })
  assert.equal(sent.statusCode, 303)
  assert.deepEqual(await at.rows('select person_id from complaints.accused'), [{ person_id: officer2.id }])
})

test('a letter comes with its scans; a bomb with a harmless name is refused and the words stay', async (t) => {
  const at = await intakeDesk(t)
  const letter = {
    kind: 'letter',
    channel: 'letter',
    text: '来信全文',
    name: '钱某',
    address: '山海路1号',
    receivedOn: '2026-11-20',
    sourceRef: 'LX-7',
  }
  const page = (await at.get('/console/intake?kind=letter')).body
  assert.match(page, /enctype="multipart\/form-data"/)
  const pdf = { name: '来信.pdf', bytes: Buffer.from('%PDF-1.7\n%%EOF') }
  const bomb = { name: '来信2.pdf', bytes: Buffer.from('PK\u0003\u0004') }
  const refused = await at.sendFiles(page, '/console/intake', letter, [pdf, bomb])
  assert.equal(refused.statusCode, 422)
  assert.match(refused.body, /按文件内容判断/)
  assert.match(refused.body, /来信全文<\/textarea>/)
  const large = await at.sendFiles(page, '/console/intake', { ...letter, attempt: randomUUID() }, [
    { name: 'a.pdf', bytes: Buffer.alloc(10_485_761) },
  ])
  assert.equal(large.statusCode, 413)
  assert.match(large.body, /来信全文<\/textarea>/)
  const six = await at.sendFiles(
    page,
    '/console/intake',
    { ...letter, attempt: randomUUID() },
    Array.from({ length: 6 }, () => pdf),
  )
  assert.equal(six.statusCode, 413)
  assert.match(six.body, /一次最多 5 个附件/)
  assert.match(six.body, /来信全文<\/textarea>/)
  const sent = await at.sendFiles(refused.body, '/console/intake', letter, [pdf, { ...pdf, name: '信封.pdf' }])
  assert.equal(sent.statusCode, 303)
  assert.deepEqual(
    (await at.rows('select name from complaints.file order by name')).map(({ name }) => name),
    ['信封.pdf', '来信.pdf'],
  )
  const again = await at.sendFiles((await at.get('/console/intake?kind=letter')).body, '/console/intake', letter, [pdf])
  assert.match(String(again.headers.location), /known=XF2026-000001/)
  const told = await at.get(String(again.headers.location))
  assert.match(told.body, /编号 XF2026-000001。没有重复登记/)
  assert.equal((await at.rows('select 1 from complaints.case')).length, 1)
})

test('somebody at a desk that is none is told whom to ask', async (t) => {
  const at = await intakeDesk(t)
  await at.rows('delete from complaints.desk')
  const page = (await at.get('/console/intake?kind=phone')).body
  const refused = await at.send(page, '/console/intake', call)
  assert.equal(refused.statusCode, 403)
})
