import type { Static, TObject, TSchema } from 'typebox'
import type { Permission } from '#policy/access/permissions.ts'
import type { Actor } from '../actor.ts'
import type { Context } from '../context.ts'
import type { Html } from '../html.ts'
import type { Lang } from '../i18n.ts'
import type { Problem } from '../problem.ts'

/** What happened, for the audit entry that is committed with the change. */
export type AuditSubject = {
  subjectKind: string
  subjectId: string | null
  unitId?: string | null
  data?: Record<string, unknown>
}

export type Upload = { field: string; name: string; bytes: Buffer }
/** A file that was not taken. */
export type UploadFault = { field: string; name: string; code: 'file-too-large' | 'files-too-many' }

/** What a page needs to know of the request beside its input. */
export type Meta = {
  lang: Lang
  elder: boolean
  /** Path and query as requested, for language links and for coming back. */
  url: string
  csrf: string
  /** A fresh id for a form on this page; a repeat of it has one effect. */
  newAttempt(): string
  requestId: string
  demo: boolean
  uploads: Upload[]
  /** Of an endpoint that `keepsUploads`. */
  uploadFaults: UploadFault[]
  signal: { ip: string; userAgent: string; cookie: string }
}

/** `clearSite`: the browser forgets what it kept of the pages it leaves. */
export type Answer = { audit?: AuditSubject; cookies?: string[]; clearSite?: boolean } & (
  | { page: Html; status?: number }
  | { redirect: string }
  | { json: unknown; status?: number }
  | { file: Uint8Array | string; type: string; name?: string; download?: boolean; immutable?: boolean }
)

/** A slow answer (a document to draw) is made after the transaction has ended. */
export type Later = { audit?: AuditSubject; later: () => Promise<Answer> }

export type Input<P extends TSchema, Q extends TSchema, B extends TSchema> = {
  params: Static<P>
  query: Static<Q>
  body: Static<B>
  meta: Meta
}

/**
 * One endpoint, said once: path, side, permission, audit event, input, what it does. The server binds it, the
 * authorization matrix walks it, OpenAPI prints it. `permission` and `audit` are required: without them nothing compiles.
 */
export type Endpoint<P extends TSchema = TSchema, Q extends TSchema = TSchema, B extends TSchema = TSchema> = {
  method: 'GET' | 'POST'
  path: `/${string}`
  /** internal: the police network, signed in. public: the internet. */
  side: 'internal' | 'public'
  summary: string
  /** Whom the server lets in. 'anyone' for citizens' pages and the sign-in; rows are decided by the database. */
  permission: Permission | 'anyone'
  /** Event written with the change. A GET that shows no personal data may say { unlogged: why }. */
  audit: string | { unlogged: string }
  params?: P
  query?: Q
  body?: B
  /** Shape of a JSON reply: fields not named here never leave the server. Only endpoints with it are printed in OpenAPI. */
  reply?: TSchema
  /** A GET with an audit event that changes nothing: its entry is on disk before the answer goes out, written together with others' (decision 009). */
  onlyReads?: boolean
  /** Requests per minute and address on public forms. */
  perMinute?: number
  /** multipart/form-data with at most this many bytes a file. */
  maxUpload?: number
  /** One file that is too large, or one too many, does not refuse the request: the handler finds it in `meta.uploadFaults`. */
  keepsUploads?: boolean
  /** A POST whose repetition does no harm (search by form, sign-in, gateway call-back with its own key) needs no attempt id. */
  repeatable?: boolean
  /** A POST from a machine: no CSRF token; it authenticates itself in the handler. */
  machine?: boolean
  handle(ctx: Context, input: Input<P, Q, B>): Promise<Answer | Later>
  /** Draws the form again with what was typed and what is wrong with it. Runs in a read transaction. */
  onProblem?(
    ctx: Context,
    input: { params: Static<P>; query: Static<Q>; body: Record<string, unknown>; meta: Meta },
    problem: Problem,
  ): Promise<Html>
}

// biome-ignore lint/suspicious/noExplicitAny: a list of endpoints holds many input types; each was checked where it was said
export type AnyEndpoint = Endpoint<any, any, any>

export function endpoint<P extends TSchema, Q extends TSchema, B extends TSchema>(
  said: Endpoint<P, Q, B>,
): AnyEndpoint {
  return said as AnyEndpoint
}

export type { Actor, TObject }
