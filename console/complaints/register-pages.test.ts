import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { intakeDesk } from './intake-testing.ts'

const caseLink = /\/console\/(?:cases|triage)\/[0-9a-f-]{36}/g

test('the register is one for four queues, by state, class, channel, tag and day; each number counts what its link lists', async (t) => {
  const at = await intakeDesk(t)
  const { officer } = at.bureau.people
  await at.down('petitionClerk', { accused: { officers: officer.policeNo } })
  await at.down('petitionClerk', {
    channel: 'letter',
    text: '材料说了三次才说全',
    receivedAt: Temporal.Instant.from('2026-11-01T02:00:00Z'),
  })
  await at.down('commandClerk', { channel: 'desk_960111', text: '接线员推诿，让我找别的部门', place: '山海路' })
  at.be('caseOfficer')
  const shown = async (query: string) => {
    const reply = await at.get(`/console/cases${query}`)
    assert.equal(reply.statusCode, 200, query)
    assert.deepEqual(faultsIn(reply.body, 'page'), [], query)
    return new Set(reply.body.match(caseLink) ?? []).size
  }
  assert.equal(await shown(''), 3)
  assert.equal(await shown('?department=command_centre'), 1)
  assert.equal(await shown('?view=notice-late'), 1)
  assert.equal(await shown('?view=overdue'), 0)
  assert.equal(await shown('?channel=letter&view=all'), 1)
  assert.equal(await shown('?class=none'), 3)
  assert.equal(await shown('?class=appeal'), 0)
  assert.equal(await shown('?tag=buck_passing'), 1)
  assert.equal(await shown('?from=2026-11-02'), 2)
  assert.equal(await shown('?until=2026-11-01'), 1)
  assert.equal(await shown('?q=%E6%8E%A8%E8%AF%BF'), 1)
  assert.equal(await shown('?q=%E6%8E%A8%E8%AF%BF&channel=letter'), 0)
  assert.equal(await shown('?q=XF2026-000002'), 1)
  assert.equal(await shown("?q=%25'%20or&view=nonsense&department=x&after=zzz&lang=en"), 0)
  assert.equal(await shown('?from=gestern'), 3)
  const tabs = (await at.get('/console/cases?lang=zh')).body
  assert.match(tabs, />告知逾期 <b>1<\/b>/)
  assert.match(tabs, />指挥中心 <b>1<\/b>/)
  assert.match(tabs, new RegExp(`${officer.name} ${officer.policeNo}`))
  at.be('petitionClerk')
  assert.equal(await shown(''), 2)
  at.be('officer')
  assert.equal((await at.get('/console/cases')).statusCode, 403)
})

