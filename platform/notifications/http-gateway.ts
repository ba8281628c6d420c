import { randomBytes } from 'node:crypto'
import type { GatewayState, MessageGateway, SendResult } from './gateway.ts'
import { signFields } from './signature.ts'

export type HttpGatewayOptions = {
  /** Base address of the gateway: `${url}/send` and `${url}/state` are called. */
  url: string
  secret: string
  timeoutMs?: number
  fetch?: typeof fetch
}

const states: readonly string[] = ['unknown', 'accepted', 'delivered', 'failed'] satisfies GatewayState[]
/** The connection was never made, so nothing was taken. */
const neverReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** The gateway behind the contract of README.md, "The gateway's side". */
export function createHttpGateway({
  url,
  secret,
  timeoutMs = 10_000,
  fetch: call = fetch,
}: HttpGatewayOptions): MessageGateway {
  const post = (path: 'send' | 'state', body: Record<string, string>): Promise<Response> => {
    const timestamp = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)
    const nonce = randomBytes(16).toString('hex')
    const signature = signFields(secret, path, timestamp, nonce, Object.values(body))
    return call(`${url.replace(/\/$/, '')}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, timestamp, nonce, signature }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
  }
  return {
    name: 'http',
    simulated: false,
    async send({ id, phone, body }) {
      const response = await post('send', { id, phone, body }).catch((error: unknown) => {
        if (neverReached.has(codeOf(error))) return null
        throw error
      })
      return response ? resultOf(response) : { refused: 'gateway not reached' }
    },
    async stateOf(id) {
      const response = await post('state', { id })
      const state = response.ok ? ((await response.json()) as { state?: unknown }).state : undefined
      if (typeof state !== 'string' || !states.includes(state)) throw new Error(`gateway answered ${response.status}`)
      return state as GatewayState
    },
  }
}

/** 200 taken; 422 refused for good; 429 and 503 nothing taken, later perhaps. Every other answer leaves it open. */
async function resultOf(response: Response): Promise<SendResult> {
  if (response.status === 429 || response.status === 503) return { refused: `gateway answered ${response.status}` }
  const reply = (await response.json().catch(() => ({}))) as { ref?: unknown; refused?: unknown }
  if (response.status === 422) return { refused: String(reply.refused ?? 'refused').slice(0, 200), forever: true }
  if (response.ok && typeof reply.ref === 'string') return { ref: reply.ref.slice(0, 100) }
  throw new Error(`gateway answered ${response.status}`)
}

function codeOf(error: unknown): string {
  const cause = (error as { cause?: { code?: string } }).cause
  return cause?.code ?? ''
}
