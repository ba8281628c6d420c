/** What a caller can act on. `code` is stable; wording for people is chosen at the edge, by code. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  /** Field name → code, for what is wrong with a form. */
  readonly fields: Record<string, string>
  readonly detail: Record<string, unknown>

  constructor(
    status: number,
    code: string,
    more: { fields?: Record<string, string>; detail?: Record<string, unknown> } = {},
  ) {
    super(code)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.fields = more.fields ?? {}
    this.detail = more.detail ?? {}
  }
}

export function notFound(what: string): Problem {
  return new Problem(404, `${what}-not-found`)
}

/** One or more fields of a form are wrong. `fields` is field name → code. */
export function invalid(fields: Record<string, string>): Problem {
  return new Problem(422, 'invalid-input', { fields })
}