test('a register of many pages is read by key, each case once', async (t) => {
  const at = await intakeDesk(t)
  for (let n = 0; n < 3; n++) await at.down('petitionClerk', { text: `第一批 ${n}` })
  await at.rows(
    `insert into complaints.case (id, no, opened_at, received_on, department, summary, notice_due_on)
     select gen_random_uuid(), 'XF2025-' || lpad(n::text, 6, '0'), '2025-01-01'::timestamptz + n * interval '1 minute', '2025-01-01', 'petition_section', '旧件', '2025-01-16' from generate_series(1, 120) n`,
  )
  const seen: string[] = []
  let url: string | undefined = '/console/cases?view=all'
  while (url) {
    const page: string = (await at.get(url)).body
    seen.push(...(page.match(/XF\d{4}-\d{6}/g) ?? []))
    url = /rel="next" href="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  }
  assert.equal(seen.length, 123)
  assert.equal(new Set(seen).size, 123)
})

test('the workbook holds what the reader may see, without anybody who complained, and its taking is on record', async (t) => {
  const at = await intakeDesk(t)
  await at.down('petitionClerk', { text: '=cmd|我叫赵某，13800138000' })
  await at.down('brigadeOfficer', { accused: { officers: at.bureau.people.caseOfficer.policeNo } })
  at.be('petitionClerk')
  assert.equal((await at.get('/console/cases.xlsx')).statusCode, 403)
  at.be('caseOfficer')
  const file = await at.get('/console/cases.xlsx?view=all')
  assert.equal(file.statusCode, 200)
  const text = JSON.stringify(await readXlsx(file.rawPayload))
  assert.match(text, /XF2026-000001/)
  assert.doesNotMatch(text, /XF2026-000002|赵某|13800138000/)
  assert.deepEqual(
    await at.rows(`select data from platform.audit_entry where event = 'complaint.export' and outcome = 'done'`),
    [{ data: { view: 'all', searched: false, rows: 1 } }],
  )
})

test('triage lists the received cases by the day of their notice, amber and red', async (t) => {
  const at = await intakeDesk(t)
  await at.down('petitionClerk', { text: '今天收到' })
  await at.down('petitionClerk', {
    channel: 'letter',
    text: '快到期',
    receivedAt: Temporal.Instant.from('2026-11-12T02:00:00Z'),
  })
  await at.down('petitionClerk', {
    channel: 'letter',
    text: '已逾期',
    receivedAt: Temporal.Instant.from('2026-11-01T02:00:00Z'),
  })
  const board = await at.get('/console/triage')
  assert.deepEqual(faultsIn(board.body, 'page'), [])
  const order = [...board.body.matchAll(/今天收到|快到期|已逾期/g)].map(([word]) => word)
  assert.deepEqual(order, ['已逾期', '快到期', '今天收到'])
  assert.match(board.body, /row-late/)
  assert.match(board.body, /row-due/)
  at.be('commandClerk')
  assert.match((await at.get('/console/triage')).body, /没有待判定的来件/)
})

test('a case is sorted through its page: class, acceptance; a second reader is told of the change and keeps his words', async (t) => {
  const at = await intakeDesk(t)
  const { caseId } = await at.down('petitionClerk')
  const path = `/console/triage/${caseId}`
  const page = await at.get(path)
  assert.deepEqual(faultsIn(page.body, 'page'), [])
  assert.match(page.body, /<mark>/)
  const none = await at.send(page.body, `${path}/classify`, { department: 'petition_section' })
  assert.equal(none.statusCode, 422)
  assert.match(none.body, /href="#f-classify-caseClass"/)
  const sent = await at.send(page.body, `${path}/classify`, {
    caseClass: 'appeal',
    department: 'petition_section',
    reason: '求决',
    attempt: randomUUID(),
  })
  assert.equal(sent.headers.location, `${path}?done=classify`)
  const late = await at.send(page.body, `${path}/classify`, {
    caseClass: 'suggestion',
    department: 'petition_section',
    reason: '写了很久的理由',
    attempt: randomUUID(),
  })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /同事已修改了这件信访件/)
  assert.match(late.body, /写了很久的理由/)
  assert.deepEqual(faultsIn(late.body, 'page'), [])
  const next = await at.get(`${path}?lang=en`)
  assert.deepEqual(faultsIn(next.body, 'page'), [])
  assert.equal((await at.send(next.body, `${path}/accept`, {})).headers.location, `${path}?done=accept`)
  assert.match((await at.get(`${path}?done=accept&lang=zh`)).body, /已受理，办理期限开始计算/)
  const twice = await at.send(next.body, `${path}/accept`, { attempt: randomUUID() })
  assert.equal(twice.statusCode, 409)
})

test('what goes out of sight sends the desk back to its board, and its page is as one that is not there', async (t) => {
  const at = await intakeDesk(t)
  const { caseId } = await at.down('petitionClerk')
  const path = `/console/triage/${caseId}`
  const page = (await at.get(path)).body
  const sent = await at.send(page, `${path}/classify`, { caseClass: 'accusation', department: 'petition_section' })
  assert.equal(sent.headers.location, '/console/triage?done=classify-gone')
  assert.match((await at.get('/console/triage?done=classify-gone')).body, /不再对您显示/)
  const gone = await at.get(path)
  const absent = await at.get(`/console/triage/${randomUUID()}`)
  assert.deepEqual([gone.statusCode, gone.body], [absent.statusCode, absent.body])
  at.be('caseOfficer')
  const other = await at.down('caseOfficer')
  const recused = await at.send(
    (await at.get(`/console/triage/${other.caseId}`)).body,
    `/console/triage/${other.caseId}/recuse`,
    { reason: '邻居' },
  )
  assert.equal(recused.headers.location, '/console/triage?done=recuse')
})

