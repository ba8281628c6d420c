import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshDatabase } from '../db/fresh-database.ts'
import { sweepMessages } from './deliver-messages.ts'
import { enqueue, houseOfProcess } from './delivery-fixture.ts'
import { createHttpGateway } from './http-gateway.ts'
import { refusalOf } from './signature.ts'

const secret = 'a secret of the gateway in this test'
const start = '2026-11-23T01:00:00Z'

/** The gateway's side over HTTP: checks the signature, rings for every call, says what it knows. */
async function gatewayServer(onRing: (count: number) => void) {
  const rang = new Map<string, number>()
  let forged = 0
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    const call = JSON.parse(Buffer.concat(chunks).toString())
    const kind = request.url!.slice(1)
    const fields = kind === 'send' ? [call.id, call.phone, call.body] : [call.id]
    if (refusalOf([secret], kind, call, fields, Temporal.Now.instant())) {
      forged += 1
      return response.writeHead(401).end()
    }
    if (kind === 'state') return response.end(JSON.stringify({ state: rang.has(call.id) ? 'accepted' : 'unknown' }))
    rang.set(call.id, (rang.get(call.id) ?? 0) + 1)
    onRing(rang.size)
    response.end(JSON.stringify({ ref: `g-${call.id}` }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { rang, server, forged: () => forged, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('two workers killed in the middle of 200 messages: none is doubled, none is lost', async (t) => {
  const db = await freshDatabase(t, start)
  const keyDir = mkdtempSync(join(tmpdir(), 'jingmin-keys-'))
  const own = houseOfProcess(db.appUrl, keyDir, start)
  const workers: ReturnType<typeof spawn>[] = []
  const gateway = await gatewayServer((count) => {
    if (count === 40) workers[0]?.kill('SIGKILL')
    if (count === 110) workers[1]?.kill('SIGKILL')
  })
  t.after(async () => {
    gateway.server.close()
    await own.close()
    rmSync(keyDir, { recursive: true, force: true })
  })
  const ids = []
  for (let n = 0; n < 200; n += 1) ids.push(await enqueue(own.house, n))

  const script = join(import.meta.dirname, 'delivery-process.ts')
  for (let n = 0; n < 2; n += 1) {
    workers.push(spawn(process.execPath, [script, db.appUrl, keyDir, start, gateway.url, secret], { stdio: 'inherit' }))
  }
  const ends = await Promise.all(workers.map((worker) => once(worker, 'exit')))
  assert.deepEqual(
    ends.map(([, signal]) => signal),
    ['SIGKILL', 'SIGKILL'],
  )
  const killedAt = gateway.rang.size

  const delivery = { house: own.house, gateway: createHttpGateway({ url: gateway.url, secret }) }
  for (let round = 0; round < 3; round += 1) {
    own.clock.set(own.clock.now().add({ minutes: 2 }))
    await sweepMessages(delivery)
  }
  assert.ok(killedAt < 200, 'the workers were killed before the end')
  const doubled = [...gateway.rang.values()].filter((times) => times > 1).length
  const lost = ids.filter((id) => !gateway.rang.has(id)).length
  assert.deepEqual({ doubled, lost, forged: gateway.forged() }, { doubled: 0, lost: 0, forged: 0 })
  const { rows } = await db.admin.query('select state, count(*) from platform.outbound_message group by state')
  assert.deepEqual(rows, [{ state: 'sent', count: 200 }])
})
