export type KeyPress = Pick<KeyboardEvent, 'key' | 'isComposing' | 'keyCode' | 'ctrlKey' | 'metaKey' | 'altKey'>
export type KeyMeaning = 'search' | 'next' | 'previous' | 'open' | 'back' | 'send' | 'help' | number | null

const meanings: Record<string, KeyMeaning> = {
  '/': 'search',
  '?': 'help',
  j: 'next',
  k: 'previous',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Enter: 'open',
  Escape: 'back',
}

/** What a key means here. Nothing while an input method composes: both tests, for Safari and some Windows input methods end the composition before the key arrives. */
export function keyMeaning(e: KeyPress, typing: boolean): KeyMeaning {
  if (e.isComposing || e.keyCode === 229) return null
  if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) return 'send'
  if (e.ctrlKey || e.metaKey || e.altKey) return null
  if (typing) return e.key === 'Escape' ? 'back' : null
  return /^[1-9]$/.test(e.key) ? Number(e.key) : (meanings[e.key] ?? null)
}

/** Whether keys belong to the field in focus. Ticks and buttons take no text. */
export function isTyping(element: Element | null): boolean {
  if (!element) return false
  if (element instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|file)$/.test(element.type)
  return element.matches('textarea,select,[contenteditable]')
}
