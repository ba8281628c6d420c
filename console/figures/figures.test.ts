import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { counterOf } from '#modules/figures/figures-testing.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { figureEndpoints } from './index.ts'
import { fillCallbacks, pagesFor } from './pages-testing.ts'

const month = 'from=2026-11-01&until=2026-11-30'

test('figures are sound pages in both languages, for a head, a chief, the desk and the leader, and for nobody else', async (t) => {
  const at = await pagesFor(t, figureEndpoints())
  await fillCallbacks(at, {
    unitId: at.bureau.units.eastWindow,
    on: '2026-10-10',
    levels: [5, 4, 3, 2, 1, 5],
    silent: 9,
  })
  const urls = [
    '/console/figures',
    '/console/figures?period=last_month',
    '/console/figures?lang=en&period=year',
    '/console/figures?from=x&until=2',
  ]
  for (const who of ['head', 'chief', 'desk', 'leader'] as const) {
    for (const url of [...urls, '/console/figures/of/completed?lang=en', '/console/figures/of/callbacks?lang=zh']) {
      const reply = await at.get(url, who)
      assert.equal(reply.statusCode, 200, `${who} ${url}`)
      assert.deepEqual(faultsIn(reply.body, 'page'), [], `${who} ${url}`)
    }
  }
  for (const who of ['officer', 'editor', 'auditor', 'systemAdmin', 'plain'] as const)
    assert.equal((await at.get('/console/figures', who)).statusCode, 403, who)
  assert.match((await at.get('/console/figures?from=2026-13-40', 'leader')).body, /日期写法不对/)
})

test('every figure opens the list it counts, and list and figure agree', async (t) => {
  const at = await pagesFor(t, figureEndpoints(), '2026-11-02T02:00:00Z')
  const east = counterOf(at.db, at.bureau.actors.officer, at.bureau.actors.chief)
  const ids: string[] = []
  for (let n = 0; n < 9; n++) ids.push(await east.receive())
  for (const id of ids.slice(0, 6)) await east.accept(id)
  for (const id of ids.slice(0, 2)) await east.complete(id)
  for (const id of ids.slice(6, 8)) {
    await east.notify(id)
    await east.comeBack(id)
  }
  await east.accept(ids[6]!)
  await east.notifyAgain(ids[7]!)
  await east.comeBack(ids[7]!)
  await east.accept(ids[7]!)
  await east.refuse(ids[8]!)
  at.clock.set(Temporal.Instant.from('2026-11-20T02:00:00Z'))
  await east.complete(ids[2]!)

  const page = (await at.get(`/console/figures?${month}`, 'head')).body
  const links = [...page.matchAll(/<a href="(\/console\/figures\/of\/([a-z_0-9]+)\?[^"]*)">([\d,]+)<\/a>/g)]
  const counted = new Set(links.map((link) => link[2]))
  for (const measure of [
    'received',
    'accepted',
    'completed',
    'refused',
    'notice_first',
    'notice_later',
    'third_visits',
    'overdue_now',
  ])
    assert.ok(counted.has(measure), `${measure} has a figure with a link`)
  for (const [, href, measure, shown] of links) {
    if (measure === 'callbacks') continue
    const list = (await at.get(href!.replaceAll('&amp;', '&'), 'head')).body
    assert.equal(list.match(/href="\/console\/matters\/[0-9a-f-]{36}"/g)?.length ?? 0, Number(shown), href ?? '')
  }
  // Two of three in time; five accepted at once stay open and are overdue; one of two at the second visit.
  assert.match(page, /本期仅办结 3 件，其中 2 件按时；样本小/)
  assert.match(page, /再次到场而受理的仅 2 件，其中 1 件第二次到场即材料齐全/)
  assert.match(page, />66\.7%<\/a><br><span class="hint">n = 3，20\.8–93\.9/)
})

