import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { createServer } from './server.ts'

const long = '一次性告知单 '.repeat(300)

async function server() {
  const app = await createServer({ cookieSecret: 'x'.repeat(32), secure: false, trustProxy: false, logLevel: 'silent' })
  app.get('/long', (_request, reply) => reply.type('text/html; charset=utf-8').send(long))
  app.get('/short', (_request, reply) => reply.type('text/html; charset=utf-8').send('短'))
  app.get('/json', async () => ({ long }))
  app.get('/file', (_request, reply) => reply.type('application/pdf').send(Buffer.from(long)))
  return app
}

test('a long text goes out compressed to whoever takes it, and is the same text', async () => {
  const app = await server()
  const headers = { 'accept-encoding': 'deflate, gzip;q=0.8' }
  const page = await app.inject({ url: '/long', headers })
  assert.equal(page.headers['content-encoding'], 'gzip')
  assert.equal(page.headers.vary, 'accept-encoding')
  assert.equal(Number(page.headers['content-length']), page.rawPayload.length)
  assert.equal(gunzipSync(page.rawPayload).toString(), long)
  const json = await app.inject({ url: '/json', headers })
  assert.deepEqual(JSON.parse(gunzipSync(json.rawPayload).toString()), { long })
})

test('a short text, a file, and a reader who refuses it go without', async () => {
  const app = await server()
  for (const [url, accepted] of [
    ['/short', 'gzip'],
    ['/file', 'gzip'],
    ['/long', 'identity'],
    ['/long', 'gzip;q=0, identity'],
  ] as const) {
    const answer = await app.inject({ url, headers: { 'accept-encoding': accepted } })
    assert.equal(answer.headers['content-encoding'], undefined, `${url} ${accepted}`)
    assert.equal(answer.body, url === '/short' ? '短' : long)
  }
})
