import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from './random.ts'

/** What a client was told is done, in the platform's own words. */
export type Acknowledged = {
  /** Marks the matter in its request, so that a second one is seen. */
  mark: string
  id: string
  no: string
  phone: string
  acceptanceNo?: string
  completed?: true
}

export type Signed = { cookie: string; csrf: string }

type Reply = { status: number; body: Record<string, unknown> }

/** Writes that were acknowledged: when the first try began and when the answer came, by the machine's clock. */
export type Ack = { from: number; at: number }

export type Clients = {
  acknowledged: Acknowledged[]
  acks: Ack[]
  /** Answers that no request should have got: the platform refused what it had to do, or failed for good. */
  refused: string[]
  counts: { requests: number; retries: number; dropped: number }
  /** Ends each client after the matter it is at. */
  stop(): Promise<void>
}

const item = {
  itemCode: 'id_card.loss_replacement',
  answers: { registered_at: 'this_station', age: 'from_16', delivery: 'collect' },
  checks: [{ code: 'household_booklet', verdict: 'present' }],
}

/** Receives, checks, accepts and completes matters over HTTP; every request is repeated with its attempt id until it is answered. */
export function startClients(options: {
  url: string
  signed: Signed
  count: number
  pauseMs: number
  seed: number
}): Clients {
  const { url, signed } = options
  const state = { running: true, next: 0 }
  const random = randomFrom(options.seed)
  const clients: Omit<Clients, 'stop'> = {
    acknowledged: [],
    acks: [],
    refused: [],
    counts: { requests: 0, retries: 0, dropped: 0 },
  }

  async function post(path: string, content: object): Promise<Reply> {
    const body = JSON.stringify({ attempt: randomUUID(), ...content })
    const from = performance.now()
    for (let tries = 0; ; tries += 1) {
      clients.counts.requests += 1
      clients.counts.retries += tries > 0 ? 1 : 0
      const reply = await once(path, body).catch(() => null)
      // No answer, a database that is away, a process that is going: nobody knows, so the same attempt again.
      if (reply && reply.status < 500) {
        clients.acks.push({ from, at: performance.now() })
        return reply
      }
      if (tries > 1500) return { status: 0, body: { code: `no answer, last status ${reply?.status ?? 'none'}` } }
      await sleep(40)
    }
  }

  async function once(path: string, body: string): Promise<Reply | null> {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        cookie: signed.cookie,
        'csrf-token': signed.csrf,
      },
      body,
      signal: AbortSignal.timeout(5000),
    })
    const text = await response.text()
    // The line broke before the answer was read: done or not, the client does not know.
    if (random() < 0.03) {
      clients.counts.dropped += 1
      return null
    }
    return { status: response.status, body: text ? JSON.parse(text) : {} }
  }

  /** Null, and noted, when the platform refused a step that was due. */
  async function step(path: string, content: object): Promise<Record<string, unknown> | null> {
    const reply = await post(path, content)
    if (reply.status >= 200 && reply.status < 300) return reply.body
    clients.refused.push(`${path.replace(/[0-9a-f-]{36}/, ':id')} ${reply.status} ${String(reply.body.code ?? '')}`)
    return null
  }

  async function oneMatter(): Promise<void> {
    const mark = randomUUID()
    state.next += 1
    const phone = `139${String(state.next).padStart(8, '0')}`
    const { itemCode, answers, checks } = item
    const received = await step('/api/matters', { name: '赵一凡', request: `补领身份证 ${mark}`, phone, itemCode })
    if (!received) return
    const known: Acknowledged = { mark, id: String(received.id), no: String(received.no), phone }
    clients.acknowledged.push(known)
    const path = `/api/matters/${known.id}`
    const checked = await step(`${path}/check`, { version: 1, answers, checks })
    if (!checked) return
    const accepted = await step(`${path}/accept`, { version: checked.version })
    if (!accepted) return
    known.acceptanceNo = String(accepted.acceptanceNo)
    if (await step(`${path}/complete`, { version: Number(checked.version) + 1 })) known.completed = true
  }

  async function loop(): Promise<void> {
    while (state.running) {
      await oneMatter()
      await sleep(options.pauseMs)
    }
  }

  const loops = Array.from({ length: options.count }, loop)
  return {
    ...clients,
    async stop() {
      state.running = false
      await Promise.all(loops)
    },
  }
}

/** The token that goes with a session's forms, read from a page as a browser does. */
export async function signedClient(url: string, cookie: string): Promise<Signed> {
  const response = await fetch(`${url}/console`, { headers: { cookie, accept: 'text/html' } })
  const page = await response.text()
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1]
  if (!csrf) throw new Error(`no form on the first page (${response.status})`)
  const set = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return { cookie: [cookie, ...set].join('; '), csrf }
}
