import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'

/** A form sent from another site is refused, also where no session exists. Old browsers send neither header and pass. */
export function refuseForeignOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site') throw new Problem(403, 'foreign-origin')
  const origin = request.headers.origin
  if (!origin || origin === 'null' || site === 'same-origin') return
  if (URL.parse(origin)?.host !== request.host) throw new Problem(403, 'foreign-origin')
}
