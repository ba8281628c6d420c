import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { endpointsOf } from '#app'
import { may } from '#platform/actor.ts'
import { createAuth } from '#platform/auth/index.ts'
import { type FreshDatabase, freshDatabase } from '#platform/db/fresh-database.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import { html } from '#platform/html.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { aBureau, type BureauFixture, type PersonKey } from '#test/fixtures/bureau.ts'
import { everybody } from './expected-rows.ts'
import { type Rows, rowsOfBothStations } from './rows-fixture.ts'
import { subjectOf } from './subjects.ts'

type House = {
  app: FastifyInstance
  endpoints: AnyEndpoint[]
  db: FreshDatabase
  bureau: BureauFixture
  rows: Rows
  csrf: { token: string; cookie: string }
}

/** Every endpoint of the product, served to whoever the test says he is. */
async function served(t: TestContext): Promise<House> {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const rows = await rowsOfBothStations(db, bureau)
  const documents = createDocuments()
  const houses = { internal: db.house, public: db.house }
  const endpoints = endpointsOf({
    role: 'all',
    auth: createAuth({
      pool: db.admin,
      secret: 'x'.repeat(40),
      baseURL: 'http://localhost',
      secure: false,
      needsSecondFactor: async () => false,
      onEvent: async () => {},
    }),
    documents,
    extra: [],
    houses,
    internalPool: db.admin,
    demo: false,
  })
  const app = await createServer({ cookieSecret: 'x'.repeat(32), secure: false, trustProxy: false, logLevel: 'silent' })
  bindAll(app, endpoints, {
    houses,
    demo: false,
    actorOf: async (request) => {
      const key = request.headers['x-test-actor'] as PersonKey | undefined
      return key ? { actor: bureau.actors[key], cookies: [] } : null
    },
    problemPage: (_side, problem) => html`<p>${problem.code}</p>`,
  })
  app.get('/test-csrf', async (_request, reply) => ({ token: reply.generateCsrf() }))
  const made = await app.inject({ url: '/test-csrf' })
  const cookie = String(made.headers['set-cookie']).split(';')[0] as string
  t.after(async () => {
    await app.close()
    await documents.close()
  })
  return { app, endpoints, db, bureau, rows, csrf: { token: made.json().token, cookie } }
}

async function ask(house: House, said: AnyEndpoint, who: PersonKey | null, id: string) {
  const url = said.path.replace(/:(\w+)/g, (_all, name) =>
    name === 'id' ? id : (subjectOf(said.path, house.rows, house.bureau)?.others?.[name] ?? id),
  )
  const options: InjectOptions = {
    method: said.method,
    url,
    headers: {
      accept: 'application/json',
      cookie: house.csrf.cookie,
      'csrf-token': house.csrf.token,
      ...(who && { 'x-test-actor': who }),
    },
    ...(said.method === 'POST' && { payload: { attempt: randomUUID(), version: 1 } }),
  }
  const reply = await house.app.inject(options)
  return { status: reply.statusCode, body: scrub(reply.body, id) }
}

/** What differs from one answer to the next by nature: ids of the question, tokens, attempts, moments. */
function scrub(body: string, id: string): string {
  return body
    .replaceAll(id, 'ID')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')
    .replace(/name="_csrf" value="[^"]*"/g, '')
    .replace(/at=\d+/g, '')
}

const guarded = (endpoints: readonly AnyEndpoint[]) =>
  endpoints.filter((said) => said.side === 'internal' && said.permission !== 'anyone')

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
