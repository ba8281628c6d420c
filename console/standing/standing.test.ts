import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { pagesFor } from '#console/figures/pages-testing.ts'
import { reportFact } from '#modules/standing/index.ts'
import { systemActor } from '#platform/actor.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { standingEndpoints } from './index.ts'

type World = Awaited<ReturnType<typeof pagesFor>>

async function fact(at: World, who: 'officer' | 'officer2' | 'westOfficer', no: string, on = '2026-11-10') {
  const { units, people } = at.bureau
  await at.as(systemActor, (ctx) =>
    reportFact(ctx, {
      kind: 'matter_overdue',
      personId: people[who].id,
      unitId: who === 'westOfficer' ? units.westWindow : units.eastWindow,
      sourceKind: 'matter',
      sourceId: randomUUID(),
      occurredOn: Temporal.PlainDate.from(on),
      basis: 'R86',
      detail: { matterNo: no, dueOn: '2026-11-09' },
    }),
  )
}

test('everybody sees what stands about himself, a head his units, the leader all, in sound pages of both languages', async (t) => {
  const at = await pagesFor(t, standingEndpoints())
  await fact(at, 'officer', 'M-1')
  await fact(at, 'officer2', 'M-2')
  await fact(at, 'westOfficer', 'M-3')
  const seen = async (who: Parameters<World['get']>[1], url = '/console/standing') => {
    const { body, statusCode } = await at.get(url, who)
    assert.equal(statusCode, 200)
    assert.deepEqual(faultsIn(body, 'page'), [])
    return ['M-1', 'M-2', 'M-3'].filter((no) => body.includes(no))
  }
  const units = '/console/standing?view=units'
  assert.deepEqual(await seen('officer'), ['M-1'])
  assert.deepEqual(await seen('officer', units), ['M-1'], 'an officer leads nobody')
  assert.deepEqual(await seen('officer', `${units}&person=${at.bureau.people.officer2.id}`), ['M-1'])
  assert.deepEqual(await seen('head'), [])
  assert.deepEqual(await seen('head', units), ['M-1', 'M-2'])
  assert.deepEqual(await seen('chief', `${units}&lang=en`), ['M-1', 'M-2'])
  assert.deepEqual(await seen('head', `${units}&unit=${at.bureau.units.westWindow}`), [])
  assert.deepEqual(await seen('head', `${units}&person=${at.bureau.people.officer2.id}&lang=zh`), ['M-2'])
  assert.deepEqual(await seen('leader', units), ['M-1', 'M-2', 'M-3'])
  assert.deepEqual(await seen('leader', `${units}&kind=order_overdue`), [])
  assert.deepEqual(await seen('leader', `${units}&from=2026-11-11`), [])
  assert.deepEqual(await seen('leader', `${units}&until=2026-11-10`), ['M-1', 'M-2', 'M-3'])
  const own = (await at.get('/console/standing', 'officer')).body
  assert.match(own, /R86/)
  assert.match(own, /认为记得不对怎么办/)
})

test('a reversed entry stays, struck out, with the day and the reason', async (t) => {
  const at = await pagesFor(t, standingEndpoints())
  await fact(at, 'officer', 'M-1')
  await at.admin.query(`insert into standing.entry (kind, person_id, unit_id, source_kind, source_id, occurred_on, recorded_at, basis, reverses, reason)
    select kind, person_id, unit_id, source_kind, source_id, occurred_on, '2026-11-20T01:00:00Z', basis, id, '期限算错' from standing.entry`)
  const { body } = await at.get('/console/standing', 'officer')
  assert.match(body, /<s>办件超期<\/s>/)
  assert.match(body, /已于 11月20日冲销：期限算错/)
  assert.match(body, /更正：冲销条目 [0-9A-F]{8}。期限算错/)
})

test('page after page shows every entry once; the workbook holds them all and is on record', async (t) => {
  const at = await pagesFor(t, standingEndpoints())
  for (let n = 0; n < 120; n++) await fact(at, 'officer', `M-${n}-`, `2026-10-${String(1 + (n % 28)).padStart(2, '0')}`)
  const seen: string[] = []
  let url: string | undefined = '/console/standing'
  while (url) {
    const { body } = await at.get(url, 'officer')
    seen.push(...[...body.matchAll(/办件 (M-\d+-)/g)].map((match) => match[1]!))
    url = /rel="next" href="([^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  assert.equal(seen.length, 120)
  assert.equal(new Set(seen).size, 120)
  const file = await at.get('/console/standing.xlsx', 'officer')
  assert.equal(file.rawPayload.subarray(0, 2).toString(), 'PK')
  const { rows } = await at.admin.query(
    `select data->>'rows' as n from platform.audit_entry where event = 'standing.export'`,
  )
  assert.deepEqual(rows, [{ n: '120' }])
  assert.equal((await at.get('/console/standing?after=bm9uc2Vuc2U', 'officer')).statusCode, 200)
})
