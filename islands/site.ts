// The citizen site's one script. Every page works without it.
import { freshOnReturn, takeSubmit } from './lib/submit-guard.ts'

document.addEventListener('submit', (event) => {
  if (!takeSubmit(event.target as HTMLFormElement)) event.preventDefault()
})
freshOnReturn()
document.querySelector<HTMLElement>('[data-focus]')?.focus()
