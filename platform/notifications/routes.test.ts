import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymousActor, systemActor } from '../actor.ts'
import { freshDatabase } from '../db/fresh-database.ts'
import { html } from '../html.ts'
import { bindAll, createServer } from '../http/server.ts'
import { enqueue, stateOf } from './delivery-fixture.ts'
import { createHttpGateway } from './http-gateway.ts'
import { claimMessage } from './message-store.ts'
import { acceptInbound, isGatewaySigned } from './receive.ts'
import { gatewayRoutes } from './routes.ts'
import { signFields } from './signature.ts'

const secret = 'the newest secret'
const machineNow = Temporal.Instant.from('2026-11-23T01:00:00Z')

type Fields = Record<string, string>

function signedCall(kind: string, fields: Fields, more: { at?: Temporal.Instant; nonce?: string; by?: string } = {}) {
  const timestamp = Math.floor((more.at ?? machineNow).epochMilliseconds / 1000)
  const nonce = more.nonce ?? crypto.randomUUID()
  return {
    ...fields,
    timestamp,
    nonce,
    signature: signFields(more.by ?? secret, kind, timestamp, nonce, Object.values(fields)),
  }
}

async function servedGateway(t: Parameters<typeof freshDatabase>[0]) {
  const db = await freshDatabase(t)
  const app = await createServer({ cookieSecret: 'x'.repeat(32), secure: false, trustProxy: false, logLevel: 'silent' })
  bindAll(app, gatewayRoutes({ house: db.house, secrets: [secret, 'the old secret'], now: () => machineNow }), {
    houses: { internal: db.house, public: db.house },
    actorOf: async () => null,
    problemPage: () => html`<p>no</p>`,
    demo: false,
  })
  t.after(() => app.close())
  const post = (path: string, payload: object) =>
    app.inject({ method: 'POST', url: `/gateway/${path}`, payload, headers: { accept: 'application/json' } })
  const count = async () =>
    (await db.admin.query('select count(*) from platform.inbound_message')).rows[0].count as number
  return { db, post, count }
}

test('a reply is taken once, however often and under whatever nonce the gateway brings it', async (t) => {
  const { db, post, count } = await servedGateway(t)
  const reply = { ref: 'r-1', phone: '+86 139 0000 0001', text: '不满意\0 👍' }
  const call = signedCall('inbound', reply)
  assert.equal((await post('inbound', call)).statusCode, 200)
  assert.equal((await post('inbound', call)).statusCode, 200)
  assert.equal((await post('inbound', signedCall('inbound', reply, { by: 'the old secret' }))).statusCode, 200)
  assert.equal(await count(), 1)
  const { rows } = await db.admin.query('select * from platform.inbound_message')
  assert.equal(rows[0].body, '不满意 👍')
  const signedBy = (secrets: string[], row = rows[0]) =>
    db.as(systemActor, async (ctx) => isGatewaySigned(ctx, row, secrets))
  assert.equal(await signedBy([secret]), true)
  assert.equal(await signedBy(['somebody else’s secret']), false)
  assert.equal(await signedBy([secret], { ...rows[0], body: '非常满意' }), false)
  assert.ok(!JSON.stringify(rows[0]).includes('13900000001'), 'the number is sealed')
  assert.deepEqual(db.jobs, [{ name: 'callback.follow', data: { inboundId: rows[0].id } }])
})

test('a call with a wrong signature, an old or a coming time, or a changed field is refused', async (t) => {
  const { post, count } = await servedGateway(t)
  const reply = { ref: 'r-1', phone: '13900000001', text: '5' }
  const wrong = [
    { ...signedCall('inbound', reply), text: '1' },
    signedCall('inbound', reply, { by: 'somebody else’s secret' }),
    signedCall('delivery', reply),
    signedCall('inbound', reply, { at: machineNow.subtract({ minutes: 6 }) }),
    signedCall('inbound', reply, { at: machineNow.add({ minutes: 6 }) }),
    { ...signedCall('inbound', reply), nonce: crypto.randomUUID() },
  ]
  for (const call of wrong) assert.equal((await post('inbound', call)).statusCode, 401)
  assert.equal((await post('inbound', reply)).statusCode, 422)
  assert.equal(await count(), 0)
})

test('a receipt finds its message; the same receipt again and one for nobody change nothing', async (t) => {
  const { db, post } = await servedGateway(t)
  const id = await enqueue(db.house, 1)
  await db.as(systemActor, (ctx) => claimMessage(ctx, id))
  const call = signedCall('delivery', { id, state: 'delivered', reason: '' })
  for (let n = 0; n < 2; n += 1) assert.equal((await post('delivery', call)).statusCode, 200)
  assert.equal((await stateOf(db, id)).state, 'delivered')
  const nobody = signedCall('delivery', { id: crypto.randomUUID(), state: 'failed', reason: 'x' })
  assert.equal((await post('delivery', nobody)).statusCode, 200)
})

test('only the system keeps what citizens write, and nobody changes it', async (t) => {
  const db = await freshDatabase(t)
  const reply = { ref: 'r-1', phone: '13900000001', text: '5' }
  await assert.rejects(
    db.as(anonymousActor, (ctx) => acceptInbound(ctx, reply)),
    /row-level security/,
  )
  await db.as(systemActor, (ctx) => acceptInbound(ctx, reply))
  await assert.rejects(db.admin.query(`update platform.inbound_message set body = '1'`), /does not change/)
  await assert.rejects(db.admin.query('delete from platform.inbound_message'), /stays/)
})

test('the HTTP gateway tells taken, refused, refused for good and not known apart', async () => {
  const calls: { url: string; body: Record<string, unknown> }[] = []
  let answer: () => Promise<Response> = async () => Response.json({ ref: 'g-1' })
  const gateway = createHttpGateway({
    url: 'http://gateway.example/',
    secret,
    fetch: (async (url: string, init: RequestInit) => {
      calls.push({ url, body: JSON.parse(init.body as string) })
      return answer()
    }) as typeof fetch,
  })
  const message = { id: crypto.randomUUID(), phone: '13900000001', body: '请评价' }
  assert.deepEqual(await gateway.send(message), { ref: 'g-1' })
  const { url, body } = calls[0]!
  assert.equal(url, 'http://gateway.example/send')
  const fields = [message.id, message.phone, message.body]
  assert.equal(body.signature, signFields(secret, 'send', body.timestamp as number, body.nonce as string, fields))

  for (const status of [429, 503]) {
    answer = async () => new Response('busy', { status })
    assert.deepEqual(await gateway.send(message), { refused: `gateway answered ${status}` })
  }
  answer = async () => Response.json({ refused: 'no such number' }, { status: 422 })
  assert.deepEqual(await gateway.send(message), { refused: 'no such number', forever: true })
  answer = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }))
  assert.deepEqual(await gateway.send(message), { refused: 'gateway not reached' })
  for (const open of [
    async () => new Response('', { status: 502 }),
    async () => new Response('not json'),
    () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } })),
    () => Promise.reject(new DOMException('timeout', 'TimeoutError')),
  ]) {
    answer = open
    await assert.rejects(gateway.send(message))
  }
  answer = async () => Response.json({ state: 'anything' })
  await assert.rejects(gateway.stateOf(message.id))
  answer = async () => Response.json({ state: 'accepted' })
  assert.equal(await gateway.stateOf(message.id), 'accepted')
})