test('two cases are merged from the proposal and taken apart again', async (t) => {
  const at = await intakeDesk(t)
  const said = '在青山路派出所户籍窗口补办身份证，民警低头玩手机，问了三遍都不理'
  const accused = { officers: at.bureau.people.officer.policeNo }
  const a = await at.down('petitionClerk', { text: said, accused })
  const b = await at.down('petitionClerk', {
    text: `${said}！`,
    accused,
    complainant: { name: '钱某', phone: '13900139000' },
  })
  const path = `/console/triage/${b.caseId}`
  const page = (await at.get(path)).body
  assert.match(page, /同一民警；同一天；文字相似/)
  const merged = await at.send(page, `${path}/merge`, { otherId: a.caseId, reason: '同一事件' })
  assert.equal(merged.headers.location, `/console/triage/${a.caseId}?done=merge`)
  const together = (await at.get(`/console/triage/${a.caseId}`)).body
  assert.deepEqual(faultsIn(together, 'page'), [])
  assert.equal((together.match(/<blockquote>/g) ?? []).length, 2)
  const value = /name="absorbedId" value="([^"]*)"/.exec(together)?.[1] as string
  const apart = await at.send(together, `/console/triage/${a.caseId}/unmerge`, { absorbedId: value, reason: '分开' })
  assert.equal(apart.headers.location, `/console/triage/${a.caseId}?done=unmerge`)
  assert.equal((await at.rows(`select 1 from complaints.case where status = 'received'`)).length, 2)
})

test('coding, kin and desks have their pages, sound in both languages', async (t) => {
  const at = await intakeDesk(t)
  at.be('inspector')
  for (const url of ['/console/coding', '/console/coding?month=2026-10', '/console/me/relations', '/console/relations'])
    for (const lang of ['zh', 'en']) {
      const reply = await at.get(`${url}${url.includes('?') ? '&' : '?'}lang=${lang}`)
      assert.equal(reply.statusCode, 200, url)
      assert.deepEqual(faultsIn(reply.body, 'page'), [], url)
    }
  const own = (await at.get('/console/me/relations?lang=zh')).body
  const wrong = await at.send(own, '/console/me/relations', { relative: '查无此人', kind: '配偶' })
  assert.match(wrong.body, /没有找到这名民警/)
  assert.equal(
    (await at.send(wrong.body, '/console/me/relations', { relative: 'J100001', kind: '配偶' })).statusCode,
    303,
  )
  const declared = (await at.get('/console/me/relations')).body
  assert.match((await at.get('/console/relations')).body, /J100001/)
  const end = /action="(\/console\/me\/relations\/[0-9a-f-]+\/end)"/.exec(declared)?.[1] as string
  assert.equal((await at.send(declared, end, {})).statusCode, 303)
  assert.match((await at.get('/console/me/relations')).body, /已于 2026年11月23日 周一 终止/)
  at.be('systemAdmin')
  const desks = await at.get('/console/complaint-desks')
  assert.deepEqual(faultsIn(desks.body, 'page'), [])
  const csrf = { _csrf: /name="_csrf" value="([^"]*)"/.exec(desks.body)?.[1] as string }
  const save = (department: string, unitId: string) =>
    at.send('', '/console/complaint-desks', { ...csrf, attempt: randomUUID(), department, unitId, lead: 'yes' })
  assert.equal((await save('command_centre', at.bureau.units.petition)).statusCode, 422)
  assert.equal((await save('command_centre', at.bureau.units.desk)).statusCode, 303)
  assert.deepEqual(await at.rows(`select department from complaints.desk where lead`), [
    { department: 'command_centre' },
  ])
  at.be('petitionClerk')
  assert.equal((await at.get('/console/complaint-desks')).statusCode, 403)
  assert.equal((await at.get('/console/relations')).statusCode, 403)
})
