import { attrs, type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { assetUrl } from './assets.ts'

export type Link = { href: string; label: string }

/** The strip that says, on every page of a demonstration, that nothing here is real. */
export type Demo = { now: string; links: readonly Link[] }

/** A whole document. No inline script or style: the policy in assets.ts refuses both. */
export function documentPage(options: {
  lang: Lang
  title: string
  css: string
  scripts: readonly string[]
  /** Class of the root element: elder, large. */
  rootClass?: string
  /** Search engines keep out of the console. */
  noIndex?: boolean
  body: Html
}): Html {
  return html`<!doctype html>
<html lang="${options.lang === 'zh' ? 'zh-CN' : 'en'}"${attrs({ class: options.rootClass })}>
<head>
<meta charset="utf-8">
<title>${options.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
${options.noIndex ? html`<meta name="robots" content="noindex, nofollow">` : html`<meta name="color-scheme" content="light">`}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assetUrl(options.css)}">
${options.scripts.map((script) => html`<script src="${assetUrl(script)}" defer></script>`)}
</head>
${options.body}
</html>
`
}

/** The same page with one query parameter changed: `?lang=en`, `?elder=1`. The server keeps the choice in a cookie. */
export function withQuery(path: string, name: string, value: string): string {
  const [base = '', query = ''] = path.split('#', 1)[0]?.split('?') ?? []
  const parameters = new URLSearchParams(query)
  parameters.set(name, value)
  return `${base}?${parameters}`
}
