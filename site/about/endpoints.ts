import type { Context } from '#platform/context.ts'
import type { Html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { bureauOf } from '#platform/settings.ts'
import { type SiteDeps, siteFrame } from '../frame.ts'
import { commonWords } from '../words.ts'
import { accessibilityMain, privacyMain } from './privacy-page.ts'
import { aboutWords } from './words.ts'

const shown = { unlogged: 'published information, nobody’s data' }

type About = 'privacy' | 'accessibility'

const mains: Record<About, (ctx: Context, lang: Lang) => Promise<Html>> = {
  privacy: async (ctx, lang) => privacyMain(await bureauOf(ctx), lang),
  accessibility: async (_ctx, lang) => accessibilityMain(lang),
}

export function aboutEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [
    aboutEndpoint(deps, 'privacy', 'How personal information is handled'),
    aboutEndpoint(deps, 'accessibility', 'Accessibility statement'),
    robotsEndpoint(),
  ]
}

function aboutEndpoint(deps: SiteDeps, about: About, summary: string): AnyEndpoint {
  return endpoint({
    method: 'GET',
    path: `/${about}`,
    side: 'public',
    summary,
    permission: 'anyone',
    audit: shown,
    async handle(ctx, { meta }) {
      const view = {
        title: aboutWords(meta.lang)[about].title,
        main: await mains[about](ctx, meta.lang),
        back: { href: '/', label: commonWords(meta.lang).start },
      }
      return { page: await siteFrame(ctx, deps, meta, view) }
    },
  })
}

const robotsEndpoint = () =>
  endpoint({
    method: 'GET',
    path: '/robots.txt',
    side: 'public',
    summary: 'Keeps search engines away from pages reached by a secret address',
    permission: 'anyone',
    audit: shown,
    async handle() {
      return {
        file: 'User-agent: *\nDisallow: /q/\nDisallow: /r/\nDisallow: /complaint$\nDisallow: /complain/write\nDisallow: /leave\nDisallow: /console\nDisallow: /sign-in\n',
        type: 'text/plain; charset=utf-8',
      }
    },
  })
