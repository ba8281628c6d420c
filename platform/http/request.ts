import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Lang } from '../i18n.ts'
import { Problem } from '../problem.ts'
import type { Answer, AnyEndpoint, Meta, Upload, UploadFault } from './endpoint.ts'

declare module 'fastify' {
  interface FastifyRequest {
    uploads?: Upload[]
    uploadProblem?: Problem
    uploadFaults?: UploadFault[]
  }
}

export function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  return accept.includes('application/json') && !accept.includes('text/html')
}

export function metaOf(request: FastifyRequest, reply: FastifyReply, said: AnyEndpoint, demo: boolean): Meta {
  let csrf: string | undefined
  return {
    lang: chosen(request, reply, 'lang', ['zh', 'en']) as Lang,
    elder: chosen(request, reply, 'elder', ['0', '1']) === '1',
    url: request.url,
    // Only pages with a form ask for it, and it costs a signature; a second one would be another.
    get csrf() {
      csrf ??= said.side === 'internal' && !said.machine ? reply.generateCsrf() : ''
      return csrf
    },
    newAttempt: randomUUID,
    requestId: request.id,
    demo,
    uploads: request.uploads ?? [],
    uploadFaults: request.uploadFaults ?? [],
    signal: {
      ip: request.ip,
      userAgent: String(request.headers['user-agent'] ?? '').slice(0, 200),
      cookie: request.headers.cookie ?? '',
    },
  }
}

/** A choice in the address is kept in a cookie; the first of the options is the default. */
function chosen(request: FastifyRequest, reply: FastifyReply, name: string, options: readonly string[]): string {
  // Read from the address itself: a query schema drops what it does not name.
  const asked = request.url.includes(`${name}=`) ? new URLSearchParams(request.url.split('?')[1]).get(name) : null
  if (typeof asked === 'string' && options.includes(asked)) {
    reply.setCookie(name, asked, { path: '/', maxAge: 31_536_000, sameSite: 'lax' })
    return asked
  }
  const kept = request.cookies[name]
  return kept !== undefined && options.includes(kept) ? kept : options[0]!
}

const mostFiles = 5

/**
 * Runs before validation and the CSRF check, so that both see the fields of a form that carries files. With `each`, what
 * is wrong with one file is the handler's to tell, and the others are kept; otherwise it refuses the request.
 */
export async function takeUploads(request: FastifyRequest, maxBytes: number, each = false): Promise<void> {
  const fields: Record<string, string | string[]> = {}
  const uploads: Upload[] = []
  const faults: UploadFault[] = []
  let fileField = 'file'
  const limits = { fileSize: maxBytes, files: 40, fields: 80, fieldSize: 100_000 }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        add(fields, part.fieldname, String(part.value))
        continue
      }
      fileField = part.fieldname
      const name = part.filename.slice(-200)
      const bytes = await part.toBuffer()
      // What is too large or too many is said beside the field, with the rest of the input kept.
      if (part.file.truncated) faults.push({ field: fileField, name, code: 'file-too-large' })
      else if (bytes.length > 0 && uploads.length >= mostFiles)
        faults.push({ field: fileField, name, code: 'files-too-many' })
      else if (bytes.length > 0) uploads.push({ field: fileField, name, bytes })
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_FILES_LIMIT') throw error
    faults.push({ field: fileField, name: '', code: 'files-too-many' })
  }
  const [first] = faults
  if (first && !each) request.uploadProblem = new Problem(413, first.code, { fields: { [first.field]: first.code } })
  request.body = fields
  request.uploads = uploads
  request.uploadFaults = faults
}

function add(fields: Record<string, string | string[]>, name: string, value: string): void {
  const before = fields[name]
  fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
}

export async function answerOnce(
  reply: FastifyReply,
  answer: Answer,
  cookies: string[],
  json: boolean,
): Promise<FastifyReply> {
  for (const cookie of [...cookies, ...(answer.cookies ?? [])]) reply.header('set-cookie', cookie)
  if (answer.clearSite) reply.header('clear-site-data', '"cache", "storage"')
  if ('redirect' in answer && json)
    return reply.code(201).header('location', answer.redirect).send({ location: answer.redirect })
  if ('redirect' in answer) return reply.redirect(answer.redirect, 303)
  if ('json' in answer) return reply.code(answer.status ?? 200).send(answer.json)
  if ('page' in answer)
    return reply
      .code(answer.status ?? 200)
      .type('text/html; charset=utf-8')
      .send(answer.page.toString())
  if (answer.name) {
    const how = answer.download ? 'attachment' : 'inline'
    reply.header('content-disposition', `${how}; filename*=UTF-8''${encodeURIComponent(answer.name)}`)
  }
  if (answer.immutable) reply.header('cache-control', 'public, max-age=31536000, immutable')
  return reply.type(answer.type).send(typeof answer.file === 'string' ? answer.file : Buffer.from(answer.file))
}
