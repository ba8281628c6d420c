import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, anonymousActor, citizenActor, may } from '../actor.ts'
import { type AuditEntry, auditInsert } from '../audit/audit-entry.ts'
import type { Context } from '../context.ts'
import type { House } from '../house.ts'
import type { Html } from '../html.ts'
import { Problem } from '../problem.ts'
import { claimAttempt, keepReply } from './attempt.ts'
import type { Answer, AnyEndpoint, AuditSubject, Later, Meta } from './endpoint.ts'
import { refuseForeignOrigin } from './origin.ts'
import { answerOnce, metaOf, takeUploads, wantsJson } from './request.ts'
import { refuseInvalid } from './validate.ts'

export type ServeParts = {
  /** The database as each side may reach it: the internet side has a login of its own that can do next to nothing. */
  houses: Record<'internal' | 'public', House>
  /** The person behind the session cookie, with today's rights; null when nobody is signed in. */
  actorOf(request: FastifyRequest): Promise<{ actor: Actor; cookies: string[] } | null>
  /** A page that says what went wrong, in the reader's language and the side's dress. */
  problemPage(side: 'internal' | 'public', problem: Problem, meta: Meta, actor: Actor | null): Html
  demo: boolean
}

type Run = {
  said: AnyEndpoint
  actor: Actor
  meta: Meta
  request: FastifyRequest
  parts: ServeParts
  cookies: string[]
}

/** Binds one endpoint to the server: permission, validation, transaction, audit and repetition are the same for all. */
export function bind(app: FastifyInstance, said: AnyEndpoint, parts: ServeParts): void {
  app.route({
    method: said.method,
    url: said.path,
    attachValidation: true,
    schema: {
      ...(said.params && { params: said.params }),
      ...(said.query && { querystring: said.query }),
      ...(said.body && { body: said.body }),
      ...(said.reply && { response: { '2xx': said.reply } }),
    },
    config: said.perMinute ? { rateLimit: { max: said.perMinute, timeWindow: '1 minute' } } : {},
    ...(said.maxUpload && {
      preValidation: async (request: FastifyRequest) => {
        if (request.isMultipart()) await takeUploads(request, said.maxUpload as number, said.keepsUploads)
      },
    }),
    ...(said.method === 'POST' && !said.machine && said.side === 'internal' && { preHandler: app.csrfProtection }),
    handler: (request, reply) => answer(said, request, reply, parts),
  })
}

async function answer(
  said: AnyEndpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServeParts,
): Promise<FastifyReply> {
  const run: Run = {
    said,
    actor: anonymousActor,
    meta: metaOf(request, reply, said, parts.demo),
    request,
    parts,
    cookies: [],
  }
  try {
    const signInPage = await identify(run)
    if (signInPage) return reply.redirect(signInPage)
    return await answerOnce(reply, await carryOut(run), run.cookies, wantsJson(request))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return await answerProblem(run, reply, error)
  }
}

/** Finds out who acts. Returns where to sign in when a page needs somebody and nobody is there. */
async function identify(run: Run): Promise<string | null> {
  const { said, request, parts } = run
  if (said.machine) return null
  if (said.side === 'public') {
    run.actor = citizenActor
    return null
  }
  const found = await parts.actorOf(request)
  if (found) {
    run.actor = found.actor
    run.cookies = found.cookies
    return null
  }
  if (said.permission === 'anyone') return null
  if (said.method === 'GET' && !wantsJson(request)) return `/sign-in?to=${encodeURIComponent(request.url)}`
  throw new Problem(401, 'sign-in-needed')
}

