import type { Context } from '#platform/context.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type Html, html, type Printable, raw } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { type Bureau, bureauOf } from '#platform/settings.ts'
import type { Link } from '#platform/ui/page.ts'
import { type ChoiceForm, type SiteBureau, sitePage } from './shell/page.ts'
import { commonWords } from './words.ts'

export type SiteDeps = {
  documents: Pick<Documents, 'render'>
  /** Links of the strip that a demonstration shows above every page. */
  demoLinks?(lang: Lang): readonly Link[]
}

export type SiteView = {
  title: string
  heading?: Printable
  main: Printable
  back?: Link
  invalid?: boolean
  /** Shows somebody's own data, or is reached by a secret address: search engines keep out. */
  personal?: boolean
  /** The answer to a form: see ChoiceForm. */
  choices?: ChoiceForm
  /** A way out at once, for whoever is not alone (T16). */
  leave?: boolean
}

/** One page of the site in the bureau's dress and the reader's language. */
export async function siteFrame(ctx: Context, deps: SiteDeps, meta: Meta, view: SiteView): Promise<Html> {
  const demo = meta.demo
    ? { now: formatMoment(ctx.now, meta.lang), links: deps.demoLinks?.(meta.lang) ?? [] }
    : undefined
  return dressed(meta, siteBureau(await bureauOf(ctx), meta.lang), view, demo)
}

/** The same without a database: for pages that say what went wrong. */
export function dressed(
  meta: Meta,
  bureau: SiteBureau,
  view: SiteView,
  demo?: { now: string; links: readonly Link[] },
): Html {
  const { personal, leave, ...rest } = view
  const page = sitePage({
    ...rest,
    main: leave ? html`${leaveLink(meta.lang)}${rest.main}` : rest.main,
    lang: meta.lang,
    elder: meta.elder,
    bureau,
    path: meta.url,
    demo,
  })
  return personal ? outOfSearch(page) : page
}

function leaveLink(lang: Lang): Html {
  const words = commonWords(lang)
  return html`<p class="leave"><a class="button button-plain" href="/leave" rel="nofollow">${words.leave}</a></p>`
}

function outOfSearch(page: Html): Html {
  return raw(page.text.replace('</title>', '</title>\n<meta name="robots" content="noindex, nofollow">'))
}

/** Name, telephones and foot of the bureau; what is not set is not shown. */
export function siteBureau(bureau: Bureau, lang: Lang): SiteBureau {
  const words = commonWords(lang)
  const phones = bureauPhones(bureau, lang)
  const { footer } = bureau
  const facts = (['address', 'siteCode', 'icp', 'policeRecord'] as const)
    .filter((key) => footer[key] !== '')
    .map((key) => ({ label: words.footer[key], value: footer[key] }))
  const links = (['complain', 'privacy', 'accessibility'] as const).map((key) => ({
    label: '',
    value: words[key],
    href: `/${key}`,
  }))
  return { name: lang === 'en' ? bureau.nameEn : bureau.nameZh, phones, footer: [...facts, ...links] }
}

export function bureauPhones(bureau: Bureau, lang: Lang): { label: string; number: string }[] {
  const words = commonWords(lang).phones
  return (['bureau', '960111', '12389', '12345'] as const)
    .filter((key) => bureau.phones[key] !== '')
    .map((key) => ({ label: words[key], number: bureau.phones[key] }))
}

/** A telephone number that can be called by touching it. */
export function telephone(number: string): Html {
  return html`<a href="${`tel:${number.replace(/[^0-9+]/g, '')}`}">${number}</a>`
}
