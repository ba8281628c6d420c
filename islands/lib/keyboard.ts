import { isTyping, keyMeaning } from './keys.ts'

/** The keys of the console. `goBack` is how Esc leaves a page. */
export function listenToKeys(goBack: (up: HTMLAnchorElement) => void): void {
  document.addEventListener('keydown', (e) => {
    if (e.isComposing || e.keyCode === 229) return
    const active = document.activeElement
    const meaning = keyMeaning(e, isTyping(active))
    if (meaning === null) return
    const done = typeof meaning === 'number' ? tick(meaning) : act(meaning, e.key, active, goBack)
    if (done) e.preventDefault()
  })
}

function act(meaning: string, key: string, active: Element | null, goBack: (up: HTMLAnchorElement) => void): boolean {
  if (meaning === 'search') return focusSearch()
  if (meaning === 'help') return toggleHelp()
  if (meaning === 'send') return click('form[data-main] button[type=submit]')
  if (meaning === 'open') return active?.matches('tr') ? click('a', active) : false
  if (meaning === 'back') return back(active, goBack)
  return moveRow(meaning === 'next' ? 1 : -1, active, key.startsWith('Arrow'))
}

function focusSearch(): boolean {
  const box = document.querySelector<HTMLInputElement>('[data-search]')
  box?.focus()
  box?.select()
  return box !== null
}

function toggleHelp(): boolean {
  const help = document.querySelector<HTMLDetailsElement>('#keys')
  if (!help) return false
  help.open = !help.open
  help.querySelector('summary')?.focus()
  return true
}

// Arrows scroll the page until a row is in focus; j and k always move.
function moveRow(step: number, active: Element | null, arrow: boolean): boolean {
  const current = active?.closest('table[data-rows] tbody tr')
  if (arrow && (!current || isTyping(active))) return false
  const rows = [...document.querySelectorAll<HTMLElement>('table[data-rows] tbody tr')]
  const next = rows[current ? rows.indexOf(current as HTMLElement) + step : step > 0 ? 0 : rows.length - 1]
  if (!next) return current !== null && current !== undefined
  const target = next.querySelector<HTMLElement>('a,button') ?? next
  if (target === next) next.tabIndex = -1
  target.focus()
  return true
}

function tick(number: number): boolean {
  const boxes = document.querySelectorAll<HTMLInputElement>('#main [data-keys] input')
  const box = boxes[number - 1]
  box?.click()
  box?.focus()
  return box !== undefined
}

function back(active: Element | null, goBack: (up: HTMLAnchorElement) => void): boolean {
  if (isTyping(active)) {
    ;(active as HTMLElement).blur()
    return true
  }
  const open = active?.closest<HTMLDetailsElement>('details[open]:not(.menu)')
  if (open) {
    open.open = false
    open.querySelector('summary')?.focus()
    return true
  }
  // What has been written is not thrown away by one key.
  if (document.querySelector('form[data-touched]')) return false
  const up = [...document.querySelectorAll<HTMLAnchorElement>('a[data-up]')].pop()
  if (up) goBack(up)
  return up !== undefined
}

function click(selector: string, within: ParentNode = document): boolean {
  const target = within.querySelector<HTMLElement>(selector)
  target?.click()
  return target !== null
}
