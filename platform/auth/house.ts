import type { Pool } from 'pg'
import type { PasswordHasher } from './argon.ts'
import type { CookieNames } from './cookies.ts'
import type { OnAuthEvent } from './events.ts'
import type { Library } from './library.ts'
import type { Lockout } from './lockout.ts'
import type { AuthParameters } from './parameters.ts'
import type { AuthDb } from './tables.ts'

/** What the parts of this room share. */
export type AuthHouse = {
  db: AuthDb
  pool: Pool
  secret: string
  names: CookieNames
  parameters: AuthParameters
  hasher: PasswordHasher
  lockout: Lockout
  library: Library
  now: () => Temporal.Instant
  needsSecondFactor: (personId: string) => Promise<boolean>
  onEvent: OnAuthEvent
}
