import { attrs, type Html, html, nothing, type Printable } from '#platform/html.ts'
import { formatCount, type Lang } from '#platform/i18n.ts'
import { titleWithErrors } from '#platform/ui/form.ts'
import { type Demo, documentPage, type Link, withQuery } from '#platform/ui/page.ts'
import { shellWords } from './words.ts'

export type NavItem = Link & {
  /** What waits there; nothing is printed for zero. */
  count?: number
  current?: boolean
  /** Starts a group of the menu with this heading. */
  group?: string
}

export type ConsoleActor = {
  name: string
  /** The police number. */
  number: string
  unitName: string
  /** As they are to be read: 所长, 窗口民警. */
  roles: readonly string[]
}

export type ConsolePage = {
  lang: Lang
  title: string
  /** The h1; the title when left out; null when `main` brings its own. */
  heading?: Printable
  /** At the right of the heading: 导出, 打印. */
  actions?: Printable
  /** null before signing in: no menu, no search, no watermark. */
  actor: ConsoleActor | null
  nav: readonly NavItem[]
  breadcrumbs?: readonly (Link | { label: string })[]
  main: Printable
  /** What has just happened; announced and shown above the heading. */
  status?: Printable
  /** The form came back with errors: the title says so first. */
  invalid?: boolean
  demo?: Demo
  csrfToken: string
  /** This page's path and query, for the language link. */
  path?: string
  /** The watermark's address changes with the minute, e.g. `/console/watermark.svg?at=202611231405`. */
  watermarkHref?: string
  searchAction?: string
  /** False where the reader has no matters to search. */
  search?: boolean
  searchValue?: string
  signOutAction?: string
  /** Further islands by file name. */
  scripts?: readonly string[]
  /** The officer's 16 px setting. */
  largeText?: boolean
}

/** One page of the officer console, whole. `<main id="main">` is what the swap script replaces. */
export function consolePage(options: ConsolePage): Html {
  const words = shellWords(options.lang)
  const title = titleWithErrors(options.lang, options.title, options.invalid)
  return documentPage({
    lang: options.lang,
    title: `${title} · ${words.product}`,
    css: 'console.css',
    scripts: ['swap.js', ...(options.scripts ?? [])],
    rootClass: options.largeText ? 'large' : undefined,
    noIndex: true,
    body: html`<body${attrs({ class: options.actor ? 'console' : 'console signed-out' })}>
<a class="skip" href="#main">${words.skip}</a>
${options.demo ? demoStrip(options.lang, options.demo) : nothing}
${bar(options)}
<div class="frame">
${options.actor ? menu(options) : nothing}
<main id="main" tabindex="-1">
${crumbs(options)}<div id="status" role="status">${options.status ? html`<p class="done-line">${options.status}</p>` : nothing}</div>
${head(options)}${options.main}
</main>
</div>
${options.actor ? keyHelp(options.lang) : nothing}
${options.actor ? watermark(options.watermarkHref ?? '/console/watermark.svg') : nothing}
<div id="announce" class="sr" role="status" aria-live="polite"></div>
<div id="progress" hidden></div>
</body>`,
  })
}

function demoStrip(lang: Lang, demo: Demo): Html {
  const words = shellWords(lang)
  return html`<aside class="demo" id="demo" data-fresh aria-label="${words.demo}"><span>${words.demo}</span><span>${words.demoNow(demo.now)}</span>${demo.links.map(
    (link) => html`<a href="${link.href}">${link.label}</a>`,
  )}</aside>`
}

function bar(options: ConsolePage): Html {
  const words = shellWords(options.lang)
  const actor = options.actor
  return html`<header class="bar"><a class="product" href="/console">${words.product}</a>${
    actor
      ? html`${options.search === false ? nothing : searchForm(options)}<p class="who"><b>${actor.name}</b> <span>${actor.number}</span> <span>${actor.unitName}</span>${
          actor.roles.length > 0
            ? html` <span>${actor.roles.join(options.lang === 'zh' ? '、' : ', ')}</span>`
            : nothing
        }</p>`
      : nothing
  }<a class="bar-link" id="other-lang" data-fresh lang="${options.lang === 'zh' ? 'en' : 'zh-CN'}" href="${withQuery(options.path ?? '/console', 'lang', options.lang === 'zh' ? 'en' : 'zh')}">${words.otherLanguage}</a>${
    actor
      ? html`<form class="bar-out" action="${options.signOutAction ?? '/console/sign-out'}" method="post"><input type="hidden" name="_csrf" value="${options.csrfToken}"><button type="submit">${words.signOut}</button></form>`
      : nothing
  }</header>`
}

function searchForm(options: ConsolePage): Html {
  const words = shellWords(options.lang)
  return html`<form class="bar-search" action="${options.searchAction ?? '/console/search'}" method="get" role="search" data-swap><label class="sr" for="bar-q">${words.searchLabel}</label><input id="bar-q" name="q" type="search" data-search autocomplete="off" aria-keyshortcuts="/"${attrs(
    { value: options.searchValue },
  )}><button type="submit">${words.search}</button></form>`
}

function menu(options: ConsolePage): Html {
  const words = shellWords(options.lang)
  // Open in the markup: without script the menu is there; a style sheet rule keeps it open on a wide screen.
  return html`<details class="menu" id="menu" data-fresh open><summary>${words.menu}</summary><nav aria-label="${words.menu}">${menuGroups(
    options.nav,
  ).map(
    (group) =>
      html`${group.label ? html`<p class="menu-group">${group.label}</p>` : nothing}<ul>${group.items.map((item) => menuItem(item, options.lang))}</ul>`,
  )}</nav></details>`
}

function menuItem(item: NavItem, lang: Lang): Html {
  return html`<li><a href="${item.href}" data-swap${attrs({ 'aria-current': item.current ? 'page' : undefined })}>${item.label}${
    item.count ? html` <b>${formatCount(item.count, lang)}</b>` : nothing
  }</a></li>`
}

function menuGroups(nav: readonly NavItem[]): { label?: string; items: NavItem[] }[] {
  const groups: { label?: string; items: NavItem[] }[] = []
  for (const item of nav) {
    if (item.group !== undefined || groups.length === 0) groups.push({ label: item.group, items: [] })
    groups.at(-1)?.items.push(item)
  }
  return groups
}

function crumbs(options: ConsolePage): Html {
  if (!options.breadcrumbs?.length) return nothing
  return html`<nav class="crumbs" aria-label="${shellWords(options.lang).trail}"><ol class="trail">${options.breadcrumbs.map(
    (crumb) =>
      'href' in crumb
        ? html`<li><a href="${crumb.href}" data-swap data-up>${crumb.label}</a></li>`
        : html`<li>${crumb.label}</li>`,
  )}</ol></nav>
`
}

function head(options: ConsolePage): Html {
  if (options.heading === null) return nothing
  return html`<div class="page-head"><h1>${options.heading ?? options.title}</h1>${
    options.actions ? html`<div class="actions">${options.actions}</div>` : nothing
  }</div>
`
}

function keyHelp(lang: Lang): Html {
  const words = shellWords(lang)
  return html`<footer class="foot"><details class="keys" id="keys"><summary>${words.keys} <kbd>?</kbd></summary><dl>${words.keyTable.map(
    ([keys, meaning]) => html`<div><dt><kbd>${keys}</kbd></dt><dd>${meaning}</dd></div>`,
  )}</dl></details></footer>`
}

function watermark(href: string): Html {
  return html`<img class="watermark" id="watermark" data-fresh src="${href}" alt="">`
}
