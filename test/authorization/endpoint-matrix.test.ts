import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import { may } from '#platform/actor.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { everybody } from './expected-rows.ts'
import { type Rows, rowsOfBothStations } from './rows-fixture.ts'
import { askAs, guarded, type Served, scrub, serveAll } from './served-testing.ts'
import { subjectOf } from './subjects.ts'

type House = Served & { rows: Rows }

async function served(t: TestContext): Promise<House> {
  const house = await serveAll(t)
  return { ...house, rows: await rowsOfBothStations(house.db, house.bureau) }
}

async function ask(house: House, said: AnyEndpoint, who: PersonKey | null, id: string) {
  const url = said.path.replace(/:(\w+)/g, (_all, name) =>
    name === 'id' ? id : (subjectOf(said.path, house.rows, house.bureau)?.others?.[name] ?? id),
  )
  const reply = await askAs(house, said.method, url, who)
  return { status: reply.statusCode, body: scrub(reply.body, id) }
}

test('every endpoint that names an object says which one, or it has no place here', async (t) => {
  const house = await served(t)
  const nameless = guarded(house.endpoints).filter(
    (said) => said.path.includes(':') && !subjectOf(said.path, house.rows, house.bureau),
  )
  assert.deepEqual(
    nameless.map((said) => `${said.method} ${said.path}`),
    [],
    'add the endpoint to test/authorization/subjects.ts',
  )
  const open = house.endpoints
    .filter((said) => said.side === 'internal' && said.permission === 'anyone')
    .map((said) => said.path.split('/')[1])
  assert.deepEqual([...new Set(open)].sort(), ['console', 'sign-in'], 'only the way in and out needs no right')
  assert.deepEqual(
    house.endpoints
      .filter((said) => said.side === 'internal' && said.permission === 'anyone' && said.path.startsWith('/console'))
      .map((said) => said.path),
    ['/console/sign-out', '/console/watermark.svg'],
    'the way out, and a picture of the reader’s own number that is blank for a stranger',
  )
})

test('nobody gets in without signing in, and nobody without the right', async (t) => {
  const house = await served(t)
  const wrong: string[] = []
  let asked = 0
  for (const said of guarded(house.endpoints)) {
    const subject = subjectOf(said.path, house.rows, house.bureau)
    const id = subject?.east ?? randomUUID()
    const stranger = await ask(house, said, null, id)
    asked += 1
    if (stranger.status !== 401) wrong.push(`${said.method} ${said.path}: a stranger gets ${stranger.status}`)
    for (const key of everybody) {
      if (may(house.bureau.actors[key], said.permission as Parameters<typeof may>[1])) continue
      const answer = await ask(house, said, key, id)
      asked += 1
      if (answer.status !== 403 || !answer.body.includes('not-permitted'))
        wrong.push(`${said.method} ${said.path}: ${key} without ${said.permission} gets ${answer.status}`)
    }
  }
  t.diagnostic(`${asked} requests to ${guarded(house.endpoints).length} endpoints`)
  assert.deepEqual(wrong, [])
})

test('what belongs to another unit looks exactly like what does not exist', async (t) => {
  const house = await served(t)
  const wrong: string[] = []
  let asked = 0
  for (const said of guarded(house.endpoints)) {
    const subject = subjectOf(said.path, house.rows, house.bureau)
    if (!subject) continue
    for (const key of everybody) {
      if (!may(house.bureau.actors[key], said.permission as Parameters<typeof may>[1])) continue
      for (const side of ['east', 'west'] as const) {
        if (subject.mayReach(key, side)) continue
        const foreign = await ask(house, said, key, subject[side])
        const absent = await ask(house, said, key, subject.absent)
        asked += 2
        if (foreign.status !== absent.status || foreign.body !== absent.body)
          wrong.push(
            `${said.method} ${said.path}: ${key} tells ${side} (${foreign.status}) from absent (${absent.status})`,
          )
        if (said.method === 'GET' && foreign.status !== 404)
          wrong.push(`GET ${said.path}: ${key} gets ${foreign.status} for ${side}`)
        if (/canary/.test(foreign.body)) wrong.push(`${said.method} ${said.path}: ${key} reads ${side}`)
      }
    }
  }
  t.diagnostic(`${asked} requests`)
  assert.deepEqual(wrong, [])
})

test('every page opens for those whose it is', async (t) => {
  const house = await served(t)
  const wrong: string[] = []
  for (const said of guarded(house.endpoints).filter((endpoint) => endpoint.method === 'GET')) {
    const subject = subjectOf(said.path, house.rows, house.bureau)
    let opened = 0
    for (const key of everybody) {
      if (!may(house.bureau.actors[key], said.permission as Parameters<typeof may>[1])) continue
      if (subject && !subject.mayReach(key, 'east')) continue
      const answer = await ask(house, said, key, subject?.east ?? randomUUID())
      if (answer.status >= 500) wrong.push(`GET ${said.path}: ${key} gets ${answer.status}`)
      if (answer.status < 400) opened += 1
    }
    // A number must be typed before it opens anything; its journey is tested in the browser.
    if (opened === 0 && !subject?.needsMore && said.path !== '/console/open')
      wrong.push(`GET ${said.path}: opens for nobody`)
  }
  assert.deepEqual(wrong, [])
})
