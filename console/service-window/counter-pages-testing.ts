import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { consoleDocument } from '#console/frame.ts'
import { anonymousActor } from '#platform/actor.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { html } from '#platform/html.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { serviceWindowEndpoints } from './routes.ts'

export type Page = { status: number; text: string; location: string; headers: Record<string, unknown> }
type Fields = Record<string, string>

const nothing = async () => new Uint8Array()

/** The counter's pages behind a real server, with people who are signed in by name; documents are drawn only when asked for. */
export async function counterPages(
  t: TestContext,
  documents: Documents = { render: nothing, renderWord: nothing, close: async () => {} },
) {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const app = await createServer({ cookieSecret: 'x'.repeat(40), secure: false, trustProxy: false, logLevel: 'silent' })
  bindAll(app, serviceWindowEndpoints({ documents }), {
    houses: { internal: db.house, public: db.house },
    demo: false,
    actorOf: async (request) => {
      const who = request.headers['x-test-person']
      return who ? { actor: await bureau.actorNow(who as PersonKey), cookies: [] } : null
    },
    problemPage: (_side, problem, meta, actor) =>
      consoleDocument(
        actor ?? anonymousActor,
        meta,
        { title: problem.code, current: '', main: html`<p>${problem.code}</p>` },
        db.clock.now(),
        { mine: 0, orders: 0 },
      ),
  })
  t.after(() => app.close())
  return { db, bureau, app, as: (who: PersonKey) => visitor(app, who) }
}

/** Somebody with a browser: keeps cookies, fills in forms as the page printed them. */
function visitor(app: FastifyInstance, who: PersonKey) {
  let cookie = ''
  const headers = () => ({ 'x-test-person': who, accept: 'text/html', ...(cookie && { cookie }) })
  const page = (reply: Awaited<ReturnType<typeof app.inject>>): Page => {
    const set = reply.headers['set-cookie']
    if (set)
      cookie = [set]
        .flat()
        .map((one) => one?.split(';')[0])
        .join('; ')
    return {
      status: reply.statusCode,
      text: reply.body,
      location: String(reply.headers.location ?? ''),
      headers: reply.headers,
    }
  }
  const get = async (url: string) => page(await app.inject({ url, headers: headers() }))
  const send = async (url: string, fields: Fields) =>
    page(
      await app.inject({
        method: 'POST',
        url,
        headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      }),
    )
  return {
    get,
    send,
    /** The form of that address on that page, with these fields filled in besides what it already holds. */
    async fill(on: string, action: string, fields: Fields = {}): Promise<Page & { sent: Fields }> {
      const shown = await get(on)
      const sent = { ...hiddenOf(shown.text, action), ...fields }
      return { ...(await send(action, sent)), sent }
    },
  }
}

/** The hidden fields that a page's form carries. */
export function hiddenOf(page: string, action: string): Fields {
  const start = page.indexOf(` action="${action}"`)
  if (start < 0) throw new Error(`no form for ${action}`)
  const form = page.slice(start, page.indexOf('</form>', start))
  const plain = (text: string) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name as string,
      plain(value as string),
    ]),
  )
}

export type World = Awaited<ReturnType<typeof counterPages>>
/** Somebody who comes to change a name. */
export const person = {
  name: '王秀英',
  request: '更改姓名',
  itemCode: 'household.name_change',
  phone: '13812345621',
  counterId: 'none',
}
const idIn = (page: Page) =>
  /^\/console\/matters\/([0-9a-f-]{36})/.exec(page.location)?.[1] ?? assert.fail(`${page.status} ${page.location}`)

/** Receives that person; the id of the matter. */
export async function received(
  c: World,
  who: PersonKey = 'officer',
  more: Record<string, string> = {},
): Promise<string> {
  return idIn(await c.as(who).fill('/console/receive', '/console/receive', { ...person, ...more }))
}

/** Answers every question the page asks with its first option, until it asks no more. */
export async function answered(
  c: World,
  id: string,
  who: PersonKey = 'officer',
  verdicts: Record<string, string> = {},
): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (let round = 0; round < 6; round++) {
    const { text } = await c.as(who).get(`/console/matters/${id}`)
    for (const [, name, value] of text.matchAll(
      /type="radio"[^>]* name="((?:answer|verdict)\.[a-z_]+)" value="([a-z0-9_]+)"/g,
    ))
      fields[name as string] ??= value as string
    Object.assign(fields, verdicts)
    await c.as(who).fill(`/console/matters/${id}`, `/console/matters/${id}/check`, fields)
  }
  return fields
}
