import { Type } from 'typebox'
import { dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { bureauOf } from '#platform/settings.ts'
import { dateWords } from '../day-words.ts'
import { type SiteDeps, siteFrame } from '../frame.ts'
import { codeParams } from '../query.ts'
import { currentVersion } from '../services/endpoints.ts'
import { windowUnits } from '../services/window-units.ts'
import { listSheet, myListSheet } from './list-sheet.ts'
import { isInvalid, myListMain } from './my-list-page.ts'
import { answerQuery, answersIn, selfCheck } from './self-check.ts'
import { myListWords } from './words.ts'

const shown = { unlogged: 'answers without a person: nothing is kept of them' }
// Other parameters (what a messenger adds to a link) are dropped, not refused.
const query = Type.Record(Type.String({ pattern: '^(lang|elder|shown|edit|a_[a-z0-9_]+)$' }), Type.String())

export function myListEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [pageEndpoint(deps), sheetEndpoint(deps), fullSheetEndpoint(deps)]
}

const pageEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/services/:code/my-list',
    side: 'public',
    summary: 'Self-check: the questions that matter, then exactly the papers that apply (HR02)',
    permission: 'anyone',
    audit: shown,
    params: codeParams,
    query,
    async handle(ctx, { params, query, meta }) {
      const version = await currentVersion(ctx, params.code)
      const view = {
        version,
        check: selfCheck(version.content, answersIn(query)),
        units: await windowUnits(ctx),
        shown: query.shown === undefined ? null : new Set(query.shown.split(',')),
        editing: query.edit === '1',
        today: dateWords(dayOf(ctx.now).toString(), meta.lang),
        lang: meta.lang,
      }
      const words = myListWords(meta.lang)
      const back = { href: `/services/${params.code}`, label: words.backToService }
      const title = words.title(version.content.name[meta.lang])
      return {
        page: await siteFrame(ctx, deps, meta, { title, main: myListMain(view), back, invalid: isInvalid(view) }),
      }
    },
  })

const sheetEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/services/:code/my-list.pdf',
    side: 'public',
    summary: 'My list of papers for A4',
    permission: 'anyone',
    audit: shown,
    perMinute: 20,
    params: codeParams,
    query,
    async handle(ctx, { params, query }) {
      const version = await currentVersion(ctx, params.code)
      const check = selfCheck(version.content, answersIn(query))
      if (check.state !== 'list') return { redirect: `/services/${params.code}/my-list${answerQuery(check)}` }
      const data = myListSheet(
        { version, bureau: await bureauOf(ctx), units: await windowUnits(ctx), at: ctx.now },
        check,
      )
      return {
        later: async () =>
          pdf(await deps.documents.render('service-list-sheet', data, ctx.now), `我的材料清单-${data.item.name}.pdf`),
      }
    },
  })

const fullSheetEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/services/:code/list.pdf',
    side: 'public',
    summary: 'The whole list of a service for A4',
    permission: 'anyone',
    audit: { unlogged: 'published information, nobody’s data' },
    perMinute: 20,
    params: codeParams,
    async handle(ctx, { params }) {
      const version = await currentVersion(ctx, params.code)
      const data = listSheet({ version, bureau: await bureauOf(ctx), units: await windowUnits(ctx), at: ctx.now })
      return {
        later: async () =>
          pdf(await deps.documents.render('service-list-sheet', data, ctx.now), `服务清单-${data.item.name}.pdf`),
      }
    },
  })

function pdf(file: Uint8Array, name: string) {
  return { file, type: 'application/pdf', name }
}
