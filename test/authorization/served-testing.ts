import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { endpointsOf } from '#app'
import { createAuth } from '#platform/auth/index.ts'
import { type FreshDatabase, freshDatabase } from '#platform/db/fresh-database.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import { html } from '#platform/html.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { aBureau, type BureauFixture, type PersonKey } from '#test/fixtures/bureau.ts'

export type Served = {
  app: FastifyInstance
  endpoints: AnyEndpoint[]
  db: FreshDatabase
  bureau: BureauFixture
  csrf: { token: string; cookie: string }
}

/** Every endpoint of the product, served to whoever the test says he is. */
export async function serveAll(t: TestContext): Promise<Served> {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
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
  return { app, endpoints, db, bureau, csrf: { token: made.json().token, cookie } }
}

/** Asks one address as somebody, or as a stranger. */
export async function askAs(house: Served, method: AnyEndpoint['method'], url: string, who: PersonKey | null) {
  const options: InjectOptions = {
    method,
    url,
    headers: {
      accept: 'application/json',
      cookie: house.csrf.cookie,
      'csrf-token': house.csrf.token,
      ...(who && { 'x-test-actor': who }),
    },
    ...(method === 'POST' && { payload: { attempt: randomUUID(), version: 1 } }),
  }
  return house.app.inject(options)
}

/** What differs from one answer to the next by nature: ids of the question, tokens, attempts, moments. */
export function scrub(body: string, id: string): string {
  return body
    .replaceAll(id, 'ID')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')
    .replace(/name="_csrf" value="[^"]*"/g, '')
    .replace(/at=\d+/g, '')
}

export const guarded = (endpoints: readonly AnyEndpoint[]) =>
  endpoints.filter((said) => said.side === 'internal' && said.permission !== 'anyone')
