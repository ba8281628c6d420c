import { createHash, randomUUID } from 'node:crypto'
import type { Connection } from './connection.ts'

/** Everything a scenario needs to speak as a signed-in officer. */
export type Speaker = { cookie: string; csrf: string }

export type Scenario =
  | { kind: 'get'; paths: readonly string[]; html?: boolean }
  /** One of `rows` generated matters, any of them. */
  | { kind: 'one'; rows: number }
  | { kind: 'receive' }
  /** Reception, check of the papers, acceptance: three requests. */
  | { kind: 'accept' }

/** Does one unit of the scenario; returns the statuses that were not as expected. */
export type Step = (connection: Connection) => Promise<string | null>

export function stepsOf(scenario: Scenario, speaker: Speaker): Step {
  if (scenario.kind === 'get') return getStep(scenario, speaker)
  if (scenario.kind === 'one') {
    const { rows } = scenario
    return (connection) =>
      expect(connection.send(get(`/api/matters/${idOfRow(1 + Math.floor(Math.random() * rows))}`, speaker), false))
  }
  if (scenario.kind === 'receive') return (connection) => expect(connection.send(reception(speaker), false))
  return (connection) => acceptOne(connection, speaker)
}

/** The id that generated row `n` got: the same expression as in matters-sql.ts. */
export function idOfRow(n: number): string {
  const hex = createHash('md5').update(`matter${n}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function getStep({ paths, html }: Extract<Scenario, { kind: 'get' }>, speaker: Speaker): Step {
  const requests = paths.map((path) => get(path, speaker, html))
  let next = 0
  return (connection) => expect(connection.send(requests[next++ % requests.length]!, false))
}

export function get(path: string, { cookie }: Speaker, html = false): Buffer {
  const accept = html ? 'text/html\r\nAccept-Encoding: gzip' : 'application/json'
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: ${accept}\r\nCookie: ${cookie}\r\n\r\n`)
}

function post(path: string, { cookie, csrf }: Speaker, body: object): Buffer {
  const text = Buffer.from(JSON.stringify(body))
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/json\r\nCookie: ${cookie}\r\nCsrf-Token: ${csrf}\r\nContent-Length: ${text.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), text])
}

const item = {
  itemCode: 'id_card.loss_replacement',
  answers: { registered_at: 'this_station', age: 'from_16', delivery: 'collect' },
  checks: [{ code: 'household_booklet', verdict: 'present' }],
}

function reception(speaker: Speaker): Buffer {
  return post('/api/matters', speaker, {
    attempt: randomUUID(),
    name: '赵一凡',
    request: '身份证在外地丢失，补领新证并寄到家里',
    phone: `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
    itemCode: item.itemCode,
  })
}

async function acceptOne(connection: Connection, speaker: Speaker): Promise<string | null> {
  const { answers, checks } = item
  const received = await connection.send(reception(speaker), true)
  if (received.status !== 201) return `reception ${received.status}`
  const { id } = JSON.parse(received.body) as { id: string }
  const checked = await connection.send(
    post(`/api/matters/${id}/check`, speaker, { attempt: randomUUID(), version: 1, answers, checks }),
    false,
  )
  if (checked.status !== 200) return `check ${checked.status}`
  const accepted = await connection.send(
    post(`/api/matters/${id}/accept`, speaker, { attempt: randomUUID(), version: 2 }),
    false,
  )
  return accepted.status === 200 ? null : `acceptance ${accepted.status}`
}

async function expect(sending: Promise<{ status: number }>): Promise<string | null> {
  const { status } = await sending
  return status >= 200 && status < 300 ? null : `status ${status}`
}
