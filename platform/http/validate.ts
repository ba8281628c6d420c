import type { FastifyRequest } from 'fastify'
import { invalid, Problem } from '../problem.ts'

type SchemaError = { instancePath: string; keyword: string; params: Record<string, unknown> }

/** Turns the validator's findings into one code per field; the words are chosen at the edge. */
export function refuseInvalid(request: FastifyRequest): void {
  const error = request.validationError as
    | (Error & { validation?: SchemaError[]; validationContext?: string })
    | undefined
  if (!error) return
  if (error.validationContext !== 'body')
    throw new Problem(error.validationContext === 'params' ? 404 : 400, 'bad-address')
  const fields: Record<string, string> = {}
  for (const found of error.validation ?? []) {
    const name = fieldOf(found)
    if (!(name in fields)) fields[name] = codeOf(found)
  }
  throw invalid(fields)
}

function fieldOf({ instancePath, keyword, params }: SchemaError): string {
  if (keyword === 'required') return String(params.missingProperty)
  return instancePath.split('/')[1] || 'form'
}

function codeOf({ keyword, params }: SchemaError): string {
  if (keyword === 'required' || (keyword === 'minLength' && params.limit === 1)) return 'required'
  if (keyword === 'maxLength') return 'too-long'
  if (keyword === 'enum' || keyword === 'const' || keyword === 'anyOf') return 'choose-one'
  return 'malformed'
}
