import { createHash } from 'node:crypto'
import Fastify, { type FastifyRequest } from 'fastify'
import pg from 'pg'
import { statements } from './statements.ts'

// The floor: Fastify and pg, prepared statements, the session looked up in the database, and nothing else: no roles, no
// validation, no row security, no audit, no repetition. What the platform adds is measured against it.
const { FLOOR_DATABASE, FLOOR_PORT, FLOOR_UNIT, FLOOR_PERSON, FLOOR_VERSION } = process.env
const pool = new pg.Pool({ connectionString: FLOOR_DATABASE, max: 16 })
const app = Fastify()

type Named = keyof typeof statements
const run = (name: Named, values: unknown[]) => pool.query({ name, text: statements[name], values })

async function signedIn(request: FastifyRequest): Promise<boolean> {
  const cookie = /jingmin\.session_token=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
  const token = decodeURIComponent(cookie ?? '').split('.')[0] ?? ''
  const found = await run('session', [createHash('sha256').update(token).digest('hex')])
  return found.rows.length === 1
}

app.addHook('onRequest', async (request, reply) => {
  if (!(await signedIn(request))) await reply.code(401).send()
})
app.get<{ Params: { id: string } }>(
  '/api/matters/:id',
  async (request) => (await run('one', [request.params.id])).rows[0],
)
app.get('/api/matters', async () => ({ rows: (await run('due', [FLOOR_UNIT, 20])).rows }))
app.post<{ Body: { name: string; request: string; phone: string; itemCode: string } }>(
  '/api/matters',
  async (request, reply) => {
    const { name, request: wish, phone, itemCode } = request.body
    const sealed = `${phone}${'x'.repeat(60)}`
    const made = await run('insert', [
      FLOOR_UNIT,
      FLOOR_PERSON,
      name,
      wish,
      sealed,
      phone,
      phone.slice(0, 3),
      itemCode,
      FLOOR_VERSION,
    ])
    return reply.code(201).send(made.rows[0])
  },
)
app.post<{ Params: { id: string }; Body: { answers: object } }>('/api/matters/:id/check', async (request) => {
  await run('check', [request.params.id, JSON.stringify(request.body.answers)])
  return {}
})
app.post<{ Params: { id: string } }>('/api/matters/:id/accept', async (request) => {
  await run('accept', [request.params.id])
  return {}
})
await app.listen({ port: Number(FLOOR_PORT), host: '127.0.0.1' })
process.send?.('ready')
