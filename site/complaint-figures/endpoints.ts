import { Type } from 'typebox'
import { publishedMonths } from '#modules/complaints/index.ts'
import { dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { notFound } from '#platform/problem.ts'
import { type SiteDeps, siteFrame } from '../frame.ts'
import { choices } from '../query.ts'
import { commonWords } from '../words.ts'
import { figuresMain } from './figures-page.ts'
import { figureWords } from './words.ts'

export function complaintFigureEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/complaints/figures',
      side: 'public',
      summary: 'What was published of complaints, month by month (b-22)',
      permission: 'anyone',
      audit: { unlogged: 'published information, nobody’s data' },
      query: Type.Object({ ...choices, month: Type.Optional(Type.String({ maxLength: 7 })) }),
      async handle(ctx, { query, meta }) {
        const months = await publishedMonths(ctx)
        const chosen = query.month ? months.find(({ period }) => period === query.month) : months[0]
        if (query.month && !chosen) throw notFound('page')
        const view = {
          title: figureWords(meta.lang).title,
          main: figuresMain(months, chosen, dayOf(ctx.now), meta.lang),
          back: { href: '/complain', label: commonWords(meta.lang).complain },
        }
        return { page: await siteFrame(ctx, deps, meta, view) }
      },
    }),
  ]
}
