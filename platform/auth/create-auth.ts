import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import { createAccounts } from './accounts.ts'
import { createPasswordHasher } from './argon.ts'
import { cookieNames, onlyCookie } from './cookies.ts'
import type { OnAuthEvent } from './events.ts'
import type { AuthHouse } from './house.ts'
import { createLibrary } from './library.ts'
import { createLockout } from './lockout.ts'
import { ARGON_DEFAULT, type ArgonCost, AUTH_DEFAULTS, type AuthParameters } from './parameters.ts'
import { createConfirmPassword } from './password-proof.ts'
import { createPasswords } from './passwords.ts'
import { createSecondFactor } from './second-factor.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createSignIn, libraryHeaders } from './sign-in.ts'
import type { AuthTables } from './tables.ts'

export type AuthOptions = {
  /** Connections as role jingmin_app; the caller ends the pool. */
  pool: Pool
  /** At least 32 characters, not in the database: signs cookies, keys the lockout, encrypts second factors. */
  secret: string
  /** Where the console is reached, e.g. https://jingmin.example. */
  baseURL: string
  /** True when served over https: cookies are Secure and named `__Host-…`. */
  secure: boolean
  argon?: ArgonCost
  parameters?: Partial<AuthParameters>
  now?: () => Temporal.Instant
  /** Whether this person's roles ask for a second factor. */
  needsSecondFactor(personId: string): Promise<boolean>
  /** For the audit ledger. */
  onEvent: OnAuthEvent
}

export type Auth = ReturnType<typeof createAuth>

const SECRET_MIN = 32

/** Sign-in, sessions and accounts of the house. Every method answers with a value; only what is broken throws. */
export function createAuth(options: AuthOptions) {
  if (options.secret.length < SECRET_MIN) throw new Error(`auth: the secret needs ${SECRET_MIN} characters`)
  const house = furnish(options)
  const sessions = createSessions(house)
  return {
    signIn: createSignIn(house, sessions),
    ...createSecondFactor(house, sessions),
    /** Who is asking; null if nobody is signed in. One indexed read; a write at most once a minute. */
    sessionOf: sessions.of,
    confirmPassword: createConfirmPassword(house, sessions),
    signOut: (cookieHeader: string | undefined) => signOut(house, sessions, cookieHeader),
    ...createPasswords(house, sessions),
    ...createAccounts(house, sessions),
    /** Removes what has ended and what is forgotten; for a nightly job. Nothing depends on its having run. */
    async purge(): Promise<void> {
      await sessions.purge(house.now())
      await house.lockout.purge(house.now())
    },
    /** The names of our cookies, for whoever clears or documents them. */
    cookies: house.names,
  }
}

function furnish(options: AuthOptions): AuthHouse {
  const parameters = { ...AUTH_DEFAULTS, ...options.parameters }
  const db = new Kysely<AuthTables>({ dialect: new PostgresDialect({ pool: options.pool }) })
  const { secret, baseURL, secure } = options
  const now = options.now ?? (() => Temporal.Now.instant())
  const names = cookieNames(secure)
  const hasher = createPasswordHasher(options.argon ?? ARGON_DEFAULT, parameters.argonAtOnce, parameters.argonWaiting)
  return {
    db,
    pool: options.pool,
    secret,
    names,
    parameters,
    hasher,
    now,
    lockout: createLockout(db, secret, parameters),
    library: createLibrary({ db, secret, baseURL, secure, names, hasher, parameters, now }),
    needsSecondFactor: (personId) => options.needsSecondFactor(personId),
    onEvent: (event, data) => options.onEvent(event, data),
  }
}

async function signOut(house: AuthHouse, sessions: Sessions, cookieHeader: string | undefined) {
  const session = await sessions.of(cookieHeader)
  // Here and not left to the library, which answers «signed out» also when the row could not be deleted.
  if (session) await sessions.end(session.sessionId)
  const { headers } = await house.library.api.signOut({
    headers: libraryHeaders({}, onlyCookie(cookieHeader, house.names.session)),
    returnHeaders: true,
  })
  if (session) {
    const { personId, sessionId } = session
    await house.onEvent('signed-out', { at: house.now(), personId, sessionId })
  }
  return { setCookies: headers.getSetCookie() }
}
