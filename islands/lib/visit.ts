export type Visit = {
  url: string
  body?: BodyInit
  keep: 'push' | 'replace' | 'restore'
  fallback: () => void
  /** Instead of the page that says the server is down. */
  down?: () => void
}

const slowMs = 400
let pending: AbortController | undefined
let shown = typeof location === 'undefined' ? '' : addressOf(location.href)

/** Whether this address, its fragment aside, is the page in front of the person. */
export function isShown(url: string): boolean {
  return addressOf(url) === shown
}

/** Fetches a page and puts its `<main>` in place of ours. Any surprise ends in `fallback`, a real navigation. */
export async function visit(to: Visit): Promise<void> {
  pending?.abort()
  const mine = new AbortController()
  pending = mine
  const bar = document.getElementById('progress')
  const slow = setTimeout(() => bar?.removeAttribute('hidden'), slowMs)
  try {
    const reply = await fetch(to.url, {
      method: to.body === undefined ? 'GET' : 'POST',
      body: to.body,
      headers: { Accept: 'text/html' },
      credentials: 'same-origin',
      signal: mine.signal,
    })
    // The page that says so would take the place of what was written.
    if (to.down && [502, 503, 504].includes(reply.status)) return to.down()
    const text = await readPage(reply)
    if (mine.signal.aborted) return
    if (text === null || !show(text, reply, to)) to.fallback()
  } catch {
    if (!mine.signal.aborted) to.fallback()
  } finally {
    clearTimeout(slow)
    if (pending === mine) bar?.setAttribute('hidden', '')
  }
}

async function readPage(reply: Response): Promise<string | null> {
  const page = /^text\/html/.test(reply.headers.get('content-type') ?? '')
  return page && new URL(reply.url).origin === location.origin ? reply.text() : null
}

function show(text: string, reply: Response, to: Visit): boolean {
  const next = new DOMParser().parseFromString(text, 'text/html')
  const main = next.getElementById('main')
  const ours = document.getElementById('main')
  // Another style sheet means another edition of the product, or a page of another kind.
  if (!main || !ours || styleOf(next) !== styleOf(document) || next.body.className !== document.body.className)
    return false
  const stay = new URL(reply.url).pathname === location.pathname
  const place = stay ? placeOf(document.activeElement) : null
  keepAddress(reply, to)
  shown = addressOf(location.href)
  ours.replaceWith(main)
  refresh(next)
  document.title = next.title
  settle(main, place, to.keep)
  addScripts(next)
  dispatchEvent(new CustomEvent('swap'))
  return true
}

// A form that came back with errors keeps the address it was written at: that one can be reloaded.
function keepAddress(reply: Response, to: Visit): void {
  if (to.keep === 'restore' || (to.body !== undefined && !reply.redirected)) return
  const focus = placeOf(document.activeElement)
  history.replaceState({ ...history.state, scroll: scrollY, focus }, '')
  const url = reply.url + new URL(to.url, location.href).hash
  if (to.keep === 'replace' || url === location.href) history.replaceState(history.state, '', url)
  else history.pushState({ from: location.href }, '', url)
}

// What stands outside <main> and changes with the page: the menu's counts, the language link, the watermark's minute.
function refresh(next: Document): void {
  for (const old of document.querySelectorAll<HTMLElement>('[data-fresh]')) {
    const fresh = next.getElementById(old.id)
    if (!fresh) continue
    if (old instanceof HTMLDetailsElement) fresh.toggleAttribute('open', old.open && wide())
    old.replaceWith(fresh)
  }
}

function settle(main: HTMLElement, place: string | null, keep: Visit['keep']): void {
  const wanted = keep === 'restore' ? history.state?.focus : place
  const target =
    main.querySelector<HTMLElement>('[data-focus],[autofocus]') ??
    (location.hash ? document.getElementById(location.hash.slice(1)) : null) ??
    findPlace(wanted) ??
    main
  target.focus({ preventScroll: true })
  if (keep === 'restore') scrollTo(0, history.state?.scroll ?? 0)
  else if (target === main) scrollTo(0, 0)
  else if (target !== findPlace(place)) target.scrollIntoView()
  const said = main.querySelector('#status')?.textContent || main.querySelector('.pager p')?.textContent || ''
  const announce = document.getElementById('announce')
  if (announce) announce.textContent = `${document.title} ${said}`
}

function placeOf(element: Element | null): string | null {
  if (!element || element === document.body) return null
  if (element.id && element.id !== 'main') return `#${CSS.escape(element.id)}`
  const href = element.getAttribute('href')
  return href ? `a[href="${CSS.escape(href)}"]` : null
}

function addressOf(url: string): string {
  return url.split('#')[0] as string
}

function findPlace(selector: string | null | undefined): HTMLElement | null {
  return selector ? document.querySelector<HTMLElement>(selector) : null
}

function addScripts(next: Document): void {
  for (const script of next.querySelectorAll<HTMLScriptElement>('script[src]')) {
    const src = script.getAttribute('src') ?? ''
    if (document.querySelector(`script[src="${CSS.escape(src)}"]`)) continue
    const added = document.createElement('script')
    added.src = src
    document.head.append(added)
  }
}

function styleOf(page: Document): string | null | undefined {
  return page.querySelector('link[rel=stylesheet]')?.getAttribute('href')
}

export const wideScreen = '(min-width: 900px)'

export function wide(): boolean {
  return matchMedia(wideScreen).matches
}
