import { attrs, type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { titleWithErrors } from '#platform/ui/form.ts'
import { type Demo, documentPage, type Link, withQuery } from '#platform/ui/page.ts'
import { siteWords } from './words.ts'

export type SiteBureau = {
  /** The name of the office, in the page's language. */
  name: string
  phones: readonly { label: string; number: string }[]
  /** 网站标识码, ICP, 公安备案, address…: from the configuration, never made up. */
  footer: readonly { label: string; value: string; href?: string }[]
  /** A picture the bureau may lawfully show. The product ships none: Order 48 of 2000 keeps the badge for approved uses. */
  image?: { src: string; alt: string }
}

export type SitePage = {
  lang: Lang
  elder: boolean
  title: string
  /** The h1; the title when left out; null when `main` brings its own. */
  heading?: Printable
  main: Printable
  bureau: SiteBureau
  /** This page's path and query, for the language and 长辈版 links. */
  path: string
  /** The page is the answer to a form and has no address: language and size are chosen by sending this form of it again. */
  choices?: ChoiceForm
  back?: Link
  /** The form came back with errors: the title says so first. */
  invalid?: boolean
  demo?: Demo
  /** Further scripts by file name; every page works without them. */
  scripts?: readonly string[]
}

/** `usual`: what Enter in a field of the form means; without it the form has no field. */
export type ChoiceForm = { form: string; action: string; usual?: string }

/** One page of the citizen site, whole: one column, one real page load for each address, complete without script. */
export function sitePage(options: SitePage): Html {
  const words = siteWords(options.lang)
  const title = titleWithErrors(options.lang, options.title, options.invalid)
  return documentPage({
    lang: options.lang,
    title: `${title} - ${options.bureau.name}`,
    css: 'site.css',
    scripts: ['site.js', ...(options.scripts ?? [])],
    rootClass: options.elder ? 'elder' : undefined,
    body: html`<body class="site">
<a class="skip" href="#main">${words.skip}</a>
${options.demo ? demoStrip(options.lang, options.demo) : nothing}
${header(options)}
<main id="main" tabindex="-1">
${options.back ? html`<p class="back"><a href="${options.back.href}">${options.back.label}</a></p>` : nothing}
${options.heading === null ? nothing : html`<h1>${options.heading ?? options.title}</h1>`}
${options.main}
</main>
${footer(options)}
</body>`,
  })
}

function demoStrip(lang: Lang, demo: Demo): Html {
  const words = siteWords(lang)
  return html`<aside class="demo" aria-label="${words.demo}"><p>${words.demo}</p><p>${words.demoNow(demo.now)}</p>${
    demo.links.length > 0
      ? html`<ul>${demo.links.map((link) => html`<li><a href="${link.href}">${link.label}</a></li>`)}</ul>`
      : nothing
  }</aside>`
}

function header(options: SitePage): Html {
  const words = siteWords(options.lang)
  const image = options.bureau.image
  const other = options.lang === 'zh' ? 'en' : 'zh'
  return html`<header class="site-head"><div class="column"><a class="site-name" href="/">${
    image ? html`<img src="${image.src}" alt="${image.alt}" height="40">` : nothing
  }${options.bureau.name}</a><ul class="site-links">${
    options.choices?.usual ? usualButton(options.choices.form, options.choices.usual) : nothing
  }<li>${choice(options, 'elder', options.elder ? '0' : '1', options.elder ? words.elderOff : words.elderOn)}</li><li>${choice(
    options,
    'lang',
    other,
    words.otherLanguage,
    { lang: other === 'zh' ? 'zh-CN' : 'en' },
  )}</li></ul></div></header>`
}

function choice(options: SitePage, name: string, value: string, label: string, said: { lang?: string } = {}): Html {
  if (!options.choices)
    return html`<a${attrs({ ...said, hreflang: said.lang })} href="${withQuery(options.path, name, value)}">${label}</a>`
  const { form, action } = options.choices
  return html`<button${attrs({ ...said, type: 'submit', form, formaction: withQuery(action, name, value), name: 'do', value: 'look' })}>${label}</button>`
}

/** Enter presses the first button of a form, wherever it stands; that must not be the choice of a language. */
function usualButton(form: string, value: string): Html {
  return html`<li class="sr" aria-hidden="true"><button${attrs({ type: 'submit', form, name: 'do', value, tabindex: '-1' })}></button></li>`
}

function footer(options: SitePage): Html {
  const words = siteWords(options.lang)
  const { name, phones, footer: fields } = options.bureau
  return html`<footer class="site-foot"><div class="column">${
    phones.length > 0
      ? html`<h2>${words.help}</h2><ul class="phones">${phones.map(
          (phone) =>
            html`<li>${phone.label} <a href="${`tel:${phone.number.replace(/[^0-9+]/g, '')}`}">${phone.number}</a></li>`,
        )}</ul>`
      : nothing
  }<p class="foot-name">${name}</p>${
    fields.length > 0
      ? html`<ul class="foot-facts">${fields.map(
          (fact) =>
            html`<li>${fact.label} ${fact.href ? html`<a href="${fact.href}" rel="noopener">${fact.value}</a>` : fact.value}</li>`,
        )}</ul>`
      : nothing
  }</div></footer>`
}