test('a head sees his own units, whatever the address asks for; who may not see matters gets numbers and why', async (t) => {
  const at = await pagesFor(t, figureEndpoints())
  const { units } = at.bureau
  await counterOf(at.db, at.bureau.actors.westOfficer, at.bureau.actors.westChief).receive('不该看见')
  const page = (await at.get(`/console/figures?${month}`, 'head')).body
  assert.ok(!page.includes('长河街'))
  for (const place of ['under', 'unit']) {
    const url = `/console/figures/of/received?${month}&${place}=${units.westWindow}`
    assert.equal((await at.get(url, 'head')).statusCode, 404)
    const own = await at.get(url, 'westHead')
    assert.match(own.body, /\/console\/matters\/[0-9a-f-]{36}"/)
  }
  assert.ok(!(await at.get(`/console/figures?${month}&under=${units.westWindow}`, 'head')).body.includes('长河街'))
  const leader = (await at.get(`/console/figures/of/received?${month}`, 'leader')).body
  assert.match(leader, /您的岗位可以看数字/)
  assert.ok(!leader.includes('/console/matters/'))
  for (const words of ['督办', '预警名单']) {
    assert.ok((await at.get(`/console/figures?${month}`, 'leader')).body.includes(`<h2>${words}</h2>`))
    assert.ok(!page.includes(`<h2>${words}</h2>`))
  }
})

test('silence is said in words: 23.9 % response leaves 23.7 to 99.8 % open', async (t) => {
  const at = await pagesFor(t, figureEndpoints())
  const { eastWindow } = at.bureau.units
  const levels = (n: number, level: number) => Array.from({ length: n }, () => level)
  await fillCallbacks(at, {
    unitId: eastWindow,
    on: '2026-10-10',
    levels: [...levels(1630, 5), ...levels(17, 1)],
    silent: 5231,
  })
  const page = (await at.get('/console/figures?period=last_month', 'leader')).body
  assert.match(page, /询问 6,878 人，1,647 人答复，答复率 23\.9%；答复者中 99\.0% 满意/)
  assert.match(page, /另有 5,231 人没有答复，态度不明：如果他们都不满意，全体的满意率是 23\.7%；如果都满意，是 99\.8%/)
})

test('the workbook holds the numbers of the page with their n, withholds what the page withholds, and is on record', async (t) => {
  const at = await pagesFor(t, figureEndpoints())
  const { eastWindow, east } = at.bureau.units
  await fillCallbacks(at, { unitId: eastWindow, on: '2026-10-10', levels: [5, 5, 5, 5, 1, 1, 4], silent: 3 })
  await fillCallbacks(at, { unitId: east, on: '2026-10-11', levels: [1, 1, 5], counted: true })
  const rowsFor = async (who: 'head' | 'leader') => {
    const reply = await at.get('/console/figures.xlsx?from=2026-10-01&until=2026-10-31', who)
    assert.equal(reply.statusCode, 200)
    const { sheets } = await readXlsx(reply.rawPayload)
    const [note, head, ...rows] = sheets[0]!.rows as (string | number | null)[][]
    assert.match(String(note?.[0]), /n 和 95% 置信区间/)
    const column = (title: string) => head!.indexOf(title)
    return rows.map((row) => ({
      unit: row[0],
      asked: row[column('询问人数')],
      answered: row[column('已答复')],
      satisfied: row[column('满意人数')] ?? null,
      why: row.at(-1),
    }))
  }
  const byHead = await rowsFor('head')
  const window = byHead.find((row) => row.unit === '青山路派出所户籍窗口')!
  assert.deepEqual([window.asked, window.answered, window.satisfied], [10, 7, 5])
  for (const unit of ['青山路派出所', '合计']) {
    const row = byHead.find((one) => one.unit === unit)!
    assert.equal(row.satisfied, null, `${unit} is withheld: three answered, and the sum would give them away`)
    assert.match(String(row.why), /不足 5 份/)
  }
  assert.equal((await rowsFor('leader')).at(-1)!.satisfied, 6)
  const { rows } = await at.admin.query(
    `select count(*)::int as n from platform.audit_entry where event = 'figures.export'`,
  )
  assert.equal(rows[0].n, 2)
})
