import { kyselyAdapter } from '@better-auth/kysely-adapter'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { twoFactor, username } from 'better-auth/plugins'
import type { PasswordHasher } from './argon.ts'
import type { CookieNames } from './cookies.ts'
import { momentsAsDate } from './library-dates.ts'
import { normalNumber } from './lockout.ts'
import type { AuthParameters } from './parameters.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './password-policy.ts'
import { newSessionToken, withHashedSessionTokens } from './session-token.ts'
import { type AuthDb, instantOf } from './tables.ts'

export type LibraryOptions = {
  db: AuthDb
  secret: string
  baseURL: string
  secure: boolean
  names: CookieNames
  hasher: PasswordHasher
  parameters: AuthParameters
  now: () => Temporal.Instant
}

/** The header in which this house, not the browser, tells the library the address of the person. */
export const IP_HEADER = 'x-jingmin-client-ip'

const SECOND_FACTOR_PATHS = ['/two-factor/verify-totp', '/two-factor/verify-backup-code']
const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' }
const moment = (fieldName: string) => ({ type: 'date' as const, required: false, input: false, fieldName })

export type Library = ReturnType<typeof createLibrary>

/** better-auth with our tables, our password hash, our cookies. Its HTTP handler is not mounted anywhere. */
export function createLibrary(options: LibraryOptions) {
  const adapter = kyselyAdapter(options.db.withPlugin(momentsAsDate).withSchema('auth'), {
    type: 'postgres',
    transaction: true,
  })
  const { hasher } = options
  return betterAuth({
    appName: '警民桥',
    baseURL: options.baseURL,
    secret: options.secret,
    database: (settings: BetterAuthOptions) => withHashedSessionTokens(adapter(settings)),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      password: {
        hash: (password) => hasher.hash(password),
        verify: ({ hash, password }) => hasher.verify(hash, password),
      },
    },
    user: { fields: { ...TIMES, emailVerified: 'email_verified' } },
    account: { fields: accountFields() },
    verification: { fields: { ...TIMES, expiresAt: 'expires_at' }, storeIdentifier: 'hashed' },
    session: sessionSettings(options.parameters),
    databaseHooks: {
      session: { create: { before: async (row, ctx) => ({ data: begun(row, ctx?.path, options.now()) }) } },
    },
    advanced: advancedSettings(options),
    plugins: [usernameSettings(), twoFactorSettings(options.parameters)],
  })
}

function accountFields() {
  return {
    ...TIMES,
    userId: 'user_id',
    providerId: 'provider_id',
    accountId: 'account_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
  }
}

function sessionSettings(parameters: AuthParameters) {
  return {
    expiresIn: parameters.absolute.total('seconds'),
    disableSessionRefresh: true,
    cookieCache: { enabled: false },
    fields: {
      ...TIMES,
      token: 'token_hash',
      userId: 'user_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
    },
    additionalFields: {
      signedInAt: moment('signed_in_at'),
      lastSeenAt: moment('last_seen_at'),
      secondFactorAt: moment('second_factor_at'),
      confirmedAt: moment('confirmed_at'),
    },
  }
}

/** A rotated session keeps the moment of its sign-in: rotation does not buy another eight hours. */
function begun(row: Record<string, unknown>, path: string | undefined, now: Temporal.Instant) {
  const at = new Date(now.epochMilliseconds)
  const signedInAt = row.signedInAt ? new Date(instantOf(row.signedInAt).epochMilliseconds) : at
  return {
    token: newSessionToken(),
    signedInAt,
    lastSeenAt: at,
    confirmedAt: row.confirmedAt ?? at,
    secondFactorAt: SECOND_FACTOR_PATHS.includes(path ?? '') ? at : (row.secondFactorAt ?? null),
  }
}

function advancedSettings({ secure, names }: LibraryOptions) {
  return {
    // The library would write __Secure-; __Host- is stricter, so the prefix and the flag are set here.
    useSecureCookies: false,
    cookiePrefix: names.prefix,
    // Lax: a link from the bureau's portal finds its reader signed in. Forms carry a CSRF token as well.
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax' as const, path: '/' },
    ipAddress: { ipAddressHeaders: [IP_HEADER] },
    database: { generateId: 'uuid' as const, validateSchema: false },
  }
}

function usernameSettings() {
  return username({
    // Judged by the database alone, so that any number takes the same way and the same time.
    minUsernameLength: 1,
    maxUsernameLength: 200,
    usernameValidator: () => true,
    usernameNormalization: normalNumber,
    schema: { user: { fields: { username: 'police_no', displayUsername: 'police_no_shown' } } },
  })
}

function twoFactorSettings(parameters: AuthParameters) {
  return twoFactor({
    issuer: '警民桥',
    twoFactorCookieMaxAge: parameters.challenge.total('seconds'),
    accountLockout: {
      enabled: true,
      maxFailedAttempts: parameters.failures,
      durationSeconds: parameters.lock.total('seconds'),
    },
    schema: {
      user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
      twoFactor: {
        modelName: 'two_factor',
        fields: {
          userId: 'user_id',
          backupCodes: 'backup_codes',
          failedVerificationCount: 'failed_verification_count',
          lockedUntil: 'locked_until',
        },
      },
    },
  })
}
