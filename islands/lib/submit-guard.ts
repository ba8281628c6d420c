const restMs = 10_000

/** Marks a form as sent. False when it already was: the second click of a double click, a second Enter. */
export function takeSubmit(form: HTMLFormElement): boolean {
  if (form.getAttribute('aria-busy') === 'true') return false
  form.setAttribute('aria-busy', 'true')
  // Later, so that the button's own name and value are still sent.
  setTimeout(() => setButtons(form, true))
  // A reply that is a file leaves the page as it is; the attempt's id makes a late second click harmless.
  setTimeout(() => release(form), restMs)
  return true
}

export function release(form: HTMLFormElement): void {
  form.removeAttribute('aria-busy')
  setButtons(form, false)
}

/** After going back: WeChat and others restore the old page from memory; show a fresh one, with working buttons. */
export function freshOnReturn(): void {
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
    else for (const form of document.querySelectorAll('form')) release(form)
  })
}

function setButtons(form: HTMLFormElement, off: boolean): void {
  for (const button of form.querySelectorAll('button')) {
    if (off ? !button.disabled : button.hasAttribute('data-sent')) {
      button.disabled = off
      button.toggleAttribute('data-sent', off)
    }
  }
}