async function carryOut({ said, actor, meta, request, parts }: Run): Promise<Answer> {
  if (said.permission !== 'anyone' && !may(actor, said.permission)) throw new Problem(403, 'not-permitted')
  if (said.method === 'POST' && !said.machine) refuseForeignOrigin(request)
  if (request.uploadProblem) throw request.uploadProblem
  refuseInvalid(request)
  const input = { params: request.params, query: request.query, body: request.body ?? {}, meta }
  const attempt = attemptOf(said, request)
  const reads = said.method === 'GET' && (typeof said.audit !== 'string' || said.onlyReads === true)
  let looked: AuditEntry | undefined
  const work = async (ctx: Context): Promise<Answer | Later> => {
    const before = attempt ? await claimAttempt(ctx, attempt, `${said.method} ${said.path}`, request.body) : null
    if (before) return before
    const result = await said.handle(ctx, input)
    const entry = entryOf(ctx, said, 'done', result.audit)
    if (entry && reads) looked = entry
    else if (entry) ctx.put(auditInsert(entry).insert)
    if (attempt && !('later' in result)) keepReply(ctx, attempt, result)
    return result
  }
  const house = parts.houses[said.side]
  const result = reads ? await house.read(actor, meta.requestId, work) : await house.write(actor, meta.requestId, work)
  // Nobody is shown what is not on record.
  if (looked) await house.record(looked)
  if (!('later' in result)) return result
  const late = await result.later()
  if ('later' in late) throw new Error('an answer is put off once')
  return late
}

function attemptOf(said: AnyEndpoint, request: FastifyRequest): string | null {
  if (said.method === 'GET' || said.repeatable || said.machine) return null
  const sent = (request.body as { attempt?: unknown } | undefined)?.attempt ?? request.headers['idempotency-key']
  if (typeof sent !== 'string' || !/^[0-9a-f-]{36}$/.test(sent))
    throw new Problem(422, 'attempt-missing', { fields: { form: 'attempt-missing' } })
  return sent
}

function entryOf(
  ctx: Context,
  said: AnyEndpoint,
  outcome: 'done' | 'refused',
  subject: AuditSubject | undefined,
): AuditEntry | null {
  if (typeof said.audit !== 'string') return null
  return {
    at: ctx.now,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.personId,
    event: said.audit,
    subjectKind: subject?.subjectKind ?? null,
    subjectId: subject?.subjectId ?? null,
    unitId: subject?.unitId ?? ctx.actor.unitId,
    outcome,
    data: subject?.data ?? {},
    requestId: ctx.requestId,
  }
}

/** A refusal is on record too, in a transaction of its own; the form comes back with what was typed. */
async function answerProblem(run: Run, reply: FastifyReply, problem: Problem): Promise<FastifyReply> {
  const { said, actor, meta, request, parts } = run
  if ([401, 403, 404, 409].includes(problem.status) && actor.kind === 'person') {
    const event = { ...said, audit: typeof said.audit === 'string' ? said.audit : 'page.view' }
    const data = { path: said.path, params: request.params ?? {}, code: problem.code }
    await parts.houses[said.side].write(actor, meta.requestId, async (ctx) => {
      const entry = entryOf(ctx, event, 'refused', { subjectKind: 'request', subjectId: null, data })
      if (entry) ctx.put(auditInsert(entry).insert)
    })
  }
  if (wantsJson(request)) {
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          status: problem.status,
          title: problem.code,
          code: problem.code,
          fields: problem.fields,
        }),
      )
  }
  const page = await problemAsPage(run, problem)
  return reply.code(problem.status).type('text/html; charset=utf-8').send(page.toString())
}

async function problemAsPage({ said, actor, meta, request, parts }: Run, problem: Problem): Promise<Html> {
  const onProblem = said.onProblem
  if (!onProblem || ![400, 409, 413, 415, 422, 429].includes(problem.status))
    return parts.problemPage(said.side, problem, meta, actor)
  try {
    return await parts.houses[said.side].read(actor, meta.requestId, (ctx) =>
      onProblem(
        ctx,
        { params: request.params, query: request.query, body: (request.body ?? {}) as Record<string, unknown>, meta },
        problem,
      ),
    )
  } catch (error) {
    if (error instanceof Problem) return parts.problemPage(said.side, error, meta, actor)
    throw error
  }
}

export const newId = (): string => randomUUID()
