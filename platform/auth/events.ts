export type AuthEvent =
  | 'signed-in'
  | 'sign-in-failed'
  | 'locked'
  | 'unlocked'
  | 'second-factor-failed'
  | 'second-factor-enrolled'
  | 'second-factor-reset'
  | 'password-confirmed'
  | 'password-changed'
  | 'password-set'
  | 'account-added'
  | 'account-disabled'
  | 'account-enabled'
  | 'session-ended'
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'clock-turned-back'

/** What the audit ledger is told. Never a password, a code, a token, or what was typed as a number. */
export type AuthEventData = {
  at: Temporal.Instant
  /** Whom it concerns; null when the number belongs to nobody. */
  personId: string | null
  sessionId?: string
  reason?: string
  ip?: string
  userAgent?: string
}

/** Awaited before the caller gets its answer: if the ledger cannot be written, nobody signs in. */
export type OnAuthEvent = (event: AuthEvent, data: AuthEventData) => Promise<void>

/** Where a request comes from. */
export type Origin = { ip?: string; userAgent?: string }
