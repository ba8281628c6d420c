import { Type } from 'typebox'
import { dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { Problem } from '#platform/problem.ts'
import { writeWorkbook } from '#platform/spreadsheet/workbook.ts'
import { countedPage } from './counted-page.ts'
import { figuresPage, mayExport } from './page.ts'
import { figureQuery, periodValues } from './request.ts'
import { readFigures } from './view.ts'
import { figureWords } from './words.ts'
import { figuresWorkbook } from './workbook.ts'

const page = endpoint({
  method: 'GET',
  path: '/console/figures',
  side: 'internal',
  summary: 'Figures of a period with n and interval: counter, call-back, supervision, trend, early warning',
  permission: 'figures.read',
  audit: { unlogged: 'sums; nobody who was served is in them' },
  query: figureQuery,
  handle: async (ctx, { query, meta }) => ({ page: await figuresPage(ctx, meta, query) }),
})

const counted = endpoint({
  method: 'GET',
  path: '/console/figures/of/:measure',
  side: 'internal',
  summary: 'What one figure counts: in words, by item, and the matters for whoever may see them',
  permission: 'figures.read',
  audit: { unlogged: 'numbers of matters without the citizen' },
  params: Type.Object({ measure: Type.String({ pattern: '^[a-z_0-9]{1,40}$' }) }),
  query: figureQuery,
  handle: async (ctx, { params, query, meta }) => ({ page: await countedPage(ctx, meta, params.measure, query) }),
})

const workbook = endpoint({
  method: 'GET',
  path: '/console/figures.xlsx',
  side: 'internal',
  summary: 'The same numbers as a workbook; who took it out is on record',
  permission: 'figures.read',
  audit: 'figures.export',
  query: figureQuery,
  handle: async (ctx, { query, meta }) => {
    const view = await readFigures(ctx, query)
    if (!mayExport(ctx, view)) throw new Problem(403, 'not-permitted')
    const book = figuresWorkbook(ctx, view, meta.lang)
    const name = `${figureWords(meta.lang).title}-${dayOf(ctx.now)}.xlsx`
    return {
      audit: {
        subjectKind: 'list',
        subjectId: view.scope.chosen?.id ?? null,
        data: { ...periodValues(view.read.period), units: view.scope.unitIds.length },
      },
      later: async () => ({
        file: await writeWorkbook(book),
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        name,
        download: true,
      }),
    }
  },
})

/** The reading room of figures. */
export function figureEndpoints(): AnyEndpoint[] {
  return [page, counted, workbook]
}
