import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { acceptMatter, checkMaterials, findMatter, issueNotice, receiveCitizen } from '#modules/service-window/index.ts'
import { anonymousActor } from '#platform/actor.ts'
import { type FreshDatabase, freshDatabase, testSecrets } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { createHouse } from '#platform/house.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { aBureau, type BureauFixture } from '#test/fixtures/bureau.ts'
import { type SiteDeps, siteEndpoints, siteProblemPage } from './index.ts'

export type Site = {
  app: FastifyInstance
  db: FreshDatabase
  bureau: BureauFixture
  /** Drawn documents: the template and its data, in place of a PDF. */
  drawn: { template: string; data: unknown }[]
  get(path: string, more?: { cookie?: string; from?: string }): Promise<LightMyRequestResponse>
  post(path: string, form: Record<string, string>, more?: { from?: string }): Promise<LightMyRequestResponse>
  /** A form that carries files. */
  send(
    path: string,
    form: Record<string, string>,
    files?: readonly SentFile[],
    from?: string,
  ): Promise<LightMyRequestResponse>
}

export type SentFile = { field?: string; name: string; type?: string; bytes: Buffer | string }

/** The site as the internet side runs it: its own server, its own login of the database, no session. */
export async function aSite(
  t: TestContext,
  options: { at?: string; documents?: SiteDeps['documents'] } = {},
): Promise<Site> {
  const db = await freshDatabase(t, options.at)
  const bureau = await aBureau(db)
  const pool = openPool(db.publicUrl, 4)
  const house = createHouse({
    pool,
    clock: db.clock,
    calendar: db.house.calendar,
    seal: db.house.seal,
    actorKey: testSecrets.actorKey,
    codeKey: Buffer.alloc(32, 9),
    queueOn: () => ({ send: () => Promise.reject(new Error('the internet side sends no jobs')) }),
  })
  const drawn: Site['drawn'] = []
  const documents = options.documents ?? {
    async render(template, data) {
      drawn.push({ template, data })
      return Buffer.from('%PDF-')
    },
  }
  const app = await createServer({ cookieSecret: 'x'.repeat(32), secure: false, trustProxy: false, logLevel: 'silent' })
  bindAll(app, siteEndpoints({ documents }), {
    houses: { internal: house, public: house },
    actorOf: async () => ({ actor: anonymousActor, cookies: [] }),
    problemPage: (_side, problem, meta) => siteProblemPage(problem, meta),
    demo: false,
  })
  // Hooks of a test run in the order in which they were set: the database is dropped with force before this one.
  t.after(() => Promise.all([app.close(), pool.end()]))
  return {
    app,
    db,
    bureau,
    drawn,
    get: (url, { cookie, from = '10.0.0.1' } = {}) =>
      app.inject({ url, remoteAddress: from, headers: cookie ? { cookie } : {} }),
    post: (url, form, { from = '10.0.0.1' } = {}) =>
      app.inject({
        method: 'POST',
        url,
        remoteAddress: from,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      }),
    send: (url, form, files = [], from = '10.0.0.1') =>
      app.inject({
        method: 'POST',
        url,
        remoteAddress: from,
        headers: { 'content-type': 'multipart/form-data; boundary=between' },
        payload: multipart(form, files),
      }),
  }
}

function multipart(form: Record<string, string>, files: readonly SentFile[]): Buffer {
  const part = (head: string, body: Buffer | string) => [`--between\r\n${head}\r\n\r\n`, body, '\r\n']
  const disposition = (name: string) => `content-disposition: form-data; name="${name}"`
  const pieces = [
    ...Object.entries(form).flatMap(([name, value]) => part(disposition(name), value)),
    ...files.flatMap(({ field = 'files', name, type = 'application/octet-stream', bytes }) =>
      part(`${disposition(field)}; filename="${name.replaceAll('"', '%22')}"\r\ncontent-type: ${type}`, bytes),
    ),
    '--between--\r\n',
  ]
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}

/** A form's fields as a browser would send them. */
export function attempt(fields: Record<string, string> = {}): Record<string, string> {
  return { attempt: randomUUID(), ...fields }
}

export type Received = { id: string; no: string; queryCode: string }

export async function received(site: Site, name = '王秀英'): Promise<Received> {
  const { db, bureau } = site
  return db.as(bureau.actors.officer, (ctx) =>
    receiveCitizen(ctx, { name, phone: '13800000001', request: '身份证丢了', itemCode: 'id_card.loss_replacement' }),
  )
}

const adult = { registered_at: 'this_station', age: 'from_16', delivery: 'collect' }

/** The booklet has a fault; everything missing is told at once. */
export async function told(site: Site, name?: string): Promise<Received & { noticeNo: string }> {
  const matter = await received(site, name)
  const noticeNo = await site.db.as(site.bureau.actors.officer, async (ctx) => {
    const checks = [{ code: 'household_booklet', verdict: 'defective' as const, defect: '本人页 <b>破损</b>' }]
    const { version } = await findMatter(ctx, matter.id)
    await checkMaterials(ctx, matter.id, { version, answers: adult, checks })
    const { no } = await issueNotice(ctx, matter.id, { version: (await findMatter(ctx, matter.id)).version })
    return no
  })
  return { ...matter, noticeNo }
}

export async function accepted(site: Site, name?: string): Promise<Received & { acceptanceNo: string }> {
  const matter = await received(site, name)
  const acceptanceNo = await site.db.as(site.bureau.actors.officer, async (ctx) => {
    const checks = [{ code: 'household_booklet', verdict: 'present' as const }]
    const { version } = await findMatter(ctx, matter.id)
    await checkMaterials(ctx, matter.id, { version, answers: adult, checks })
    const taken = await acceptMatter(ctx, matter.id, { version: (await findMatter(ctx, matter.id)).version })
    return taken.acceptanceNo
  })
  return { ...matter, acceptanceNo }
}
