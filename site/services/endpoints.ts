import { Type } from 'typebox'
import { countSearch, type ItemVersionRow, itemsOn, publishedVersions, versionOn } from '#modules/registration/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { notFound } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { type SiteDeps, siteFrame } from '../frame.ts'
import { choices, codeParams } from '../query.ts'
import { commonWords } from '../words.ts'
import { findServices, searchTerm } from './find-services.ts'
import { listMain } from './list-page.ts'
import { oldVersionMain, serviceMain, versionsMain } from './service-page.ts'
import { windowUnits } from './window-units.ts'
import { serviceWords } from './words.ts'

const shown = { unlogged: 'published information, nobody’s data' }

/** The item's version of today, or 404. */
export async function currentVersion(ctx: Context, code: string): Promise<ItemVersionRow> {
  const version = await versionOn(ctx, code, dayOf(ctx.now))
  if (!version) throw notFound('service')
  return version
}

export function serviceEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [listEndpoint(deps), searchEndpoint(), serviceEndpoint(deps), versionsEndpoint(deps), versionEndpoint(deps)]
}

const listEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/services',
    side: 'public',
    summary: 'The service catalogue by area, or what a search found',
    permission: 'anyone',
    audit: shown,
    query: Type.Object({ ...choices, q: Type.Optional(Type.String()) }),
    async handle(ctx, { query, meta }) {
      const items = await itemsOn(ctx, dayOf(ctx.now))
      const search = (query.q ?? '').trim().slice(0, 100)
      const words = serviceWords(meta.lang)
      const view = {
        title: words.title,
        main: listMain(items, search, meta.lang),
        back: { href: '/', label: commonWords(meta.lang).start },
      }
      return { page: await siteFrame(ctx, deps, meta, view) }
    },
  })

const searchEndpoint = () =>
  endpoint({
    method: 'POST',
    path: '/services/search',
    side: 'public',
    summary: 'Counts a search word without the searcher and leads to what was found',
    permission: 'anyone',
    audit: { unlogged: 'an anonymous count' },
    perMinute: 60,
    repeatable: true,
    body: Type.Object({ q: Type.Optional(Type.String({ maxLength: 1000 })) }),
    async handle(ctx, { body }) {
      const search = (body.q ?? '').trim().slice(0, 100)
      const term = searchTerm(search)
      if (!term) return { redirect: '/services' }
      const { exact } = findServices(await itemsOn(ctx, dayOf(ctx.now)), search)
      await countSearch(ctx, dayOf(ctx.now), term, exact.length > 0)
      return { redirect: `/services?q=${encodeURIComponent(search)}` }
    },
  })

const serviceEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/services/:code',
    side: 'public',
    summary: 'One service: the six notices in full, its version, where to go (R46)',
    permission: 'anyone',
    audit: shown,
    params: codeParams,
    async handle(ctx, { params, meta }) {
      const version = await currentVersion(ctx, params.code)
      const main = serviceMain(version, await bureauOf(ctx), await windowUnits(ctx), meta.lang)
      const back = { href: '/services', label: commonWords(meta.lang).services }
      return { page: await siteFrame(ctx, deps, meta, { title: version.content.name[meta.lang], main, back }) }
    },
  })

const versionsEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/services/:code/versions',
    side: 'public',
    summary: 'All published versions of a service',
    permission: 'anyone',
    audit: shown,
    params: codeParams,
    async handle(ctx, { params, meta }) {
      const versions = await publishedVersions(ctx, params.code)
      const name = versions[0]?.content.name[meta.lang]
      if (!name) throw notFound('service')
      const words = serviceWords(meta.lang)
      const main = versionsMain(versions, params.code, dayOf(ctx.now), meta.lang)
      const back = { href: `/services/${params.code}`, label: words.backToService }
      return { page: await siteFrame(ctx, deps, meta, { title: words.versionsTitle(name), main, back }) }
    },
  })

const versionEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/services/:code/versions/:number',
    side: 'public',
    summary: 'One published version as it was told',
    permission: 'anyone',
    audit: shown,
    params: Type.Object({ ...codeParams.properties, number: Type.Integer({ minimum: 1, maximum: 100_000 }) }),
    async handle(ctx, { params, meta }) {
      const version = (await publishedVersions(ctx, params.code)).find(({ number }) => number === params.number)
      if (!version) throw notFound('service')
      const words = serviceWords(meta.lang)
      const main = oldVersionMain(version, params.code, await bureauOf(ctx), dayOf(ctx.now), meta.lang)
      const back = { href: `/services/${params.code}/versions`, label: words.versions }
      const title = words.named(version.content.name[meta.lang], words.versionNo(version.number))
      return { page: await siteFrame(ctx, deps, meta, { title, main, back }) }
    },
  })
