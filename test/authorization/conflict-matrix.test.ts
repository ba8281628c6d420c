import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { may } from '#platform/actor.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { type CaseIds, conflictBureau, conflictCase, conflicted, unconcerned } from './conflict-fixture.ts'
import { askAs, guarded, type Served, scrub, serveAll } from './served-testing.ts'

/** The same bureau, with one of the cases or with none. */
async function aBureauWith(t: TestContext, name: 'officer' | 'unit' | null) {
  const house = await serveAll(t)
  await conflictBureau(house.db, house.bureau)
  const ids = name && (await conflictCase(house.db, house.bureau, name))
  return { house, ids: ids as CaseIds, open: guarded(house.endpoints) }
}

const keptFrom = (name: 'officer' | 'unit') => conflicted.filter(({ from }) => from === name)

const reachable = (house: Served, said: AnyEndpoint, who: PersonKey) =>
  may(house.bureau.actors[who], said.permission as Parameters<typeof may>[1])

const absent = '7d9c1f0e-2b7a-4f1d-9a55-0c1f2e3d4b5a'

/** Every id of the case that a path could be given, wherever it names an object; the rest of the path is of the same case. */
function addresses(path: string, of: CaseIds): string[] {
  const all = [of.case, ...Object.values(of.parts)]
  const rest = (at: string) =>
    at.replace(/:(\w+)/g, (_all, name) => (name === 'fileId' ? of.parts.file : of.parts.finding) as string)
  return all.map((id) => rest(path.replace(':id', id)))
}

async function answer(house: Served, method: AnyEndpoint['method'], url: string, who: PersonKey) {
  const reply = await askAs(house, method, url, who)
  // A workbook carries the second in which it was written; what it says is compared.
  const workbook = reply.statusCode === 200 && url.includes('.xlsx')
  const said = workbook ? JSON.stringify((await readXlsx(reply.rawPayload)).sheets) : scrub(reply.body, absent)
  return `${reply.statusCode} ${said}`
}

/** Ids in an address come back in links and forms; where they stood is compared, which they were is not. */
const faceless = (text: string, ids: readonly string[]) =>
  ids
    .reduce((rest, id) => rest.replaceAll(id, 'UUID'), text)
    .replaceAll('ID', 'UUID')
    .replaceAll('UUUID', 'UUID')

test('for whoever is kept from a case each address of it answers, byte for byte, as one that is not there', async (t) => {
  const wrong: string[] = []
  let asked = 0
  for (const name of ['officer', 'unit'] as const) {
    const { house, ids, open } = await aBureauWith(t, name)
    const own = [ids.case, ...Object.values(ids.parts)]
    for (const { who, why } of keptFrom(name))
      for (const said of open.filter((one) => one.path.includes(':') && reachable(house, one, who))) {
        const nowhere = said.path.replace(/:(\w+)/g, absent)
        const expected = faceless(await answer(house, said.method, nowhere, who), own)
        for (const url of addresses(said.path, ids)) {
          asked += 1
          const got = faceless(await answer(house, said.method, url, who), own)
          if (got !== expected)
            wrong.push(`${said.method} ${url}: ${who}, who ${why}: ${firstDifference(got, expected)}`)
          if (/canary/.test(got)) wrong.push(`${said.method} ${url}: ${who} reads it`)
        }
      }
    const seen = await askAs(house, 'GET', `/console/cases/${ids.case}`, unconcerned)
    assert.match(seen.body, /canary/, 'somebody who is not concerned reads it')
  }
  t.diagnostic(`${asked} requests`)
  assert.deepEqual(wrong, [])
})

const lists = [
  '/console/cases?view=all',
  '/console/cases?view=overdue',
  '/console/cases?view=all&q=canary',
  '/console/cases?view=all&q=XF-canary',
  '/console/cases?department=petition_section&view=all',
  '/console/cases?department=discipline_inspection&view=all',
  '/console/cases?view=all&class=appeal&channel=visit&tag=cold',
  '/console/cases.xlsx?view=all',
  '/console/cases.xlsx?view=all&q=canary',
  '/console/triage?department=all',
  '/console/coding?month=2026-11',
  '/console/retaliation?view=all',
  '/console/search?q=canary',
]

test('lists, searches, counts and exports are those of the same bureau without the case', async (t) => {
  const never = await aBureauWith(t, null)
  const wrong: string[] = []
  const telling = new Set<string>()
  let asked = 0
  for (const name of ['officer', 'unit'] as const) {
    const there = await aBureauWith(t, name)
    const gets = there.open.filter((one) => one.method === 'GET' && !one.path.includes(':'))
    for (const url of [...gets.map((one) => one.path), ...lists]) {
      const said = gets.find((one) => one.path === url.split('?')[0])
      assert.ok(said, `${url} is there`)
      const differs = async (who: PersonKey) => {
        asked += 2
        const [with_, without] = await Promise.all([
          answer(there.house, 'GET', url, who),
          answer(never.house, 'GET', url, who),
        ])
        return with_ === without ? null : firstDifference(with_, without)
      }
      for (const { who, why } of keptFrom(name)) {
        const difference = reachable(there.house, said, who) ? await differs(who) : null
        if (difference) wrong.push(`GET ${url}: ${who}, who ${why}: ${difference}`)
      }
      if (reachable(there.house, said, unconcerned) && (await differs(unconcerned))) telling.add(url)
    }
  }
  t.diagnostic(`${asked} requests; ${telling.size} addresses tell somebody who is not concerned`)
  assert.deepEqual(wrong, [])
  for (const url of ['/console/cases', '/console/cases.xlsx?view=all', '/console/cases?view=all&q=canary', '/console'])
    assert.ok(telling.has(url), `${url} would have told`)
})

test('were nobody kept from anything, the comparison would show it', async (t) => {
  const { house, ids } = await aBureauWith(t, 'officer')
  const never = await aBureauWith(t, null)
  await house.db.admin.query(
    `create or replace function complaints.barred_cases() returns uuid[] language sql stable as $$ select '{}'::uuid[] $$`,
  )
  for (const { who } of keptFrom('officer')) {
    assert.match(await answer(house, 'GET', `/console/cases/${ids.case}`, who), /canary/, who)
    const list = '/console/cases?view=all'
    assert.notEqual(await answer(house, 'GET', list, who), await answer(never.house, 'GET', list, who), who)
  }
})

function firstDifference(a: string, b: string): string {
  const at = [...a].findIndex((character, index) => character !== b[index])
  return `…${a.slice(Math.max(0, at - 40), at + 60)}… / …${b.slice(Math.max(0, at - 40), at + 60)}…`
}
