import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { accountsEndpoints } from '#console/accounts/routes.ts'
import { auditEndpoints } from '#console/audit/routes.ts'
import { catalogueEndpoints } from '#console/catalogue/routes.ts'
import { consoleDocument } from '#console/frame.ts'
import { rulesEndpoints } from '#console/rules/routes.ts'
import { recomputeProvisional } from '#modules/service-window/index.ts'
import { sweepOrders } from '#modules/supervision/index.ts'
import { anonymousActor } from '#platform/actor.ts'
import { makeHead } from '#platform/audit/make-head.ts'
import { ARGON_FLOOR, type Auth, createAuth } from '#platform/auth/index.ts'
import { loadCalendar } from '#platform/calendar/load-calendar.ts'
import { loadKeyRing } from '#platform/crypto/key-ring.ts'
import { type FreshDatabase, freshDatabase, testSecrets } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { createHouse, type House } from '#platform/house.ts'
import { html } from '#platform/html.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { aBureau, type BureauFixture, type PersonKey } from '#test/fixtures/bureau.ts'
import { systemEndpoints } from './routes.ts'
import { reasonText } from './shared.ts'

type Sent = Record<string, string>

export type Keeping = {
  app: FastifyInstance
  db: FreshDatabase
  bureau: BureauFixture
  house: House
  auth: Auth
  makeHead(): Promise<unknown>
  witnessDir: string
  get(as: PersonKey, path: string): Promise<LightMyRequestResponse>
  /** Posts a form as a browser would, with token and attempt; `from` is the page it stands on. */
  post(as: PersonKey, path: string, form?: Sent, attempt?: string): Promise<LightMyRequestResponse>
}

/** The keeping pages of the console on a server of their own. Who asks is said by a header; his rights are those of the moment. */
export async function keeping(t: TestContext): Promise<Keeping> {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const pool = openPool(db.appUrl, 8)
  const witness = await mkdtemp(join(tmpdir(), 'jingmin-witness-'))
  const keys = loadKeyRing(await mkdtemp(join(tmpdir(), 'jingmin-witness-keys-')))
  const live = await loadCalendar(pool)
  const house = createHouse({
    pool,
    clock: db.clock,
    calendar: live,
    seal: db.house.seal,
    actorKey: testSecrets.actorKey,
    codeKey: Buffer.alloc(32, 9),
    queueOn: () => ({ send: async () => {} }),
  })
  const auth = createAuth({
    pool,
    secret: 'a secret of at least thirty-two characters',
    baseURL: 'http://localhost',
    secure: false,
    argon: ARGON_FLOOR,
    now: () => db.clock.now(),
    needsSecondFactor: async () => false,
    onEvent: async () => {},
  })
  const parts = { auth, houses: { internal: house, public: house }, internalPool: pool }
  const recompute = async (ctx: Parameters<typeof recomputeProvisional>[0]) => ({
    matters: await recomputeProvisional(ctx),
    orders: (await sweepOrders(ctx)).settled,
  })
  const app = await createServer({ cookieSecret: 'x'.repeat(32), secure: false, trustProxy: false, logLevel: 'silent' })
  const endpoints = [
    ...catalogueEndpoints(parts),
    ...accountsEndpoints(parts),
    ...auditEndpoints({ ...parts, witness: { dir: witness, publicKeys: () => [] } }),
    ...rulesEndpoints(),
    ...systemEndpoints({ ...parts, calendar: { live, recompute }, witness: { dir: witness } }),
  ]
  bindAll(app, endpoints, {
    houses: { internal: house, public: house },
    demo: false,
    async actorOf(request) {
      const key = request.headers['x-actor'] as PersonKey | undefined
      if (!key) return null
      const actor = await bureau.actorNow(key).catch(() => null)
      return actor && { actor, cookies: [] }
    },
    problemPage: (_side, problem, meta, actor) =>
      consoleDocument(
        actor ?? anonymousActor,
        meta,
        { title: problem.code, current: '', main: html`<p>${reasonText(problem.code, meta.lang)}</p>` },
        db.clock.now(),
        { mine: 0, orders: 0 },
      ),
  })
  t.after(async () => {
    await Promise.all([app.close(), pool.end()])
    await rm(witness, { recursive: true, force: true })
  })

  const get = (as: PersonKey, path: string) =>
    app.inject({ method: 'GET', url: path, headers: { 'x-actor': as, host: 'localhost' } })
  // One browser for each person: a form sent twice is the same to the last byte.
  const tokens = new Map<PersonKey, { token: string; cookie: string }>()
  async function browserOf(as: PersonKey): Promise<{ token: string; cookie: string }> {
    const page = await get(as, '/console/directory')
    const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const cookie = page.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
    tokens.set(as, { token, cookie })
    return { token, cookie }
  }
  return {
    app,
    db,
    bureau,
    house,
    auth,
    get,
    witnessDir: witness,
    makeHead: () => makeHead(db.admin, keys, db.clock.now(), witness),
    async post(as, path, form = {}, attempt = randomUUID()) {
      const { token, cookie } = tokens.get(as) ?? (await browserOf(as))
      const payload = String(new URLSearchParams({ _csrf: token, attempt, ...form }))
      return app.inject({
        method: 'POST',
        url: path,
        payload,
        headers: { 'x-actor': as, host: 'localhost', cookie, 'content-type': 'application/x-www-form-urlencoded' },
      })
    },
  }
}

/** Every field of the forms on a page, as a browser would send the one with this action. */
export function fieldsOf(body: string, action: string): Sent {
  const form =
    body
      .split('<form')
      .find((part) => part.includes(`action="${action}"`))
      ?.split('</form>')[0] ?? ''
  const sent: Sent = {}
  for (const [, attributes = ''] of form.matchAll(/<input([^>]*)>/g)) {
    const name = /name="([^"]*)"/.exec(attributes)?.[1]
    const off = /type="(?:checkbox|radio)"/.test(attributes) && !/ checked/.test(attributes)
    if (name && !off) sent[name] = plain(/value="([^"]*)"/.exec(attributes)?.[1] ?? '')
  }
  for (const [, attributes = '', value = ''] of form.matchAll(/<textarea([^>]*)>\n?([^<]*)<\/textarea>/g))
    sent[/name="([^"]*)"/.exec(attributes)?.[1] ?? ''] = plain(value)
  for (const [, attributes = '', options = ''] of form.matchAll(/<select([^>]*)>(.*?)<\/select>/gs))
    sent[/name="([^"]*)"/.exec(attributes)?.[1] ?? ''] = plain(/value="([^"]*)" selected/.exec(options)?.[1] ?? '')
  delete sent._csrf
  delete sent.attempt
  return sent
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
