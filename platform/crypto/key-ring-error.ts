/** A key file that is absent, unreadable by form, or readable by others. */
export class KeyRingError extends Error {
  readonly code: 'missing' | 'malformed' | 'too-open'
  constructor(code: 'missing' | 'malformed' | 'too-open', message: string) {
    super(message)
    this.name = 'KeyRingError'
    this.code = code
  }
}
