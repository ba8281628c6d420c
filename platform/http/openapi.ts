import type { AnyEndpoint } from './endpoint.ts'

/** The OpenAPI 3.1 description of the JSON endpoints, from the same statements the server is bound by. */
export function openApiOf(endpoints: readonly AnyEndpoint[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const said of endpoints.filter((endpoint) => endpoint.reply)) {
    const path = said.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [said.method.toLowerCase()]: operation(said) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jingmin Bridge 警民桥',
      version,
      description: 'JSON interface for other systems of the bureau. Session cookie and CSRF token as in the console.',
    },
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['status', 'title', 'code'],
          properties: {
            type: { type: 'string' },
            status: { type: 'integer' },
            title: { type: 'string' },
            code: { type: 'string' },
            fields: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
      },
    },
    security: [{ session: [] }],
    paths,
  }
}

function operation(said: AnyEndpoint): object {
  const problem = {
    description: 'Refused',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  return {
    summary: said.summary,
    'x-permission': said.permission,
    ...(typeof said.audit === 'string' && { 'x-audit-event': said.audit }),
    parameters: [...parametersIn(said.params, 'path'), ...parametersIn(said.query, 'query')],
    ...(said.body && { requestBody: { required: true, content: { 'application/json': { schema: said.body } } } }),
    responses: {
      [said.method === 'POST' ? '2XX' : '200']: {
        description: 'Done',
        content: { 'application/json': { schema: said.reply } },
      },
      '401': problem,
      '403': problem,
      '404': problem,
      '409': problem,
      '422': problem,
    },
  }
}

type ObjectSchema = { properties?: Record<string, object>; required?: readonly string[] }

function parametersIn(schema: unknown, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = (schema ?? {}) as ObjectSchema
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: value,
  }))
}
