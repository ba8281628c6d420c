// The console's one script: pages come whole from the server, this puts their <main> in place of ours.
import { listenToKeys } from './lib/keyboard.ts'
import { freshOnReturn, release, takeSubmit } from './lib/submit-guard.ts'
import { isShown, visit, wideScreen } from './lib/visit.ts'

function start(): void {
  document.addEventListener('click', onClick)
  document.addEventListener('submit', onSubmit)
  document.addEventListener('input', (event) => {
    ;(event.target as Element).closest?.('form[method=post]')?.setAttribute('data-touched', '')
  })
  addEventListener('popstate', () => {
    // A link to a field of the same page fires this too.
    if (isShown(location.href)) return
    visit({ url: location.href, keep: 'restore', fallback: () => location.reload() })
  })
  history.scrollRestoration = 'manual'
  if (history.state?.scroll) scrollTo(0, history.state.scroll)
  addEventListener('pagehide', () => history.replaceState({ ...history.state, scroll: scrollY }, ''))
  freshOnReturn()
  listenToKeys(goBack)
  foldMenu()
  document.querySelector<HTMLElement>('[data-focus]')?.focus()
}

/** Folded where it would fill the screen; open again on a screen that was turned or widened, where nothing else opens it. */
function foldMenu(): void {
  const screen = matchMedia(wideScreen)
  const fold = () => document.getElementById('menu')?.toggleAttribute('open', screen.matches)
  if (!screen.matches) fold()
  screen.addEventListener?.('change', fold)
}

function onClick(event: MouseEvent): void {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[data-swap]')
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.hasAttribute('download')) return
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.origin !== location.origin) return
  event.preventDefault()
  visit({ url: link.href, keep: 'push', fallback: () => location.assign(link.href) })
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented) return
  if (!takeSubmit(form)) {
    event.preventDefault()
    return
  }
  // By attribute: a field named "action" or "target" hides the form's own property.
  const button = event.submitter as HTMLButtonElement | null
  const action = button?.getAttribute('formaction') || form.getAttribute('action') || location.href
  const url = new URL(action, location.href)
  if (!form.hasAttribute('data-swap') || form.hasAttribute('target') || url.origin !== location.origin) return
  event.preventDefault()
  const data = new FormData(form)
  if (button?.name) data.append(button.name, button.value)
  const sent = form.getAttribute('method') === 'post' ? send(form, url, data) : ask(url, data)
  sent.then(() => release(form))
}

function ask(url: URL, data: FormData): Promise<void> {
  const filled = [...data].filter(([, value]) => value !== '') as [string, string][]
  url.search = new URLSearchParams(filled).toString()
  return visit({ url: url.href, keep: 'push', fallback: () => location.assign(url.href) })
}

// The attempt's id goes with the form, so sending it once more in the plain way does not act twice.
function send(form: HTMLFormElement, url: URL, data: FormData): Promise<void> {
  const files = form.getAttribute('enctype') === 'multipart/form-data'
  const body = files ? data : new URLSearchParams([...data] as [string, string][])
  const down = () => say(form, 'down')
  return visit({ url: url.href, body, keep: 'push', fallback: () => resend(form, url, data), down })
}

function resend(form: HTMLFormElement, url: URL, data: FormData): void {
  if (!navigator.onLine) {
    say(form, 'offline')
    return
  }
  for (const [name, value] of data) {
    if (typeof value !== 'string' || form.elements.namedItem(name)) continue
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name, value })
    form.append(field)
  }
  form.setAttribute('action', url.href)
  HTMLFormElement.prototype.submit.call(form)
}

const sentences = {
  offline: {
    zh: '网络不通，内容还在本页，没有提交。请稍后再试。',
    en: 'No network. What you wrote is still here; it has not been sent.',
  },
  // Whether it was carried out is not known; the attempt's id makes a second time harmless.
  down: {
    zh: '系统暂时连接不上，内容还在本页。请稍后再按一次，不会重复办理。',
    en: 'The system cannot be reached. What you wrote is still here; press again shortly, nothing is done twice.',
  },
}

function say(form: HTMLFormElement, what: keyof typeof sentences): void {
  const said = sentences[what][document.documentElement.lang.startsWith('zh') ? 'zh' : 'en']
  const line = document.createElement('p')
  line.className = 'field-error'
  line.setAttribute('role', 'alert')
  line.textContent = said
  form.querySelector('[role=alert].field-error')?.remove()
  form.append(line)
}

function goBack(up: HTMLAnchorElement): void {
  const from = history.state?.from
  if (from && new URL(from).pathname === up.pathname) history.back()
  else up.click()
}

start()
