import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { InjectOptions } from 'fastify'
import { seedDesks } from '#modules/complaints/complaints-testing.ts'
import { type TakeDownInput, takeDown } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import type { TemplateData } from '#platform/documents/data.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { html } from '#platform/html.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { handlingPages } from './handling.ts'
import { intakePages } from './intake.ts'

type Fields = Record<string, string | string[]>

/** The pages of the complaints desks on a real server and database; the signed-in person is whoever the test says. */
export async function intakeDesk(t: TestContext, at = '2026-11-23T01:00:00Z') {
  const db = await freshDatabase(t, at)
  const bureau = await aBureau(db)
  await seedDesks(db, bureau)
  let person: PersonKey = 'petitionClerk'
  const drawn: TemplateData['complaint-receipt'][] = []
  const documents = {
    async render(_: string, data: TemplateData['complaint-receipt']) {
      drawn.push(data)
      return new Uint8Array([1, 2, 3])
    },
  } as unknown as Documents
  const app = await createServer({ cookieSecret: 'x'.repeat(64), secure: false, trustProxy: false, logLevel: 'silent' })
  bindAll(app, [...intakePages({ documents }), ...handlingPages({ documents })], {
    houses: { internal: db.house, public: db.house },
    actorOf: async () => ({ actor: await bureau.actorNow(person), cookies: [] }),
    problemPage: (_, problem) => html`<main>${problem.status} ${problem.code}</main>`,
    demo: false,
  })
  t.after(() => app.close())

  const cookies = new Map<string, string>()
  const ask = async (options: InjectOptions) => {
    const reply = await app.inject({ ...options, cookies: Object.fromEntries(cookies) })
    for (const cookie of reply.cookies) cookies.set(cookie.name, cookie.value)
    return reply
  }
  const get = (url: string) => ask({ url })
  const hidden = (page: string, action: string, name: string) => {
    const form = page.slice(page.indexOf(`action="${action}"`))
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? ''
  }
  const carried = (page: string, action: string, typed: Fields): [string, string][] => {
    const fields: Fields = {
      _csrf: hidden(page, action, '_csrf'),
      attempt: hidden(page, action, 'attempt'),
      version: hidden(page, action, 'version'),
      ...typed,
    }
    return Object.entries(fields)
      .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]))
      .filter(([, value]) => value !== '')
  }
  /** Fills in the form of `page` that goes to `action` and sends it, perhaps to another address of the same form. */
  const send = (page: string, action: string, typed: Fields, url = action) =>
    ask({
      method: 'POST',
      url,
      payload: new URLSearchParams(carried(page, action, typed)).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  /** The same with files. */
  const sendFiles = (page: string, action: string, typed: Fields, files: { name: string; bytes: Buffer }[]) => {
    const edge = `edge${randomUUID()}`
    const part = (head: string, body: Buffer | string) =>
      Buffer.concat([
        Buffer.from(`--${edge}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
        Buffer.from(body as string),
        Buffer.from('\r\n'),
      ])
    const payload = Buffer.concat([
      ...carried(page, action, typed).map(([name, value]) => part(`name="${name}"`, value)),
      ...files.map((file) => part(`name="files"; filename="${file.name}"`, file.bytes)),
      Buffer.from(`--${edge}--\r\n`),
    ])
    return ask({
      method: 'POST',
      url: action,
      payload,
      headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
    })
  }
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) => db.house.write(bureau.actors[who], 'test', work)
  const down = (who: PersonKey, input: Partial<TakeDownInput> = {}) =>
    as(who, (ctx) =>
      takeDown(ctx, {
        channel: 'visit',
        text: '窗口民警态度冷淡，问他也不理',
        readBack: true,
        complainant: { name: '赵某', phone: '13800138000' },
        ...input,
      }),
    )
  const rows = async (text: string, values: unknown[] = []) => (await db.admin.query(text, values)).rows
  return { db, app, bureau, get, send, sendFiles, as, down, rows, drawn, be: (key: PersonKey) => (person = key) }
}
