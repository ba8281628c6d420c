import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { bind, type ServeParts } from './bind.ts'
import type { AnyEndpoint } from './endpoint.ts'
import { metaOf, wantsJson } from './request.ts'

export type ServerOptions = {
  cookieSecret: string
  /** Behind TLS: cookies carry Secure and HSTS is sent. */
  secure: boolean
  trustProxy: boolean
  logLevel: string
}

const nothing = ["'none'"]
const own = ["'self'"]

/** A server with every guard of the house switched on and no endpoint bound yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: {
      level: options.logLevel,
      redact: ['req.headers.cookie', 'req.headers.authorization'],
      serializers: { req: loggedRequest },
    },
    trustProxy: options.trustProxy,
    genReqId: () => randomUUID(),
    bodyLimit: 1_048_576,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 5_000,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { allErrors: true, coerceTypes: 'array', removeAdditional: 'all' } },
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: nothing,
        scriptSrc: own,
        styleSrc: own,
        imgSrc: [...own, 'data:'],
        fontSrc: own,
        connectSrc: own,
        formAction: own,
        baseUri: nothing,
        frameAncestors: nothing,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: true,
    strictTransportSecurity: options.secure,
  })
  await app.register(cookie, { secret: options.cookieSecret })
  await app.register(csrf, {
    cookieKey: options.secure ? '__Host-csrf' : 'csrf',
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'strict', secure: options.secure, signed: true },
    getToken: (request: FastifyRequest) =>
      ((request.body as Record<string, unknown> | undefined)?._csrf as string | undefined) ??
      (request.headers['csrf-token'] as string | undefined),
  })
  await app.register(formbody, { bodyLimit: 262_144 })
  // A file that is too large is told by the form that it came with (request.ts).
  await app.register(multipart, { throwFileSizeLimit: false })
  await app.register(rateLimit, { global: false })
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!reply.getHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
    done(null, compressed(request, reply, payload))
  })
  return app
}

const smallest = 1024
const compressible = /^(?:text\/|image\/svg|application\/(?:[a-z]+\+)?json)/

/** Pages and JSON are texts of some ten thousand bytes: compressed at once, a tenth of a millisecond; a stream costs five times that. */
function compressed(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' || payload.length < smallest || reply.hasHeader('content-encoding')) return payload
  if (!compressible.test(String(reply.getHeader('content-type')))) return payload
  reply.header('vary', 'accept-encoding')
  if (!/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request.headers['accept-encoding'] ?? ''))) return payload
  const body = gzipSync(payload, { level: gzipLevel })
  reply.header('content-encoding', 'gzip').header('content-length', body.length)
  return body
}

// Beyond it a page gets two hundredths smaller and twice as dear.
const gzipLevel = 4

/** The address without its query: search words and codes do not belong in a log. */
function loggedRequest(request: FastifyRequest): Record<string, unknown> {
  return { method: request.method, path: request.url.split('?')[0]?.replace(/^\/(r|q)\/.+/, '/$1/…'), id: request.id }
}

export function bindAll(app: FastifyInstance, endpoints: readonly AnyEndpoint[], parts: ServeParts): void {
  for (const said of endpoints) bind(app, said, parts)
  const anything = {
    method: 'GET',
    path: '/',
    side: 'public',
    summary: '',
    permission: 'anyone',
    audit: { unlogged: 'none' },
  } as unknown as AnyEndpoint
  const asPage = (request: FastifyRequest, reply: Parameters<typeof metaOf>[1], problem: Problem) => {
    reply.code(problem.status)
    if (wantsJson(request))
      return reply
        .type('application/problem+json')
        .send(JSON.stringify({ status: problem.status, title: problem.code, code: problem.code }))
    const side = request.url.startsWith('/console') || request.url.startsWith('/sign-in') ? 'internal' : 'public'
    return reply
      .type('text/html; charset=utf-8')
      .send(parts.problemPage(side, problem, metaOf(request, reply, anything, parts.demo), null).toString())
  }
  app.setNotFoundHandler((request, reply) => asPage(request, reply, new Problem(404, 'page-not-found')))
  app.setErrorHandler((error: ServerError, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
    return asPage(request, reply, problem)
  })
}

type ServerError = Error & { statusCode?: number; code?: string }

const codeByStatus: Record<number, string> = {
  413: 'too-large',
  429: 'too-many-requests',
  500: 'unexpected',
  503: 'database-unavailable',
}

/** What a caller is told of an error nobody foresaw; its text stays in the log. */
function problemOf(error: ServerError): Problem {
  if (error instanceof Problem) return error
  if (error.code?.startsWith('FST_CSRF')) return new Problem(403, 'form-expired')
  const status = databaseIsDown(error) ? 503 : (error.statusCode ?? 500)
  return new Problem(status, codeByStatus[status] ?? (status >= 500 ? 'unexpected' : 'bad-request'))
}

const lostConnection = new Set(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '08006', '08001', '53300'])

export function databaseIsDown(error: Error & { code?: string }): boolean {
  return (
    lostConnection.has(error.code ?? '') ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  )
}
