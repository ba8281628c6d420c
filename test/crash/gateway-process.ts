import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { refusalOf, signFields } from '#platform/notifications/signature.ts'
import { randomFrom } from './random.ts'

export const gatewaySecret = 'the secret of a gateway that is not to be trusted'

/** What a citizen answered, kept until the platform has said that it keeps it. */
export type Answered = { ref: string; phone: string; digit: number }

/**
 * A gateway over HTTP that takes a message and swallows the answer (5 %) or refuses it (3 %), is not idempotent and so
 * shows every doubled call, and brings citizens' answers twice, repeating each until the platform has taken it.
 */
export async function startGateway(seed: number) {
  const random = randomFrom(seed)
  /** Our id of a message → how often the telephone rang. */
  const rang = new Map<string, number>()
  const answers: Answered[] = []
  const seen = { swallowed: 0, refused: 0, forged: 0 }
  const callers = new Set<Promise<void>>()
  let platform = ''
  let calling = true

  const server = createServer(async (request, response) => {
    const call = JSON.parse(Buffer.concat(await request.toArray()).toString())
    const kind = request.url?.slice(1) ?? ''
    const fields = kind === 'send' ? [call.id, call.phone, call.body] : [call.id]
    if (refusalOf([gatewaySecret], kind, call, fields, Temporal.Now.instant())) {
      seen.forged += 1
      return response.writeHead(401).end()
    }
    if (kind === 'state') return response.end(JSON.stringify({ state: rang.has(call.id) ? 'accepted' : 'unknown' }))
    take(call, response)
  })

  function take(call: { id: string; phone: string; body: string }, response: ServerResponse): void {
    if (random() < 0.03) {
      seen.refused += 1
      response.writeHead(503).end()
      return
    }
    const before = rang.get(call.id) ?? 0
    rang.set(call.id, before + 1)
    if (before === 0 && call.body.includes('请评价') && random() < 0.5)
      citizen({ ref: randomUUID(), phone: call.phone, digit: random() < 0.5 ? 1 : 5 })
    if (random() < 0.05) {
      seen.swallowed += 1
      response.destroy()
      return
    }
    response.end(JSON.stringify({ ref: `g-${call.id}` }))
  }

  function citizen(answer: Answered): void {
    const calls = bring(answer).then(() => bring(answer))
    callers.add(calls)
    void calls.finally(() => callers.delete(calls))
  }

  /** Until 200: as the contract asks of a gateway. */
  async function bring(answer: Answered): Promise<void> {
    while (calling) {
      const status = await post(answer).catch(() => 0)
      if (status === 200) {
        if (!answers.includes(answer)) answers.push(answer)
        return
      }
      await sleep(100)
    }
  }

  async function post({ ref, phone, digit }: Answered): Promise<number> {
    const timestamp = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)
    const nonce = randomBytes(16).toString('hex')
    const text = String(digit)
    const signature = signFields(gatewaySecret, 'inbound', timestamp, nonce, [ref, phone, text])
    const response = await fetch(`${platform}/gateway/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ ref, phone, text, timestamp, nonce, signature }),
      signal: AbortSignal.timeout(5000),
    })
    await response.text()
    return response.status
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rang,
    answers,
    seen,
    /** Where citizens' answers go. */
    serve(url: string) {
      platform = url
    },
    /** Answers still on their way. */
    pending: () => callers.size,
    async stop() {
      calling = false
      await Promise.allSettled(callers)
      server.closeAllConnections()
      server.close()
    },
  }
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>
