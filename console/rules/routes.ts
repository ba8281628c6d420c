import { Type } from 'typebox'
import { pageQuery, posted, text } from '#console/system/shared.ts'
import { reviewRule } from '#modules/rules/index.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { rulePage, rulesPage, rulesPath } from './pages.ts'

const reading = {
  side: 'internal',
  method: 'GET',
  permission: 'catalogue.read',
  audit: { unlogged: 'rules are published' },
} as const
const query = Type.Object(pageQuery)
const params = Type.Object({ rule: Type.String({ pattern: '^[A-Za-z0-9_.-]{1,200}$' }) })

/** Rules in force and their yearly review (R133): read by everybody, reviewed by whoever publishes rules. */
export function rulesEndpoints(): AnyEndpoint[] {
  return [list, one, review]
}

const list = endpoint({
  ...reading,
  path: rulesPath,
  summary: 'Rules in force and their last review',
  query,
  handle: async (ctx, { meta }) => ({ page: await rulesPage(ctx, meta) }),
})

const one = endpoint({
  ...reading,
  path: `${rulesPath}/:rule`,
  summary: 'One rule with its reviews',
  params,
  query,
  handle: async (ctx, { params, query, meta }) => ({
    page: await rulePage(ctx, meta, params.rule, { done: query.done }),
  }),
})

const review = endpoint({
  side: 'internal',
  method: 'POST',
  permission: 'catalogue.publish',
  path: `${rulesPath}/:rule/reviews`,
  summary: 'Say that a rule was reviewed and still holds',
  audit: 'rule.reviewed',
  params,
  body: Type.Object({ ruleVersion: Type.String({ minLength: 1, maxLength: 40 }), note: text(500), ...posted }),
  handle: async (ctx, { params, body }) => {
    await reviewRule(ctx, params.rule, { version: body.ruleVersion, note: body.note })
    return {
      redirect: `${rulesPath}/${encodeURIComponent(params.rule)}?done=reviewed`,
      audit: {
        subjectKind: 'rule',
        subjectId: params.rule,
        data: { version: body.ruleVersion, note: body.note ?? '' },
      },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) => rulePage(ctx, meta, params.rule, { body, problem }),
})
