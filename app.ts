import type { FastifyInstance } from 'fastify'
import { stepPath } from '#console/account/sign-in.ts'
import { consoleDocument, demoStrip, problemText } from '#console/frame.ts'
import { type ConsoleParts, consoleEndpoints } from '#console/index.ts'
import { consoleWords } from '#console/words.ts'
import { buildIslands } from '#islands/build.ts'
import { actorFrom } from '#modules/directory/index.ts'
import type { Actor } from '#platform/actor.ts'
import { anonymousActor, may } from '#platform/actor.ts'
import { type Auth, nextStepOf } from '#platform/auth/index.ts'
import type { Context } from '#platform/context.ts'
import type { DatabasePool } from '#platform/db/pools.ts'
import type { Documents } from '#platform/documents/documents.ts'
import type { House } from '#platform/house.ts'
import { html, nothing } from '#platform/html.ts'
import type { AnyEndpoint, Meta } from '#platform/http/endpoint.ts'
import { bindAll, createServer, type ServerOptions } from '#platform/http/server.ts'
import { Problem } from '#platform/problem.ts'
import type { Bureau } from '#platform/settings.ts'
import { notice } from '#platform/ui/parts.ts'
import { type Role, needsSecondFactor as rolesNeedingSecondFactor } from '#policy/access/permissions.ts'
import { siteEndpoints, siteProblemPage } from '#site/index.ts'

export type AppParts = {
  houses: Record<'internal' | 'public', House>
  internalPool: DatabasePool
  auth: Auth | null
  documents: Documents
  role: 'all' | 'public' | 'internal' | 'worker'
  demo: boolean
  /** The bureau as last read: an error page must not need the database. */
  bureau?(): Bureau | undefined
  server: ServerOptions
  extra: AnyEndpoint[]
  gateway?: ConsoleParts['gateway']
  witness?: ConsoleParts['witness']
  calendar?: ConsoleParts['calendar']
  /** Said by /readyz: null when everything needed is there. */
  trouble(): Promise<string | null>
  metrics(): Promise<string>
  demoSignIn?: {
    logins: (lang: 'zh' | 'en') => { number: string; password: string; who: string }[]
    code: (meta: Meta) => Promise<string | null>
  }
}

type EndpointParts = Pick<AppParts, 'demo' | 'role' | 'auth' | 'documents' | 'extra' | 'houses' | 'internalPool'> &
  Pick<Partial<AppParts>, 'demoSignIn' | 'gateway' | 'witness' | 'calendar'>

/** Every endpoint that a process in this role serves; also what the authorization matrix walks. */
export function endpointsOf(parts: EndpointParts): AnyEndpoint[] {
  const all: AnyEndpoint[] = []
  if (parts.role === 'all' || parts.role === 'public')
    all.push(
      ...siteEndpoints({
        documents: parts.documents,
        demoLinks: parts.demo ? (lang) => demoStrip(lang, parts.houses.public.clock.now()).links : undefined,
      }),
    )
  if ((parts.role === 'all' || parts.role === 'internal') && parts.auth)
    all.push(...consoleEndpoints({ ...parts, auth: parts.auth }))
  return [...all, ...parts.extra]
}

/** The web server of one process: guards, endpoints of its role, assets, health. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const app = await createServer(parts.server)
  await serveAssets(app)
  serveHealth(app, parts)
  bindAll(app, endpointsOf(parts), {
    houses: parts.houses,
    demo: parts.demo,
    actorOf: (request) => actorOf(parts, request.headers.cookie, request.url),
    problemPage: (side, problem, meta, actor) => problemPage(side, problem, meta, actor, parts),
  })
  return app
}

async function serveAssets(app: FastifyInstance): Promise<void> {
  for (const [path, asset] of await buildIslands()) {
    app.get(path, (request, reply) => {
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .type(asset.type)
      if (!String(request.headers['accept-encoding'] ?? '').includes('gzip')) return reply.send(asset.body)
      return reply.header('content-encoding', 'gzip').send(asset.gz)
    })
  }
}

function serveHealth(app: FastifyInstance, parts: AppParts): void {
  app.get('/healthz', { logLevel: 'silent' }, async () => ({ alive: true }))
  app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
    const trouble = await parts.trouble()
    return reply.code(trouble ? 503 : 200).send(trouble ? { ready: false, trouble } : { ready: true })
  })
  if (parts.role !== 'public')
    app.get('/metrics', { logLevel: 'silent' }, async (_request, reply) =>
      reply.type('text/plain; version=0.0.4').send(await parts.metrics()),
    )
}

/** The signed-in person with today's rights; a sign-in that is not finished may only be finished. */
async function actorOf(
  parts: AppParts,
  cookie: string | undefined,
  url: string,
): Promise<{ actor: Actor; cookies: string[] } | null> {
  if (!parts.auth || !cookie) return null
  const session = await parts.auth.sessionOf(cookie)
  if (!session) return null
  const actor = actorFrom(session.person)
  if (!actor) return null
  const step = nextStepOf(
    session,
    actor.roles.some((role) => rolesNeedingSecondFactor.includes(role as Role)),
  )
  if (step !== 'done' && !url.startsWith('/sign-in') && !url.startsWith('/console/sign-out'))
    throw new Problem(401, 'sign-in-unfinished', { detail: { to: stepPath[step] } })
  return { actor, cookies: [] }
}

function problemPage(side: 'internal' | 'public', problem: Problem, meta: Meta, actor: Actor | null, parts: AppParts) {
  if (side === 'public') return siteProblemPage(problem, meta, parts.bureau?.())
  const words = consoleWords(meta.lang)
  const to =
    problem.code === 'sign-in-unfinished'
      ? String(problem.detail.to)
      : actor?.kind === 'person'
        ? '/console'
        : '/sign-in'
  const idle = actor?.kind === 'person' && !may(actor, 'console.enter')
  const main = html`${notice({ lang: meta.lang, kind: 'error', title: problemText(idle ? 'no-duty' : problem.code, meta.lang) })}${idle ? nothing : html`<p><a href="${to}">${words.problem.home}</a></p>`}`
  return consoleDocument(
    actor ?? anonymousActor,
    meta,
    { title: words.problem.heading, current: '', main },
    parts.houses.internal.clock.now(),
    { mine: 0, orders: 0 },
  )
}

export type { Context }
