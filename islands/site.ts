// The citizen site's one script. Every page works without it.
import { freshOnReturn, takeSubmit } from './lib/submit-guard.ts'

document.addEventListener('submit', (event) => {
  if (!takeSubmit(event.target as HTMLFormElement)) event.preventDefault()
})
// Left for good: going back does not lead here.
document.addEventListener('click', (event) => {
  const out = (event.target as Element).closest('.leave a')
  if (!out) return
  event.preventDefault()
  location.replace((out as HTMLAnchorElement).href)
})
freshOnReturn()
document.querySelector<HTMLElement>('[data-focus]')?.focus()
